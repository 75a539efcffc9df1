from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from tests.postgres import Server, lacking, serving
from tests.warehouse.given import FIRST_LOAD, NEWSROOM, PAPER, RUN, WIRE
from warehouse.database import Lake, Place, open_warehouse
from warehouse.lake import disconnect
from warehouse.load import Loaded, Reading, load_readings, load_sources

Load = Callable[..., Loaded]
_ON_BOTH = {"test_load", "test_open", "test_archive_index"}
_OF_A_FILE = {"test_dictionary"}
"""A lake has no comments on macros and on the columns of views."""


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with tables and views and no row, which is quicker to copy than to make."""
    file = tmp_path_factory.mktemp("empty") / "warehouse.duckdb"
    with open_warehouse(file):
        pass
    return file


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    if missing := lacking():
        pytest.skip(f"no PostgreSQL here: {missing}")
    with serving() as server:
        yield server


@pytest.fixture(scope="session")
def empty_lake(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Lake:
    lake = Lake(postgres.make(), str(tmp_path_factory.mktemp("empty")))
    with open_warehouse(lake):
        pass
    disconnect(lake)
    return lake


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """On what the test's warehouse is. Of the slower tests on a lake only those of loading run without `--lake`."""
    if "engine" in metafunc.fixturenames:
        name = metafunc.module.__name__.rpartition(".")[2]
        is_on_both = name in _ON_BOTH or (metafunc.config.getoption("--lake") and name not in _OF_A_FILE)
        metafunc.parametrize("engine", ["file", "lake"] if is_on_both else ["file"], scope="session")


@pytest.fixture
def path(empty_file: Path, tmp_path: Path) -> Path:
    """A warehouse in a file, without a row, that nobody has open."""
    return Path(shutil.copy(empty_file, tmp_path))


@pytest.fixture
def place(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A warehouse without a row, that nobody has open."""
    yield from _fresh(engine, request, tmp_path)


@pytest.fixture
def lake(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A warehouse on a lake, without a row."""
    yield from _fresh("lake", request, tmp_path)


@pytest.fixture
def db(place: Place) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(place) as connection:
        load_sources(connection, [NEWSROOM, WIRE, PAPER])
        yield connection


@pytest.fixture(scope="module")
def shared_place(
    engine: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    yield from _fresh(engine, request, tmp_path_factory.mktemp("shared"))


@pytest.fixture(scope="module")
def shared_db(shared_place: Place) -> Iterator[duckdb.DuckDBPyConnection]:
    """One for all tests of a file, each of which has its own company in it."""
    with open_warehouse(shared_place) as connection:
        load_sources(connection, [NEWSROOM, WIRE, PAPER])
        yield connection


def _fresh(engine: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[Place]:
    if engine == "file":
        yield Path(shutil.copy(request.getfixturevalue("empty_file"), folder))
        return
    server, empty = request.getfixturevalue("postgres"), request.getfixturevalue("empty_lake")
    lake = Lake(server.make(empty.catalogue.rpartition("/")[2]), shutil.copytree(empty.data, str(folder / "lake")))
    server.run(f"update ducklake_metadata set value = '{lake.data}/' where key = 'data_path'", lake.catalogue)  # noqa: S608
    yield lake
    disconnect(lake)


@pytest.fixture
def load(db: duckdb.DuckDBPyConnection) -> Load:
    """Loads readings given one by one."""

    def load_them(*readings: Reading, version: str = "1", recorded_at: datetime = FIRST_LOAD) -> Loaded:
        return load_readings(db, readings, run_id=RUN, extractor_version=version, recorded_at=recorded_at)

    return load_them


@pytest.fixture
def ask(db: duckdb.DuckDBPyConnection) -> Callable[..., list[tuple[object, ...]]]:
    return lambda query, *parameters: db.execute(query, list(parameters)).fetchall()
