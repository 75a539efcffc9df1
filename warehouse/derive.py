"""The derived tables: kept up by what each load touched, or made afresh from the facts; the rows are the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import duckdb

SQL = Path(__file__).with_name("sql")
_FEW, _SLICE = 500, 250_000  # addresses; claims
_ONLY_IF = {"07_new_silences": "from steady_companies limit 1"}


def derive(db: duckdb.DuckDBPyConnection) -> None:
    """Bring the derived tables up to the facts, for the addresses in `stale_urls`; within the caller's transaction.

    Many are taken a slice at a time, companies one after the other, so that the whole history fits into the memory.
    """
    ((stale,),) = db.execute("select count(*) from stale_urls").fetchall()
    if not stale:
        return
    if stale <= _FEW:
        with _settings(db, 1):
            _derive_stale(db)
        return
    with _settings(db, None):
        db.execute(_read("load/line_up.sql"), {"slice": _SLICE})
        ((last,),) = db.execute("select max(slice) from lined_up").fetchall()
        for number in range(last + 1):
            db.execute("delete from stale_urls")
            db.execute("insert into stale_urls select url from lined_up where slice = ?", [number])
            _derive_stale(db)
        db.execute("drop table lined_up")


def derive_all(db: duckdb.DuckDBPyConnection) -> None:
    """Make every derived row afresh, within the caller's transaction."""
    db.execute(_read("load/mark_all.sql"))
    derive(db)


def _derive_stale(db: duckdb.DuckDBPyConnection) -> None:
    for name, script in _scripts():
        if name not in _ONLY_IF or db.execute(_ONLY_IF[name]).fetchone():
            db.execute(script)


def _read(name: str) -> str:
    return (SQL / name).read_text(encoding="utf-8")


@contextmanager
def _settings(db: duckdb.DuckDBPyConnection, threads: int | None) -> Iterator[None]:
    """So many threads, or as many as there are: of few rows, to share them out takes longer than the work itself.

    Tables are joined in the order in which the scripts name them: DuckDB does not know what is in rows that this
    transaction has made, and the order that it then guesses can cost a hundred times the work.
    """
    ((before,),) = db.execute("select current_setting('threads')").fetchall()
    db.execute(f"set threads = {threads or before}")
    db.execute("set disabled_optimizers = 'join_order'")
    try:
        yield
    finally:
        db.execute(f"set threads = {before}")
        db.execute("reset disabled_optimizers")


@cache
def _scripts() -> tuple[tuple[str, str], ...]:
    return tuple((file.stem, file.read_text(encoding="utf-8")) for file in sorted((SQL / "derive").glob("*.sql")))
