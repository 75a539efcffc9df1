"""A label of a company's own year has its calendar days beside it."""

from __future__ import annotations

import pytest

from tests.warehouse.given import claim, reading
from warehouse.load import load_registry

DAYS = "calendar_start_date::varchar, calendar_end_date::varchar"
APPLE = {"2018-02-01": "2018-Q1", "2018-05-01": "2018-Q2", "2018-07-31": "2018-Q3", "2018-11-01": "2018-Q4"}
MICRON = {"2018-12-18": "2019-Q1", "2019-03-20": "2019-Q2", "2019-06-25": "2019-Q3", "2019-09-26": "2019-Q4"}
TARGET = {"2018-05-23": "2018-Q1", "2018-08-22": "2018-Q2", "2018-11-20": "2018-Q3", "2019-03-05": "2018-Q4"}
NVIDIA = {"2018-05-10": "2019-Q1", "2018-08-16": "2019-Q2", "2018-11-15": "2019-Q3", "2019-02-14": "2019-Q4"}
LATE = {"2018-05-29": "2018-Q1", "2018-08-29": "2018-Q2", "2018-11-29": "2018-Q3", "2019-03-29": "2018-Q4"}


def statements(quarters: dict[str, str], *more: str) -> list:
    return [
        reading(day, [claim("revenue", period, "1 USD") for period in (quarter, *more)])
        for day, quarter in quarters.items()
    ]


@pytest.mark.parametrize(
    ("quarters", "registered", "last", "origin"),
    [
        (APPLE, None, ("2018-07-01", "2018-09-30"), "learnt"),
        (APPLE, 9, ("2018-07-01", "2018-09-30"), "registry"),
        (MICRON, None, ("2019-06-01", "2019-08-31"), "learnt"),
        (TARGET, 1, ("2018-11-01", "2019-01-31"), "registry"),
        (NVIDIA, 1, ("2018-11-01", "2019-01-31"), "registry"),
        (LATE, None, ("2018-10-01", "2018-12-31"), None),
    ],
    ids=["learnt", "given", "no quarter's end", "the year's first number", "the year's last number", "calendar"],
)
def test_the_days_of_a_label_are_those_of_the_companys_own_year(db, load, ask, quarters, registered, last, origin):
    load_registry(db, [{"name": "Acme", "fiscal_year_end_month": registered}], [])
    load(*statements(quarters))
    assert ask(f"select {DAYS} from disclosures order by period desc limit 1") == [last]  # noqa: S608 (our columns)
    assert ask("select origin_code from fiscal_calendars") == ([(origin,)] if origin else [])


def test_a_year_told_by_its_months_tells_where_years_end(load, ask):
    load(*statements({"2018-08-01": "2018-Q1"}, "2017-04/2018-03"))
    assert ask("select fiscal_year_end_month, origin_code from fiscal_calendars") == [(3, "stated")]
    said = ask(f"select period, {DAYS} from disclosures order by period_start_date")  # noqa: S608 (our columns)
    assert said == [("2017-04/2018-03", "2017-04-01", "2018-03-31"), ("2018-Q1", "2018-04-01", "2018-06-30")]


def test_one_statement_is_too_few_to_learn_from(load, ask):
    load(*statements({"2018-11-01": "2018-Q4"}))
    assert ask("from fiscal_calendars") == []


def test_a_year_that_the_registry_comes_to_know_counts_from_then_on(db, load, ask):
    load(*statements(LATE))
    load_registry(db, [{"name": "Acme", "fiscal_year_end_month": 11}], [])
    assert ask("select fiscal_year_end_month from fiscal_calendars") == [(11,)]


def test_the_year_to_date_is_no_quarter(load, ask):
    load(
        reading(
            "2024-11-05",
            [
                claim("revenue", period, f"{amount} EUR")
                for period, amount in (("2024-Q3", 10), ("2024-01/2024-09", 28))
            ],
        ),
        reading(
            "2024-08-05",
            [claim("revenue", period, f"{amount} EUR") for period, amount in (("2024-Q2", 9), ("2024-H1", 18))],
        ),
    )
    found = ask("select period, cadence_code, value_low::int, contradicting_source_count from disclosures order by 3")
    assert found == [
        ("2024-Q2", "quarter", 9, 0),
        ("2024-Q3", "quarter", 10, 0),
        ("2024-H1", "half", 18, 0),
        ("2024-01/2024-09", "span", 28, 0),
    ]


def test_figures_agree_in_normal_units_and_stay_as_they_were_told(load, ask):
    load(
        reading("2025-02-01", [claim("operating_margin", "2024", "150 bp", measure="change")]),
        reading("2025-02-02", [claim("operating_margin", "2024", "1.5 pp", measure="change")], source="wire"),
    )
    columns = "value_low, unit_code, normal_low, normal_unit_code, agreeing_source_count"
    assert ask(f"select {columns} from disclosures") == [(150, "bp", 1.5, "pp", 2)]  # noqa: S608 (our columns)
