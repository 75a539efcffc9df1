from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import zip_longest

import pytest

from tests.warehouse.given import FIRST_LOAD, NEWSROOM, RUN, claim, reading, told_of
from warehouse.database import read_rows
from warehouse.load import Reading, load_readings, load_sources


def own(day: str, said: str | None, **fields: object) -> Reading:
    return reading(f"2025-02-{day}", [claim("revenue", "2024-Q4", said, **fields)])


def report(day: str, said: str | None, source: str = "wire", **fields: object) -> Reading:
    return reading(f"2025-02-{day}", [claim("revenue", "2024-Q4", said, **fields)], source=source)


def edited(one: Reading, body: bytes, fetched_at: datetime) -> Reading:
    return replace(one, page=replace(one.page, body=body, fetched_at=fetched_at))


# What was loaded -> the disclosure, how many sources agree and how many contradict.
PRECEDENCE = {
    "one claim": ([own("01", "100 EUR")], "100, 1 agree, 0 contradict"),
    "own statement over a later report": ([own("01", "100 EUR"), report("02", "90 EUR")], "100, 1 agree, 1 contradict"),
    "later report over an earlier one": ([report("01", "90 EUR"), report("02", "95 EUR")], "95, 1 agree, 0 contradict"),
    "later own statement over an earlier one": (
        [own("01", "100 EUR"), own("03", "99 EUR")],
        "99, 1 agree, 0 contradict",
    ),
    "exact over approximate": ([report("01", "~97 EUR"), report("01", "98 EUR", "paper")], "98, 2 agree, 0 contradict"),
    "approximate over a range": (
        [report("01", "96-98 EUR"), report("01", "~97 EUR", "paper")],
        "97, 2 agree, 0 contradict",
    ),
    "range over a bound": (
        [report("01", ">90 EUR"), report("01", "96-98 EUR", "paper")],
        "96-98, 2 agree, 0 contradict",
    ),
    "confidence between equals": (
        [report("01", "97 EUR", confidence=0.5), report("01", "80 EUR", "paper", confidence=0.6)],
        "80, 1 agree, 1 contradict",
    ),
    "a figure over its being withheld, of one moment": (
        [
            own("01", "100 EUR"),
            reading("2025-02-01", [claim("revenue", "2024-Q4", None)], url="https://acme.example/b"),
        ],
        "100, 1 agree, 0 contradict",
    ),
    "withheld in a later statement": ([own("01", "100 EUR"), own("02", None)], "withheld, 1 agree, 0 contradict"),
    "a rounding agrees": (
        [own("01", "1237000000 EUR"), report("02", "1200000000 EUR")],
        "1237000000, 2 agree, 0 contradict",
    ),
    "a near miss contradicts": ([own("01", "51.6 EUR"), report("02", "51.9 EUR")], "51.6, 1 agree, 1 contradict"),
    "a bound agrees with what lies beyond it": (
        [own("01", "75 EUR"), report("02", ">70 EUR")],
        "75, 2 agree, 0 contradict",
    ),
    "a bound contradicts what does not": ([own("01", "61 EUR"), report("02", ">70 EUR")], "61, 1 agree, 1 contradict"),
    "about agrees within a twentieth": ([own("01", "103 EUR"), report("02", "~100 EUR")], "103, 2 agree, 0 contradict"),
    "another unit neither agrees nor contradicts": (
        [own("01", "100 EUR"), report("02", "110 USD")],
        "100, 1 agree, 0 contradict",
    ),
    "a refusal contradicts a figure": ([own("01", "100 EUR"), report("02", None)], "100, 1 agree, 1 contradict"),
    "two refusals agree": ([own("01", None), report("02", None)], "withheld, 2 agree, 0 contradict"),
    "a source counts once": (
        [own("01", "100 EUR"), report("02", "90 EUR"), report("03", "91 EUR"), report("04", "92 EUR", "paper")],
        "100, 1 agree, 2 contradict",
    ),
    "an edited page over its first version": (
        [
            edited(own("01", "100 EUR"), b"1", FIRST_LOAD - timedelta(2)),
            edited(own("01", "101 EUR"), b"2", FIRST_LOAD - timedelta(1)),
        ],
        "101, 1 agree, 0 contradict",
    ),
    "zero agrees with zero": ([own("01", "0 EUR"), report("02", "0 EUR")], "0, 2 agree, 0 contradict"),
    "a loss is a range like any other": (
        [own("01", "<-100 EUR"), report("02", "<-90 EUR")],
        "<-100, 2 agree, 0 contradict",
    ),
}
COLUMNS = "value_low, value_high, status_code, agreeing_source_count, contradicting_source_count"


