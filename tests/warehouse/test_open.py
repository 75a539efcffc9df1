from __future__ import annotations

import logging
import multiprocessing
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.given import FIRST_LOAD, NEWSROOM, RUN, claim, reading
from warehouse import schema
from warehouse.checks import check_warehouse
from warehouse.database import Place, WarehouseError, open_warehouse, read_rows
from warehouse.load import load_readings, load_sources

CLAIMS = [claim("revenue", f"20{year}", f"{year} EUR") for year in range(10, 25)]
OVERLAPPING = [[reading(f"2025-01-{day:02d}", CLAIMS) for day in range(first, first + 8)] for first in (1, 5)]


def count(path: Place, table: str) -> int:
    with open_warehouse(path, read_only=True) as db:
        return len(db.table(table).fetchall())


def load_in_turn(path: Path, first: int) -> None:
    for one in OVERLAPPING[first]:
        with open_warehouse(path) as db:
            load_sources(db, [NEWSROOM])
            load_readings(db, [one], run_id=RUN, extractor_version="1", recorded_at=FIRST_LOAD)


@contextmanager
def held(path: Path, *, read_only: bool) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the file open until it is told to end."""
    code = (
        f"import duckdb; db = duckdb.connect({str(path)!r}, read_only={read_only}); print('open', flush=True); input()"
    )
    command = [sys.executable, "-c", f"{code}; input()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "open\n"
        yield process


def test_a_missing_file_is_made_by_a_writer_and_not_by_a_reader(tmp_path):
    path = tmp_path / "new" / "folder" / "w.duckdb"
    with pytest.raises(WarehouseError, match=r"w\.duckdb.*no warehouse yet"), open_warehouse(path, read_only=True):
        pass
    assert not path.exists()
    with open_warehouse(path) as db:
        assert db.execute("select count(*) from disclosures").fetchone() == (0,)


def test_a_reader_cannot_write(place):
    with open_warehouse(place, read_only=True) as reader, pytest.raises(duckdb.InvalidInputException):
        reader.execute("delete from claims")


def test_a_file_that_is_none_is_named_and_left_as_it_is(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("no warehouse " * 500)
    with pytest.raises(WarehouseError, match=r"notes\.txt"), open_warehouse(path, timeout_seconds=0):
        pass
    assert path.read_text().startswith("no warehouse")


def test_opening_again_applies_nothing(place):
    for _ in range(3):
        with open_warehouse(place) as db:
            steps = db.execute("select * from schema_versions order by all").fetchall()
            assert len(steps) == len(schema.read_schema().steps) + 1


@pytest.mark.parametrize(("holder_reads", "read_only"), [(True, False), (False, True), (False, False)])
def test_a_held_file_is_waited_for_with_a_message_and_then_named_with_its_holder(path, caplog, holder_reads, read_only):
    caplog.set_level(logging.INFO)
    with held(path, read_only=holder_reads) as holder:
        with (
            pytest.raises(WarehouseError, match=rf"warehouse\.duckdb.*{holder.pid}"),
            open_warehouse(path, read_only=read_only, timeout_seconds=0.2),
        ):
            pass
        assert "waiting" in caplog.text
        threading.Timer(0.2, holder.kill).start()
        with open_warehouse(path, read_only=read_only) as late:
            assert late.execute("select 1").fetchone() == (1,)


def test_a_writer_of_our_own_is_named(path):
    with (
        open_warehouse(path),
        pytest.raises(WarehouseError, match=f"process {os.getpid()}"),
        open_warehouse(path, timeout_seconds=0.1),
    ):
        pass


def test_processes_that_load_at_once_lose_nothing_and_load_nothing_twice(path):
    processes = [
        multiprocessing.get_context("spawn").Process(target=load_in_turn, args=(path, first)) for first in range(2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    with open_warehouse(path) as db:
        assert not [check for check, rows in check_warehouse(db) if rows]
    assert (count(path, "pages"), count(path, "claims"), count(path, "sources")) == (12, 12 * len(CLAIMS), 1)


def test_threads_that_load_at_once_lose_nothing_and_load_nothing_twice(path):
    errors: list[BaseException] = []

    def work(first: int) -> None:
        try:
            load_in_turn(path, first)
            count(path, "claims")
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(first,)) for first in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    assert (count(path, "pages"), count(path, "claims")) == (12, 12 * len(CLAIMS))


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The SQL of a later version of the code: one more step, and one more view on it."""
    folder = tmp_path / "later"
    shutil.copytree(schema.SQL, folder)
    number = schema.read_schema().version + 2
    (folder / "tables" / f"{number:03d}_reviews.sql").write_text("alter table claims add column is_reviewed boolean")
    (folder / "marts" / "99_reviewed.sql").write_text(
        "create or replace view reviewed as select * from claims where is_reviewed"
    )
    return folder


def test_an_older_file_gets_what_it_lacks_and_keeps_its_rows(db, load, path, later):
    load(*OVERLAPPING[0])
    before = db.execute("select * from claims order by all").fetchall()
    schema.bring_up(db, path, schema.read_schema(later))
    assert db.execute("select * exclude (is_reviewed) from claims order by all").fetchall() == before
    assert db.execute("select count(*) from reviewed").fetchone() == (0,)


def test_a_step_that_fails_leaves_the_file_as_it_was(db, load, path, later):
    load(*OVERLAPPING[0])
    (later / "marts" / "99_reviewed.sql").write_text("create view broken as select * from nowhere")
    with pytest.raises(WarehouseError, match="cannot be brought up"):
        schema.bring_up(db, path, schema.read_schema(later))
    assert schema.is_current(db, path)
    assert "is_reviewed" not in read_rows(db, "select * from claims")[0]


def test_a_newer_file_is_refused_by_older_code(path, later):
    with open_warehouse(path) as db:
        schema.bring_up(db, path, schema.read_schema(later))
    for read_only in (True, False):
        with pytest.raises(WarehouseError, match="install the newer"), open_warehouse(path, read_only=read_only):
            pass


def test_a_reader_of_an_older_file_sees_the_views_of_its_own_code(path):
    with open_warehouse(path) as db:
        db.execute("drop table silences")
        db.execute("delete from schema_versions where step = 'views'")
    assert count(path, "silences") == 0


def test_each_step_has_a_number_of_its_own(later):
    (later / "tables" / "003_again.sql").write_text("select 1")
    with pytest.raises(ValueError, match="numbered"):
        schema.read_schema(later)


def test_a_step_with_a_lower_number_that_comes_late_is_applied_too(db, load, path, later):
    load(*OVERLAPPING[0])
    schema.bring_up(db, path, schema.read_schema(later))
    (later / "tables" / f"{schema.read_schema().version + 1:03d}_late.sql").write_text(
        "alter table claims add column is_late boolean"
    )
    schema.read_schema.cache_clear()
    schema.bring_up(db, path, schema.read_schema(later))
    assert {"is_late", "is_reviewed"} < set(read_rows(db, "select * from claims")[0])


def test_a_query_gives_names_and_rows_and_a_wrong_one_says_what_is_wrong(db):
    assert read_rows(db, "select 1 as one, 'a' as letter") == (["one", "letter"], [(1, "a")])
    with pytest.raises(WarehouseError, match="nowhere"):
        read_rows(db, "select * from nowhere")
