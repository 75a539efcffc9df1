"""The named questions answer, and the README lists each."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pyarrow import parquet
from rich.console import Console

from flows.show_rows import show_json, show_table
from tests.warehouse.given import FIRST_LOAD, NEWSROOM, RUN, claim, reading
from warehouse.database import WarehouseError, open_warehouse, read_rows, write_parquet
from warehouse.load import load_readings, load_sources
from warehouse.questions import read_questions

README = Path(__file__).resolve().parents[2] / "README.md"
QUESTIONS = read_questions()
ANYTHING = {
    "since": datetime(2020, 1, 1, tzinfo=UTC),
    "at": datetime(2030, 1, 1, tzinfo=UTC),
    "company": None,
    "metric": None,
}


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    with open_warehouse(tmp_path_factory.mktemp("asked") / "w.duckdb") as connection:
        load_sources(connection, [NEWSROOM])
        one = reading("2024-02-01", [claim("revenue", "2023", "100 EUR"), claim("unit_sales", "2024/..", None)])
        two = reading("2024-03-01", [claim("revenue", "2023", "90.5 EUR")])
        load_readings(connection, [one, two], run_id=RUN, extractor_version="1", recorded_at=FIRST_LOAD)
        yield connection


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_is_answered_and_has_a_title(db, name):
    names, _ = read_rows(db, QUESTIONS[name].sql, QUESTIONS[name].bind(ANYTHING))
    assert len(names) >= 4
    assert QUESTIONS[name].title.endswith("?")


def test_the_readme_lists_every_question():
    text = README.read_text(encoding="utf-8")
    assert not [name for name in QUESTIONS if f"`{name}`" not in text]


@pytest.mark.parametrize(
    ("name", "company", "since", "expected"),
    [
        ("who-stopped", None, 2024, ["unit_sales"]),
        ("who-stopped", "ACME", 2024, ["unit_sales"]),
        ("who-stopped", "Rival", 2024, []),
        ("who-stopped", None, 2025, []),
        ("what-was-restated", None, 2024, ["revenue"]),
        ("first-disclosed", None, 2024, ["revenue"]),
    ],
)
def test_a_question_is_narrowed_by_company_and_by_when(db, name, company, since, expected):
    given = ANYTHING | {"company": company, "since": datetime(since, 1, 1, tzinfo=UTC)}
    names, rows = read_rows(db, QUESTIONS[name].sql, QUESTIONS[name].bind(given))
    assert [row[names.index("metric")] for row in rows] == expected


@pytest.mark.parametrize(("at", "expected"), [((2024, 1, 1), []), ((2024, 2, 15), [100]), ((2024, 4, 1), [90.5])])
def test_as_of_answers_with_what_was_known(db, at, expected):
    given = ANYTHING | {"at": datetime(*at, tzinfo=UTC), "metric": "revenue"}
    names, rows = read_rows(db, QUESTIONS["as-of"].sql, QUESTIONS["as-of"].bind(given))
    assert [row[names.index("value_low")] for row in rows] == [Decimal(str(value)) for value in expected]


def test_rows_as_parquet_have_the_types_of_the_query(db):
    out = io.BytesIO()
    write_parquet(db, "select metric, value_low, known_at from disclosures order by all", {}, out)
    table = parquet.read_table(io.BytesIO(out.getvalue()))
    assert table.column("metric").to_pylist() == ["revenue", "unit_sales"]
    assert str(table.schema.field("value_low").type) == "decimal128(38, 6)"
    with pytest.raises(WarehouseError, match="nowhere"):
        write_parquet(db, "from nowhere", {}, out)


def test_json_has_neither_nan_nor_infinity(capsys):
    show_json(["a", "b"], [(float("nan"), [1.5, float("inf")]), (Decimal("2.50"), {"x": float("-inf")})], Console())
    lines = [json.loads(line, parse_constant=pytest.fail) for line in capsys.readouterr().out.splitlines()]
    assert lines == [{"a": None, "b": [1.5, None]}, {"a": 2.5, "b": {"x": None}}]


def test_a_table_too_wide_for_the_console_is_shown_row_by_row():
    out = io.StringIO()
    names = [f"column_{number}" for number in range(9)]
    show_table(names, [tuple(range(9)), (None, *range(1, 9))], Console(file=out, width=80))
    lines = out.getvalue().splitlines()
    assert lines[1:3] == ["column_0  0", "column_1  1"]
    assert all(len(line) <= 80 for line in lines)
    assert len(lines) == 2 + 9 + 8 + 1