def in_words(low: Decimal | None, high: Decimal | None, status: str, agreeing: int, contradicting: int) -> str:
    """A row of the view as `PRECEDENCE` has it."""
    first, last = (None if end is None else f"{end.normalize():f}" for end in (low, high))
    figure = status if status == "withheld" else first if first == last else f"{first}-{last}" if first else f"<{last}"
    return f"{figure}, {agreeing} agree, {contradicting} contradict"


@pytest.fixture(scope="module")
def best(shared_db) -> dict[str, list[str]]:
    """The disclosures of every case in both orders; one reading of each is loaded at a time."""
    series = {f"{case}, in order": readings for case, (readings, _) in PRECEDENCE.items()}
    series |= {f"{case}, in reverse": readings[::-1] for case, (readings, _) in PRECEDENCE.items()}
    for together in zip_longest(*series.values()):
        batch = [told_of(case, one) for case, one in zip(series, together, strict=True) if one]
        load_readings(shared_db, batch, run_id=RUN, extractor_version="1", recorded_at=FIRST_LOAD)
    rows = shared_db.table("disclosures").select(f"company, {COLUMNS}").fetchall()
    return {case: [in_words(*row) for company, *row in rows if company == case] for case in series}


@pytest.mark.parametrize("order", ["in order", "in reverse"])
@pytest.mark.parametrize("case", PRECEDENCE)
def test_the_best_claim_by_the_rule_of_precedence_whatever_came_in_first(best, case, order):
    assert best[f"{case}, {order}"] == [PRECEDENCE[case][1]]


def test_withdrawn_guidance_stands_over_the_figure_it_withdraws(db, load):
    load(reading("2025-02-01", [claim("eps", "2025", said, basis="guidance") for said in ("3 EUR", None)]))
    assert db.table("disclosures").select("status_code").fetchall() == [("withheld",)]


def test_scopes_are_one_whatever_their_case_and_keep_the_words_of_the_best(db, load):
    load(
        reading("2025-02-01", [claim("revenue", "2024", "1 EUR", scope="Greater China")]),
        reading("2025-02-02", [claim("revenue", "2024", "1 EUR", scope="GREATER CHINA ")], source="wire"),
    )
    assert db.table("disclosures").select("scope, agreeing_source_count").fetchall() == [("Greater China", 2)]


@pytest.mark.parametrize(
    "labels",
    [
        ("2018-Q4", "FY2018-Q4"),
        ("2018-Q4", "2018-10/2018-12"),
        ("2016-11", "2016-11-01/2016-11-30"),
        ("2025-Q1/..", "2025-01/.."),
    ],
)
def test_a_period_is_its_days_however_it_is_labelled(db, load, labels):
    load(*(reading(f"2026-01-0{day}", [claim("revenue", label, None)]) for day, label in enumerate(labels, 1)))
    assert len(db.table("disclosures").fetchall()) == 1


DIFFERENT = [
    {"company": "Emca"},
    {"metric": "eps"},
    {"scope": "x"},
    {"basis": "estimate"},
    {"measure": "change"},
    {"period": None},
]


def test_what_differs_in_company_metric_scope_basis_measure_or_period_is_another_row(db, load):
    one = claim("revenue", "2024-Q4", "1 EUR")
    load(reading("2025-02-01", [one, *(replace(one, **fields) for fields in DIFFERENT)]))
    assert len(db.table("disclosures").fetchall()) == 1 + len(DIFFERENT)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (own("01", "1 EUR"), True),
        (own("01", "1 EUR", company="ACME"), True),
        (own("01", "1 EUR", company="Rival"), False),
        (report("01", "1 EUR"), False),
        (reading("2025-02-01", [claim("revenue", "2024", "1 EUR", company="Rival")], issuer="Rival"), True),
        (reading("2025-02-01", [claim("revenue", "2024", "1 EUR")], source="wire", issuer="Acme"), True),
        (reading("2025-02-01", [claim("revenue", "2024", "1 EUR")], source="wire"), False),
        (reading("2025-02-01", [claim("revenue", "2024", "1 EUR")], source="paper", issuer="Acme"), False),
        (reading("2025-02-01", [claim("revenue", "2024", "1 EUR")], source="unheard_of"), False),
    ],
)
def test_an_own_statement_is_of_a_company_source_that_speaks_for_the_company(db, load, one, expected):
    load(one)
    assert db.table("current_claims").select("is_own_statement").fetchall() == [(expected,)]


