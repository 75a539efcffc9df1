"""The parts of a text that name periods, put together: a quarter and its year, a month and its day, a span's ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from extractors.period_words import PeriodWords

_WINDOW = 48  # characters before a period in which the words that open or close it are looked for
_DIGITS = re.compile(r"[0-9][0-9./-]*(?<![./-])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPLIT = re.compile(r"((?:19|20)\d\d)[/-]((?:19|20)?\d\d)")
_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?|((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./-]((?:19|20)\d\d)|((?:19|20)\d\d)[./-](\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2((?:19|20)?\d\d)")
_BARE = re.compile(r"(\d\d)(?!\d)")
_NO_YEAR_BEFORE = frozenset("$€£¥.,+#_")
_TAKES_DATE = frozenset(("month", "date", "quarter_to", "half_to", "year_to"))
_TAKES_YEAR = _TAKES_DATE | {
    "quarter",
    "half",
    "first_months",
    "last_months",
    "months_of",
    "year_end",
    "same_period_of",
}
_DURATIONS = {"months_to": 0, "weeks_to": 0, "quarter_ended": 3, "half_ended": 6, "year_ended": 12}
_INCOMPLETE = frozenset(_DURATIONS)


@dataclass(slots=True)
class Part:
    """A period as far as the words alone tell it."""

    start: int
    end: int
    kind: str
    number: int = 0
    year: int | None = None
    last_year: int | None = None
    """The second year of a split fiscal year or of a span."""
    last_number: int | None = None
    """The last month, quarter or half of a span."""
    day: int | None = None
    last_day: int | None = None
    basis: str | None = None
    """What a span's or a duration's ends are: `month`, `quarter`, `year`, `date`."""
    roles: set[str] = field(default_factory=set)
    core: int = -1
    """Where its own words begin, behind those that open or end it."""

    @property
    def is_comparison(self) -> bool:
        """Whether it is told by its distance from another period of the text."""
        return self.kind in ("same_earlier", "same_period_of", "earlier")


Rule = Callable[[Part, Part, str, PeriodWords], "Part | None"]


def find_parts(text: str, folded: str, words: PeriodWords, published: date) -> list[Part]:
    """The periods of a folded text, not yet resolved: each with its year where one stands beside it."""
    parts = _single_parts(text, folded, words, published)
    parts = _join(parts, folded, words, _year_behind)
    parts = _join(parts, folded, words, _year_before)
    last = 0
    for each in parts:
        _take_roles(each, folded, words, last)
        last = each.end
    parts = _join(parts, folded, words, _span)
    parts = _join(parts, folded, words, _duration)
    return [part for part in parts if part.kind not in _INCOMPLETE]


def _single_parts(text: str, folded: str, words: PeriodWords, published: date) -> list[Part]:
    """What each phrase and each figure says by itself, in order."""
    parts: list[Part] = []
    position = 0
    while match := words.phrase.search(folded, position):
        meaning = words.meanings[match.group()]
        part = Part(match.start(), match.end(), meaning.kind, meaning.number)
        is_word = (
            part.kind == "month" and match.group().rstrip(".") in words.capitals and not text[part.start].isupper()
        )
        if not is_word and _complete(part, text, folded, words, published):
            parts.append(part)
            position = part.end
        else:
            position = part.start + 1
    ends = [0]
    figures = (_figure_part(match, folded, words) for match in _DIGITS.finditer(folded))
    parts += [figure for figure in figures if figure is not None]
    parts = sorted(parts, key=lambda part: (part.start, -part.end))
    kept: list[Part] = []
    for part in parts:
        if part.start >= ends[-1]:
            kept.append(part)
            ends.append(part.end)
    return kept


def _complete(part: Part, text: str, folded: str, words: PeriodWords, published: date) -> bool:
    """Read the digits that belong to a phrase: a fiscal year's, a day's; False where it says nothing without them."""
    if part.kind == "years":
        part.kind, part.number = "year", published.year + part.number
    elif part.kind == "fiscal":
        match = words.fiscal_year.match(folded, part.end)
        if match is None:
            return False
        part.kind, part.end = "year", match.end()
        part.number = _century(match[1])
        part.last_year = _century(match[2], part.number) if match[2] else None
    elif part.kind == "quarter_of":
        match = words.fiscal_year.match(folded, part.end)
        if match is None:
            return False
        part.kind, part.end, part.year = "quarter", match.end(), _century(match[1])
        if match[2]:
            part.year = _century(match[2], part.year)
    elif part.kind in ("quarter", "half"):
        match = words.short_year.match(folded, part.end)
        if match is None and folded[part.start].isdigit() and folded[part.end - 1].isalpha():
            match = _BARE.match(folded, part.end)  # 4Q18
        if match is not None:
            part.year, part.end = _century(match[1]), match.end()
        elif folded[part.start].isdigit() and part.end - part.start == 2 and not text[part.end - 1].isupper():
            return False  # 2h are two hours
    elif part.kind == "month":
        _take_days(part, folded, words)
    elif part.kind in ("quarter_to", "half_to", "year_to"):
        match = words.day_after.match(folded, part.end)
        part.end = match.end() if match else part.end
    return True


def _take_days(part: Part, folded: str, words: PeriodWords) -> None:
    if match := words.day_after.match(folded, part.end):
        first, last = match[1], match[2]
        part.end = match.end()
    elif match := words.day_before.match(folded[max(0, part.start - _WINDOW) : part.start][::-1]):
        first, last = match[2], match[1]
        first, last = (first[::-1], last[::-1]) if first else (last[::-1], None)
        if not 1 <= int(first) <= 31:
            return
        part.start -= match.end()
    else:
        return
    if 1 <= int(first) <= 31 and 1 <= int(last or 1) <= 31:
        part.kind, part.day = "date", int(first)
        part.last_day = int(last) if last else None


def _figure_part(match: re.Match[str], folded: str, words: PeriodWords) -> Part | None:
    """A year or a date in figures; None for any other number."""
    figures, (start, end) = match.group(), match.span()
    before = folded[start - 1 : start]
    if before in _NO_YEAR_BEFORE or (before.isalpha() and (words.is_spaced or before.isascii())):
        return None
    if words.no_year_after.match(folded, end):
        return None
    if _YEAR.fullmatch(figures):
        suffix = words.year_suffix.match(folded, end)
        return Part(start, suffix.end() if suffix else end, "year", int(figures))
    if (iso := _ISO.fullmatch(figures)) and int(iso[2] or iso[5]) <= 12:
        day = iso[3] or iso[6]
        if int(day or 1) > 31:
            return None
        kind = "date" if day else "month"
        return Part(start, end, kind, int(iso[2] or iso[5]), int(iso[1] or iso[4]), day=int(day) if day else None)
    if split := _SPLIT.fullmatch(figures):
        suffix = words.year_suffix.match(folded, end)
        year = int(split[1])
        return Part(start, suffix.end() if suffix else end, "year", year, last_year=_century(split[2], year))
    if (named := _MONTH_YEAR.fullmatch(figures)) and 1 <= int(named[1] or named[4]) <= 12:
        return Part(start, end, "month", int(named[1] or named[4]), int(named[2] or named[3]))
    if numeric := _NUMERIC.fullmatch(figures):
        day, month = int(numeric[1]), int(numeric[3])
        if (not words.day_first and numeric[2] == "/" and day <= 12) or month > 12:
            day, month = month, day
        if 1 <= month <= 12 and 1 <= day <= 31:
            return Part(start, end, "date", month, _century(numeric[4]), day=day)
    return None


def _century(figures: str, first: int = 2000) -> int:
    """A year that may be told by its last two digits; of a split year the second lies after the first."""
    return int(figures) if len(figures) == 4 else first // 100 * 100 + int(figures)


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
    """July + to + September."""
    if first.kind != second.kind or first.kind not in ("month", "quarter", "half", "year", "date") or first.last_year:
        return None
    connector = gap.strip()
    if connector not in words.to and not ("between" in first.roles and connector in words.both):
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


def _take_roles(part: Part, folded: str, words: PeriodWords, last: int) -> None:
    """Read the words that open, close or end the period."""
    reverse = folded[max(last, part.start - _WINDOW) : part.start][::-1]
    position, start = 0, part.start
    while match := words.before.match(reverse, position):
        role = words.roles[match["phrase"][::-1]]
        position = match.end()
        if role != "skip":
            part.roles.add(role)
            start = start if role == "from" else part.start - position
    part.core, part.start = part.start, start
    while match := words.after.match(folded, part.end):
        part.roles.add(words.roles_after[match["phrase"]].removesuffix("_after"))
        part.end = match.end()
