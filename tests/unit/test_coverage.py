"""A source that shows far less than is usual is told with its numbers."""

from datetime import UTC, datetime, timedelta

import pytest

from extractors.model import Candidate
from flows.coverage import Tally, shortfall
from flows.failure import Failure
from flows.look import Found
from tests.unit.discovering import a_source

NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)
NAMED = Found((Candidate(source_id="s", url="https://acme.example/1"),))
UNCHANGED = Found(is_unchanged=True)

# what is usual, what the look found, how many days ago pages were fetched, how many were new now; what is told
TOLD = [
    (None, Found(), [30], 0, None),
    (20, Found(), [30, 1], 0, "failed: names nothing, where 20 new pages a week are usual"),
    (20, Found(), [], 0, "failed: names nothing, where 20 new pages a week are usual"),
    (20, UNCHANGED, [30, 8], 0, "partial: had 0 new pages in a week, where 20 are usual"),
    (20, NAMED, [30, 6.9], 0, "partial: had 1 new pages in a week, where 20 are usual"),
    (20, NAMED, [30, 6.9], 1, None),
    (20, NAMED, [30, 6.9, 1], 0, None),
    (0.5, NAMED, [30], 0, "partial: had 0 new pages in a week, where 0.5 are usual"),
    (0.5, NAMED, [30, 3], 0, None),
    (20, NAMED, [6, 2], 0, None),
    (20, NAMED, [], 1, None),
]


@pytest.mark.parametrize(("usual", "found", "days", "new", "expected"), TOLD)
def test_what_is_less_than_usual(
    usual: float | None, found: Found, days: list[float], new: int, expected: str | None
) -> None:
    fetched_at = {f"https://acme.example/held/{day}": NOW - timedelta(day) for day in days}
    tally = Tally(found, read=[f"https://acme.example/new/{number}" for number in range(new)])
    short = shortfall(a_source("listing", expected_per_week=usual), tally, fetched_at, NOW)
    assert (f"{short.outcome}: {short.reason}" if short else None) == expected


def test_a_listing_that_could_not_be_read_is_told_once() -> None:
    tally = Tally(failures=[Failure("s", "discover", "answered 500")])
    assert shortfall(a_source("listing", expected_per_week=20), tally, {}, NOW) is None
