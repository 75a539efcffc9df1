from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from flows.settings import PROJECT
from tests.site.given import FORMULA, LATER
from tests.warehouse.given import RUN, claim, reading
from warehouse.database import WarehouseError, open_warehouse
from warehouse.exports import DATABASE, PACKAGE, TABLES, compare_exports, digest_of, write_exports
from warehouse.load import load_readings


@pytest.fixture(scope="module")
def exports(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported(warehouse, tmp_path_factory.mktemp("exports"))


def exported(warehouse: Path, folder: Path) -> Path:
    with open_warehouse(warehouse, read_only=True) as db:
        write_exports(db, folder)
    return folder


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_the_same_in_every_form(warehouse: Path, exports: Path, table: str) -> None:
    with open_warehouse(warehouse, read_only=True) as db:
        expected = db.table(table).count("*").fetchall()
    with (exports / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with duckdb.connect() as db:
        parquet = db.read_parquet(str(exports / f"{table}.parquet"))
        columns, in_parquet = parquet.columns, parquet.count("*").fetchall()
    with duckdb.connect(str(exports / DATABASE), read_only=True) as db:
        in_database = db.table(table).count("*").fetchall()
    assert (in_parquet, in_database, [(len(rows),)]) == (expected, expected, expected)
    assert not rows or list(rows[0]) == columns


def test_no_cell_of_a_csv_begins_a_formula(exports: Path) -> None:
    cells = []
    for file in exports.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as handle:
            cells += [cell for row in csv.reader(handle) for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+@\t\r" and cell]
    assert f"'{FORMULA}" in cells


def test_the_package_describes_every_file_and_column(exports: Path) -> None:
    package = json.loads((exports / PACKAGE).read_text("utf-8"))
    assert {resource["path"] for resource in package["resources"]} == {
        f"{table}.{kind}" for table in TABLES for kind in ("csv", "parquet")
    }
    for resource in package["resources"]:
        assert resource["hash"] == f"sha256:{digest_of(exports / resource['path'])}"
        assert all(field["description"] and field["type"] for field in resource["schema"]["fields"]), resource["path"]


def test_the_sums_are_those_of_the_files(exports: Path) -> None:
    sums = dict(reversed(line.split("  ")) for line in (exports / "SHA256SUMS").read_text("utf-8").splitlines())
    assert sums == {file.name: digest_of(file) for file in exports.iterdir() if file.name != "SHA256SUMS"}


def test_the_same_warehouse_gives_the_same_bytes(warehouse: Path, exports: Path, tmp_path: Path) -> None:
    again = exported(warehouse, tmp_path)
    names = [f"{table}.{kind}" for table in TABLES for kind in ("csv", "parquet")] + [PACKAGE]
    assert [name for name in names if (exports / name).read_bytes() != (again / name).read_bytes()] == []


def test_two_exports_are_compared_fact_by_fact(warehouse: Path, exports: Path, tmp_path: Path) -> None:
    copy = tmp_path / "w.duckdb"
    copy.write_bytes(warehouse.read_bytes())
    with open_warehouse(copy) as db:
        more = [claim("revenue", "2024-Q2", "7 EUR"), claim("capex", "2024-Q2", None)]
        load_readings(db, [reading("2024-08-01", more)], run_id=RUN, extractor_version="1", recorded_at=LATER)
    names, rows = compare_exports(exports, exported(copy, tmp_path / "after"))
    told = [dict(zip(names, row, strict=True)) for row in rows]
    assert [(row["difference"], row["metric"], row["status"]) for row in told] == [
        ("changed", "revenue", "disclosed"), ("new", "capex", "withheld"),
    ]  # fmt: skip
    assert compare_exports(exports, exports)[1] == []


def test_a_folder_without_exports_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match=str(tmp_path)):
        compare_exports(tmp_path, tmp_path)


def test_the_notebook_answers_from_the_exports(exports: Path) -> None:
    notebook = PROJECT / "docs" / "notebooks" / "before_the_silence.py"
    done = subprocess.run([sys.executable, notebook, exports], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"Acme .* unit_sales .* fell_silent", done.stdout)
    assert re.search(r"before a stop or a silence", done.stdout)
