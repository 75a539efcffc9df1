"""What is kept up load by load is what would be made afresh, and a look at the past sees what was there then."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis.strategies import integers, sampled_from

from extractors.model import known_at
from tests.warehouse.given import FIRST_LOAD, NEWSROOM, PAPER, RUN, WIRE, claim, reading
from warehouse.checks import check_warehouse
from warehouse.database import catch_up, open_warehouse, transaction
from warehouse.derive import derive, mark_all
from warehouse.load import Reading, load_readings, load_sources, note_sightings

DERIVED = (
    "readings", "best_now", "best_before", "own_figures", "own_statements", "own_cadences", "series_starts", "streaks",
    "turns", "silences", "disclosure_events", "year_ends",
)  # fmt: skip
RIVAL = replace(NEWSROOM, id="rival_newsroom", company="Rival")
QUARTERS = [f"{year}-Q{quarter}" for year in (2023, 2024) for quarter in (1, 2, 3, 4)]


@dataclass(frozen=True)
class Loading:
    """One reading and when, by which version, it was loaded."""

    reading: Reading
    version: str
    recorded_at: datetime


def figure_of(chance: random.Random) -> str | None:
    amount = chance.choice((100, 101, 120, 200))
    return chance.choice((f"{amount} EUR", f"~{amount} EUR", f">{amount} EUR", f"{amount}-{amount + 5} EUR", None))


def claims_of(chance: random.Random, period: str) -> list:
    return [
        claim(
            metric,
            chance.choice((period, period, period, period[:4], f"{period}/..", None)),
            figure_of(chance) if basis == "guidance" or chance.random() < 0.1 else "100 EUR",
            basis=basis,
            scope=chance.choice((None, None, "phones", "the Phone")),
            company=chance.choice(("Acme", "Acme", "Rival")),
        )
        for metric in ("revenue", "eps", "unit_sales")
        for basis in ("actual", "guidance")
        if chance.random() < (0.8 if basis == "actual" else 0.4)
    ]


def a_history(seed: int) -> list[Loading]:
    """Statements and reports of two years; some pages are edited, some come back, some are read again."""
    chance = random.Random(seed)
    loadings: list[Loading] = []
    first_of: dict[tuple[str, bytes], Reading] = {}
    for number in range(24):
        period = QUARTERS[number // 3]
        day = datetime(2023, 4, 15, tzinfo=UTC) + timedelta(days=30 * number + chance.randrange(9))
        source = chance.choice(("acme_newsroom", "acme_newsroom", "wire", "paper"))
        url = f"https://{source}.example/{number if chance.random() < 0.8 else 'latest'}"
        body, fetched_at = f"{url}, {chance.randrange(2)}".encode(), day + timedelta(hours=30 + number)
        one = reading(
            f"{day:%Y-%m-%d}", claims_of(chance, period), source=source, url=url, body=body, fetched_at=fetched_at
        )
        first = first_of.setdefault((url, body), one)  # the same bytes are read as the same
        one = replace(first, page=replace(one.page, fetched_at=fetched_at))
        loadings.append(Loading(one, "1", FIRST_LOAD))
        if chance.random() < 0.3:
            again = replace(first, claims=first.claims[: len(first.claims) // 2])
            loadings.append(Loading(again, "2", FIRST_LOAD + timedelta(days=1)))
    chance.shuffle(loadings)
    return loadings


def quarterly_claims(chance: random.Random, number: int, stopped: set[str]) -> list:
    """What a company tells of a quarter: figures, some of them missing from some time on; once a year the year's."""
    year, quarter = 2021 + number // 4, number % 4 + 1
    last_day = datetime(year + quarter // 4, 3 * quarter % 12 + 1, 1, tzinfo=UTC) - timedelta(days=1)
    given = [
        claim(metric, f"{last_day:%Y-%m-%d}" if metric == "staff" else f"{year}-Q{quarter}", f"{number + 100} count")
        for metric in ("revenue", "orders", "units", "staff")
        if chance.random() < (0.07 if metric in stopped and number > 7 else 0.93)
    ]
    return [
        *given,
        *(claim(one.metric, str(year), "400 count") for one in given[: chance.randrange(4)] if quarter == 4),
    ]


def a_steady_history(seed: int) -> list[Loading]:
    """The statements of two companies on twelve quarters, in any order; some are edited, some are read again."""
    chance = random.Random(seed)
    loadings: list[Loading] = []
    for company, source in (("Acme", "acme_newsroom"), ("Rival", "rival_newsroom")):
        stopped = set(chance.sample(("orders", "units", "staff"), 2))
        for number in range(12):
            claims = [replace(one, company=company) for one in quarterly_claims(chance, number, stopped)]
            day = datetime(2021, 4, 20, tzinfo=UTC) + timedelta(days=91 * number + chance.randrange(15))
            one = reading(f"{day:%Y-%m-%d}", claims, source=source, fetched_at=day + timedelta(days=1))
            loadings.append(Loading(one, "1", FIRST_LOAD))
            if chance.random() < 0.15:
                page = replace(one.page, body=b"edited", fetched_at=day + timedelta(days=chance.randrange(2, 200)))
                loadings.append(Loading(replace(one, page=page, claims=one.claims[1:]), "1", FIRST_LOAD))
            if chance.random() < 0.15:
                again = replace(one, claims=one.claims[:-1])
                loadings.append(Loading(again, "2", FIRST_LOAD + timedelta(days=1)))
    chance.shuffle(loadings)
    return loadings


def load_all(db: duckdb.DuckDBPyConnection, loadings: list[Loading], batch: int) -> None:
    load_sources(db, [NEWSROOM, RIVAL, WIRE, PAPER])
    for version in ("1", "2"):
        of_version = [one for one in loadings if one.version == version]
        for first in range(0, len(of_version), batch):
            some = of_version[first : first + batch]
            readings, at = [one.reading for one in some], some[0].recorded_at
            load_readings(db, readings, run_id=RUN, extractor_version=version, recorded_at=at)


def everything(db: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    return {table: sorted(map(repr, db.table(table).fetchall())) for table in DERIVED}


def derive_afresh(db: duckdb.DuckDBPyConnection) -> None:
    with transaction(db):
        mark_all(db)
    catch_up(db)


def when_known(loadings: list[Loading]) -> list[tuple[datetime, Loading]]:
    """When each document could be known: a first version when it was published, a later one when it was seen."""
    first: dict[str, datetime] = {}
    for one in loadings:
        page = one.reading.page
        first[page.url] = min(first.get(page.url, page.fetched_at), page.fetched_at)
    body_then: dict[tuple[str, datetime], bytes] = {
        (one.reading.page.url, one.reading.page.fetched_at): one.reading.page.body for one in loadings
    }
    known = []
    for one in loadings:
        page, article = one.reading.page, one.reading.article
        assert article
        unchanged_since = page.fetched_at
        for (url, fetched_at), body in sorted(body_then.items(), key=lambda item: item[0][1], reverse=True):
            if url == page.url and fetched_at <= page.fetched_at:
                if body != page.body:
                    break
                unchanged_since = fetched_at
        is_first = unchanged_since == first[page.url]
        known.append((known_at(article.published, page.fetched_at) if is_first else unchanged_since, one))
    return known


@settings(max_examples=4, deadline=None)
@given(seed=integers(0, 10**6), of=sampled_from((a_history, a_steady_history)))
@example(seed=1, of=a_steady_history)
def test_what_is_kept_up_load_by_load_is_what_is_made_afresh(tmp_path_factory, seed, of):
    with open_warehouse(tmp_path_factory.mktemp("kept") / "w.duckdb") as db:
        load_all(db, of(seed), 8)
        kept = everything(db)
        derive_afresh(db)
        assert everything(db) == kept
        assert kept["disclosure_events"]
        assert kept["silences"] or of is a_history
        spoiled = {name for name, rows in check_warehouse(db) if rows}
        assert not spoiled - {"claims_stand_once", "actuals_end_before_they_are_known"}


@settings(max_examples=4, deadline=None)
@given(seed=integers(0, 10**6), share=integers(20, 100))
def test_a_look_at_the_past_sees_what_the_documents_of_then_give(tmp_path_factory, seed, share):
    loadings = a_history(seed)
    known = when_known(loadings)
    moment = sorted(moment for moment, _ in known)[(len(known) - 1) * share // 100]
    folder: Path = tmp_path_factory.mktemp("then")
    columns = "* exclude (first_recorded_at)"
    with open_warehouse(folder / "whole.duckdb") as db:
        load_all(db, loadings, 10)
        query = f"select {columns} from disclosures_as_of(?) order by all"  # noqa: S608 (our own columns)
        seen = db.execute(query, [moment]).fetchall()
    with open_warehouse(folder / "then.duckdb") as db:
        load_all(db, [one for when, one in known if when <= moment], 30)
        expected = db.execute(f"select {columns} from disclosures order by all").fetchall()  # noqa: S608 (the same)
    assert seen == expected
    assert seen


def test_a_long_history_is_derived_a_slice_at_a_time_and_gone_on_with_where_it_broke_off(path, monkeypatch):
    with open_warehouse(path) as db:
        load_all(db, a_steady_history(1), 100)
        whole = everything(db)
        with transaction(db):
            mark_all(db)
    monkeypatch.setattr("warehouse.derive._SLICE", 1)
    with open_warehouse(path) as db, transaction(db):
        assert derive(db)  # one company of two
    with open_warehouse(path) as db:
        db.begin()
        derive(db)  # and never committed
    with open_warehouse(path) as db:
        assert db.execute("select distinct company from stale_cells").fetchall() == [("Rival",)]
        catch_up(db)
        assert everything(db) == whole


def edited(one: Reading, body: bytes, day: int) -> Reading:
    return replace(one, page=replace(one.page, body=body, fetched_at=datetime(2025, 3, day, tzinfo=UTC)))


def value_now(db: duckdb.DuckDBPyConnection, moment: str | None = None) -> list[int]:
    rows = "disclosures" if moment is None else f"disclosures_as_of('{moment}')"
    return [int(value) for (value,) in db.execute(f"select value_low from {rows}").fetchall()]  # noqa: S608 (ours)


def test_a_page_that_goes_back_to_what_it_was_says_that_again(db, load):
    first, second = (reading("2025-03-01", [claim("revenue", "2024", f"{value} EUR")]) for value in (100, 90))
    load(edited(first, b"A", 2), edited(second, b"B", 4), edited(first, b"A", 6))
    assert value_now(db) == [100]
    moments = ("2025-03-01", "2025-03-03", "2025-03-05", "2025-03-07")
    assert [value_now(db, moment) for moment in moments] == [[], [100], [90], [100]]
    assert db.execute("select count(*) from pages").fetchone() == (2,)


def test_a_corrected_date_of_publication_does_not_bring_the_correction_into_the_past(db, load):
    load(
        edited(reading("2025-03-01", [claim("revenue", "2024", "100 EUR")], url="https://acme.example/1"), b"A", 2),
        edited(reading("2025-02-01", [claim("revenue", "2024", "90 EUR")], url="https://acme.example/1"), b"B", 9),
    )
    assert [value_now(db, moment) for moment in ("2025-02-15", "2025-03-05", "2025-03-10")] == [[], [100], [90]]


def test_a_better_reading_takes_the_place_of_the_earlier_in_the_past_too_and_the_old_claim_stays(db, load):
    load(reading("2025-03-01", [claim("revenue", "2024", "100 EUR")]))
    load(
        reading("2025-03-01", [claim("revenue", "2024", "1000 EUR")]),
        version="2",
        recorded_at=FIRST_LOAD + timedelta(days=1),
    )
    assert value_now(db) == value_now(db, "2025-04-01") == [1000]
    query = "select value_low, extractor_version, superseded_at from claim_history order by recorded_at"
    assert db.execute(query).fetchall() == [(100, "1", FIRST_LOAD + timedelta(days=1)), (1000, "2", None)]


def test_a_clock_that_runs_back_does_not_bring_an_old_reading_to_the_front(db, load):
    load(reading("2025-03-01", [claim("revenue", "2024", "100 EUR")]), recorded_at=FIRST_LOAD)
    better = reading("2025-03-01", [claim("revenue", "2024", "1000 EUR")])
    load(better, version="2", recorded_at=FIRST_LOAD + timedelta(days=2))
    load(
        reading("2025-03-01", [claim("revenue", "2024", "1001 EUR")]),
        version="3",
        recorded_at=FIRST_LOAD - timedelta(days=2),
    )
    assert value_now(db) == [1001]


def test_of_extractors_that_were_rolled_back_and_forward_again_the_present_ones_reading_stands(db, load):
    said = {"1": "1000 EUR", "2": "100 EUR"}

    def read_by(version: str, day: int) -> None:
        one = reading("2025-03-01", [claim("revenue", "2024", said[version])])
        load(one, version=version, recorded_at=FIRST_LOAD + timedelta(days=day))

    values = []
    for day, version in enumerate("21212"):
        read_by(version, day)
        values += value_now(db)
    assert values == [100, 1000, 100, 1000, 100]
    kept = everything(db)
    read_by("2", 9)  # it stands already
    assert everything(db) == kept
    derive_afresh(db)
    assert everything(db) == kept
    query = "select extractor_version, recorded_at from claim_history where superseded_at is null"
    assert db.execute(query).fetchall() == [("2", FIRST_LOAD + timedelta(days=4))]
    assert not any(rows for _, rows in check_warehouse(db))


@pytest.mark.parametrize("scope", ["iPhones", "the iPhone", "IPHONE", "iPhone™"])
def test_a_scope_is_one_in_every_form_and_keeps_the_texts_own_word(db, load, scope):
    load(
        reading("2025-03-01", [claim("unit_sales", "2024", "1 count", scope="iPhone")], source="wire"),
        reading("2025-03-02", [claim("unit_sales", "2024", "1 count", scope=scope)]),
    )
    found = db.execute("select scope, scope_key, agreeing_source_count from disclosures").fetchall()
    assert found == [(scope, "iphone", 2)]


def test_of_reports_of_one_moment_the_one_that_more_sources_tell_stands(db, load):
    load_sources(db, [replace(WIRE, id=f"agency{number}") for number in range(2)])
    for source, said in (("wire", "90 EUR"), ("agency0", "80 EUR"), ("agency1", "80 EUR")):
        confidence = 0.99 if source == "wire" else 0.5
        load(reading("2025-03-01", [claim("revenue", "2024", said, confidence=confidence)], source=source))
    assert value_now(db) == [80]


def test_a_source_that_shows_a_held_page_changes_the_rows_that_rest_on_it(db, load):
    one = reading("2025-03-01", [claim("revenue", "2024", "1 EUR")], source="wire")
    load(one)
    note_sightings(db, [replace(one.page, source_id="acme_newsroom")], RUN)
    kept = everything(db)
    derive_afresh(db)
    assert everything(db) == kept
