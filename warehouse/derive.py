"""The derived tables: kept up by what each load touched, or made afresh from the facts; the rows are the same."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import duckdb

SQL = Path(__file__).with_name("sql")


def derive(db: duckdb.DuckDBPyConnection) -> None:
    """Bring the derived tables up to the facts, for the addresses in `stale_urls`; within the caller's transaction."""
    if db.execute("from stale_urls limit 1").fetchone():
        for script in _scripts():
            db.execute(script)


def derive_all(db: duckdb.DuckDBPyConnection) -> None:
    """Make every derived row afresh, within the caller's transaction."""
    db.execute((SQL / "load" / "mark_all.sql").read_text(encoding="utf-8"))
    derive(db)


@cache
def _scripts() -> tuple[str, ...]:
    return tuple(file.read_text(encoding="utf-8") for file in sorted((SQL / "derive").glob("*.sql")))
