"""The place and day that a report opens with: "LONDON, Jan 11 -", "财联社8月11日电"; no period of what it tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractors.lexicon import read_language
from extractors.periods import PeriodMention

_OPENING = 70
"""Characters that a place may have before the day."""
_PLACE = re.compile(r"\W{0,3}[A-ZÀ-Þ][A-ZÀ-Þ]")
_TITLED = re.compile(
    r"\W{0,3}[A-ZÀ-Þ][\w.'’-]*(?:[ /][\w.'’()-]+){0,4},\s(?:[A-ZÀ-Þ][\w. ]{1,20},\s)?(?:[^\W\d_]{1,4}\s)?"
)
"""A place with a capital and a comma before the day, which a dash follows at once: "Zutphen, 9 augustus 2023 –"."""
_DASH = re.compile(r"\s?(?:--|[-–—])\s")
_SMALL = re.compile(r"(?<![^\W\d_])[a-zß-ÿ]")
"""A word in small letters, which no place before a day has."""
_BEHIND = re.compile(r"[^.!?;]{0,40}?(?:--|\s[-–—]\s|\)\s?[.:]?\s?[-–—]|/\s?[-–—])")
"""A news agency and the dash that ends a dateline."""


def without_dateline(periods: Sequence[PeriodMention], text: str, language: str) -> list[PeriodMention]:
    """The periods of a sentence but the day that a dateline tells."""
    return [one for one in periods if one.way != "date" or not _is_dateline(one, text, language)]


def _is_dateline(day: PeriodMention, text: str, language: str) -> bool:
    if day.start > _OPENING:
        return False
    if _closing(language).match(text, day.end):
        return True
    if _TITLED.fullmatch(text, 0, day.start) and _DASH.match(text, day.end):
        return True
    is_place = _PLACE.match(text) and not _SMALL.search(text, 0, day.start)
    return bool(is_place and _BEHIND.match(text, day.end))


@cache
def _closing(language: str) -> re.Pattern[str]:
    """What follows the day of a dateline directly, where the language has such a word ("电")."""
    words = read_language(language).get("sentences", {}).get("datelines", [])
    return re.compile("|".join(map(re.escape, words)) if words else r"(?!)")
