"""What a table's numbers are multiplied with, and their currency: "(in thousands of euros)", "M€", 单位：万元."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from math import prod

from extractors.lexicon import read_language
from extractors.patterns import one_of
from extractors.phrases import fold
from extractors.units import Unit, units

_BRACKETED = re.compile(r"[(（\[]([^()（）\[\]]{2,90}|[^\w\s])[)）\]]")
_REACH = 400
"""Characters of the text above a table that may say its scale."""
_STATED_WITHIN = 30
_LONGEST_LINE = 60
_LEAST = 1000
_NO_LETTER, _END = r"(?<![^\W\d_])", r"(?![^\W\d_])"
_NOUGHTS = re.compile(r"(?<!\d)1?(?:[.,' ]?000){1,3}(?!\d)")


@dataclass(frozen=True, slots=True)
class Scale:
    """A factor, and a currency; "" where none is told."""

    factor: Decimal = Decimal(1)
    currency: str = ""


def read_scale(text: str, language: str) -> Scale | None:
    """The scale and currency that a text's last lines name in brackets, or in a few words; None where none does.

    >>> read_scale("Income statement (in millions of euros)", "en")
    Scale(factor=Decimal('1000000'), currency='EUR')

    Raises FileNotFoundError where the language has no data.
    """
    words = _words(language)
    for line in reversed(text[-_REACH:].splitlines()):
        for match in _BRACKETED.finditer(line):
            factor, currency = words.factor(match[1]), words.currency(match[1])
            if factor or currency:
                return Scale(factor or Decimal(1), currency)
        told = line if len(line) < _LONGEST_LINE else _stated_in(line, language)
        factor = words.factor(told)
        if factor:
            return Scale(factor, words.currency(told))
    return None


def _stated_in(line: str, language: str) -> str:
    """What a longer line says that amounts are stated in; empty where it says no such."""
    match = _stated(language).search(fold(line))
    return line[match.end() : match.end() + _STATED_WITHIN] if match else ""


def stated_dollars(text: str, language: str) -> str:
    """The currency with a dollar sign that a text says its amounts are stated in; empty where it says no such.

    >>> stated_dollars("All figures are stated in Canadian dollars unless noted.", "en")
    'CAD'
    """
    known = _words(language)
    for match in _stated(language).finditer(fold(text)):
        currency = known.currency(text[match.end() : match.end() + _STATED_WITHIN])
        if currency in known.dollars:
            return currency
    return ""


@cache
def _stated(language: str) -> re.Pattern[str]:
    return re.compile(one_of(read_language(language)["tables"]["stated"]))


def read_currency(text: str, language: str) -> str:
    """The ISO 4217 code of the currency that a text names first; empty where it names none."""
    return _words(language).currency(text)


class _Words:
    """A language's scales and currencies, compiled."""

    def __init__(self, language: str) -> None:
        table = read_language(language)
        numbers, named = table["numbers"], table.get("tables", {}).get("scales", {})
        scales = {word: Decimal(value) for word, value in {**numbers["scales"], **named}.items()}
        shorts = {word: Decimal(value) for word, value in numbers.get("short_scales", {}).items() if value >= _LEAST}
        is_spaced = numbers.get("spaced", True)
        before, after = (_NO_LETTER, _END) if is_spaced else ("", "")
        large = [word for word, value in scales.items() if value >= _LEAST or not is_spaced]
        large += [word for word in shorts if len(word) > 2]
        self._values: Mapping[str, Decimal] = {**shorts, **scales}
        self._money = _money(language)
        self._codes = units(language).codes
        self.dollars = {unit.code for name, unit in self._money.items() if name.endswith("$")}
        money = one_of(self._money)
        self._scale = re.compile(rf"{before}(?:{one_of(large)}){'' if is_spaced else '+'}{after}")
        self._short = re.compile(
            rf"{_NO_LETTER}{money}\s?(?P<behind>{one_of(shorts)}){_END}|{_NO_LETTER}(?P<before>{one_of(shorts)})\s?{money}{_END}"
        )
        self._part = re.compile(one_of(large))
        self._currency = re.compile(
            rf"{before}{money}{after}|{one_of(name for name in self._money if not name.isalpha())}"
        )

    def factor(self, text: str) -> Decimal | None:
        """What the scale words of a text come to; None where it has none."""
        folded = fold(text)
        if found := self._scale.search(folded):
            factor = prod((self._values[part] for part in self._part.findall(found.group())), start=Decimal(1))
            return factor if factor >= _LEAST else None
        if found := self._short.search(folded):
            return self._values[found["behind"] or found["before"]]
        if found := _NOUGHTS.search(folded):
            return Decimal(10 ** found.group().count("0"))
        return None

    def currency(self, text: str) -> str:
        """The currency that a text names first; empty where it names none."""
        for match in self._currency.finditer(fold(text)):
            if match.group() not in self._codes or text[match.start() : match.end()].isupper():
                return self._money[match.group()].code
        return ""


@cache
def _words(language: str) -> _Words:
    return _Words(language)


def _money(language: str) -> dict[str, Unit]:
    known = units(language)
    return {name: unit for name, unit in {**known.after, **known.before}.items() if unit.kind == "money"}
