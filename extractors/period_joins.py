"""Periods put together from their parts: a quarter and its year, the ends of a span, a duration and its last day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise

from extractors.period_parts import Part, read_parts
from extractors.period_words import PeriodWords

_WINDOW = 48  # characters between two parts of one period, and before it for the words that open or close it
_TAKES_DATE = frozenset(("month", "date", "quarter_to", "half_to", "year_to"))
_TAKES_YEAR = _TAKES_DATE | {
    "quarter", "half", "first_months", "first_quarters", "last_months", "months_of", "year_end", "same_period_of",
}  # fmt: skip
_DURATIONS = {"months_to": 0, "weeks_to": 0, "quarter_ended": 3, "half_ended": 6, "year_ended": 12}
_ENDED = frozenset(("quarter_to", "half_to", "year_to"))
"""What tells its end itself: "截至12月31日止年度" is the year, not the day."""
_INCOMPLETE = frozenset(_DURATIONS)

Rule = Callable[[Part, Part, str, PeriodWords], "Part | None"]


def find_parts(text: str, folded: str, words: PeriodWords, published: date) -> list[Part]:
    """The periods of a folded text, not yet resolved: each with its year where one stands beside it."""
    parts = read_parts(text, folded, words, published)
    if not parts:
        return []
    for first, second in pairwise(parts):
        _take_fourth(first, second, folded, words)
    parts = _join(parts, folded, words, _year_behind)
    parts = _join(parts, folded, words, _year_before)
    for each in parts:
        _take_quarter(each, folded, words)
    last = 0
    for each in parts:
        _take_roles(each, folded, words, last)
        last = each.end
    parts = _join(parts, folded, words, _span)
    for each in parts:
        if each.kind == "span":
            _take_quarter(each, folded, words)
    parts = _join(parts, folded, words, _duration)
    parts = _join(parts, folded, words, _ended)
    return [part for part in parts if part.kind not in _INCOMPLETE]


def _join(parts: list[Part], folded: str, words: PeriodWords, rule: Rule) -> list[Part]:
    """The parts with each neighbouring pair as one where the rule says so."""
    joined: list[Part] = []
    for part in parts:
        if joined and part.start - joined[-1].end <= _WINDOW:
            one = rule(joined[-1], part, folded[joined[-1].end : max(part.core, part.start)], words)
            if one is not None:
                joined[-1] = one
                continue
        joined.append(part)
    return joined


def _take_fourth(first: Part, second: Part, folded: str, words: PeriodWords) -> None:
    """Last quarter + of 2018: the fourth, whatever quarter was the last at publication."""
    is_last = folded[first.start : first.end].endswith(words.last_quarter)
    if is_last and second.kind == "year" and folded[first.end : second.start] in words.year_joins:
        first.kind, first.number = "quarter", 4


def _year_behind(first: Part, second: Part, gap: str, words: PeriodWords) -> Part | None:
    """Third quarter + 2018."""
    if second.kind != "year" or first.kind not in _TAKES_YEAR or first.year is not None:
        return None
    is_beside = gap in words.year_joins or (first.kind in _TAKES_DATE and gap in words.date_joins)
    if not is_beside and not words.is_filler(gap):
        return None
    first.year, first.end = second.last_year or second.number, second.end
    return first


def _year_before(first: Part, second: Part, gap: str, words: PeriodWords) -> Part | None:
    """2018 + third quarter; 11月 + 8日 has been read already."""
    if first.kind != "year" or second.kind not in _TAKES_YEAR or second.year is not None or gap not in words.unit_joins:
        return None
    if "," in gap and second.kind in ("month", "date"):
        return None
    second.year, second.start = first.last_year or first.number, first.start
    return second


def _span(first: Part, second: Part, gap: str, words: PeriodWords) -> Part | None:
    """July + to + September; of July-September quarter the end has its own words."""
    if first.kind == "month" and second.kind == "quarter_to" and gap.strip() in words.to:
        return replace(second, start=first.start)
    is_between = "between" in first.roles or "between" in second.roles
    if first.kind != second.kind and _is_dated_end(first) and _is_dated_end(second):
        is_span = gap.strip() in (words.both if is_between else words.to) and gap.strip().isalpha()
        return replace(first, kind="span", basis="ends", end=second.end, ends=(first, second)) if is_span else None
    if first.kind != second.kind or first.kind not in ("month", "quarter", "half", "year", "date") or first.last_year:
        return None
    connector = gap.strip()
    if connector not in words.to and not (is_between and connector in words.both):
        return None
    if first.kind == "year":
        if connector in ("-", "–", "/") and second.number == first.number + 1:
            return replace(first, end=second.end, last_year=second.number)
        return replace(first, kind="span", basis="year", end=second.end, last_number=second.number)
    if first.year is None and second.year is not None:
        first.year = second.year - (first.number > second.number)
    return replace(
        first, kind="span", basis=first.kind, end=second.end,
        last_number=second.number, last_year=second.year, last_day=second.day,
    )  # fmt: skip


def _is_dated_end(part: Part) -> bool:
    return part.kind in ("month", "quarter", "half", "year") and part.is_dated and not part.last_year


def _duration(first: Part, second: Part, gap: str, words: PeriodWords) -> Part | None:
    """Three months to + 30 September."""
    if first.kind not in _DURATIONS or second.kind not in ("date", "month"):
        return None
    connector = gap.strip()
    if connector and connector not in words.fillers and words.roles.get(connector) != "end":
        return None
    months = _DURATIONS[first.kind] or first.number
    basis = "weeks" if first.kind == "weeks_to" else "months"
    return replace(second, start=first.start, kind="until", basis=basis, last_number=months, roles=first.roles)


def _ended(first: Part, second: Part, gap: str, words: PeriodWords) -> Part | None:
    """Third quarter ended + 31 March, 31 March's + third quarter: a fiscal one, whose year that month tells."""
    if first.kind in ("date", "month") and "end" in first.roles and second.kind == "quarter" and not second.year:
        return replace(second, start=first.start, ends=(second, first)) if gap in words.ends else None
    if first.kind == "half_to" and second.kind == "half" and second.year is None:  # 止六個月之中期業績
        return replace(first, end=second.end) if gap in words.ends else None
    if first.kind != "quarter" or second.kind not in ("date", "month") or gap.strip(" ,(") not in words.ended:
        return None
    return replace(first, end=second.end, ends=(first, second))


def _take_quarter(part: Part, folded: str, words: PeriodWords) -> None:
    """September 2016 + quarter; July to September + quarter."""
    is_months = part.kind == "month" or (part.kind == "span" and part.basis == "month")
    if is_months and (match := words.quarter_after.match(folded, part.end)):
        part.end = match.end()
        if part.kind == "month":
            part.kind = "quarter_to"


def _take_roles(part: Part, folded: str, words: PeriodWords, last: int) -> None:
    """Read the words that open, close or end the period."""
    reverse = folded[max(last, part.start - _WINDOW) : part.start][::-1]
    position, start = 0, part.start
    while match := words.before.match(reverse, position):
        role = words.roles[match["phrase"][::-1]]
        position = match.end()
        is_told = role == "end" and not words.is_spaced and part.kind in _ENDED
        if role != "skip":
            part.roles |= set() if is_told else {role}
            start = start if role == "from" else part.start - position
    part.core, part.start = part.start, start
    while match := words.after.match(folded, part.end):
        role = words.roles_after[match["phrase"]].removesuffix("_after")
        if role == "onwards" and "from" not in part.roles:
            break
        part.roles.add(role)
        part.end = match.end()
