"""What is not as it should be is found, by name; where all is well, nothing is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.warehouse.given import NEWSROOM, WIRE, claim, reading
from warehouse.coverage import Look, record_coverage
from warehouse.health import find_ills
from warehouse.load import load_readings, load_sources
from warehouse.news import open_channels
from warehouse.runs import finish_run, start_run

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def a_run(db):
    """A run of so many days ago that found pages, each with claims."""
    load_sources(db, [replace(NEWSROOM, enabled=True), replace(WIRE, enabled=True)])

    def run(days_ago, pages=1, claims=2, lag_days=0, source="wire", outcome="ok", status="completed"):
        at = NOW - timedelta(days=days_ago)
        run_id = start_run(db, "monitor", at)
        day = at - timedelta(days=lag_days)
        readings = [
            reading(
                f"{day:%Y-%m-%d}",
                [claim(metric, "2025", "3 EUR") for metric in ("revenue", "orders", "users")[:claims]],
                source=source,
                url=f"https://{source}.example/{days_ago}/{number}",
                fetched_at=at,
            )
            for number in range(pages)
        ]
        load_readings(db, readings, run_id=run_id, extractor_version="1", recorded_at=at, is_more_to_come=days_ago > 0)
        look = Look(
            source_id=source, url=None, stage="discover", outcome=outcome, found=pages, read=pages,
            error="answered 500" if outcome == "failed" else None, looked_at=at, etag=None, last_modified=None,
        )  # fmt: skip
        record_coverage(db, run_id, [look])
        if status:
            finish_run(db, run_id, status=status, finished_at=at)

    return run


def history(a_run, **today):
    """Nine weeks of one run a day, of which the last week is otherwise."""
    for day in range(60, 7, -1):
        a_run(day, pages=2)
    for day in range(7, -1, -1):
        a_run(day, **today)


def test_where_all_is_well_nothing_is_found(db, a_run):
    history(a_run, pages=2)
    assert find_ills(db, NOW, 7) == []


@pytest.mark.parametrize(
    ("today", "found"),
    [
        ({"pages": 0}, ("wire", "0 new pages in a week, where 13 are usual")),
        ({"pages": 2, "claims": 0}, ("wire", "0.0 claims a page in a week, where 2.0 are usual")),
        ({"pages": 2, "lag_days": 5}, ("wire", "pages come 4.5 days after they were published, where 0.0 are usual")),
    ],
)
def test_a_source_that_is_not_as_usual_is_named(db, a_run, today, found):
    history(a_run, **today)
    assert find_ills(db, NOW, 7) == [found]


def test_a_source_that_fails_each_time_is_named_with_its_error(db, a_run):
    for day in (3, 2, 1):
        a_run(day / 24, pages=0, outcome="failed")
    assert find_ills(db, NOW, 7) == [("wire", "failed at its last three looks: answered 500")]
    a_run(0, pages=0)
    assert find_ills(db, NOW, 7) == []


def test_a_day_without_a_run_and_a_run_without_an_end_are_told(db, a_run):
    a_run(2, status=None)
    assert sorted(find_ills(db, NOW, 7)) == [
        ("monitor", "the run of 2026-02-28 12:00 has no end"),
        ("runs", "the last one began 2.0 days ago"),
    ]


def test_news_that_is_told_to_nobody_for_a_day_is_told_of(db, a_run):
    run_id = start_run(db, "monitor", NOW - timedelta(days=3))
    open_channels(db, ["prefect"], run_id)
    finish_run(db, run_id, status="completed", finished_at=NOW)
    a_run(1.5, pages=1, claims=1)
    a_run(0)
    assert find_ills(db, NOW, 7) == [("prefect", "1 events are not emitted, the first of 2026-03-01")]
