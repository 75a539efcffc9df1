"""The periods that a text speaks of, as labels: "derde kwartaal 2025", "fiscal 2018", "a year earlier"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extractors.labels import previous_year
from extractors.patterns import fold
from extractors.period_clock import Clock
from extractors.period_joins import find_parts
from extractors.period_resolution import resolve
from extractors.period_words import period_words

__all__ = ["PeriodMention", "find_periods", "previous_year"]


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """One period as the text has it."""

    start: int
    end: int
    period: str
    """`2016`, `2018-Q4`, `2017-H1`, `2016-11`, `2016-12-31`, `first/last` of two of these, or `..` for an open end."""
    kind: Literal["year", "quarter", "half", "month", "day", "span", "open"]
    comparison: bool
    """The phrase names an earlier period to compare with ("a year earlier"): it was resolved against another one."""
    way: str = ""
    """How it is told: `quarter` and the like by number, `quarter_ended` by its end, `date`, `this_quarter`, ..."""
    is_dated: bool = False
    """Whether its year is told."""


def find_periods(
    text: str, language: str, published: str, current: str | None = None, prefer_future: bool = False
) -> list[PeriodMention]:
    """The periods of a text in order, none overlapping, resolved to labels.

    `published` (`YYYY-MM-DD` or `YYYY-MM`) decides what "last year" means. `current` is the period that the document
    is about: "the quarter" and "a year earlier" refer to it; phrases that need it are left out where it is None and
    the text has none. A period told without its year is the latest that had ended by then or, with `prefer_future`
    (for sentences of guidance), the first still to end.

    >>> [(p.period, p.comparison) for p in find_periods("in Q3, up from a year earlier", "en", "2018-11-01")]
    [('2018-Q3', False), ('2017-Q3', True)]

    Raises FileNotFoundError where the language has no data, ValueError where `published` is no date.
    """
    words = period_words(language)
    folded = fold(text)
    clock = Clock.at(published, current, prefer_future)
    parts = find_parts(text, folded, words, clock.published)
    if not parts:
        return []
    return [
        PeriodMention(part.start, part.end, label, kind, part.is_comparison, part.kind, part.is_dated)
        for part, label, kind in resolve(parts, clock)
    ]
