"""From what the words say to a period's label: missing years, offsets, comparisons, open ends."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from extractors.labels import earlier, end_of, label_of, last_day, months_of, months_until, weeks_until
from extractors.period_clock import Clock
from extractors.period_parts import Part
from extractors.period_relative import relative_label

_OPENING = frozenset(("starting", "onwards_sure"))
_POINTS = frozenset(("date", "now"))
Kind = Literal["year", "quarter", "half", "month", "day", "span", "open"]


def resolve(parts: list[Part], clock: Clock) -> Iterator[tuple[Part, str, Kind]]:
    """The parts that have a label, in order, each with its label and its kind.

    A comparison refers to the period told last before it, else to the first of the text, else to the document's own.
    """
    ahead = replace(clock, prefer_future=True)
    labels: list[str | None] = []
    for part in parts:
        opens = part.roles & _OPENING and part.kind != "date"
        label = None if part.is_comparison else _label(part, ahead if opens else clock)
        is_end = "end" in part.roles or part.kind in ("year_end", "year_end_ahead")
        labels.append(end_of(label) if label and is_end else label)
    base = clock.current or next(
        (label for part, label in zip(parts, labels, strict=True) if label and part.kind not in _POINTS),
        next((label for label in labels if label), None),
    )
    day: str | None = None
    for part, own in zip(parts, labels, strict=True):
        label = _compared(part, base, day) if part.is_comparison else own
        if label is not None:
            opened = _opened(part, label)
            yield part, opened, _kind(opened)
        if own is not None and part.kind not in _POINTS:  # a bare date mostly tells when something was said
            base, day = own, None
        elif own is not None and part.kind == "date":
            day = own


def _label(part: Part, clock: Clock) -> str | None:
    number, year = part.number, part.year
    match part.kind:
        case "year":
            return _year(part)
        case "quarter":
            return f"{year or _fiscal_year_of(part, clock) or clock.year_of(number, 3)}-Q{number}"
        case "half":
            return f"{year or clock.year_of(number, 6)}-H{number}"
        case "month":
            return f"{year or clock.year_of(number, 1)}-{number:02}"
        case "date":
            return _date(part, clock)
        case "quarter_to" | "half_to" | "year_to":
            length = {"quarter_to": 3, "half_to": 6, "year_to": 12}[part.kind]
            return months_until(year or clock.year_of(number, 1), number, length)
        case "months_of" if year is None:
            return None
        case "last_named" | "next_named":
            return _named(part, clock)
        case "first_months" | "months_of":
            return label_of(year or _year_so_far(clock, number), 1, number)
        case "first_quarters" if number <= 4:
            return label_of(year or _year_so_far(clock, 3 * number), 1, 3 * number)
        case "last_months":
            return _last_months(part, clock)
        case "last_years" | "next_years" | "next_months":
            return _around(part, clock)
        case "until":
            return _until(part, clock)
        case "span":
            return _span(part, clock)
        case _:
            return relative_label(part, clock)


def _named(part: Part, clock: Clock) -> str:
    """Last June is never the running month, nor is next June."""
    is_ahead = part.kind == "next_named"
    year, month = clock.published.year, clock.published.month
    year += is_ahead if is_ahead and part.number <= month else -(not is_ahead and part.number >= month)
    return f"{year}-{part.number:02}"


def _year(part: Part) -> str | None:
    if part.last_year is None or part.last_year == part.number:
        return str(part.number)
    if part.last_year == part.number + 1:
        return f"{part.number}-04/{part.last_year}-03"
    return f"{part.number}/{part.last_year}" if part.last_year > part.number else None


def _date(part: Part, clock: Clock) -> str | None:
    year, month, day = part.year, part.number, part.day or 1
    if year is None:
        year = clock.published.year
        ahead = (month, day) > (clock.published.month, clock.published.day)
        year += (not ahead) if clock.prefer_future else -ahead
    if max(day, part.last_day or 0) > monthrange(year, month)[1]:
        return None
    first = f"{year}-{month:02}-{day:02}"
    return f"{first}/{year}-{month:02}-{part.last_day:02}" if part.last_day else first


def _year_so_far(clock: Clock, months: int) -> int:
    if clock.current and (known := months_of(clock.current)):
        return known[0][0]
    return clock.published.year - (clock.published.month < months and not clock.prefer_future)


def _last_months(part: Part, clock: Clock) -> str:
    if part.year is not None:
        return label_of(part.year, 13 - part.number, part.number)
    year, month = divmod(clock.published.year * 12 + clock.published.month - 2, 12)
    return months_until(year, month + 1, part.number)


def _fiscal_year_of(part: Part, clock: Clock) -> int | None:
    """The fiscal year of a quarter told with the month in which it ended; one that ends in January is the last's."""
    if part.ends is None:
        return None
    end = part.ends[1]
    year, month = end.year or clock.year_of(end.number, 1), end.number - (end.day is not None and end.day <= 7)
    last = year * 12 + month - 1 + 3 * (4 - part.number)
    return last // 12 - (last % 12 == 0)


