"""Runs of the flows: when each began, how it ended and what it brought."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import duckdb

from warehouse.database import execute, transaction

RUNS = "runs"
"""The turn of those who write that a run began or ended."""


def start_run(db: duckdb.DuckDBPyConnection, flow: str, started_at: datetime) -> UUID:
    """Record that a run has begun; gives its id."""
    run_id = uuid4()
    with transaction(db, RUNS):
        execute(db, "load/start_run.sql", run_id=run_id, flow=flow, started_at=started_at)
    return run_id


def finish_run(
    db: duckdb.DuckDBPyConnection, run_id: UUID, *, status: str, finished_at: datetime, summary: str | None = None
) -> None:
    """Record how a run ended (`completed`, `failed`, `crashed`) and count what it brought; a recorded end is kept."""
    with transaction(db, RUNS):
        execute(db, "load/finish_run.sql", run_id=run_id, status=status, finished_at=finished_at, summary=summary)
