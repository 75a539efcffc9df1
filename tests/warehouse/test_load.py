from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID, uuid4

import duckdb
import pytest
from hypothesis import example, given
from hypothesis.strategies import decimals

from extractors.model import Value
from tests.warehouse.given import FIRST_LOAD, NEWSROOM, RUN, claim, reading
from warehouse.checks import check_warehouse
from warehouse.coverage import Look, record_coverage
from warehouse.database import open_warehouse
from warehouse.load import known_pages, known_urls, load_readings, load_registry, load_sources, note_sightings
from warehouse.rows import claim_rows
from warehouse.runs import finish_run, start_run

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
TABLES = ("sources", "companies", "metrics", "runs", "coverage", "pages", "articles", "claims")

EVERY_KIND = [
    claim("revenue", "2024-Q4", "1200000000 EUR"),
    claim("revenue", "2024-Q4", "12.5 %", measure="change"),
    claim("unit_sales", "2025-Q1/..", None, scope="Größe \N{CJK UNIFIED IDEOGRAPH-624B} 'x\"; drop table claims; --"),
    claim("customers", "../2030", ">70000000 count", basis="guidance"),
    claim("eps", "2024", "2.9125 USD"),
    claim("funding", None, "~1000000000000000 KRW"),
    claim("employees", "2024-12-31", "190 count", quote="A title", quote_in="title", start=0, end=7),
]


