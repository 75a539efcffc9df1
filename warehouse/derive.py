"""The derived tables: kept up by what each load touched, or made afresh from the facts; the rows are the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import duckdb

SQL = Path(__file__).with_name("sql")
_FEW = 500  # addresses
_ONLY_IF = {"07_new_silences": "from steady_companies limit 1"}


def derive(db: duckdb.DuckDBPyConnection) -> None:
    """Bring the derived tables up to the facts, for the addresses in `stale_urls`; within the caller's transaction."""
    ((stale,),) = db.execute("select count(*) from stale_urls").fetchall()
    if not stale:
        return
    with _threads(db, 1 if stale <= _FEW else None):
        for name, script in _scripts():
            if name not in _ONLY_IF or db.execute(_ONLY_IF[name]).fetchone():
                db.execute(script)


def derive_all(db: duckdb.DuckDBPyConnection) -> None:
    """Make every derived row afresh, within the caller's transaction."""
    db.execute((SQL / "load" / "mark_all.sql").read_text(encoding="utf-8"))
    derive(db)


@contextmanager
def _threads(db: duckdb.DuckDBPyConnection, number: int | None) -> Iterator[None]:
    """So many threads, or as many as there are: of few rows, to share them out takes longer than the work itself."""
    ((before,),) = db.execute("select current_setting('threads')").fetchall()
    db.execute(f"set threads = {number or before}")
    try:
        yield
    finally:
        db.execute(f"set threads = {before}")


@cache
def _scripts() -> tuple[tuple[str, str], ...]:
    return tuple((file.stem, file.read_text(encoding="utf-8")) for file in sorted((SQL / "derive").glob("*.sql")))
