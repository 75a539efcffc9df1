"""What is compacted or backed up holds the same rows, and a file that does not is never put in place."""

from __future__ import annotations

import duckdb
import pytest

from tests.warehouse.given import FIRST_LOAD, RUN, claim, reading
from warehouse import compact as compacting
from warehouse.backup import back_up, read_digests
from warehouse.compact import compact
from warehouse.database import WarehouseError, is_up_to_date, open_warehouse
from warehouse.load import load_readings


@pytest.fixture
def bloated(path):
    """A warehouse most of whose file is room that deleted rows have left."""
    with open_warehouse(path) as db:
        db.execute("create table padding as select uuid() as id from range(400_000)")
        db.execute("checkpoint")
        db.execute("drop table padding")
        db.execute("checkpoint")
    return path


def test_a_compacted_warehouse_is_smaller_and_the_same(bloated):
    held = read_digests(bloated)
    before, after = compact(bloated)
    assert after < before / 2
    assert read_digests(bloated) == held
    assert is_up_to_date(bloated)
    assert compact(bloated) == (after, after)


def test_one_that_would_hold_other_rows_is_not_put_in_place(bloated, monkeypatch):
    held = bloated.read_bytes()
    answers = iter([{"claims": (1, 1)}, {"claims": (0, 0)}])
    monkeypatch.setattr(compacting, "table_digests", lambda db: next(answers))
    with pytest.raises(WarehouseError, match="differs; the file stays as it is"):
        compact(bloated)
    assert bloated.read_bytes() == held
    assert [path.name for path in bloated.parent.glob(".*compacted")] == []


def test_a_backup_holds_what_the_warehouse_held(path, tmp_path):
    with open_warehouse(path) as db:
        one = reading("2025-01-01", [claim("revenue", "2024", "3 EUR")])
        load_readings(db, [one], run_id=RUN, extractor_version="1", recorded_at=FIRST_LOAD)
    digests = back_up(path, tmp_path / "backups" / "one.duckdb")
    assert digests["claims"][0] == 1
    assert read_digests(tmp_path / "backups" / "one.duckdb") == digests


def test_a_digest_tells_a_changed_row(path):
    held = read_digests(path)
    with duckdb.connect(str(path)) as db:
        db.execute("insert into channels values ('a', now())")
    assert {table for table, digest in read_digests(path).items() if digest != held[table]} == {"channels"}
