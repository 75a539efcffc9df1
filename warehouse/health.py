"""What tells whether all is well: what runs brought, how sources and extractors do beside what is usual of them."""

from __future__ import annotations

from uuid import UUID

import duckdb

from warehouse.database import read_sql


def claims_of_run(db: duckdb.DuckDBPyConnection, run_id: UUID) -> dict[str, tuple[int, int]]:
    """By source: how many claims a run brought, and how many of them are refusals."""
    found = db.execute(read_sql("health/claims_of_run.sql"), {"run_id": run_id}).fetchall()
    return {source_id: (claims, withheld) for source_id, claims, withheld in found}
