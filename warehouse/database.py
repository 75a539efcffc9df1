"""Open the warehouse, one DuckDB file or a lake: made and brought up to date on the way."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from importlib.resources import files
from typing import Any, BinaryIO

import duckdb
import pyarrow as pa

from warehouse.derive import DERIVED, derive
from warehouse.embedded import connect_file, writers_turn
from warehouse.lake import connect, is_lake, turns
from warehouse.place import Config, Lake, Place, WarehouseError
from warehouse.schema import bring_up, is_current

__all__ = [
    "Connection",
    "Lake",
    "Place",
    "WarehouseError",
    "append",
    "catch_up",
    "execute",
    "is_made",
    "is_up_to_date",
    "open_warehouse",
    "read_rows",
    "read_sql",
    "take_turn",
    "transaction",
    "write_parquet",
    "writers_turn",
]

_CONFIG: Config = {
    "autoinstall_known_extensions": "false",
    "memory_limit": "2500MB",
}
"""Whatever is more goes to disk: a machine of 4 GB can hold 10 million claims."""
_LEAST_MEMORY = "600MB"
"""What deriving tries to do with, beside all else that a run holds: a tenth slower than with four times as much."""

_TURN_SECONDS = 600
"""A writer of a lake waits so long at most: who is before it may derive a long history."""

Connection = duckdb.DuckDBPyConnection
"""For those outside who are handed one, and open none themselves."""


@contextmanager
def open_warehouse(
    place: Place, *, read_only: bool = False, timeout_seconds: float = 30
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the warehouse at `place`, closed at the end; times are in UTC.

    A writer makes it where there is none, and applies the tables and views that it lacks. While another process holds
    a file this waits and tries again: hold a connection for one batch or one query, not for a run.

    Raises WarehouseError: the file is still in use after `timeout_seconds` (with its holder), is no warehouse, is of
    a newer version than this code, or is to be read and does not exist.
    """
    deadline = time.monotonic() + timeout_seconds
    if read_only:
        if not is_made(place):
            raise WarehouseError(f"{place}: there is no warehouse yet; a run of the pipeline makes it (or check where)")
        with _connection(place, True, deadline) as db:
            current = is_current(db, place)
            if current:
                yield db
        if current:
            return
        with open_warehouse(place, timeout_seconds=timeout_seconds):
            pass  # an older one: its views are brought up to this code first
        with _connection(place, True, deadline) as db:
            yield db
        return
    with writers_turn(place, deadline), _connection(place, False, deadline) as db:
        if not is_current(db, place):
            with take_turn(db, "schema", DERIVED):
                bring_up(db, place)
            catch_up(db)
        yield db


def is_made(place: Place) -> bool:
    """Whether there is a warehouse. Raises WarehouseError where a lake cannot be reached."""
    if not isinstance(place, Lake):
        return place.exists()
    try:
        with _connection(place, True, 0) as db:
            return bool(db.execute("from schema_versions limit 1").fetchone())
    except (duckdb.InvalidInputException, duckdb.CatalogException):  # no lake, or an empty one
        return False


def is_up_to_date(place: Place, timeout_seconds: float = 30) -> bool:
    """Whether it has the tables and views of this code. Raises WarehouseError where it is newer, or none."""
    with _connection(place, True, time.monotonic() + timeout_seconds) as db:
        return is_current(db, place)


@contextmanager
def transaction(db: duckdb.DuckDBPyConnection, *names: str, beside: Iterable[str] = ()) -> Iterator[None]:
    """All or nothing: committed at the end, rolled back where the block raises. For the names see `take_turn`."""
    with take_turn(db, *names, beside=beside):
        db.begin()
        try:
            yield
        except BaseException:
            db.rollback()
            raise
        db.commit()


def take_turn(db: duckdb.DuckDBPyConnection, *names: str, beside: Iterable[str] = ()) -> AbstractContextManager[None]:
    """To be alone within blocks of any of these names: in a file one is anyway, a lake has many writers.

    Within `beside` are any number of those that say so, while nobody is alone there: a lake commits no deletion from a
    table into which another transaction has inserted meanwhile.
    """
    return turns(db, names, beside, _TURN_SECONDS) if is_lake(db) and (names or beside) else nullcontext()


def catch_up(db: duckdb.DuckDBPyConnection) -> None:
    """Bring the derived tables up to the facts, a transaction a slice: killed in between, it goes on from there."""
    with suppress(duckdb.OutOfMemoryException):
        _catch_up_within(db, _LEAST_MEMORY)
        return
    _catch_up_within(db, str(_CONFIG["memory_limit"]))


def _catch_up_within(db: duckdb.DuckDBPyConnection, memory: str) -> None:
    try:
        db.execute(f"set memory_limit = '{memory}'")
        is_left = True
        while is_left:
            with transaction(db, DERIVED):
                is_left = derive(db)
    finally:
        db.execute(f"set memory_limit = '{_CONFIG['memory_limit']}'")


def read_rows(
    db: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object] | None = None
) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The column names and the rows that a query gives. Raises WarehouseError with what DuckDB says of it."""
    try:
        result = db.execute(sql, parameters or {})
        if result is None:
            raise WarehouseError("that is no query")
        return [column[0] for column in result.description or ()], result.fetchall()
    except duckdb.Error as error:
        raise WarehouseError(str(error)) from error


def write_parquet(db: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object], out: BinaryIO) -> None:
    """Write the rows that a query gives as one Parquet file. Raises WarehouseError with what DuckDB says of it."""
    from pyarrow import parquet

    try:
        parquet.write_table(db.execute(sql, parameters).to_arrow_table(), out)
    except duckdb.Error as error:
        raise WarehouseError(str(error)) from error


def read_sql(name: str) -> str:
    """The text of one file under `warehouse/sql/`, such as `load/known_urls.sql`."""
    return (files("warehouse") / "sql" / name).read_text(encoding="utf-8")


def execute(db: duckdb.DuckDBPyConnection, file: str, **parameters: Any) -> list[Any]:
    """Run the statement in a file under `warehouse/sql/`; gives its rows."""
    return db.execute(read_sql(file), parameters).fetchall()


def append(db: duckdb.DuckDBPyConnection, file: str, batch: pa.Table) -> int:
    """Run the insert in a file under `warehouse/sql/` with `batch` as the table of that name; gives how many rows."""
    if not batch.num_rows:
        return 0
    db.register("batch", batch)
    try:
        ((inserted,),) = execute(db, file)
    finally:
        db.unregister("batch")
    return int(inserted)


@contextmanager
def _connection(place: Place, read_only: bool, deadline: float) -> Iterator[duckdb.DuckDBPyConnection]:
    try:
        with (
            connect(place, read_only, _CONFIG)
            if isinstance(place, Lake)
            else connect_file(place, read_only, _CONFIG, deadline)
        ) as db:
            db.execute("set timezone = 'UTC'")
            yield db
    except (
        duckdb.IOException,
        duckdb.FatalException,
        duckdb.OutOfMemoryException,
        duckdb.TransactionException,
    ) as error:
        raise WarehouseError(f"{place}: {error}") from error  # the machine's fault (a full disk), no query's
