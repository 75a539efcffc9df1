from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from extractors.model import Paragraph, period_span
from tests.warehouse.given import FIRST_LOAD, RUN, claim, reading, told_of
from warehouse.load import Reading, load_readings

QUARTERS = ("2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2")
DAYS = dict(
    zip(QUARTERS, ("2024-04-20", "2024-07-20", "2024-10-20", "2025-01-20", "2025-04-20", "2025-07-20"), strict=True)
)


def statement(period: str, *metrics: str, **fields: object) -> Reading:
    """The company's own statement on a quarter, with a figure for each metric."""
    return reading(DAYS[period], [claim(metric, period, "100 count", **fields) for metric in metrics])


def statements(*held: str) -> list[Reading]:
    """A statement a quarter from 2024-Q1 on: `r` revenue, `u` unit sales, `e` employees, `-` none was read."""
    names = {"r": "revenue", "u": "unit_sales", "e": "employees"}
    return [
        statement(period, *(names[letter] for letter in letters))
        for period, letters in zip(QUARTERS, held, strict=False)
        if letters != "-"
    ]


# The statements -> the periods for which unit sales are silent.
SERIES = {
    "three in a row and then not": (statements("ru", "ru", "ru", "r"), ["2024-Q4"]),
    "silent for as long as it lasts": (statements("ru", "ru", "ru", "r", "r"), ["2024-Q4", "2025-Q1"]),
    "two in a row are no steady cadence": (statements("ru", "ru", "r"), []),
    "three that are not in a row are none": (statements("ru", "ru", "r", "ru", "r"), []),
    "nothing read for the period": (statements("ru", "ru", "ru", "-"), []),
    "nothing read for the first, then missing": (statements("ru", "ru", "ru", "-", "r"), ["2025-Q1"]),
    "given again": (statements("ru", "ru", "ru", "r", "ru"), ["2024-Q4"]),
    "a statement of another kind proves nothing": (statements("ru", "ru", "ru", "e"), []),
    "less than half of what stood beside it": (statements("ru", "ru", "reu", "-"), []),
    "half of what stood beside it": (statements("ru", "ru", "reu", "e"), ["2024-Q4"]),
    "a metric that stood alone proves nothing": (statements("u", "u", "u", "r"), []),
}
# What comes after `STEADY` and ends its silence, or does not.
MORE = {
    "withheld for the period": [reading("2025-01-21", [claim("unit_sales", "2024-Q4", None)])],
    "withheld from then on": [
        reading("2024-10-20", [claim("unit_sales", "2024-Q4/..", None)], url="https://acme.example/s")
    ],
    "withheld for the year around it": [reading("2025-01-21", [claim("unit_sales", "2024", None)])],
    "refused according to a report": [reading("2025-01-21", [claim("unit_sales", "2024-Q4", None)], source="wire")],
    "given elsewhere by the company": [reading("2025-01-22", [claim("unit_sales", "2024-Q4", "90 count")])],
    "given for comparison a year later": [
        reading("2026-01-22", [claim("unit_sales", "2024-Q4", "90 count"), claim("revenue", "2025-Q4", "1 EUR")])
    ],
    "told by a report": [reading("2025-01-22", [claim("unit_sales", "2024-Q4", "90 count")], source="wire")],
}
STILL = {
    "guidance is no figure": [reading("2025-01-22", [claim("unit_sales", "2024-Q4", "90 count", basis="guidance")])],
    "another scope is another metric": [
        reading("2025-01-22", [claim("unit_sales", "2024-Q4", "9 count", scope="phones")])
    ],
    "an earlier refusal that was lifted": [reading("2023-01-22", [claim("unit_sales", "2022-Q4", None)])],
    "another company's figure": [reading("2025-01-22", [claim("unit_sales", "2024-Q4", "9 count", company="Rival")])],
}


def silent(db) -> list[tuple[str, str]]:
    return db.execute("select metric, period from silences where cleared_at is null order by all").fetchall()


STEADY = statements("ru", "ru", "ru", "r")
CASES = (
    SERIES
    | {case: ([*STEADY, *more], []) for case, more in MORE.items()}
    | {case: ([*STEADY, *more], ["2024-Q4"]) for case, more in STILL.items()}
)


@pytest.fixture(scope="module")
def silences(shared_db) -> list[tuple[str, str]]:
    """Company and period of every silence on unit sales; each case has its company."""
    batch = [told_of(case, one) for case, (readings, _) in CASES.items() for one in readings]
    load_readings(shared_db, batch, run_id=RUN, extractor_version="1", recorded_at=FIRST_LOAD)
    query = "select company, period from silences where metric = 'unit_sales' and cleared_at is null order by all"
    return shared_db.execute(query).fetchall()


@pytest.mark.parametrize("case", CASES)
def test_a_steady_metric_is_silent_where_an_own_statement_proves_it(silences, case):
    assert [period for company, period in silences if company == case] == CASES[case][1]


