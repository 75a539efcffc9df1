"""Move a warehouse from a file to a lake, or back: every row of every table, compared before it counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.database import Lake, Place, WarehouseError, execute, is_made, open_warehouse, transaction, writers_turn
from warehouse.lake import ALIAS
from warehouse.literals import literal

_FILE = "moved"
"""What the connection to the lake calls the file."""


def move(source: Place, target: Place) -> dict[str, int]:
    """Copy a warehouse to where there is none yet; gives the rows by table. The source stays as it is.

    All of it is there at the end or, on an error, nothing. Raises WarehouseError: there is a warehouse at the target,
    the source was written to meanwhile, or what was written differs.
    """
    if not is_made(source):
        raise WarehouseError(f"{source}: there is no warehouse to move")
    if isinstance(source, Lake) and not isinstance(target, Lake):
        return _to_file(source, target)
    if isinstance(target, Lake) and not isinstance(source, Lake):
        return _to_lake(source, target)
    raise WarehouseError(f"{source}: moves from a file to a lake, or from a lake to a file")


def _to_lake(source: Path, target: Lake) -> dict[str, int]:
    with _both(target, source, is_file_written=False) as db:
        tables = _tables(db)
        if any(db.execute(f'from {ALIAS}."{table}" limit 1').fetchone() for table in {*tables} - {"schema_versions"}):
            raise WarehouseError(f"{target}: there is a warehouse already")
        with transaction(db):
            return _copy(db, tables, _FILE, ALIAS)


def _to_file(source: Lake, target: Path) -> dict[str, int]:
    if target.exists():
        raise WarehouseError(f"{target}: is there already; name another file, or move that away")
    return copy_to_file(source, target, is_quiet=True)


def copy_to_file(source: Lake, target: Path, *, is_quiet: bool = False) -> dict[str, int]:
    """Copy a lake, as it is at one moment, into a new file, put in place whole; gives the rows by table.

    Raises WarehouseError: what was written differs, or, where it has to be `is_quiet`, the lake is being written.
    """
    beside = target.with_name(f".{target.name}.moved")
    left = (beside, *(beside.with_name(beside.name + end) for end in (".lock", ".queue", ".wal")))
    try:
        beside.unlink(missing_ok=True)
        with open_warehouse(beside):
            pass
        with _both(source, beside, is_file_written=True) as db:
            with transaction(db):
                before = execute(db, "lake/latest_snapshot.sql")
                rows = _copy(db, _tables(db), ALIAS, _FILE)
            if is_quiet and execute(db, "lake/latest_snapshot.sql") != before:
                raise WarehouseError(f"{source}: was written to meanwhile; stop its runs, and move it again")
        beside.replace(target)
    finally:
        for path in left:
            path.unlink(missing_ok=True)
    return rows


@contextmanager
def _both(lake: Lake, file: Path, *, is_file_written: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the lake that has the file too, both with the tables of this code."""
    with open_warehouse(file):
        pass
    with writers_turn(file), open_warehouse(lake) as db:
        db.execute(f"attach {literal(file)} as {_FILE}{'' if is_file_written else ' (read_only)'}")
        try:
            yield db
        finally:
            db.execute(f"detach {_FILE}")


def _tables(db: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Every table of the lake, and its columns."""
    found = db.execute(
        "select table_name, list(column_name order by column_index) from duckdb_columns() "
        "semi join duckdb_tables() using (database_name, table_name) "
        "where database_name = current_database() group by all order by all"
    ).fetchall()
    return dict(found)


def _copy(db: duckdb.DuckDBPyConnection, tables: dict[str, list[str]], source: str, target: str) -> dict[str, int]:
    """Every row of every table, within the caller's transaction. Raises WarehouseError where one differs then."""
    counts = {}
    for table, columns in tables.items():
        db.execute(f'delete from {target}."{table}"')  # noqa: S608 (our own names, as those below)
        db.execute(f'insert into {target}."{table}" by name from {source}."{table}"')
        row = ", ".join(f'"{column}"' for column in columns)
        counts[table], held, different = db.execute(
            f'select (select count(*) from {source}."{table}"), (select count(*) from {target}."{table}"), '  # noqa: S608
            f'(select count(*) from (select hash({row}) from {source}."{table}" '
            f'except all select hash({row}) from {target}."{table}"))'
        ).fetchall()[0]
        if held != counts[table] or different:
            raise WarehouseError(f"{table}: {different} of {counts[table]} rows differ where they were moved to")
    return counts
