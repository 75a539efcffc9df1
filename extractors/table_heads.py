"""What stands above a table's figures: the period and the unit of each column, the scale of them all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extractors.lexicon import read_currency_codes, read_language
from extractors.periods import find_periods
from extractors.phrases import fold
from extractors.quantities import find_quantities

_BRACKETED = re.compile(r"[(（\[]([^()（）\[\]]{1,90})[)）\]]")
_REMARK = re.compile(r"\s*[(（\[][^()（）\[\]]{1,60}[)）\]]|[*†]+$")
_GLUED = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z][^\W\d_A-Z])|(?<=\d,)(?=(?:19|20)\d\d)")
"""Where a line break between two words was lost: "Months EndedJune 30,2025"."""
_LONGEST_HEADING = 120
_REACH = 400
"""Characters of the text above a table that may say its scale."""
_LEAST_SCALE = 100


@dataclass(frozen=True, slots=True)
class Scale:
    """What a table's plain numbers are multiplied with, and their currency; "" where none is told."""

    factor: Decimal = Decimal(1)
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of figures, by its heading."""

    heading: str
    period: str | None
    unit: str | None
    """`%` or a currency, where the heading says so."""


def read_columns(headings: Sequence[str], language: str, published: str) -> tuple[Column, ...]:
    """A header row's columns, each with the period that it names."""
    return tuple(
        Column(heading, period_in(heading, language, published), _unit(heading, language)) for heading in headings
    )


def period_in(heading: str, language: str, published: str) -> str | None:
    """The period that a heading names, remarks in brackets left out.

    >>> period_in("Three months ended June 30, (unaudited) 2024", "en", "2024-08-01")
    '2024-Q2'
    """
    if len(heading) > _LONGEST_HEADING:
        return None
    words = _GLUED.sub(" ", _REMARK.sub("", heading))
    mentions = find_periods(words, language, published)
    return mentions[0].period if mentions else None


def read_scale(text: str, language: str) -> Scale | None:
    """The scale and currency that a text names in brackets, or in all of its few words; None where it names none.

    >>> read_scale("(in millions of euros)", "en")
    Scale(factor=Decimal('1000000'), currency='EUR')
    """
    tried = [match[1] for match in _BRACKETED.finditer(text[-_REACH:])]
    tried += [text] if len(text) < 60 else []
    for words in tried:
        if found := _scale(words.replace(",", " , ").split(), language):
            return found
    return None


def _scale(words: list[str], language: str) -> Scale | None:
    """A scale without a number is read by putting one before it."""
    for start in range(min(len(words), 12)):
        rest = " ".join(words[start : start + 6])
        for trial in (f"1 {rest}", f"{words[start]} 1 {' '.join(words[start + 1 : start + 6])}"):
            for quantity in find_quantities(trial, language):
                low = quantity.value.low
                if quantity.start > len(words[start]) or low is None:
                    continue
                if quantity.kind == "money":
                    return Scale(low, quantity.value.unit)
                if quantity.kind == "count" and low >= _LEAST_SCALE:
                    return Scale(low, _code_in(words))
    return None


def _code_in(words: Sequence[str]) -> str:
    return next((word for word in words if word in read_currency_codes()), "")


def _unit(heading: str, language: str) -> str | None:
    if "%" in heading or says(heading, language, "percent"):
        return "%"
    return _code_in(heading.split()) or None


def says(label: str, language: str, kind: str) -> bool:
    """Whether a label has one of the language's words of a kind: `per_share`, `counts`, `percent`, `changes`."""
    words = f" {fold(label)} "
    return any(word in words for word in _words(language, kind))


@cache
def _words(language: str, kind: str) -> tuple[str, ...]:
    return tuple(read_language(language).get("tables", {}).get(kind, ()))
