"""A backup of the warehouse, and whether what is restored from it is what was backed up."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from warehouse.database import Lake, Place, WarehouseError, writers_turn
from warehouse.move import copy_to_file

Digests = dict[str, tuple[int, int]]
"""By table: how many rows, and a digest of them all that does not depend on their order."""


def back_up(live: Place, copy: Path) -> Digests:
    """Copy the warehouse into a file; gives the digests of its tables. Raises WarehouseError, and leaves no half."""
    if isinstance(live, Lake):
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy_to_file(live, copy)
        return read_digests(copy)
    with writers_turn(live):
        try:
            with duckdb.connect(str(live)) as db:
                db.execute("set timezone = 'UTC'")
                db.execute("checkpoint")
                digests = table_digests(db)
            beside = copy.with_name(f".{copy.name}.new")
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(live, beside)
            beside.replace(copy)
        except (duckdb.Error, OSError) as error:
            raise WarehouseError(f"{copy}: cannot be backed up: {error}") from error
    return digests


def read_digests(path: Path) -> Digests:
    """The digests of what a file holds. Raises WarehouseError where it is none."""
    try:
        with duckdb.connect(str(path), read_only=True) as db:
            return table_digests(db)
    except duckdb.Error as error:
        raise WarehouseError(f"{path}: cannot be read: {error}") from error


def table_digests(db: duckdb.DuckDBPyConnection) -> Digests:
    """Of every table: its rows and their digest."""
    tables = [
        name
        for (name,) in db.execute(
            "select table_name from duckdb_tables() where database_name = current_database() order by all"
        ).fetchall()
    ]
    found = {
        name: db.execute(f'select count(*), coalesce(bit_xor(hash(held)), 0) from "{name}" as held').fetchone()  # noqa: S608 (our own tables)
        for name in tables
    }
    return {name: (row[0], row[1]) for name, row in found.items() if row}
