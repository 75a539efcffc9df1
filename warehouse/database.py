"""Open the warehouse: one DuckDB file, made and brought up to date on the way."""

from __future__ import annotations

import fcntl
import logging
import os
import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO

import duckdb
import pyarrow as pa

from warehouse.derive import derive
from warehouse.schema import WarehouseError, bring_up, is_current

__all__ = [
    "Connection",
    "WarehouseError",
    "append",
    "catch_up",
    "execute",
    "is_up_to_date",
    "open_warehouse",
    "read_rows",
    "read_sql",
    "transaction",
    "write_parquet",
    "writers_turn",
]

log = logging.getLogger("undisclosed.warehouse")

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "memory_limit": "2500MB",
}
"""Whatever is more goes to disk: a machine of 4 GB can hold 10 million claims."""

Connection = duckdb.DuckDBPyConnection
"""For those outside who are handed one, and open none themselves."""


@contextmanager
def open_warehouse(
    path: Path, *, read_only: bool = False, timeout_seconds: float = 30
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the warehouse in the file at `path`, closed at the end; times are in UTC.

    A writer makes the file where there is none, and applies the tables and views that it lacks. While another
    process holds the file this waits and tries again; hold a connection for one batch or one query, not for a run.

    Raises WarehouseError: the file is still in use after `timeout_seconds` (with its holder), is no warehouse, is of
    a newer version than this code, or is to be read and does not exist.
    """
    if read_only and not path.exists():
        raise WarehouseError(f"{path}: there is no warehouse yet; a run of the pipeline makes it (or check the path)")
    deadline = time.monotonic() + timeout_seconds
    if not read_only:
        with writers_turn(path, deadline), _connection(path, False, deadline) as db:
            if not is_current(db, path):
                bring_up(db, path)
                catch_up(db)
            yield db
        return
    with _connection(path, True, deadline) as db:
        current = is_current(db, path)
        if current:
            yield db
    if not current:  # an older file: its views are brought up to this code first
        with open_warehouse(path, timeout_seconds=timeout_seconds):
            pass
        with _connection(path, True, deadline) as db:
            yield db


def is_up_to_date(path: Path, timeout_seconds: float = 30) -> bool:
    """Whether the file has the tables and views of this code. Raises WarehouseError where it is newer, or none."""
    with _connection(path, True, time.monotonic() + timeout_seconds) as db:
        return is_current(db, path)


@contextmanager
def transaction(db: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All or nothing: committed at the end, rolled back where the block raises."""
    db.begin()
    try:
        yield
    except BaseException:
        db.rollback()
        raise
    db.commit()


def catch_up(db: duckdb.DuckDBPyConnection) -> None:
    """Bring the derived tables up to the facts, a transaction a slice: killed in between, it goes on from there."""
    is_left = True
    while is_left:
        with transaction(db):
            is_left = derive(db)


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
def _connection(path: Path, read_only: bool, deadline: float) -> Iterator[duckdb.DuckDBPyConnection]:
    waited = False
    while True:
        try:
            db = duckdb.connect(str(path), read_only=read_only, config=_CONFIG)
            break
        except duckdb.Error as error:
            if not _is_in_use(error):
                raise WarehouseError(f"{path}: cannot be opened as a warehouse: {error}") from error
            if time.monotonic() >= deadline:
                raise WarehouseError(f"{path}: still in use by another process: {error}") from error
            if not waited:
                log.info("%s is in use, waiting: %s", path, error)
                waited = True
        time.sleep(random.uniform(0.01, 0.08))  # noqa: S311 (no secret: it keeps waiting processes out of step)
    try:
        db.execute("set timezone = 'UTC'")
        yield db
    except (
        duckdb.IOException,
        duckdb.FatalException,
        duckdb.OutOfMemoryException,
        duckdb.TransactionException,
    ) as error:
        raise WarehouseError(f"{path}: {error}") from error  # the machine's fault (a full disk), no query's
    finally:
        db.close()


def _is_in_use(error: duckdb.Error) -> bool:
    """Whether another process holds the file, or this one holds it in the other mode; anything else is an error."""
    return "Could not set lock" in str(error) or "different configuration" in str(error)


@contextmanager
def writers_turn(path: Path, deadline: float = float("inf")) -> Iterator[None]:
    """One writer at a time, in this process or another: two that append the same batch would both find it missing.

    The lock stands on a file beside the warehouse, as closing any handle of a DuckDB file drops DuckDB's own lock.
    """
    beside = path.with_name(path.name + ".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(beside, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise WarehouseError(f"{path}: cannot be written: {error.strerror}") from error
    try:
        waited = False
        while not _take(handle):
            holder = os.pread(handle, 100, 0).decode(errors="replace").strip() or "another writer"
            if time.monotonic() >= deadline:
                raise WarehouseError(f"{path}: still in use by {holder}")
            if not waited:
                log.info("%s is in use by %s, waiting", path, holder)
                waited = True
            time.sleep(random.uniform(0.01, 0.05))  # noqa: S311 (as above)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
