"""Periods in each language: every case in `tests/cases/periods/` as its file says."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractors.labels import earlier, end_of, label_of
from extractors.model import period_span
from extractors.periods import find_periods, previous_year

CASES = Path(__file__).parents[1] / "cases" / "periods"


def cases() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(CASES.glob("*.toml")):
        for rows in tomllib.loads(path.read_text(encoding="utf-8")).values():
            for row in rows:
                yield path.stem, row


@pytest.mark.parametrize(("language", "case"), list(cases()))
def test_periods_are_read(language: str, case: dict[str, Any]) -> None:
    text = case["text"]
    found = find_periods(text, language, case["published"], case.get("current"))
    rows = [[text[p.start : p.end], p.period, p.kind, *(["comparison"] if p.comparison else [])] for p in found]
    assert rows == case["periods"]


@pytest.mark.parametrize(("language", "case"), list(cases()))
@pytest.mark.parametrize("ahead", [False, True])
def test_every_label_is_a_period_and_none_overlap(language: str, case: dict[str, Any], ahead: bool) -> None:
    last = 0
    for period in find_periods(case["text"], language, case["published"], prefer_future=ahead):
        span = period_span(period.period)
        assert span.first is not None or span.last is not None
        assert period.start >= last
        last = period.end


@pytest.mark.parametrize(
    ("text", "published", "past", "ahead"),
    [
        ("in the third quarter", "2024-11-02", "2024-Q3", "2025-Q3"),
        ("in the third quarter", "2024-08-02", "2023-Q3", "2024-Q3"),
        ("in the first half", "2024-06-30", "2024-H1", "2024-H1"),
        ("in May", "2024-05-10", "2024-05", "2024-05"),
        ("in June", "2024-05-10", "2023-06", "2024-06"),
        ("on June 3", "2024-05-10", "2023-06-03", "2024-06-03"),
        ("at year-end", "2024-05-10", "2023-12-31", "2024-12-31"),
    ],
)
def test_a_period_without_a_year_is_the_latest_or_the_next(text: str, published: str, past: str, ahead: str) -> None:
    assert [p.period for p in find_periods(text, "en", published)] == [past]
    assert [p.period for p in find_periods(text, "en", published, prefer_future=True)] == [ahead]


@pytest.mark.parametrize(
    ("text", "current", "period"),
    [
        ("in the quarter", "2018-Q4", "2018-Q4"),
        ("in the current quarter", "2018-Q4", "2019-Q1"),
        ("in Q3", "2018-Q4", "2018-Q3"),
        ("in the fourth quarter", "2017", "2017-Q4"),
        ("for the full year", "2018-Q4", "2018"),
        ("in the year to date", "2018-Q3", "2018-01/2018-09"),
        ("than a year earlier", "2016-12-31", "2015-12-31"),
        ("than a quarter earlier", "2018-Q1", "2017-Q4"),
        ("three months earlier", "2018-09-30", "2018-06-30"),
    ],
)
def test_words_refer_to_the_documents_own_period(text: str, current: str, period: str) -> None:
    assert [p.period for p in find_periods(text, "en", "2018-11-02", current)] == [period]


@pytest.mark.parametrize("text", ["than a year earlier", "in the period"])
def test_words_that_need_a_period_are_left_out_without_one(text: str) -> None:
    assert find_periods(text, "en", "2018-11-02") == []


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2018-Q4", "2017-Q4"),
        ("2016-12-31", "2015-12-31"),
        ("2020-02-29", "2019-02-28"),
        ("2016-11-25/2016-11-28", "2015-11-25/2015-11-28"),
        ("2017-04/2018-03", "2016-04/2017-03"),
        ("2025-Q1/..", "2024-Q1/.."),
    ],
)
def test_the_year_before(period: str, before: str) -> None:
    assert previous_year(period) == before


def test_labels_are_counted_in_months() -> None:
    assert label_of(2018, 10, 3) == "2018-Q4"
    assert label_of(2017, 4, 12) == "2017-04/2018-03"
    assert earlier("2018-Q1", 3) == "2017-Q4"
    assert earlier("2016", 3) is None
    assert end_of("2024-02") == "2024-02-29"
    assert end_of("2017-04/2018-03") == "2018-03-31"


def test_what_is_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="soon"):
        find_periods("in 2016", "en", "soon")
