"""On a lake many write and read at once; a warehouse moves there and back with every row."""

from __future__ import annotations

import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from tests.postgres import Server
from tests.warehouse.given import FIRST_LOAD, NEWSROOM, RUN, YEARS, load_years, reading
from warehouse import lake as lakes
from warehouse import move as moving
from warehouse.backup import back_up, read_digests, table_digests
from warehouse.checks import check_warehouse
from warehouse.compact import compact
from warehouse.database import (
    Lake,
    Place,
    WarehouseError,
    execute,
    is_made,
    is_up_to_date,
    open_warehouse,
    take_turn,
    transaction,
)
from warehouse.load import load_readings, load_sources
from warehouse.move import move
from warehouse.publish import open_published, publish


def count(place: Place, table: str) -> int:
    with open_warehouse(place, read_only=True) as db:
        return len(db.table(table).fetchall())


@pytest.fixture
def loaded(path: Path) -> Path:
    load_years(path, "2025-01-01")
    return path


@pytest.fixture
def nowhere(postgres: Server, tmp_path: Path) -> Lake:
    """Where nobody has made a lake yet."""
    return Lake(postgres.make(), str(tmp_path / "new"))


def test_a_warehouse_moves_to_a_lake_and_back_with_every_row(loaded, nowhere, tmp_path):
    held = read_digests(loaded)
    rows = {table: number for table, (number, _) in held.items()}
    assert move(loaded, nowhere) == rows
    with open_warehouse(nowhere) as db:
        assert table_digests(db) == held
        assert [name for name, broken in check_warehouse(db) if broken] == []
    assert move(nowhere, tmp_path / "back.duckdb") == rows
    assert read_digests(tmp_path / "back.duckdb") == held
    assert is_up_to_date(tmp_path / "back.duckdb")
    assert [path.name for path in tmp_path.glob("*back*")] == ["back.duckdb"]
    load_years(nowhere, "2025-01-01")
    assert count(nowhere, "claims") == rows["claims"]


def test_nothing_is_moved_over_a_warehouse_nor_from_where_there_is_none(loaded, lake, nowhere, tmp_path):
    load_years(lake, "2025-01-02")
    for source, target, said in (
        (loaded, lake, "a warehouse already"),
        (lake, loaded, "is there already"),
        (nowhere, tmp_path / "x.duckdb", "no warehouse to move"),
        (loaded, tmp_path / "x.duckdb", "from a file to a lake"),
    ):
        with pytest.raises(WarehouseError, match=said):
            move(source, target)
    assert not is_made(nowhere)
    assert not (tmp_path / "x.duckdb").exists()


