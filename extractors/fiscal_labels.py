"""A table's columns in the labels of the company that reports: the weeks to 2 November are its third quarter."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from extractors.model import period_span, published_span

_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_QUARTERS_DAYS = range(77, 101)
_YEARS_DAYS = range(357, 381)
_DAYS_A_QUARTER = 91.31
_FRESH = 120
"""Days within which a quarter that is over is reported."""
_TOLERANCE = 12
"""Days by which a quarter's end moves from year to year."""


def own_labels(periods: Iterable[str], reporting: str | None, published: str) -> dict[str, str]:
    """For the spans among these periods that are fiscal quarters or years of the company: its own label of each.

    `reporting` is the label of what the article reports on; the newest span of a quarter's length that was over when it
    was `published` bears it, the others count from there.

    >>> spans = ["2024-08-04/2024-11-02", "2023-07-30/2023-10-28", "2024-02-04/2024-11-02"]
    >>> own_labels(spans, "2024-Q3", "2024-11-22")
    {'2024-08-04/2024-11-02': '2024-Q3', '2023-07-30/2023-10-28': '2023-Q3'}
    """
    label = _QUARTER.fullmatch(reporting or "")
    lengths = {period: _length(period) for period in dict.fromkeys(periods)}
    lasts = {period: length for period, length in lengths.items() if length}
    day = published_span(published)[1]
    fresh = [last for days, last in lasts.values() if days in _QUARTERS_DAYS and 0 <= (day - last).days <= _FRESH]
    if label is None or not fresh:
        return {}
    newest = 4 * int(label[1]) + int(label[2]) - 1
    labels = {}
    for period, (days, last) in lasts.items():
        back = round((max(fresh) - last).days / _DAYS_A_QUARTER)
        if abs((max(fresh) - last).days - back * _DAYS_A_QUARTER) > _TOLERANCE:
            continue
        year, quarter = divmod(newest - back, 4)
        if days in _QUARTERS_DAYS:
            labels[period] = f"{year}-Q{quarter + 1}"
        elif days in _YEARS_DAYS and quarter == 3:
            labels[period] = str(year)
    return labels


def _length(period: str) -> tuple[int, date] | None:
    """How many days a span told by its two ends has, and the last of them; None for any other period."""
    span = period_span(period)
    if "/" not in period or span.first is None or span.last is None:
        return None
    return (span.last - span.first).days + 1, span.last
