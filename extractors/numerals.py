"""Numbers as a language writes them, in figures and in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple

from extractors.figures import FIGURES, FRACTIONS, read_figures
from extractors.lexicon import read_language
from extractors.patterns import one_of

_ONE = Decimal(1)


class Reading(NamedTuple):
    """What a run of figures and number words says."""

    value: Decimal
    length: int
    """How many characters of the run the value takes; what follows is another number."""
    scale: Decimal
    """The factor that scale words gave ("5 million": 1,000,000); 1 where there is none."""
    is_ordinal: bool
    is_more: bool
    """A word inside the number says that it is somewhat more (三千多万)."""


class Numerals:
    """A language's way to write numbers: two patterns find them in a folded text, `read` gives what they say."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        """From a language's table of numbers."""
        self.decimal: str = table["decimal"]
        self.groups = frozenset(table["groups"])
        self.is_spaced: bool = table.get("spaced", True)
        self.singles = frozenset(table.get("singles", ()))
        self._joins = frozenset(table.get("joins", ()))
        self._more = frozenset(table.get("more", ()))
        self._articles = frozenset(table.get("articles", ()))
        self._ordinals = frozenset(table.get("ordinals", ()))
        values = {**dict.fromkeys(self._articles, 1), **table.get("ordinals", {}), **table["words"]}
        self._values = {word: Decimal(value) for word, value in values.items()}
        self._halves = {word: Decimal(value) for word, value in table.get("halves", {}).items()}
        self._fractions = {word: Decimal(value) for word, value in table.get("fractions", {}).items()}
        self._scales = {word: Decimal(value) for word, value in table["scales"].items()}
        self._short_scales = {word: Decimal(value) for word, value in table.get("short_scales", {}).items()}
        self._points = frozenset(table.get("points", ()))
        parts = {*self._values, *self._halves, *self._scales, *self._more}
        zeros = () if self.is_spaced else tuple(word for word, value in self._values.items() if not value)
        self._zero = one_of(zeros)
        self._bare_rests = tuple(table.get("bare_rests", ()))
        self.scale_pattern = one_of({*self._scales, *self._short_scales})
        self.long_scale_pattern = one_of(self._scales)
        self.digits = frozenset(word for word, value in (self._values | self._halves).items() if 0 < value < 10)
        """The words for a single figure, or for a half of one."""
        self._more_pattern = f"{one_of(self._more)}?+" if self._more else ""
        self.figures = self._figures_pattern(table)
        self.words = self._words_pattern(parts - self._articles, table)
        spelt = {*parts, *self._joins, *self._points, *self._fractions}
        self._spelt = re.compile(f"(?P<figures>{FIGURES})|{one_of(spelt)}")
        after_figures = {*self._scales, *self._short_scales, *self._halves, *self._more, *zeros}
        self._figures = re.compile(f"(?P<figures>^[.,]{FIGURES}|{FIGURES})|{one_of(after_figures)}")
        self.read = lru_cache(maxsize=8192)(self._read)

    def _figures_pattern(self, table: Mapping[str, Any]) -> str:
        """Figures and the scales behind them ("5 million", "3兆4740億")."""
        gap, end = ("[ -]{0,2}", r"(?!\w)") if self.is_spaced else (" ?", "")
        short = one_of(self._short_scales) + r"(?![^\W\d_]|['/]\w)"
        large = {word for word, scale in self._scales.items() if scale != 100 or not self.is_spaced}
        scale = f"(?:{gap}{one_of({*large, *self._halves})}{end}| ?{short}){self._more_pattern}"
        zero = "" if self.is_spaced else f"{self._zero}?"
        rest = self._rest_pattern(table.get("date_marks", ""))
        return f"[.,]?{FIGURES}{self._more_pattern}(?:{scale}(?: ?{zero}{FIGURES}(?={scale}))?+){{0,4}}+{rest}"

    def _rest_pattern(self, date_marks: str) -> str:
        """The last figures of a number behind its scale, where nothing stands between them: 3万4000, "12 mil 450"."""
        if self.is_spaced:
            behind = "|".join(f"(?<= {re.escape(scale)})" for scale in self._bare_rests)
            return rf"(?:(?:{behind}) [1-9][0-9]{{1,2}}(?![\w%])(?![.,]\d)(?! ?%))?+" if behind else ""
        scales = "".join(self._scales)
        return rf"(?:(?<=[{scales}]){self._zero}?[0-9]{{1,4}}(?![\d.,%{date_marks}{scales}]))?+"

    def _words_pattern(self, parts: set[str], table: Mapping[str, Any]) -> str:
        """A run of number words. A lone "one" or "a" is none: a scale or a unit has to follow."""
        gap, start, end = ("[ -]{0,3}", r"\b", r"(?!\w)") if self.is_spaced else (" ?", "", "(?![a-z])")
        part, scale = one_of(parts), one_of(self._scales)
        join = f"(?>{gap}{one_of(self._joins)}{gap}(?={part})|{gap})" if self._joins else gap
        first = [
            one_of(
                (set(self._values) - self._articles - self._ordinals - self.singles) | set(table.get("bare_scales", ()))
            )
        ]
        if parts_of_scales := {*self._halves, *self._fractions}:  # "three quarters of a billion" is no three
            first.insert(0, f"{one_of(parts_of_scales)}(?={gap}{scale}{end})")
        if self.singles:
            glued = f"(?:{one_of(self._joins)})?{one_of(parts - self._ordinals - set(self._halves))}"
            unit, half = one_of(table.get("singles_before", ())), one_of(self._halves)
            first.append(f"{one_of(self.singles)}(?={glued}|[ -](?:{scale}|{unit}|{half}[ -]?{scale}){end})")
        if self._articles:
            first.append(f"{one_of(self._articles)}[ -](?={scale}{end})")
        if after := table.get("bare_scales_after"):
            first.append(f"(?<=[{after}]){scale}")
        if self._points:
            part = f"(?:{gap}{one_of(self._points)}{gap}{one_of(self._values)}|{part})"
        return f"{start}(?:{'|'.join(first)})(?:{join}{part}){{0,24}}{end}"

    def scale_of(self, word: str) -> Decimal:
        """The factor of a scale word or its abbreviation. Raises KeyError where it is none."""
        return self._scales.get(word) or self._short_scales[word]

    def _read(self, run: str) -> Reading | None:
        """What the run says, or its first number where it holds several; None where it holds none."""
        tokens = self._figures if run[0].isdecimal() or run[0] in FRACTIONS or run[0] in ".," else self._spelt
        total = _Sum()
        end, is_ordinal, is_more = 0, False, False
        for token in tokens.finditer(run):
            word = token.group()
            if word in self._joins and word not in self._values:
                total.is_joined = True
                continue
            if word in self._points:
                if not self.is_spaced:
                    total.close()
                total.begin_decimals()
                continue
            if word in self._more:
                is_more = True
            elif not self._take(total, word, is_figures=token.lastgroup == "figures"):
                break
            end, is_ordinal = token.end(), word in self._ordinals
        if not total.parts:
            return None
        if not self.is_spaced:
            total.close()
        return Reading(total.value, end, total.factor, is_ordinal, is_more)

    def _take(self, total: _Sum, word: str, *, is_figures: bool) -> bool:
        if is_figures:
            value = read_figures(word, self.decimal, self.groups)
            return value is not None and total.add(value)
        if word in self._values:
            return total.add(self._values[word], is_positional=not self.is_spaced)
        if word in self._fractions:
            total.add_half(self._fractions[word])
        elif word in self._halves:
            total.add_half(self._halves[word])
        else:
            return total.multiply(self.scale_of(word), may_add=self.is_spaced)
        return True


class _Sum:
    """A number while its words are read: parts of falling size, each scale gathers the smaller ones before it."""

    def __init__(self) -> None:
        self.parts: list[Decimal] = []
        self.factor = _ONE
        self.is_joined = False
        self._scale = _ONE
        self._last: Decimal | None = None  # the last word's value; None after a scale
        self._decimals: list[Decimal] | None = None  # what is told after a decimal mark in words

    def begin_decimals(self) -> None:
        """Take the word for the decimal mark: what follows are decimals, up to a scale ("two point five million")."""
        self._decimals = []

    def multiply(self, scale: Decimal, *, may_add: bool = True) -> bool:
        """Take a scale word: it multiplies every smaller part; False where it cannot belong to the same number.

        Behind a larger scale it is a part of its own ("mille cent"), unless `may_add` is false (亿千瓦 are kilowatts).
        """
        if self.parts and self._last is None and scale < self._scale and not may_add:
            return False
        below: Decimal | None = None
        follows_number = self._last is not None or scale == self._scale
        while self.parts and (self.parts[-1] < scale or (follows_number and below is None)):
            below = (below or 0) + self.parts.pop()
        self._decimals = None
        self.parts.append(scale if below is None else below * scale)
        # Two scales in a row are one ("mil millones"); a hundred in front of one is a number ("honderd miljoen").
        is_compound = self._last is None and len(self.parts) == 1 and self.factor >= 1000
        self.factor = self.factor * scale if is_compound else scale
        self._scale, self._last = scale, None
        return True

    def add_half(self, half: Decimal) -> None:
        """Take a half of a unit, or of the scale just before it ("un million et demi")."""
        after_scale = self._last is None and self.parts and self._scale >= 1000
        self.parts.append(half * self._scale if after_scale else half)
        self._last = half

    def add(self, value: Decimal, *, is_positional: bool = False) -> bool:
        """Take a plain number; False where it cannot belong to the same number."""
        if self._decimals is not None:
            told = self._told_decimals()
            before = self._decimals[-1] if self._decimals else Decimal(0)
            if before and value and before % 10 ** len(str(value)) == 0:
                self._decimals[-1] += value  # point seventy-one
            else:
                self._decimals.append(value)
            self.parts[-1] += self._told_decimals() - told
            self._last = value
            return True
        if self.parts:
            last = self.parts[-1]
            inverted = self.is_joined and 0 < last < 10 and value >= 20 and value % 10 == 0  # vierundzwanzig
            if is_positional and value < 10 and self._last is not None and self._last < 10:
                self.parts[-1] = last * 10 + value
                self._last = value
                return True
            if not inverted and last % (10 ** len(str(int(value)))) != 0:
                return False
            if not value:  # 一万零五
                self._scale, self._last = _ONE, None
                return True
        self.parts.append(value)
        self._last, self.is_joined = value, False
        return True

    def _told_decimals(self) -> Decimal:
        return Decimal("0." + "".join(map(str, self._decimals or ())) + "0")

    @property
    def value(self) -> Decimal:
        """The sum of the parts; a whole number has no decimals."""
        value = sum(self.parts, Decimal(0))
        whole = value.to_integral_value()
        return whole if whole == value else value.normalize()

    def close(self) -> None:
        """A last digit right after a scale counts that scale's next place: 一万五 is 15,000."""
        if len(self.parts) > 1 and self._last is not None and self._last < 10 and self._scale >= 100:
            self.parts[-1] *= self._scale / 10
            self._scale = _ONE


@cache
def numerals(language: str) -> Numerals:
    """How the language writes numbers. Raises FileNotFoundError where the language has no data."""
    return Numerals(read_language(language)["numbers"])