def test_a_growth_rate_in_the_statement_keeps_it_from_being_a_silence(db, load):
    load(
        *statements("ru", "ru", "ru"),
        reading(
            DAYS["2024-Q4"],
            [claim("revenue", "2024-Q4", "1 EUR"), claim("unit_sales", "2024-Q4", "5 %", measure="change")],
        ),
    )
    assert silent(db) == []


def test_a_report_of_the_companys_figures_is_no_proof(db, load):
    load(*statements("ru", "ru", "ru"), reading(DAYS["2024-Q4"], [claim("revenue", "2024-Q4", "1 EUR")], source="wire"))
    assert silent(db) == []


@pytest.mark.parametrize(
    ("published", "periods"), [("2025-01-02", []), ("2025-01-10", []), ("2025-01-11", ["2024-Q4"])]
)
def test_a_statement_that_comes_earlier_than_the_metric_ever_did_proves_nothing(db, load, published, periods):
    early = reading(published, [claim("revenue", "2024-Q4", "1 EUR")], url="https://acme.example/early")
    load(*statements("ru", "ru", "ru"), early)
    assert [period for _, period in silent(db)] == periods


def named(one: Reading, sentence: str) -> Reading:
    assert one.article
    return replace(one, article=replace(one.article, paragraphs=(*one.article.paragraphs, Paragraph(sentence))))


@pytest.mark.parametrize(
    ("sentence", "periods"),
    [
        ("Nothing more to be said on this sentence.", ["2024-Q4"]),
        ("Unit volumes grew as never before.", []),
        ("Our SALES force has been praised.", []),
    ],
)
def test_a_statement_that_names_the_metric_in_its_own_word_proves_nothing(db, load, sentence, periods):
    *before, proof = statements("ru", "ru", "ru", "r")
    load(*before, named(proof, sentence))
    assert [period for _, period in silent(db)] == periods


def test_a_figure_read_as_another_metric_is_no_silence(db, load):
    last = statement("2024-Q4", "revenue", "unit_sales")
    misread = replace(last, claims=(last.claims[0], replace(last.claims[1], metric="deliveries")))
    load(*statements("ru", "ru", "ru"), misread)
    assert silent(db) == []


def test_instants_at_the_end_of_each_period_are_a_steady_series_too(db, load):
    ends = ("2024-03-31", "2024-06-30", "2024-09-30", None)
    for (period, published), end in zip(DAYS.items(), ends, strict=False):
        count = [claim("employees", end, "9 count")] if end else []
        load(reading(published, [claim("revenue", period, "1 EUR"), *count]))
    assert silent(db) == [("employees", "2024-Q4")]
    load(reading("2025-01-31", [claim("employees", "2024-12-31", "8 count")]))
    assert silent(db) == []


def test_figures_for_comparison_do_not_make_a_statement_on_their_period(db, load):
    later = reading("2025-07-20", [claim("revenue", "2025-Q2", "1 EUR"), claim("revenue", "2024-Q4", "1 EUR")])
    load(*statements("ru", "ru", "ru"), later)
    assert silent(db) == [("unit_sales", "2025-Q2")]


def test_a_silence_shows_its_proof(db, load):
    load(*statements("ru", "ru", "ru", "r", "r"))
    columns = "last_period, streak_count, silent_count, companion_count, companion_given_count, url, article_id"
    (first, second) = db.table("silences").order("period").select(columns).fetchall()
    assert first[:5] == ("2024-Q3", 3, 1, 1, 1)
    assert second[:5] == ("2024-Q3", 3, 2, 1, 1)
    assert first[5] == "https://acme_newsroom.example/2025-01-20"
    query = "select url from articles inner join pages using (page_id) where article_id = ?"
    assert db.execute(query, [first[6]]).fetchone() == (first[5],)


@pytest.mark.parametrize(
    ("periods", "missing"),
    [
        (("2021", "2022", "2023", "2024"), "2024"),
        (("2023-H1", "2023-H2", "2024-H1", "2024-H2"), "2024-H2"),
        (("2024-10", "2024-11", "2024-12", "2025-01"), "2025-01"),
        (("2020-04/2021-03", "2021-04/2022-03", "2022-04/2023-03", "2023-04/2024-03"), "2023"),
        (("FY2021", "2022", "FY2023", "2024"), "2024"),
    ],
)
def test_every_cadence_has_its_silences(db, load, periods, missing):
    for number, period in enumerate(periods, 1):
        held = ("revenue",) if number == 4 else ("revenue", "unit_sales")
        published = f"{period_span(period).last + timedelta(days=30)}"  # type: ignore[operator]
        load(reading(published, [claim(metric, period, "1 count") for metric in held]))
    assert silent(db) == [("unit_sales", missing)]
