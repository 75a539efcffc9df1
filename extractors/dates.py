"""Dates as pages write them: by machines, in figures, or with a month's name in any language that CLDR knows."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError

_YEAR = r"(?P<y>(?:19|20)\d\d)"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.?[ºª°])?"
_NAME = r"(?P<name>[^\W\d_]{3,}|\d{1,2}[월月])"
_OF = r"(?:\s*[.,]?\s*(?:de|del|of|di|do|d['’]|den|af|tháng)?\s*)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}\s?[-/.]\s?(?P<m>\d{{1,2}})\s?[-/.]\s?(?P<d>\d{{1,2}})(?!\d)",
        rf"(?<!\d){_YEAR}(?P<m>\d\d)(?P<d>\d\d)(?!\d)",
        rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<m>\d{{1,2}})\s?[月월]\s?(?P<d>\d{{1,2}})\s?[日일]?",
        rf"(?<![\d.,:]){_DAY}{_OF}{_NAME}{_OF}{_YEAR}(?!\d)",
        rf"(?<!\w){_NAME}\.?\s+{_DAY}\s?(?:,|\s)\s?(?:\d\d?:\d\d(?::\d\d)?\s?(?:[A-Za-z]{{2,5}}\s)?)?{_YEAR}(?!\d)",
        rf"(?<!\d){_YEAR}\.?,?\s+{_NAME}\.?\s+{_DAY}(?!\d)",
        rf"(?<![\d.,/-])(?P<a>\d{{1,2}})\s?(?P<sep>[./-])\s?(?P<b>\d{{1,2}})\s?(?P=sep)\s?{_YEAR}(?!\.?\d)",
        r"(?<![\d.,/-])(?P<a>\d{1,2})(?P<sep>[.])(?P<b>\d{1,2})[.](?P<yy>[0-3]\d)(?![\d.])",
    )
)
_MONTH_FIRST = ("en", "en-us", "en_us")
"""Languages, as pages declare them, that write 5/16/2024."""


def find_date(text: str, language: str = "") -> date | None:
    """The first date in a text, where it names a day; `language` is a tag such as `de` or `en-GB`.

    >>> find_date("Breda, 31 oktober 2024 - Zonnedauw", "nl"), find_date("Tue Jan 28 15:28:56 CET 2020")
    (datetime.date(2024, 10, 31), datetime.date(2020, 1, 28))
    >>> find_date("4/5/2024", "en-US"), find_date("4/5/2024", "fr"), find_date("2024年5月16日", "zh")
    (datetime.date(2024, 4, 5), datetime.date(2024, 5, 4), datetime.date(2024, 5, 16))
    >>> find_date("Version 1.2.2024.5") is None and find_date("31/31/2024") is None
    True
    """
    found = first_date(text, language)
    return found[0] if found else None


def first_date(text: str, language: str = "") -> tuple[date, int, int] | None:
    """The first date in a text with where it begins and ends.

    >>> first_date("Breda, 31 oktober 2024 - Zonnedauw", "nl")
    (datetime.date(2024, 10, 31), 7, 22)
    """
    found = [(match.start(), match) for pattern in _PATTERNS for match in pattern.finditer(text)]
    for _, match in sorted(found, key=lambda item: item[0]):
        if day := _day(match, language):
            return day, match.start(), match.end()
    return None


def _day(match: re.Match[str], language: str) -> date | None:
    parts = match.groupdict()
    year = int(parts.get("y") or f"20{parts['yy']}")
    if "name" in parts:
        month, day = month_of(parts["name"], language), int(parts["d"])
    elif "a" in parts:
        day, month = int(parts["a"]), int(parts["b"])
        if month > 12 or (parts["sep"] == "/" and day <= 12 and language.lower() in _MONTH_FIRST):
            day, month = month, day
    else:
        month, day = int(parts["m"]), int(parts["d"])
    try:
        return date(year, month, day) if month else None
    except ValueError:
        return None


def month_of(word: str, language: str = "") -> int | None:
    """The month that a word names or begins, in a language or in English; None where it is none.

    >>> month_of("févr", "fr"), month_of("Sept"), month_of("okt", "nl"), month_of("May", "es"), month_of("marketing")
    (2, 9, 10, 5, None)
    """
    if word[-1] in "월月":
        return int(word[:-1])
    word = word.casefold()
    for names in (_months(language), _months("en")):
        months = names.get(word) or {
            month for name, numbers in names.items() if name.startswith(word) for month in numbers
        }
        if len(months) == 1:
            return next(iter(months))
    return None


@cache
def _months(language: str) -> dict[str, frozenset[int]]:
    """A language's names of the months, in small letters, without full stops."""
    names: dict[str, frozenset[int]] = {}
    locale = _locale(language)
    for context in ("format", "stand-alone") if locale else ():
        for width in ("wide", "abbreviated"):
            for month, name in locale.months[context][width].items():
                for form in (name.casefold(), name.casefold().rstrip(".")):
                    names[form] = names.get(form, frozenset()) | {month}
    return names


def _locale(language: str) -> Any:
    """What CLDR knows of a language tag, or else of its language; None where it knows neither."""
    for tag in (language, re.split("[-_]", language)[0]) if language else ():
        with suppress(UnknownLocaleError, ValueError):
            return Locale.parse(tag, sep="_" if "_" in tag else "-")
    return None
