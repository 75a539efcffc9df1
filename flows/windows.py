"""A time span cut into slices, the latest first, so that a backfill is of use at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Size = Literal["day", "week", "month", "quarter", "year"]
_MONTHS: dict[Size, int] = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Window:
    """Days of publication, both ends included."""

    since: date
    until: date

    def __str__(self) -> str:
        """As a run's name has it."""
        return f"{self.since} to {self.until}"


def windows_between(since: date, until: date | None, size: Size, *, today: date) -> list[Window]:
    """The slices from `since` to `until`, or to today: calendar months and the like, cut off at both ends.

    >>> print(*windows_between(date(2024, 1, 20), date(2024, 3, 2), "month", today=date(2025, 1, 1)), sep=", ")
    2024-03-01 to 2024-03-02, 2024-02-01 to 2024-02-29, 2024-01-20 to 2024-01-31

    Raises ValueError where there is no such time: it ends before it begins, or begins in the future.
    """
    last = min(until or today, today)
    if until is not None and until < since:
        raise ValueError(f"since ({since}) is after until ({until})")
    if since > today:
        raise ValueError(f"since ({since}) lies in the future")
    return list(_latest_first(since, last, size))


def _latest_first(since: date, until: date, size: Size) -> Iterator[Window]:
    while until >= since:
        first = max(_first_day(until, size), since)
        yield Window(first, until)
        until = first - timedelta(days=1)


def _first_day(day: date, size: Size) -> date:
    """The first day of the calendar's slice that a day lies in; a week begins on Monday."""
    if size == "day":
        return day
    if size == "week":
        return day - timedelta(days=day.weekday())
    months = _MONTHS[size]
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)