def test_a_move_that_ends_early_leaves_nothing_and_can_be_made_again(loaded, nowhere, monkeypatch):
    copy = moving._copy

    def copy_a_part(db, tables, source, target):
        copy(db, {"claims": tables["claims"]}, source, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(moving, "_copy", copy_a_part)
    with pytest.raises(KeyboardInterrupt):
        move(loaded, nowhere)
    assert count(nowhere, "claims") == 0
    monkeypatch.undo()
    assert move(loaded, nowhere)["claims"] == len(YEARS)


def test_a_row_that_is_not_as_it_was_is_no_move(loaded, lake):
    with moving._both(lake, loaded, is_file_written=True) as db:
        db.execute("create macro hash(one, other) as random()")  # no two rows are alike
        tables = {"claims": ["claim_id", "article_id"]}
        with pytest.raises(WarehouseError, match="claims: 15 of 15 rows differ"), transaction(db):
            moving._copy(db, tables, "moved", "lake")
    assert count(lake, "claims") == 0


def test_a_lake_that_is_written_while_it_moves_is_moved_again(lake, tmp_path, monkeypatch):
    copy = moving._copy

    def copy_slowly(db, tables, source, target):
        with open_warehouse(lake) as other:
            load_sources(other, [NEWSROOM])
        return copy(db, tables, source, target)

    monkeypatch.setattr(moving, "_copy", copy_slowly)
    with pytest.raises(WarehouseError, match="was written to meanwhile"):
        move(lake, tmp_path / "back.duckdb")
    assert [path.name for path in tmp_path.glob("*back*")] == []
    back_up(lake, tmp_path / "backup.duckdb")  # as it was at one moment
    assert count(tmp_path / "backup.duckdb", "sources") == 1


def test_a_lake_can_be_read_as_it_was(lake):
    load_years(lake, "2025-01-01")
    with open_warehouse(lake) as db:
        ((before,),) = execute(db, "lake/latest_snapshot.sql")
        load_years(lake, "2025-01-02")
        compact(lake)
        then = db.sql(f"from claims at (version => {before})").count("*").fetchone()
        now = db.execute("select count(*) from claims").fetchone()
    assert (then, now) == ((15,), (30,))


def test_a_reader_is_not_held_up_by_a_writer_and_sees_only_what_is_done(lake):
    load_years(lake, "2025-01-01")
    with open_warehouse(lake) as db, transaction(db, "derived tables"):
        db.execute("delete from claims")
        assert count(lake, "claims") == 15
    assert count(lake, "claims") == 0


def test_a_lake_is_read_where_it_is_and_publishing_derives(lake, tmp_path):
    with open_warehouse(lake) as db:
        one = [reading("2025-01-01", YEARS)]
        load_readings(db, one, run_id=RUN, extractor_version="1", recorded_at=FIRST_LOAD, is_more_to_come=True)
    assert count(lake, "disclosures") == 0
    publish(lake, lake)
    with open_published(lake, lake) as db:
        assert db.execute("select count(*) from disclosures").fetchone() == (15,)
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            db.execute("delete from claims")


def test_loads_and_what_derives_from_them_go_on_at_once(lake):
    def load(day: int) -> None:
        with open_warehouse(lake) as db:
            one = [reading(f"2025-01-{day:02d}", YEARS, source=f"source{day}")]
            load_readings(db, one, run_id=RUN, extractor_version="1", recorded_at=FIRST_LOAD, is_more_to_come=True)

    with ThreadPoolExecutor(3) as threads:
        loads = [threads.submit(load, day) for day in range(1, 7)]
        derived = [threads.submit(publish, lake, lake) for _ in range(2)]
        for each in (*loads, *derived):
            each.result()
    publish(lake, lake)
    assert (count(lake, "claims"), count(lake, "readings"), count(lake, "stale_urls")) == (6 * len(YEARS), 6, 0)


def test_compacting_merges_files_and_keeps_rows(lake):
    for day in range(1, 4):
        load_years(lake, f"2025-01-{day:02d}")
    with open_warehouse(lake) as db:
        held = table_digests(db)
        files = db.execute("from ducklake_list_files('lake', 'claims')").fetchall()
        compact(lake)
        assert len(files) == 3
        assert len(db.execute("from ducklake_list_files('lake', 'claims')").fetchall()) == 1
        assert table_digests(db) == held


def test_processes_that_make_a_lake_at_once_make_one_and_load_nothing_twice(nowhere):
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=load_years, args=(nowhere, "2025-01-01")) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert (count(nowhere, "sources"), count(nowhere, "claims")) == (1, len(YEARS))


def test_threads_that_load_at_once_lose_nothing_and_load_nothing_twice(lake):
    with ThreadPoolExecutor(4) as threads:
        days = ["2025-01-01", "2025-01-02", "2025-01-02", "2025-01-03"]
        assert list(threads.map(lambda day: load_years(lake, day), days)) == [None] * 4
    with open_warehouse(lake) as db:
        assert [name for name, broken in check_warehouse(db) if broken] == []
    assert (count(lake, "pages"), count(lake, "claims"), count(lake, "sources")) == (3, 3 * len(YEARS), 1)


def wait_in_turn(lake: Lake, is_in: object) -> None:
    with open_warehouse(lake) as db, take_turn(db, "a"):
        is_in.set()
        threading.Event().wait()


def test_a_process_that_is_killed_leaves_its_turn(lake):
    context = multiprocessing.get_context("spawn")
    is_in = context.Event()
    process = context.Process(target=wait_in_turn, args=(lake, is_in))
    process.start()
    is_in.wait()
    with open_warehouse(lake) as db:
        with take_turn(db, "b", "c"):
            pass
        with pytest.raises(duckdb.Error, match="lock timeout"), lakes.turns(db, ["b", "a"], [], 0.1):
            pass
        process.kill()
        process.join()
        with take_turn(db, "b", "a"):
            pass


def test_connections_that_broke_are_made_again(lake, postgres):
    assert count(lake, "claims") == 0
    postgres.run(
        "select pg_terminate_backend(pid) from pg_stat_activity "
        "where usename = 'undisclosed' and pid <> pg_backend_pid()"
    )
    load_years(lake, "2025-01-01")
    assert count(lake, "claims") == len(YEARS)


def test_what_cannot_be_reached_is_named(tmp_path):
    with pytest.raises(WarehouseError, match=r"127\.0\.0\.1:1/x.*Connection refused"):
        is_made(Lake("postgresql://me@127.0.0.1:1/x", str(tmp_path)))


def test_another_folder_for_the_rows_of_a_lake_is_refused(lake, tmp_path):
    with pytest.raises(WarehouseError, match="does not match existing data path"):
        is_made(Lake(lake.catalogue, str(tmp_path / "elsewhere")))


def test_where_an_extension_lacks_the_message_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setattr(lakes, "find_spec", lambda name: None)
    with pytest.raises(WarehouseError, match=r"extension ducklake of DuckDB .*pip install 'undisclosed\[lake\]'"):
        is_made(Lake("postgresql://me@127.0.0.1:1/x", str(tmp_path)))