def everything(db: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    return {table: sorted(db.table(table).fetchall(), key=repr) for table in TABLES}


def a_look(**fields: object) -> Look:
    given: dict[str, object] = {
        "source_id": "acme_newsroom",
        "url": None,
        "stage": "discover",
        "outcome": "ok",
        "found": 3,
        "read": 2,
        "error": None,
        "looked_at": NOON,
        "etag": None,
        "last_modified": None,
    }
    return Look(**(given | fields))  # type: ignore[arg-type]


def test_a_batch_gives_the_numbers_of_new_rows(load):
    loaded = load(reading("2025-02-01", EVERY_KIND), reading("2025-02-02", []))
    assert (loaded.pages, loaded.articles, loaded.claims, loaded.refused) == (2, 2, len(EVERY_KIND), ())


def test_what_was_loaded_is_read_back_as_it_was(load, db):
    load(reading("2025-02-01", EVERY_KIND))
    columns = "company, metric, scope, basis_code, measure_code, status_code, period"
    columns += ", value_low, value_high, unit_code, is_approx"
    expected = {
        (
            one.company, one.metric, one.scope, one.basis, one.measure, one.status, one.period,
            *((one.value.low, one.value.high, one.value.unit, one.value.approx) if one.value else (None,) * 4),
        )
        for one in EVERY_KIND
    }  # fmt: skip
    assert set(db.table("claims").select(columns).fetchall()) == expected


def test_loading_the_same_again_changes_nothing(db, load):
    run = start_run(db, "monitor", NOON)
    looks = [a_look(), a_look(url="https://acme.example/1", stage="fetch", outcome="failed", error="410")]
    companies, metrics = [{"name": "Acme", "country": "NL"}], [{"metric_id": "revenue", "unit": "money"}]

    def load_all(recorded_at: datetime) -> None:
        load_sources(db, [NEWSROOM])
        load_registry(db, companies, metrics)
        record_coverage(db, run, looks)
        load(reading("2025-02-01", EVERY_KIND), reading("2025-02", []), recorded_at=recorded_at)
        finish_run(db, run, status="completed", finished_at=recorded_at)

    load_all(NOON)
    before = everything(db)
    load_all(NOON + timedelta(days=1))
    assert everything(db) == before
    assert all(before.values())


def test_a_batch_that_holds_a_page_twice_loads_it_once(load, db):
    given = reading("2025-02-01", EVERY_KIND)
    assert load(given, given).articles == 1
    assert not any(rows for _, rows in check_warehouse(db))


def test_a_page_without_article_is_held(load, db):
    given = replace(reading("2025-02-01", []), article=None)
    loaded = load(given)
    assert (loaded.pages, loaded.articles) == (1, 0)
    assert known_urls(db, ["acme_newsroom"])["acme_newsroom"] == {given.page.url: given.page.fetched_at}
    assert known_pages(db, [given.page.page_id, uuid4()]) == {given.page.page_id}


@pytest.mark.parametrize(
    ("figure", "reason"),
    [
        ("1e32", "does not fit"),
        ("2.9125001", "does not fit"),
        ("NaN", "no number"),
        ("-Infinity", "does not fit"),
    ],
)
def test_a_figure_that_does_not_fit_is_refused_and_named_and_costs_only_itself(load, ask, figure, reason):
    broken = claim("revenue", "2024", None, status="disclosed", value=Value(Decimal(figure), None, "EUR"))
    loaded = load(reading("2025-02-01", [*EVERY_KIND, broken]))
    assert (loaded.articles, loaded.claims) == (1, len(EVERY_KIND))
    ((url, said),) = loaded.refused
    assert (url, reason in said) == ("https://acme_newsroom.example/2025-02-01", True)


@pytest.mark.parametrize("figure", ["99999999999999999999999999999999.999999", "-0.000001", "1E+31", "-0", "2.9125"])
def test_a_figure_at_the_edge_is_kept_exactly(load, ask, figure):
    load(reading("2025-02-01", [claim("revenue", "2024", f"{figure} EUR" if figure[0] != "-" else f"<{figure} EUR")]))
    assert ask("select value_high from claims") == [(Decimal(figure),)]


@given(figure=decimals())
@example(figure=Decimal("sNaN"))
@example(figure=Decimal("1E+999999"))
@example(figure=Decimal("1E-999"))
def test_every_figure_is_kept_exactly_or_refused(figure):
    kept, refused = claim_rows([claim("revenue", "2024", None, status="disclosed", value=Value(figure, None, "EUR"))])
    assert len(kept) + len(refused) == 1
    fits = figure.is_finite() and abs(figure) < 10**32 and (Fraction(figure) * 10**6).denominator == 1
    assert [row["value_low"] for row in kept] == ([figure] if fits else [])


@pytest.mark.parametrize(
    "broken",
    [
        reading("2025-02-30", EVERY_KIND),
        reading("yesterday", EVERY_KIND),
        reading("2025-02-01", EVERY_KIND, title="half a pair \ud800"),
    ],
)
def test_a_reading_that_cannot_be_held_costs_only_itself(load, broken):
    loaded = load(broken, reading("2025-02-02", EVERY_KIND))
    assert (loaded.pages, loaded.articles, len(loaded.refused)) == (2, 1, 1)


@pytest.mark.parametrize(
    "fields", [{"period": "soon"}, {"confidence": 1.5}, {"confidence": float("nan")}, {"scope": "\udfff"}]
)
def test_a_claim_that_cannot_be_held_costs_only_itself(load, fields):
    broken = replace(claim("revenue", "2024", "1 EUR"), **fields)
    loaded = load(reading("2025-02-01", [*EVERY_KIND, broken]))
    assert (loaded.claims, len(loaded.refused)) == (len(EVERY_KIND), 1)


def test_nothing_of_a_batch_stands_where_a_part_of_it_fails(db, load):
    db.execute("alter table claims rename to hidden")
    with pytest.raises(duckdb.Error):
        load(reading("2025-02-01", EVERY_KIND))
    assert db.execute("select (select count(*) from pages) + (select count(*) from articles)").fetchone() == (0,)


def test_an_article_is_known_at_the_end_of_its_day_or_month_and_never_after_it_was_held(load, ask):
    held = datetime(2025, 3, 10, 8, tzinfo=UTC)
    load(*(reading(published, [], fetched_at=held) for published in ("2025-03-09", "2025-02", "2025-03")))
    assert ask("select published, published_precision_code, known_at from articles order by published") == [
        ("2025-02", "month", datetime(2025, 2, 28, 23, 59, 59, tzinfo=UTC)),
        ("2025-03", "month", held),
        ("2025-03-09", "day", datetime(2025, 3, 9, 23, 59, 59, tzinfo=UTC)),
    ]


def test_ten_thousand_claims_load_in_one_batch(db):
    readings = [
        reading("2025-02-01", [claim("revenue", f"20{year}", f"{year}{number} EUR") for year in range(10, 20)], url=f"https://acme.example/{number}")
        for number in range(1000)
    ]  # fmt: skip
    loaded = load_readings(db, readings, run_id=RUN, extractor_version="1", recorded_at=FIRST_LOAD)
    assert loaded.claims == 10_000


def test_a_changed_source_and_company_get_a_new_version_and_so_does_the_way_back(db, ask):
    for name in ("Newsroom", "Press room", "Press room", "Newsroom"):
        load_sources(db, [replace(NEWSROOM, name=name)])
        load_registry(db, [{"name": "Acme", "ticker": name}], [])
    assert ask("select count(*) from sources where source_id = 'acme_newsroom'") == [(4,)]  # one of the fixture's
    assert ask("select source_name from current_sources where source_id = 'acme_newsroom'") == [("Newsroom",)]
    assert ask("select ticker from current_companies") == [("Newsroom",)]


def test_a_run_gets_its_end_once_with_what_it_brought(db, ask):
    run = start_run(db, "monitor", NOON)
    load_readings(db, [reading("2025-02-01", EVERY_KIND)], run_id=run, extractor_version="1", recorded_at=NOON)
    record_coverage(db, run, [a_look(outcome="failed", error="410"), a_look(url="https://acme.example/2")])
    assert ask("select outcome_code, finished_at from runs") == [("running", None)]
    finish_run(db, run, status="failed", finished_at=NOON, summary="1 page")
    finish_run(db, run, status="completed", finished_at=NOON + timedelta(days=1))
    columns = "outcome_code, finished_at, summary, page_count, article_count, claim_count, failure_count"
    assert db.table("runs").select(columns).fetchall() == [("failed", NOON, "1 page", 1, 1, len(EVERY_KIND), 1)]


def test_a_page_that_two_sources_name_is_known_to_both(db, load):
    load(reading("2025-02-01", [], url="https://acme.example/1"))
    assert known_urls(db, ["wire"])["wire"] == {}
    record_coverage(db, RUN, [a_look(source_id="wire", url="https://acme.example/1")])
    assert set(known_urls(db, ["wire"])["wire"]) == {"https://acme.example/1"}


def test_a_page_that_two_sources_show_is_the_companys_own_where_one_is(db, load, ask):
    report = reading("2025-02-01", [claim("revenue", "2024", "1 EUR")], source="wire", url="https://acme.example/1")
    load(report)
    assert ask("select is_own_statement from disclosures") == [(False,)]
    for _ in range(2):
        note_sightings(db, [replace(report.page, source_id="acme_newsroom")], RUN)
    assert ask("select is_own_statement, source_id, agreeing_source_count from disclosures") == [
        (True, "acme_newsroom", 1)
    ]
    assert ask("select count(*) from sightings") == [(2,)]


EARLY, LATE = UUID(int=1), UUID(int=2)


def ids(db: duckdb.DuckDBPyConnection, noun: str) -> set[tuple[UUID]]:
    return set(db.table(f"{noun}s").select(f"{noun}_id").fetchall())


def test_ids_are_of_the_content_alone(db, load, ask, tmp_path):
    given = reading("2025-02-01", EVERY_KIND)
    load(given)
    with open_warehouse(tmp_path / "another.duckdb") as other:
        load_readings(other, [given], run_id=uuid4(), extractor_version="1", recorded_at=NOON)
        for table in ("page", "article", "claim"):
            assert ids(other, table) == ids(db, table)
    assert ask("select page_id from pages") == [(given.page.page_id,)]
