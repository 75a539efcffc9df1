"""What is odd or wrong about what comes in has a defined outcome."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.warehouse.given import claim, reading, told_of
from warehouse.checks import check_warehouse
from warehouse.database import WarehouseError, open_warehouse

QUARTERS = {"2024-05-01": "2024-Q1", "2024-08-01": "2024-Q2", "2024-11-01": "2024-Q3", "2025-02-01": "2024-Q4"}


def test_of_contradictory_claims_of_one_document_the_exact_one_stands_and_its_source_counts_once(load, ask):
    load(reading("2025-02-01", [claim("revenue", "2024", "~1500 EUR"), claim("revenue", "2024", "1200 EUR")]))
    found = ask("select value_low, agreeing_source_count, contradicting_source_count from disclosures")
    assert found == [(1200, 1, 0)]
    assert ask("select count(*) from current_claims") == [(2,)]


@pytest.mark.parametrize(("basis", "told"), [("actual", {"actuals_end_before_they_are_known"}), ("guidance", set())])
def test_a_period_far_in_the_future_is_kept_and_is_told_of_where_it_is_said_to_be_over(db, load, basis, told):
    load(reading("2025-02-01", [claim("revenue", "2099", "1 EUR", basis=basis)]))
    assert {name for name, rows in check_warehouse(db) if rows} == told
    assert db.execute("select period from disclosures").fetchall() == [("2099",)]


def test_a_renamed_company_is_another_one_and_the_old_name_does_not_fall_silent(load, ask):
    said = [
        reading(day, [claim("revenue", period, "1 EUR"), claim("eps", period, "1 EUR")])
        for day, period in QUARTERS.items()
    ]
    load(*said[:3], told_of("Acme Holdings", said[3]))
    assert ask("select company, count(*) from disclosures group by 1 order by 1") == [("Acme", 6), ("Acme Holdings", 2)]
    assert ask("from silences") == []
    assert ask("select distinct event_code from disclosure_events") == [("first_disclosed",)]


def test_a_company_merged_into_another_ends_and_is_not_covered_from_then_on(load, ask):
    said = [
        reading(day, [claim("revenue", period, "1 EUR"), claim("eps", period, "1 EUR")])
        for day, period in QUARTERS.items()
    ]
    load(*said, *(told_of("Rival", one) for one in said[:3]))
    assert ask("from silences") == []
    last = "select company, max(period) from own_statements join disclosures using (company) group by 1 order by 1"
    assert ask(last) == [("Acme", "2024-Q4"), ("Rival", "2024-Q3")]


def test_two_companies_of_one_name_are_one_and_contradict_each_other(load, ask):
    load(
        reading("2025-02-01", [claim("revenue", "2024", "1200 EUR")], source="wire"),
        reading("2025-02-01", [claim("revenue", "2024", "9 EUR")], source="paper"),
    )
    assert ask("select agreeing_source_count, contradicting_source_count from disclosures") == [(1, 1)]


def test_a_warehouse_where_no_folder_can_be_made_is_named_with_the_reason(tmp_path):
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "w.duckdb"
    with pytest.raises(WarehouseError, match=f"{path}: cannot be written: "), open_warehouse(path):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser can write to every folder")
def test_a_read_only_folder_can_be_read_and_not_written(path: Path):
    path.parent.chmod(0o555)
    try:
        with open_warehouse(path, read_only=True) as db:
            assert db.execute("from claims").fetchall() == []
        with pytest.raises(WarehouseError, match="cannot be written"), open_warehouse(path):
            pass
    finally:
        path.parent.chmod(0o755)