def _around(part: Part, clock: Clock) -> str:
    """So many years before the publication or, as so many months, after it."""
    length = part.number * (1 if part.kind == "next_months" else 12)
    month = clock.month(0)
    if part.kind == "last_years":
        return f"{clock.month(-length)}/{month}"
    return f"{month}/{clock.month(length)}"


def _until(part: Part, clock: Clock) -> str | None:
    year = part.year
    if part.basis == "weeks":
        last = _date(part, clock) if part.day else last_day(year or clock.year_of(part.number, 1), part.number)
        return weeks_until(date.fromisoformat(last), part.last_number or 1) if last else None
    if year is None:
        year = clock.year_of(part.number, 1)
    month = part.number
    if part.day is not None and part.day <= 7 and part.last_number != 1:  # a 52-week year ends on a weekday
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return months_until(year, month, part.last_number or 1)


def _span(part: Part, clock: Clock) -> str | None:
    if part.ends is not None:
        begin, end = (_label(each, clock) for each in part.ends)
        return f"{begin}/{end}" if begin and end and begin[:4] < end[:4] else None
    first, last = part.number, part.last_number or part.number
    if part.basis == "year":
        return f"{first}/{last}" if first < last else None
    if part.basis == "date":
        begin = _date(Part(0, 0, "date", first, part.year, day=part.day), clock)
        end = _date(Part(0, 0, "date", last, part.last_year, day=part.last_day), clock)
        return f"{begin}/{end}" if begin and end and begin < end else None
    length = {"month": 1, "quarter": 3, "half": 6}[part.basis or "month"]
    last_year = part.last_year or part.year or clock.year_of(last, length)
    year = part.year or last_year - (first > last)
    months = (last_year - year) * 12 + (last - first + 1) * length
    return label_of(year, (first - 1) * length + 1, months) if 0 < months < 1200 else None


def _compared(part: Part, base: str | None, day: str | None) -> str | None:
    """The period that a phrase compares with, told by its distance from `base`, the period spoken of, or from a day."""
    if part.kind == "earlier" and part.number < 12 and day is not None:
        return earlier(day, part.number)
    if base is None or ".." in base:
        return None
    if part.kind == "same_period_of":
        years = int(base.rpartition("/")[2][:4]) - (part.year or 0)
        return earlier(base, 12 * years) if part.year and 0 <= years < 30 else None
    return earlier(base, part.number if part.kind == "earlier" else 12)


def _opened(part: Part, label: str) -> str:
    if part.kind == "span" or ".." in label:
        return label
    first, last = label.partition("/")[0], label.rpartition("/")[2]
    if "since" in part.roles or "onwards_sure" in part.roles or ({"from", "onwards"} <= part.roles):
        return f"{first}/.."
    if "starting" in part.roles and part.kind not in ("date", "year_end") and "end" not in part.roles:
        return f"{first}/.."
    if "until" in part.roles and part.kind != "until":
        return f"../{last}"
    return label


def _kind(label: str) -> Kind:
    if ".." in label:
        return "open"
    if "/" in label:
        return "span"
    if len(label) == 10:
        return "day"
    if "Q" in label:
        return "quarter"
    if "H" in label:
        return "half"
    return "year" if len(label) == 4 else "month"
