"""Arithmetic on period labels: `2016`, `2018-Q4`, `2017-H1`, `2016-11`, `2016-12-31` and spans of these."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_MONTHS = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d\d)))?")


def previous_year(period: str) -> str:
    """The same period one year before; an open end stays open.

    >>> previous_year("2018-Q4"), previous_year("2016-12-31"), previous_year("2016-11-25/2016-11-28")
    ('2017-Q4', '2015-12-31', '2015-11-25/2015-11-28')
    >>> previous_year("2020-02-29")
    '2019-02-28'
    """
    shifted = _YEAR.sub(lambda year: str(int(year.group()) - 1), period)
    return re.sub(r"(\d{4})-02-29", lambda day: day.group() if _is_leap(int(day[1])) else f"{day[1]}-02-28", shifted)


def earlier(period: str, months: int) -> str | None:
    """The period of the same length so many months before; None where its length does not divide them.

    >>> earlier("2018-Q1", 3), earlier("2016-11", 1), earlier("2016-06-30", 3), earlier("2016", 3)
    ('2017-Q4', '2016-10', '2016-03-31', None)
    """
    if months % 12 == 0:
        for _ in range(months // 12):
            period = previous_year(period)
        return period
    if re.fullmatch(r"\d{4}-\d\d-\d\d", period):
        day = date.fromisoformat(period)
        year, month = _shift(day.year, day.month, -months)
        is_last = day.day == monthrange(day.year, day.month)[1]
        last = monthrange(year, month)[1]
        return f"{year}-{month:02}-{last if is_last else min(day.day, last):02}"
    span = months_of(period)
    if span is None:
        return None
    (year, first), length = span
    if months % length:
        return None
    year, first = _shift(year, first, -months)
    return label_of(year, first, length)


def month_number(period: str) -> int:
    """Months since the year 0, of a label or day that tells its month."""
    return int(period[:4]) * 12 + int(period[5:7])


def months_of(period: str) -> tuple[tuple[int, int], int] | None:
    """First month (year, month) and length in months of a year, half, quarter or month; None for anything else."""
    match = _MONTHS.fullmatch(period)
    if match is None:
        return None
    year, (quarter, half, month) = int(match[1]), match.group(2, 3, 4)
    if quarter:
        return (year, 3 * int(quarter) - 2), 3
    if half:
        return (year, 6 * int(half) - 5), 6
    return ((year, int(month)), 1) if month else ((year, 1), 12)


def label_of(year: int, first: int, length: int) -> str:
    """The shortest label for `length` months from month `first` of a year.

    >>> label_of(2018, 10, 3), label_of(2017, 1, 6), label_of(2018, 1, 9), label_of(2017, 4, 12)
    ('2018-Q4', '2017-H1', '2018-01/2018-09', '2017-04/2018-03')
    """
    if length == 1:
        return f"{year}-{first:02}"
    if length == 3 and first % 3 == 1:
        return f"{year}-Q{first // 3 + 1}"
    if length == 6 and first % 6 == 1:
        return f"{year}-H{first // 6 + 1}"
    if length == 12 and first == 1:
        return str(year)
    last_year, last = _shift(year, first, length - 1)
    return f"{year}-{first:02}/{last_year}-{last:02}"


def months_until(year: int, last: int, length: int) -> str:
    """The label for `length` months of which the last is given.

    >>> months_until(2024, 9, 3), months_until(2018, 3, 12)
    ('2024-Q3', '2017-04/2018-03')
    """
    first_year, first = _shift(year, last, 1 - length)
    return label_of(first_year, first, length)


def weeks_until(last: date, weeks: int) -> str:
    """The span of so many weeks up to and including a day."""
    return f"{last - timedelta(days=7 * weeks - 1)}/{last}"


def last_day(year: int, month: int) -> str:
    """The last day of a month, as a label."""
    return f"{year}-{month:02}-{monthrange(year, month)[1]:02}"


def end_of(period: str) -> str:
    """The last day of a period as a label; a day and a span's end are themselves."""
    closed = period.rpartition("/")[2]
    span = months_of(closed)
    if span is None:
        return closed
    (year, first), length = span
    return last_day(*_shift(year, first, length - 1))


def _shift(year: int, month: int, months: int) -> tuple[int, int]:
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1


def _is_leap(year: int) -> bool:
    return monthrange(year, 2)[1] == 29