def test_a_later_reading_of_a_page_takes_the_place_of_the_earlier_and_is_no_news(db, load):
    first = [claim("revenue", "2024-Q4", "100 EUR"), claim("eps", "2024-Q4", "1 EUR")]
    better = [claim("revenue", "2024-Q4", "101 EUR")]
    load(reading("2025-02-01", first))
    load(reading("2025-02-01", better), version="2", recorded_at=FIRST_LOAD + timedelta(1))
    assert len(db.table("claims").fetchall()) == 3
    columns = "metric, value_low, first_recorded_at, recorded_at"
    assert db.table("disclosures").select(columns).fetchall() == [
        ("revenue", 101, FIRST_LOAD, FIRST_LOAD + timedelta(1)),
    ]
    assert read_rows(db, "select superseded_at from readings order by recorded_at")[1] == [
        (FIRST_LOAD + timedelta(1),),
        (None,),
    ]


def test_a_reading_that_finds_nothing_more_takes_the_place_too(db, load):
    load(own("01", "100 EUR"))
    load(reading("2025-02-01", []), version="2", recorded_at=FIRST_LOAD + timedelta(1))
    assert db.table("disclosures").fetchall() == []


def test_the_first_time_a_fact_was_known_is_kept_beside_the_best_claim(db, load):
    load(report("01", "100 EUR"))
    load(own("05", "100 EUR"), recorded_at=FIRST_LOAD + timedelta(1))
    columns = "known_at, first_known_at, recorded_at, first_recorded_at"
    assert db.table("disclosures").select(columns).fetchall() == [
        (
            datetime(2025, 2, 5, 23, 59, 59, tzinfo=UTC),
            datetime(2025, 2, 1, 23, 59, 59, tzinfo=UTC),
            FIRST_LOAD + timedelta(1),
            FIRST_LOAD,
        )
    ]


WORDS = "Acme said on Saturday that its revenue for all of 2024 had come to EUR 100 million, a tenth more than before."


@pytest.mark.parametrize(
    ("words", "expected"),
    [((WORDS, WORDS, WORDS), 1), ((WORDS, WORDS, WORDS.replace("Saturday", "the first")), 2), (("EUR 100m.",) * 3, 3)],
    ids=["copies", "one in its own words", "short sentences are alike by chance"],
)
def test_copies_of_one_release_are_one_voice(db, load, words, expected):
    for source, quote in zip(("acme_newsroom", "wire", "paper"), words, strict=True):
        load(reading("2025-02-01", [claim("revenue", "2024", "100 EUR", quote=quote, end=len(quote))], source=source))
    assert db.table("disclosures").select("agreeing_source_count").fetchall() == [(expected,)]


def test_a_source_that_turns_out_to_be_the_companys_own_is_from_then_on(db, load):
    load_sources(db, [replace(NEWSROOM, id="blog", authority="press")])
    load(reading("2025-02-01", [claim("revenue", "2024", "1 EUR")], source="blog"))
    assert db.table("disclosures").select("is_own_statement").fetchall() == [(False,)]
    load_sources(db, [replace(NEWSROOM, id="blog")])
    assert db.table("disclosures").select("is_own_statement").fetchall() == [(True,)]


def test_periods_of_a_kind_are_numbered_one_after_the_other(db):
    spans = [
        ("2018-10-01", "2018-12-31", "quarter", "2018-Q4"),
        ("2019-01-01", "2019-03-31", "quarter", "2019-Q1"),
        ("2017-07-01", "2017-12-31", "half", "2017-H2"),
        ("2016-01-01", "2016-12-31", "year", "2016"),
        ("2017-04-01", "2018-03-31", "year", "2017"),
        ("2024-02-01", "2024-02-29", "month", "2024-02"),
        ("2024-12-31", "2024-12-31", "day", None),
        ("2024-01-01", "2024-09-30", "span", None),
        ("2024-11-25", "2024-11-28", "span", None),
        ("2024-11-25", None, "open", None),
        (None, None, "undated", None),
    ]
    query = """
        with placed as (select cadence($1::date, $2::date) as cadence, $2::date as last_day)
        select cadence, ordinal_label(cadence, ordinal(cadence, last_day)) from placed
    """
    for first, last, cadence, label in spans:
        assert db.execute(query, [first, last]).fetchone() == (cadence, label)
