"""Open a lake: DuckLake, with its catalogue in PostgreSQL and its rows in Parquet files."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import duckdb

from warehouse.literals import literal
from warehouse.place import Config, Lake, WarehouseError

ALIAS = "lake"
"""What a connection calls it. Example: from lake.snapshots()"""
_QUIET = "set enable_progress_bar = false"
"""What takes longer than two seconds would draw a bar on standard output."""
_CATALOGUE = f"__ducklake_metadata_{ALIAS}"
_WAY = "pip install 'undisclosed[lake]', or uv sync --extra lake"
_SETTINGS = {
    "ducklake_max_retry_count": 200,
    "ducklake_retry_wait_ms": 20,
    "ducklake_retry_backoff": 1.05,
}
"""Commits come one after the other: who comes second tries again, a little later each time."""

_open: dict[tuple[Lake, bool], duckdb.DuckDBPyConnection] = {}
_opening = threading.Lock()


def is_lake(db: duckdb.DuckDBPyConnection) -> bool:
    """Whether the connection is to a lake, and not to a file."""
    sql = "select type from duckdb_databases() where database_name = current_database()"
    return db.execute(sql).fetchone() == ("ducklake",)


@contextmanager
def connect(lake: Lake, read_only: bool, config: Config) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection of its own; a process attaches a lake once, as that takes half a second. Raises duckdb.Error."""
    with _opening:
        if (lake, read_only) not in _open:
            _open[lake, read_only] = _attach(lake, read_only, config)
    with _open[lake, read_only].cursor() as db:
        db.execute(f"{_QUIET}; use {ALIAS}")
        yield db


def disconnect(lake: Lake) -> None:
    """Close what this process has open of a lake, for who wants to remove or replace it."""
    with _opening:
        for read_only in (False, True):
            if db := _open.pop((lake, read_only), None):
                db.close()


@contextmanager
def turns(
    db: duckdb.DuckDBPyConnection, names: Iterable[str], beside: Iterable[str], timeout_seconds: float
) -> Iterator[None]:
    """Nobody else is within a block of one of `names`, and nobody who is alone in one of `beside`.

    A process that dies within a block leaves it. Raises duckdb.Error where another does not end in time.
    """
    calls = {_key(name): "pg_advisory_xact_lock_shared" for name in beside}
    calls |= {_key(name): "pg_advisory_xact_lock" for name in names}
    with db.cursor() as other:
        other.execute(_QUIET)
        other.begin()
        other.execute(f"call postgres_execute('{_CATALOGUE}', 'set local lock_timeout = {timeout_seconds * 1000:.0f}')")
        for key in sorted(calls):  # in one order: who waits for another is not waited for by it
            other.execute(f"from postgres_query('{_CATALOGUE}', 'select {calls[key]}({key})::text')").fetchall()
        try:
            yield
        finally:
            other.rollback()


def _key(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)


def _attach(lake: Lake, read_only: bool, config: Config) -> duckdb.DuckDBPyConnection:
    db = duckdb.connect(":memory:", config={**config})
    try:
        db.execute(_QUIET)
        for extension in ("ducklake", "postgres_scanner", *(["httpfs"] if "://" in lake.data else [])):
            db.execute(f"load '{_extension(extension)}'")
        for name, value in _SETTINGS.items():
            db.execute(f"set global {name} = {value}")
        _sign_in(db, lake)
        mode = ", read_only" if read_only else ""
        catalogue, data = literal(f"ducklake:postgres:{lake.catalogue}"), literal(lake.data)
        attach = f"attach {catalogue} as {ALIAS} (data_path {data}, data_inlining_row_limit 0{mode})"
        try:
            db.execute(attach)
        except duckdb.Error as error:
            if "Failed to initialize" not in str(error):
                raise
            db.execute(attach)  # another process was making it, and has done so
    except BaseException as error:
        db.close()
        if isinstance(error, duckdb.Error) and not isinstance(error, duckdb.InvalidInputException):  # that is: no lake
            raise WarehouseError(f"{lake}: cannot be opened: {error}") from error
        raise
    return db


def _extension(name: str) -> Path:
    """The file of a DuckDB extension, from its package: nothing is downloaded, and nothing written to HOME."""
    package = find_spec(f"duckdb_extension_{name}")
    folder = Path(package.origin).parent if package and package.origin else Path()
    file = folder / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
    if not file.exists():
        raise WarehouseError(f"a lake needs the extension {name} of DuckDB {duckdb.__version__}: {_WAY}")
    return file


def _sign_in(db: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    """The key and the address of an S3-compatible store are where its own tools look: AWS_ACCESS_KEY_ID and so on."""
    key = {
        "key_id": os.environ.get("AWS_ACCESS_KEY_ID"),
        "secret": os.environ.get("AWS_SECRET_ACCESS_KEY"),
        "session_token": os.environ.get("AWS_SESSION_TOKEN"),
        "region": os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION"),
    }
    if endpoint := os.environ.get("AWS_ENDPOINT_URL"):  # no store of Amazon's
        scheme, _, host = endpoint.partition("://")
        key |= {"endpoint": host.rstrip("/"), "use_ssl": str(scheme != "http"), "url_style": "path"}
    said = ", ".join(f"{name} {literal(value)}" for name, value in key.items() if value)
    if lake.data.startswith("s3://") and said:
        db.execute(f"create secret (type s3, {said})")
