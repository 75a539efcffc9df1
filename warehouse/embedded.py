"""A warehouse in one DuckDB file: who wants to write it waits for the one who does."""

from __future__ import annotations

import fcntl
import logging
import os
import random
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import duckdb

from warehouse.place import Config, Lake, Place, WarehouseError

log = logging.getLogger("undisclosed.warehouse")


def connect_file(path: Path, read_only: bool, config: Config, deadline: float) -> duckdb.DuckDBPyConnection:
    """A connection to a file, as soon as no other process holds it.

    Raises WarehouseError: it is still in use at the deadline (`time.monotonic`), or is no warehouse.
    """
    waited = False
    while True:
        try:
            return duckdb.connect(str(path), read_only=read_only, config={**config})
        except duckdb.Error as error:
            if not _is_in_use(error):
                raise WarehouseError(f"{path}: cannot be opened as a warehouse: {error}") from error
            if time.monotonic() >= deadline:
                raise WarehouseError(f"{path}: still in use by another process: {error}") from error
            if not waited:
                log.info("%s is in use, waiting: %s", path, error)
                waited = True
        time.sleep(random.uniform(0.01, 0.08))  # noqa: S311 (no secret: it keeps waiting processes out of step)


def _is_in_use(error: duckdb.Error) -> bool:
    """Whether another process holds the file, or this one holds it in the other mode; anything else is an error."""
    return "Could not set lock" in str(error) or "different configuration" in str(error)


@contextmanager
def writers_turn(path: Place, deadline: float = float("inf")) -> Iterator[None]:
    """One writer at a time, in this process or another: two that append the same batch would both find it missing.

    Of those who wait one stands in front, and has the next turn before who has just had one, however often that one
    asks; who has waited longer asks more often, to stand there. A lake has many writers at once. Raises WarehouseError:
    others have not ended by the deadline, or no lock can be made.
    """
    if isinstance(path, Lake):
        yield
        return
    with ExitStack() as turn:
        with _lock(path, ".queue", deadline):
            turn.enter_context(_lock(path, ".lock", deadline))
        yield


@contextmanager
def _lock(path: Path, ending: str, deadline: float) -> Iterator[None]:
    """Hold a file beside the warehouse, as closing any handle of a DuckDB file drops DuckDB's own lock."""
    beside = path.with_name(path.name + ending)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(beside, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise WarehouseError(f"{path}: cannot be written: {error.strerror}") from error
    try:
        begun, told = time.monotonic(), False
        while not _take(handle):
            holder = os.pread(handle, 100, 0).decode(errors="replace").strip() or "another writer"
            now = time.monotonic()
            if now >= deadline:
                raise WarehouseError(f"{path}: still in use by {holder}")
            if not told:
                log.info("%s is in use by %s, waiting", path, holder)
                told = True
            time.sleep(random.uniform(0.01, 0.05) / (1 + now - begun))  # noqa: S311 (as above)
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
