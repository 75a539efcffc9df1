"""The words of a language that name periods, compiled from its data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from extractors.lexicon import read_language
from extractors.patterns import one_of
from extractors.phrases import Machine, is_word

_TEMPLATES = (
    "fiscal", "quarter", "quarter_of", "half", "month", "last_named", "next_named", "quarter_to", "half_to", "year_to",
    "first_months", "first_quarters", "last_months", "months_of",
    "last_years", "next_years", "next_months", "decade_end",
    "months_to", "weeks_to", "quarter_ended", "half_ended", "year_ended", "year_end", "year_end_ahead", "whole_year",
    "this_quarter", "running_quarter", "year_to_date", "first_half", "period_end", "now",
    "context", "context_month", "same_earlier", "same_period_of",
)  # fmt: skip
_OFFSETS = ("years", "fiscal_years", "quarters", "halves", "month_offsets", "earlier")
_ROLES = ("skip", "end", "from", "starting", "since", "until", "between")
_TAKES_ARTICLE = frozenset(
    ("quarter_to", "half_to", "year_to", "months_to", "weeks_to", "quarter_ended", "half_ended", "year_ended")
) | {"running_quarter", "this_quarter"}
_YEAR_BEFORE = re.compile(r"(?<!\d)(?:19|20)\d\d$")
_SHORT_YEAR_BEFORE = re.compile(r"(?:(?<![\w.,'-])|(?<=fy))[012]\d$", re.ASCII)
_PLACEHOLDERS = {"{nth}": "nth", "{month}": "months", "{count}": "counts"}


class Meaning(NamedTuple):
    """What a phrase says: which kind of period, and its number (the month, the quarter, how many, the offset)."""

    kind: str
    number: int = 0


class PeriodWords:
    """A language's period phrases: all patterns are matched on folded text."""

    def __init__(self, table: Mapping[str, Any], scale: str, counted: str, figures: Mapping[str, int]) -> None:
        """From a language's table of periods, patterns of its scale words and of what it counts, and its figures."""
        self.is_spaced: bool = table.get("spaced", True)
        self.day_first: bool = table.get("day_first", True)
        self.meanings = dict(_meanings(table))
        letter = r"[^\W\d_]" if self.is_spaced else "[a-z]"
        short_fiscal = table.get("short_fiscal", ())
        self._machine = Machine(self.meanings)
        self._phrases = list(self.meanings)
        self._glued_year = re.compile(rf"{one_of(short_fiscal)} ?'?\d")
        roles = {phrase: role for role in _ROLES for phrase in table.get(role, ())}
        self.roles = roles
        self._figures = figures
        self._spelt_year = _spelt_year(figures, table.get("year_marks", ()))
        self._era, self._era_year = table.get("era", 0), _era_year(table)
        self.fillers = frozenset(table.get("skip", ()))
        mark = "" if self.is_spaced else rf"(?:{one_of(table.get('year_marks', ()))})?"
        self.year_before = re.compile(rf"(?<![\w.,'-])([012]\d){mark}$", re.ASCII)
        """A year by its last two figures, right before a quarter or half: "25Q3", "23年第三季度"."""
        edge = r"(?!\w)" if self.is_spaced else ""
        backwards = one_of(phrase[::-1] for phrase in roles)
        self.before = re.compile(rf"[ '\"“„«]{{0,2}}(?P<phrase>{backwards}){edge}")
        after = {
            phrase: role
            for role in ("onwards", "onwards_sure", "end_after", "between_after")
            for phrase in table.get(role, ())
        }
        self.roles_after = after
        self.after = re.compile(
            rf"[ ,]{{0,2}}(?P<phrase>{one_of(after)})" + (f"(?!{letter})" if self.is_spaced else "")
        )
        self.to = frozenset(table.get("to", ()))
        first = rf"(?<![\d.,])([1-9]|1[0-2]) ?{one_of(self.to)} ?$" if not self.is_spaced else r"(?!)"
        self.month_before = re.compile(first)
        """The first month of a span, where only the last has the word: "10—12月"."""
        self.year_joins = frozenset(table.get("year_joins", ()))
        self.date_joins = frozenset(table.get("date_joins", ()))
        self.unit_joins = frozenset(table.get("unit_joins", ()))
        self.quarter_after = re.compile(rf"[ -]{one_of(table.get('quarter_after', ()))}(?!\w)")
        fiscal = one_of([*short_fiscal, "'"])
        self.short_year = re.compile(rf"(?:/| ?{fiscal} ?'?)(\d{{4}}|\d\d)(?![\d%]|[.,]\d)")
        self.last_quarter = tuple(table.get("last_quarter", ()))
        """What is a year's fourth quarter with the year behind it: "last quarter of 2018"."""
        self.both = frozenset(table.get("both", ()))
        self.ended = frozenset(table.get("ended", ()))
        """What joins a quarter to the month that it ends in: "third quarter ended in March"."""
        self.ends = frozenset(table.get("ends", ()))
        """What joins the day that a quarter ended to it: "截至12月31日的第三财季"."""
        self.fiscal_year = re.compile(
            rf"[ -]?'?((?:19|20)\d\d|(?<=['a-z])\d\d|(?<=[a-z] )\d\d)(?![\d%]|[.,]\d| ?{scale})"
            r"(?:[/–-](\d\d(?:\d\d)?)(?!\d))?"
        )
        decades = one_of(table.get("decades", ()))
        self.no_year_after = re.compile(rf"[,.]\d| ?(?:{scale}|%|{counted}|{decades})(?!{letter})")
        suffix = f"(?: ?{one_of(table['year_suffixes'])})?+" if table.get("year_suffixes") else ""
        self.year_suffix = re.compile(suffix)
        self.day_after, self.day_before = self._days(table, scale)
        self.capitals = frozenset(table.get("capital_months", ()))

    def phrases(self, folded: str) -> list[tuple[int, int, Meaning]]:
        """Where phrases stand in a folded text, and what each says: the longest at each place, in order."""
        found: dict[int, tuple[int, int]] = {}
        for index, start, end in self._machine.find(folded):
            known = found.get(start)
            if (known is None or end > known[0]) and self._opens(folded, start) and self._ends(folded, end):
                found[start] = end, index
        return [(start, end, self.meanings[self._phrases[index]]) for start, (end, index) in sorted(found.items())]

    def _opens(self, folded: str, start: int) -> bool:
        before, first = folded[start - 1 : start], folded[start]
        if before.isdecimal() and first.isascii() and first.isalpha():  # 2016Q3
            return any(year.search(folded, max(0, start - 5), start) for year in (_YEAR_BEFORE, _SHORT_YEAR_BEFORE))
        if self.is_spaced:
            return is_word(first) != (before != "" and is_word(before))
        return not (before.isascii() and before.isalnum())

    def _ends(self, folded: str, end: int) -> bool:
        """Whether no letter follows, but for a fiscal year ("q3fy18")."""
        following = folded[end : end + 1]
        goes_on = following.isalpha() and (self.is_spaced or following.isascii())
        return not goes_on or self._glued_year.match(folded, end) is not None

    def spelt_years(self, folded: str) -> Iterator[tuple[int, int, int]]:
        """Years in words, figure by figure (二零一六年), and those of two figures that cannot be a duration (08年)."""
        for match in self._spelt_year.finditer(folded):
            figures = "".join(str(self._figures.get(char, char)) for char in match["year"])
            year = int(figures) if len(figures) == 4 else 2000 + int(figures)
            if 1900 <= year < 2100:
                yield match.start(), match.end(), year
        for match in self._era_year.finditer(folded):
            yield match.start(), match.end(), int(match["year"]) + self._era

    def is_filler(self, gap: str) -> bool:
        """Whether a gap holds articles and the like only ("de son")."""
        return self.is_spaced and gap[:1] == " " and self.fillers.issuperset(gap.split())

    def _days(self, table: Mapping[str, Any], scale: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """Days of the month behind a month's name, and before it in the reversed text; two days are a span."""
        suffix = one_of(table.get("day_suffixes", ()))
        suffix = f"{suffix}?" if self.is_spaced else f" ?{suffix}"
        to = one_of(self.to)
        after = rf" ?(\d{{1,2}}){suffix}(?: ?{to} ?(\d{{1,2}}){suffix})?(?![\d%]|[.,:]\d|[ -]?{scale}(?!\w))"
        if not table.get("days_follow", False):
            after = r"(?!)"
        links = one_of(link[::-1] for link in table.get("day_links", (" ",)))
        suffix = one_of(word[::-1] for word in table.get("day_suffixes", ()))
        day = rf"(?:{suffix})?(\d{{1,2}})"
        to = one_of(word[::-1] for word in self.to | self.both)
        before = rf"{links}{day}(?: ?{to} ?{day})?(?![\d.,:/-])" if table.get("days_precede", True) else r"(?!)"
        return re.compile(after), re.compile(before)


def _spelt_year(figures: Mapping[str, int], marks: Iterable[str]) -> re.Pattern[str]:
    """Four figures in words before a mark of years, or two of which the first is a zero."""
    words, zeros = "".join(figures), "0" + "".join(word for word in figures if not figures[word])
    mark = one_of(marks)
    return re.compile(rf"(?P<year>[{words}]{{4}}|(?<![\d{words}])[{zeros}][\d{words}]) ?{mark}" if words else "(?!)")


def _era_year(table: Mapping[str, Any]) -> re.Pattern[str]:
    """Years counted from another one: behind the era's name, or of three figures before words of reports (111年度)."""
    name, mark, behind = (one_of(table.get(words, ())) for words in ("era_names", "year_marks", "era_follows"))
    return re.compile(
        rf"(?:{name} ?(?=\d{{2,3}} ?{mark})|(?<![\d.,第])(?=1[0-3]\d{behind}))(?P<year>\d{{2,3}}) ?{mark}度?"
    )


def _meanings(table: Mapping[str, Any]) -> Iterator[tuple[str, Meaning]]:
    for kind in _TEMPLATES:
        for template in table.get(kind, ()):
            articles = table.get("articles", ()) if kind in _TAKES_ARTICLE else ()
            for start in ("", *articles):
                yield from _expanded(start + template, kind, table)
    for kind in _OFFSETS:
        for phrase, offset in table.get(kind, {}).items():
            yield phrase, Meaning(kind, offset)


def _expanded(template: str, kind: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Meaning]]:
    for placeholder, name in _PLACEHOLDERS.items():
        if placeholder in template:
            rest = template.replace(placeholder, "")
            is_short = len(rest) <= 2 and rest.isascii()  # Q3, 3T: with a digit only
            for word, number in table[name].items():
                if rest == "." and len(word) > 5:  # only an abbreviation has a point
                    continue
                if is_short and name == "nth" and not word.isdecimal():
                    continue
                if kind == "half" and number > 2:
                    if number == 3 or word[0].isdigit():
                        continue
                    number = 2  # the last half
                yield template.replace(placeholder, word), Meaning(kind, number)
            return
    yield template, Meaning(kind)


@cache
def period_words(language: str) -> PeriodWords:
    """The language's words. Raises FileNotFoundError where the language has no data."""
    table = read_language(language)
    numbers = table["numbers"]
    scale = one_of([*numbers["scales"], *numbers.get("short_scales", ())])
    counted = one_of(table.get("units", {}).get("counted", ()))
    figures = {word: value for word, value in numbers["words"].items() if len(word) == 1 and value in range(10)}
    return PeriodWords(table["periods"], scale, counted, figures)
