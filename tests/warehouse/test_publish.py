"""Analysts and the pipeline do not wait for each other: what is read is a copy, put in place whole."""

from __future__ import annotations

import multiprocessing
import shutil
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.given import FIRST_LOAD, NEWSROOM, RUN, claim, reading
from warehouse import publish as publishing
from warehouse.checks import check_warehouse
from warehouse.database import WarehouseError, _catch_up_within, catch_up, open_warehouse
from warehouse.load import load_readings, load_sources
from warehouse.publish import adopt, open_published, publish, rebuild_published

RUNS = 5


def a_run(live: Path, published: Path, number: int) -> None:
    """What a run does to the warehouse: a statement of its own, and the copy."""
    with open_warehouse(live) as db:
        load_sources(db, [NEWSROOM])
        one = reading(f"2025-01-{number:02d}", [claim("revenue", "2024", f"{number} EUR")])
        load_readings(db, [one], run_id=RUN, extractor_version="1", recorded_at=FIRST_LOAD)
    publish(live, published)


def runs(live: Path, published: Path, numbers: range) -> None:
    for number in numbers:
        a_run(live, published, number)


def count(db: duckdb.DuckDBPyConnection) -> int:
    return len(db.table("claims").fetchall())


def test_a_reader_stays_open_for_ten_runs_of_two_writers_and_holds_up_none(path, tmp_path):
    published = tmp_path / "published.duckdb"
    a_run(path, published, 1)
    with duckdb.connect(str(published), read_only=True) as reader:
        writers = [
            multiprocessing.get_context("spawn").Process(
                target=runs, args=(path, published, range(first, first + RUNS))
            )
            for first in (2, 2 + RUNS)
        ]
        for writer in writers:
            writer.start()
        while any(writer.is_alive() for writer in writers):
            assert count(reader) == 1
            writers[0].join(0.05)
        for writer in writers:
            writer.join()
        assert [writer.exitcode for writer in writers] == [0, 0]
        assert count(reader) == 1
    with open_published(path, published) as db:
        assert count(db) == 1 + 2 * RUNS
        assert not [name for name, broken in check_warehouse(db) if broken]


def test_a_copy_that_fails_leaves_the_one_of_before(path, tmp_path, monkeypatch):
    published = tmp_path / "published.duckdb"
    a_run(path, published, 1)

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(publishing.shutil, "copyfileobj", full_disk)
    with pytest.raises(WarehouseError, match=r"published\.duckdb: cannot be published: No space left"):
        a_run(path, published, 2)
    with open_published(path, published) as db:
        assert count(db) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "published.duckdb",
        "warehouse.duckdb",
        "warehouse.duckdb.lock",
        "warehouse.duckdb.queue",
    ]


def test_a_log_left_beside_an_earlier_copy_is_not_taken_for_the_new_ones(path, tmp_path):
    published = tmp_path / "published.duckdb"
    a_run(path, published, 1)
    (tmp_path / "published.duckdb.wal").write_bytes(b"of another file")
    a_run(path, published, 2)
    with open_published(path, published) as db:
        assert count(db) == 2


def test_a_file_of_before_there_were_two_is_gone_on_from(path, tmp_path):
    live, published = tmp_path / "live.duckdb", tmp_path / "published.duckdb"
    with open_warehouse(path) as db:
        load_sources(db, [NEWSROOM])
    shutil.copy(path, published)
    adopt(live, published)
    a_run(live, published, 1)
    adopt(live, published)
    with open_published(live, published) as db:
        assert (count(db), len(db.table("sources").fetchall())) == (1, 1)


def test_a_copy_of_an_earlier_version_is_published_afresh_and_nothing_at_all_is_said_so(path, tmp_path):
    published = tmp_path / "published.duckdb"
    publish(path, published)
    published.chmod(0o644)
    with duckdb.connect(str(published)) as db:
        db.execute("delete from schema_versions where step = 'views'")
    published.chmod(0o444)
    with open_published(path, published) as db:
        assert count(db) == 0
    with pytest.raises(WarehouseError, match="no warehouse yet"), open_published(tmp_path / "a", tmp_path / "b"):
        pass


def test_a_rebuild_makes_derived_rows_that_were_lost_afresh_and_publishes_them(path, tmp_path):
    published = tmp_path / "published.duckdb"
    a_run(path, published, 1)
    with open_warehouse(path) as db:
        db.execute("delete from best_now")
    rebuild_published(path, published)
    with open_published(path, published) as db:
        assert db.execute("select value_low from disclosures").fetchall() == [(1,)]


def test_a_rebuild_of_nothing_says_so(tmp_path):
    with pytest.raises(WarehouseError, match="there is no warehouse yet"):
        rebuild_published(tmp_path / "none.duckdb", tmp_path / "published.duckdb")


def test_what_does_not_fit_into_little_memory_is_derived_with_more(path, tmp_path, monkeypatch):
    monkeypatch.setattr("warehouse.database._LEAST_MEMORY", "1MB")
    with open_warehouse(path) as db:
        load_sources(db, [NEWSROOM])
        said = [reading(f"2025-01-{day:02}", [claim("revenue", "2024", f"{day} EUR")]) for day in range(1, 29)]
        load_readings(db, said, run_id=RUN, extractor_version="1", recorded_at=FIRST_LOAD, is_more_to_come=True)
        with pytest.raises(duckdb.OutOfMemoryException):
            _catch_up_within(db, "1MB")
        catch_up(db)
        assert count(db) == len(said)
        assert db.execute("select count(*), current_setting('memory_limit') from best_now").fetchall() == [
            (1, "2.3 GiB")
        ]
