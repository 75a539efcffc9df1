"""The newsroom's calendar: the day a newcomer starts on, and the end of each reporting season after it."""

from __future__ import annotations

from datetime import date

SEASON_ENDS = (date(2024, 5, 17), date(2024, 8, 16), date(2024, 11, 15), date(2025, 2, 28))
FIRST_DAY = SEASON_ENDS[0]


def next_day(day: date) -> date:
    """The end of the reporting season after `day`; the last one stays.

    >>> next_day(FIRST_DAY)
    datetime.date(2024, 8, 16)
    >>> next_day(date(2025, 2, 28))
    datetime.date(2025, 2, 28)
    """
    return next((end for end in SEASON_ENDS if end > day), SEASON_ENDS[-1])
