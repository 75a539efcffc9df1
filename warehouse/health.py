"""What tells whether all is well: what runs brought, how sources and extractors do beside what is usual of them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import UUID

import duckdb

from warehouse.database import read_rows, read_sql

FINDINGS = Path(__file__).with_name("sql") / "health" / "findings"


def claims_of_run(db: duckdb.DuckDBPyConnection, run_id: UUID) -> dict[str, tuple[int, int]]:
    """By source: how many claims a run brought, and how many of them are refusals."""
    found = db.execute(read_sql("health/claims_of_run.sql"), {"run_id": run_id}).fetchall()
    return {source_id: (claims, withheld) for source_id, claims, withheld in found}


def find_ills(db: duckdb.DuckDBPyConnection, now: datetime, news_days: float) -> list[tuple[str, str]]:
    """What is not as it should be: the source or the part that it is about, and what was found. Nothing: all is well.

    One query a file of `sql/health/findings/`; any row that it gives is one.
    """
    given = {"now": now, "news_hours": round(24 * news_days)}
    ills: list[tuple[str, str]] = []
    for file in sorted(FINDINGS.glob("*.sql")):
        sql = file.read_text(encoding="utf-8")
        _, found = read_rows(db, sql, {name: value for name, value in given.items() if f"${name}" in sql})
        ills += [(subject, finding) for subject, finding in found]
    return ills
