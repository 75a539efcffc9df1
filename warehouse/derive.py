"""The derived tables: kept up by what each load touched, or made afresh from the facts; the rows are the same."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import duckdb

from warehouse.lake import is_lake

SQL = Path(__file__).with_name("sql")
DERIVED = "derived tables"
"""Whose turn to take with a transaction that derives: what one derives another may not, at the same time."""
_SLICE, _FEW = 250_000, 20_000
"""Facts: so many, and the rest of their company's, fit into the memory; for so few a thread is enough."""
_ONLY_IF = {"07_silences": "from missing limit 1"}

log = logging.getLogger("undisclosed.warehouse")


def derive(db: duckdb.DuckDBPyConnection) -> bool:
    """Bring the derived tables towards the facts, within the caller's transaction; gives whether some is left to do.

    First the addresses in `stale_urls` are followed to the facts that rest on them. Then a slice of those is derived,
    whole companies: of few all at once, of a long history as much as fits into the memory. Whoever is killed between
    two transactions has lost nothing: what is left stands in `stale_cells`.
    """
    if _count(db, "stale_urls"):
        with _settings(db, None):
            _run(db, "follow")
    if cells := _count(db, "stale_cells"):
        with _settings(db, 1 if cells <= _FEW else None):
            db.execute(f"set variable slice_cells = {_SLICE}")
            _run(db, "")
        if left := _count(db, "stale_cells"):
            log.info("deriving what rests on the facts: %s of %s left", f"{left:,}", f"{cells:,}")
            return True
    _run(db, "end")
    return False


def mark_all(db: duckdb.DuckDBPyConnection) -> None:
    """Have every derived row made afresh."""
    db.execute((SQL / "load" / "mark_all.sql").read_text(encoding="utf-8"))


def _run(db: duckdb.DuckDBPyConnection, folder: str) -> None:
    for name, script in _scripts(folder):
        if name not in _ONLY_IF or db.execute(_ONLY_IF[name]).fetchone():
            db.execute(script)


def _count(db: duckdb.DuckDBPyConnection, table: str) -> int:
    ((count,),) = db.execute(f"select count(*) from {table}").fetchall()  # noqa: S608 (our own tables)
    return int(count)


@contextmanager
def _settings(db: duckdb.DuckDBPyConnection, threads: int | None) -> Iterator[None]:
    """So many threads, or as many as there are: of few rows, to share them out takes longer than the work itself.

    Tables are joined in the order in which the scripts name them: DuckDB does not know what is in rows that this
    transaction has made, and the order that it then guesses can cost a hundred times the work.
    """
    ((before,),) = db.execute("select current_setting('threads')").fetchall()
    if threads and not is_lake(db):  # whose threads are at the work of others too, or wait for their turn
        db.execute(f"set threads = {threads}")
    db.execute("set disabled_optimizers = 'join_order'")
    try:
        yield
    finally:
        if threads and not is_lake(db):
            db.execute(f"set threads = {before}")
        db.execute("reset disabled_optimizers")


@cache
def _scripts(folder: str) -> tuple[tuple[str, str], ...]:
    scripts = sorted((SQL / "derive" / folder).glob("*.sql"))
    return tuple((file.stem, file.read_text(encoding="utf-8")) for file in scripts)
