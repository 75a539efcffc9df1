"""What stands above a table's figures: the period and the unit of each column; what its labels say of units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors.lexicon import read_language
from extractors.periods import find_periods
from extractors.phrases import fold
from extractors.table_scales import read_currency

_REMARK = re.compile(r"\s*[(（\[][^()（）\[\]]{1,60}[)）\]]|[*†]+$")
_GLUED = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z][^\W\d_A-Z])|(?<=\d,)(?=(?:19|20)\d\d)")
"""Where a line break between two words was lost: "Months EndedJune 30,2025"."""
_COMMA = re.compile(r"(?<=[^\W\d_]), (?=\d{1,2}\b)")
"""Between a month and its day."""
_LONGEST_HEADING = 120


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


@lru_cache(maxsize=1024)
def period_in(heading: str, language: str, published: str) -> str | None:
    """The period that a heading names, remarks in brackets left out.

    >>> period_in("Three months ended June 30, (unaudited) 2024", "en", "2024-08-01")
    '2024-Q2'
    """
    if len(heading) > _LONGEST_HEADING:
        return None
    words = _COMMA.sub(" ", _GLUED.sub(" ", _REMARK.sub("", heading)))
    mentions = find_periods(words, language, published)
    return mentions[-1].period if mentions else None


def _unit(heading: str, language: str) -> str | None:
    if "%" in heading or says(heading, language, "percent"):
        return "%"
    return read_currency(heading, language) or None


def says(label: str, language: str, kind: str) -> bool:
    """Whether a label has one of the language's words of a kind: `per_share`, `counts`, `percent`, `ratios`."""
    words = f" {fold(label)} "
    return any(word in words for word in _words(language, kind))


@cache
def _words(language: str, kind: str) -> tuple[str, ...]:
    return tuple(read_language(language).get("tables", {}).get(kind, ()))
