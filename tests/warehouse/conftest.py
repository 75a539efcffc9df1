from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.given import FIRST_LOAD, NEWSROOM, PAPER, RUN, WIRE
from warehouse.database import open_warehouse
from warehouse.load import Loaded, Reading, load_readings, load_sources

Load = Callable[..., Loaded]


@pytest.fixture(scope="session")
def empty_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with tables and views and no row, which is quicker to copy than to make."""
    file = tmp_path_factory.mktemp("empty") / "warehouse.duckdb"
    with open_warehouse(file):
        pass
    return file


@pytest.fixture
def path(empty_warehouse: Path, tmp_path: Path) -> Path:
    """A warehouse without a row, that nobody has open."""
    return Path(shutil.copy(empty_warehouse, tmp_path))


@pytest.fixture
def db(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(path) as connection:
        load_sources(connection, [NEWSROOM, WIRE, PAPER])
        yield connection


@pytest.fixture(scope="module")
def shared_db(empty_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """One for all tests of a file, each of which has its own company in it."""
    with open_warehouse(Path(shutil.copy(empty_warehouse, tmp_path_factory.mktemp("shared")))) as connection:
        load_sources(connection, [NEWSROOM, WIRE, PAPER])
        yield connection


@pytest.fixture
def load(db: duckdb.DuckDBPyConnection) -> Load:
    """Loads readings given one by one."""

    def load_them(*readings: Reading, version: str = "1", recorded_at: datetime = FIRST_LOAD) -> Loaded:
        return load_readings(db, readings, run_id=RUN, extractor_version=version, recorded_at=recorded_at)

    return load_them


@pytest.fixture
def ask(db: duckdb.DuckDBPyConnection) -> Callable[..., list[tuple[object, ...]]]:
    return lambda query, *parameters: db.execute(query, list(parameters)).fetchall()
