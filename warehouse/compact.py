"""Compact the warehouse: without the room that deleted rows have left in a file, or the many small files of a lake."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from warehouse.backup import table_digests
from warehouse.database import Lake, Place, WarehouseError, execute, open_warehouse, take_turn, writers_turn
from warehouse.derive import DERIVED
from warehouse.literals import literal
from warehouse.runs import RUNS

_WORTH_IT = 0.25
"""Free blocks, as a part of all: with fewer nothing is done."""


def compact(live: Place) -> tuple[int, int]:
    """Bytes before and after, which are the same where there was little to gain.

    A lake's small files are merged. A file is put in place whole: a process that is killed leaves the one of before.
    Raises WarehouseError: it is in use, or the new file would not hold the same rows.
    """
    if isinstance(live, Lake):
        return _tidy(live)
    before = live.stat().st_size
    fresh = live.with_name(f".{live.name}.compacted")
    with writers_turn(live):
        fresh.unlink(missing_ok=True)
        try:
            with duckdb.connect(str(live)) as db:
                name, *_ = db.execute("select current_database()").fetchone() or ("",)
                ((total, free),) = db.execute("select total_blocks, free_blocks from pragma_database_size()").fetchall()
                if free < _WORTH_IT * total:
                    return before, before
                held = table_digests(db)
                db.execute(f"attach {literal(fresh)} as fresh")
                db.execute(f'copy from database "{name}" to fresh')
                db.execute("detach fresh")
            with duckdb.connect(str(fresh), read_only=True) as db:
                if table_digests(db) != held:
                    raise WarehouseError(f"{live}: what was written afresh differs; the file stays as it is")
            _sync(fresh)
            fresh.replace(live)
        except duckdb.Error as error:
            raise WarehouseError(f"{live}: cannot be compacted: {error}") from error
        finally:
            fresh.unlink(missing_ok=True)
    return before, live.stat().st_size


def _tidy(lake: Lake) -> tuple[int, int]:
    with open_warehouse(lake) as db, take_turn(db, DERIVED, RUNS):  # whoever deletes rows names those files
        ((before,),) = execute(db, "lake/bytes.sql")
        execute(db, "lake/tidy.sql")
        ((after,),) = execute(db, "lake/bytes.sql")
        return before, after


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
