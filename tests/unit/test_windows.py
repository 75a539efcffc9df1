"""A time cut into slices: each day once, the latest first, and no time that is none."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.windows import Size, Window, windows_between

TODAY = date(2025, 1, 1)
DAYS = st.dates(date(1995, 1, 1), TODAY)


@given(DAYS, DAYS, st.sampled_from(get_args(Size)))
def test_slices_hold_each_day_once_the_latest_first(one: date, other: date, size: Size) -> None:
    since, until = sorted((one, other))
    windows = windows_between(since, until, size, today=TODAY)
    assert (windows[0].until, windows[-1].since) == (until, since)
    assert all(window.since <= window.until for window in windows)
    assert all(later.since == earlier.until + timedelta(days=1) for later, earlier in pairwise(windows))


@given(DAYS, st.sampled_from(get_args(Size)))
def test_a_single_day_is_a_slice(day: date, size: Size) -> None:
    assert windows_between(day, day, size, today=TODAY) == [Window(day, day)]


@pytest.mark.parametrize(
    ("size", "first_days"),
    [
        ("day", [date(2024, 3, 1), date(2024, 2, 29)]),
        ("week", [date(2024, 2, 26), date(2024, 2, 19)]),
        ("month", [date(2024, 3, 1), date(2024, 2, 1)]),
        ("quarter", [date(2024, 1, 1), date(2023, 10, 1)]),
        ("year", [date(2024, 1, 1), date(2023, 1, 1)]),
    ],
)
def test_slices_are_those_of_the_calendar(size: Size, first_days: list[date]) -> None:
    windows = windows_between(date(2020, 1, 1), date(2024, 3, 1), size, today=TODAY)
    assert [window.since for window in windows[:2]] == first_days


def test_what_has_not_been_yet_is_cut_off() -> None:
    windows = windows_between(TODAY - timedelta(days=1), date(2099, 1, 1), "month", today=TODAY)
    assert windows == [Window(TODAY, TODAY), Window(TODAY - timedelta(days=1), TODAY - timedelta(days=1))]


@pytest.mark.parametrize(
    ("since", "until", "problem"),
    [
        (date(2023, 6, 2), date(2023, 6, 1), r"since \(2023-06-02\) is after until \(2023-06-01\)"),
        (TODAY + timedelta(days=1), None, r"since \(2025-01-02\) lies in the future"),
        (TODAY + timedelta(days=1), TODAY + timedelta(days=9), "lies in the future"),
    ],
)
def test_a_window_of_no_days_is_refused(since: date, until: date | None, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        windows_between(since, until, "month", today=TODAY)
