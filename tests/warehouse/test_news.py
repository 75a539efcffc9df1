"""News is what the monitor found and what became known lately: each event once, to each channel that was there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.warehouse import given
from tests.warehouse.given import claim
from warehouse.database import catch_up, transaction
from warehouse.derive import derive, mark_all
from warehouse.load import load_readings
from warehouse.news import announced_by, open_channels, pending, record_deliveries
from warehouse.runs import start_run

NOW = datetime(2026, 2, 2, 12, tzinfo=UTC)
NEWS_DAYS = 7
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def reading(published, claims, **fields):
    """A page that was fetched on the day on which it appeared."""
    fetched_at = datetime.fromisoformat(published).replace(hour=23, tzinfo=UTC)
    return given.reading(published, claims, fetched_at=fetched_at, **fields)


GIVEN = [
    reading(
        f"2025-{month:02}-10",
        [claim("revenue", f"2025-Q{number}", f"{number} EUR"), claim("orders", f"2025-Q{number}", "5 count")],
    )
    for number, month in ((1, 4), (2, 7), (3, 10))
]
WITHHELD = reading("2026-02-02", [claim("revenue", "2025-Q4", "9 EUR"), claim("orders", "2025-Q4", None)])
SILENT = reading("2026-02-02", [claim("revenue", "2025-Q4", "9 EUR")])


@pytest.fixture
def run(db):
    """Loads readings in a run of a flow, as known lately; gives what that made known."""
    open_channels(db, ["desk"], start_run(db, "monitor", LONG_AGO))
    hours = iter(range(100))

    def load(*readings, flow="monitor", version="1"):
        at = NOW + timedelta(hours=next(hours))
        run_id = start_run(db, flow, at)
        load_readings(db, readings, run_id=run_id, extractor_version=version, recorded_at=at)
        return [(each.event, each.metric, each.period) for each in announced_by(db, run_id, NEWS_DAYS)]

    return load


def told(db, channel="desk", **how):
    return [(each.event, each.metric) for each in pending(db, channel, NEWS_DAYS, **how)]


def test_what_was_known_for_long_is_no_news_and_what_is_new_is(db, run):
    assert run(*GIVEN) == []
    assert run(WITHHELD) == [("withheld", "orders", "2025-Q4")]
    (one,) = pending(db, "desk", NEWS_DAYS)
    assert (one.company, one.quote, one.url) == ("Acme", WITHHELD.claims[1].quote, WITHHELD.page.url)


def test_a_silence_is_news_with_its_proof(db, run):
    run(*GIVEN)
    assert run(SILENT) == [("fell_silent", "orders", "2025-Q4")]
    (one,) = pending(db, "desk", NEWS_DAYS)
    assert (one.quote, one.url) == (None, SILENT.page.url)


@pytest.mark.parametrize("flow", ["backfill", "replay"])
def test_what_a_look_at_the_past_finds_is_no_news(db, run, flow):
    run(*GIVEN)
    assert run(WITHHELD, flow=flow) == []
    assert run(WITHHELD) == []


def test_another_reading_of_a_page_is_no_news(db, run):
    run(*GIVEN)
    run(reading("2026-02-02", [claim("revenue", "2025-Q4", "9 EUR")], source="paper"))
    assert run(reading("2026-02-02", list(WITHHELD.claims), source="paper"), flow="replay", version="2") == []


def test_an_event_that_another_source_tells_too_is_told_once(db, run):
    run(*GIVEN)
    report = reading("2026-02-02", [claim("orders", "2025-Q4", None)], source="wire")
    assert run(report) == [("withheld", "orders", "2025-Q4")]
    assert run(WITHHELD) == []
    assert told(db) == [("withheld", "orders")]


def test_two_cuts_of_one_outlook_are_two_events(db, run):
    def outlook(day, figure):
        return reading(day, [claim("revenue", "2026", figure, basis="guidance")])

    run(outlook("2026-01-02", "90 EUR"))
    assert run(outlook("2026-02-01", "80 EUR")) == [("guidance_cut", "revenue", "2026")]
    assert run(outlook("2026-02-02", "70 EUR")) == [("guidance_cut", "revenue", "2026")]
    assert [(each.high_before, each.high) for each in pending(db, "desk", NEWS_DAYS)] == [(90, 80), (80, 70)]


def test_each_channel_is_told_once_and_one_that_comes_later_only_what_comes_later(db, run):
    run(*GIVEN)
    run(WITHHELD)
    open_channels(db, ["desk", "late"], start_run(db, "monitor", NOW + timedelta(days=1)))
    assert told(db, "late") == []
    assert told(db, recorded_before=NOW) == []
    record_deliveries(db, "desk", pending(db, "desk", NEWS_DAYS))
    assert told(db) == []


def test_what_is_no_event_any_more_is_not_told(db, run):
    run(*GIVEN)
    run(SILENT)
    assert told(db) == [("fell_silent", "orders")]
    run(reading("2026-02-03", [claim("orders", "2025-Q4", "5 count")]))
    # the silence is cleared by a figure within its grace
    assert told(db) == []


def test_what_a_killed_run_had_loaded_is_announced_by_whoever_derives_it(db, run):
    run(*GIVEN)
    killed = start_run(db, "monitor", NOW)
    load_readings(db, [WITHHELD], run_id=killed, extractor_version="1", recorded_at=NOW, is_more_to_come=True)
    assert told(db) == []
    run(flow="replay")
    with transaction(db):
        derive(db)
    assert told(db) == [("withheld", "orders")]
    assert [each.event for each in announced_by(db, killed, NEWS_DAYS)] == ["withheld"]


def test_what_is_derived_and_rolled_back_is_not_announced_and_then_once(db, run):
    run(*GIVEN)
    load_readings(
        db,
        [WITHHELD],
        run_id=start_run(db, "monitor", NOW),
        extractor_version="1",
        recorded_at=NOW,
        is_more_to_come=True,
    )
    db.begin()
    derive(db)
    db.rollback()
    assert told(db) == []
    for _ in range(2):
        with transaction(db):
            derive(db)
    assert told(db) == [("withheld", "orders")]


def test_making_all_derived_rows_afresh_announces_nothing(db, run):
    run(*GIVEN)
    run(WITHHELD)
    record_deliveries(db, "desk", pending(db, "desk", NEWS_DAYS))
    with transaction(db):
        mark_all(db)
    catch_up(db)
    assert told(db) == []
