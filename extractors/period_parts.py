"""What each phrase and each figure of a text says of a period by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from extractors.period_words import PeriodWords

_SHORTEST = 4  # characters of a year or date in figures
_WINDOW = 48  # characters before a period in which the words that open or close it are looked for
_DIGITS = re.compile(r"[0-9][0-9./-]*(?<![./-])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPLIT = re.compile(r"((?:19|20)\d\d)[/-]((?:19|20)?\d\d)")
_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?|((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[./-]((?:19|20)\d\d)|((?:19|20)\d\d)[./-](\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2((?:19|20)?\d\d)")
_BARE = re.compile(r"(\d\d)(?!\d)")
_NO_YEAR_BEFORE = frozenset("$€£¥.,+#_")


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
    ends: tuple[Part, Part] | None = None
    """The two ends of a span that are of different kinds: "between May 2015 and 2018"."""
    roles: set[str] = field(default_factory=set)
    core: int = -1
    """Where its own words begin, behind those that open or end it."""

    @property
    def is_dated(self) -> bool:
        """Whether a year stands in it or beside it."""
        return self.kind == "year" or self.year is not None

    @property
    def is_comparison(self) -> bool:
        """Whether it is told by its distance from another period of the text."""
        return self.kind in ("same_earlier", "same_period_of", "earlier")


def read_parts(text: str, folded: str, words: PeriodWords, published: date) -> list[Part]:
    """The periods that phrases and figures name, in order, none overlapping; not yet joined with one another."""
    parts: list[Part] = []
    position = 0
    for start, end, meaning in words.phrases(folded):
        if start < position:
            continue
        part = Part(start, end, meaning.kind, meaning.number)
        is_word = part.kind == "month" and folded[start:end].rstrip(".") in words.capitals and not text[start].isupper()
        if not is_word and _complete(part, text, folded, words, published):
            opening = words.month_before.search(folded, position, start) if part.kind == "month" else None
            if opening is not None:  # 10—12月: the first month of a span is a number alone
                parts.append(Part(opening.start(), opening.end(1), "month", int(opening[1])))
            parts.append(part)
            position = part.end
    ends = [0]
    figures = (_figure_part(match, folded, words) for match in _DIGITS.finditer(folded))
    parts += [figure for figure in figures if figure is not None]
    parts += [Part(start, end, "year", number) for start, end, number in words.spelt_years(folded)]
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
    elif part.kind == "first_half":
        part.kind, part.number = "half", 1
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
        behind = words.year_before.search(folded, max(0, part.start - _SHORTEST), part.start)
        if match is None and behind is not None:  # 25Q3
            part.year, part.start = _century(behind[1]), behind.start()
        elif match is None and folded[part.start].isdigit() and folded[part.end - 1].isalpha():
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
    if end - start < _SHORTEST:
        return None
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
    if (split := _SPLIT.fullmatch(figures)) and not _is_month(int(split[1]), split[2]):
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


def _is_month(year: int, figures: str) -> bool:
    """Whether two figures behind a year are its month, rather than the year after it: 2016/11, but 2010/11."""
    return len(figures) == 2 and 1 <= int(figures) <= 12 and int(figures) != (year + 1) % 100


def _century(figures: str, first: int = 2000) -> int:
    """A year that may be told by its last two digits; of a split year the second lies after the first."""
    return int(figures) if len(figures) == 4 else first // 100 * 100 + int(figures)
