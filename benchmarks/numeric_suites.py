"""The published suites of a number recognizer: which of their values are of reports, and which of those are found."""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from extractors.model import period_span
from extractors.periods import find_periods
from extractors.quantities import find_quantities

SUITES = Path(__file__).parents[1].parent / "shared" / "corpora" / "numeric-recognizers.jsonl.xz"
LANGUAGES = ("en", "nl", "de", "fr", "es", "zh")
MODELS = {
    "NumberModel": "number", "CurrencyModel": "currency", "PercentModel": "percentage", "DatePeriodParser": "period",
}  # fmt: skip

Case = dict[str, Any]
Result = dict[str, Any]
Spans = set[tuple[date | None, date | None]]
Values = list[tuple[Decimal, str | None]]
"""Each value that is read, with its unit where it has one."""

WRITTEN = "2016-11-07"
"""When a case was written that does not say so."""
_POWER = re.compile(r"\^|\d ?e ?[-+－]?\d", re.IGNORECASE)
_FRACTION = re.compile(r"\d\s*/\s*\d|[⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|(?<!百)分\s*之|\w(?:avos?|quintos?|[iíe]simos?)\b|\bsobre\b")
_FRACTIONS_BY_NAME = {
    "nl": re.compile(r"\w(?:st|d)en? *$|\b(?:uit|van|op) (?:de )?\w+$|\w hal(?:f|ve) *$|kwart *$"),
    "de": re.compile(r"\w halbe|drittel"),
}
_DECIMAL = re.compile(r"\d[.,．]\d|komma|point|virgule|coma|con|punt|[点點]|½|half|halb|medi[oa]|demi", re.IGNORECASE)
_COIN = re.compile(r"tientje|kwartje|dubbeltje|stuiver")
# Years, halves, quarters, months, and spans between two of them that begin on a month's first day.
_REPORTED = re.compile(
    r"(?:\d{4}|XXXX)(?:-\d\d|-Q[1-4]|-H[12])?|\((?:\d{4}|XXXX)-\d\d-01,(?:\d{4}|XXXX)-\d\d-01,P\d+[MY]\)"
)
_IN_PIECES = re.compile(r"[\d\s/.-]*\d\s*[-/.]\s+\d+|\d+\s+[-/.]\s*\d+")
_DECADES = re.compile(r"XX\d|P\d*0Y")


def read_cases() -> Iterator[tuple[str, str, Case, Result]]:
    """Language, kind, case, and one of the results that it expects."""
    with lzma.open(SUITES, "rt", encoding="utf-8") as lines:
        for line in lines:
            case = json.loads(line)
            if case["model"] in MODELS and case["lang"] in LANGUAGES:
                for result in case["results"]:
                    yield case["lang"], MODELS[case["model"]], case, result


def why_left_out(language: str, kind: str, case: Case, result: Result) -> str | None:
    """Why no report has such a figure or period; None where it may have."""
    return _no_period(case, result) if kind == "period" else _no_quantity(kind, case, result, language)


def is_found(language: str, kind: str, case: Case, result: Result) -> bool:
    """Whether the extractors read what the suite expects."""
    if kind == "period":
        return not _told_spans(case, language).isdisjoint(spans(result["Value"]))
    return has_value(_told_values(case, language), result, language)


def rates() -> list[tuple[str, str, int, int]]:
    """Language, kind, how many values are found, and of how many."""
    found, wanted = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for language, kind, case, result in read_cases():
        if why_left_out(language, kind, case, result) is None:
            wanted[language, kind] += 1
            found[language, kind] += is_found(language, kind, case, result)
    return [(language, kind, found[language, kind], count) for (language, kind), count in sorted(wanted.items())]


def _no_quantity(kind: str, case: Case, result: Result, language: str) -> str | None:
    """Why a report has no such figure, or None."""
    text, resolution = result["Text"], result.get("Resolution") or {}
    value, subtype = _value(result, language), resolution.get("subtype")
    if value is None:
        return "the suite states no value"
    if subtype == "power" or _POWER.search(text):
        return "a power of a number"
    if kind != "currency" and _is_fraction(text, value, subtype, language):
        return "a vulgar fraction: one and two thirds"
    if kind == "number" and not re.search(r"\d", text) and (abs(value) == 1 or len(text) == 1):
        return "a lone word that is mostly no number: one, un, 一"
    if kind == "number" and _is_inside(case["input"].lower(), text.lower()):
        return "a part of a date, an address or a list without blanks"
    if kind == "number" and re.search(r"\d (?:hundred|cents?)\b", text):
        return "figures before a word for a hundred: 3 hundred and 21"
    if "折" in text:
        return "a discount in tenths of what is paid"
    return "a coin's nickname" if _COIN.search(text) else None


def _is_fraction(text: str, value: Decimal, subtype: str | None, language: str) -> bool:
    if subtype is not None:
        return bool(subtype == "fraction")
    by_name = _FRACTIONS_BY_NAME.get(language)
    return bool(
        _FRACTION.search(text) or (value % 1 and not _DECIMAL.search(text)) or (by_name and by_name.search(text))
    )


def _no_period(case: Case, result: Result) -> str | None:
    """Why a report has no such period, or None."""
    timex, told = result["Value"]["Timex"], spans(result["Value"])
    if not told:
        return "the suite states no days"
    if _DECADES.search(timex):
        return "decades and centuries"
    if not _REPORTED.fullmatch(timex):
        return "weeks, days, times of day, and spans counted from today"
    if min(first.year for first, _ in told) < 1900:
        return "before 1900"
    if not any(_is_whole(first, last, timex) for first, last in told):
        return "a part of a period: early, late, the middle"
    text, written = result["Text"], date.fromisoformat((case["ref"] or WRITTEN)[:10])
    if len(timex) == 7 and not re.search(r"\d", text) and (written - max(first for first, _ in told)).days > 366:
        return "last September: that of the year before in the suites, the latest in the press"
    if "cuatrimestre" in text:
        return "a cuatrimestre, which is four months, as a quarter"
    if not re.search(r"\d", text) and re.search(r"\d{4}", timex) and _is_in_words(text):
        return "a year in words"
    return "figures with blanks between: 2016 - 11" if _IN_PIECES.fullmatch(text) else None


def _is_in_words(text: str) -> bool:
    return re.search(
        r"thousand|hundred|nineteen|twenty|tausend|zweitausend|neunzehn|duizend|negentien|mille|mil |dos mil|cent", text
    ) is not None  # fmt: skip


def _is_whole(first: date, last: date, timex: str) -> bool:
    """Whether a span is the whole of what it is called; a suite's end may be exclusive."""
    is_end = last.day == 1 or (last + timedelta(days=1)).day == 1
    months = (last.year - first.year) * 12 + last.month - first.month + (last.day > 1)
    lengths = {4: 12, 7: 3 if "Q" in timex else 6 if "H" in timex else 1}
    return first.day == 1 and is_end and months == lengths.get(len(timex), months)


def _value(result: Result, language: str) -> Decimal | None:
    """The suites write decimals with a comma in some languages, and powers of ten as 1E+12."""
    try:
        return Decimal((result.get("Resolution") or {}).get("value", "").rstrip("%").replace(",", "."))
    except (InvalidOperation, AttributeError):
        return None


def _is_inside(text: str, figures: str) -> bool:
    """Whether figures stand in a longer run of figures and marks."""
    run = rf"(?:\d[.,/:]{re.escape(figures)}(?!\d)|(?<!\d){re.escape(figures)}[.,/:]\d)"
    return figures[:1].isdigit() and re.search(run, text) is not None


def has_value(told: Values, result: Result, language: str) -> bool:
    """Whether one of the values is the expected one, in the currency that the suite names; cents may be main units."""
    wanted, code = _value(result, language), (result.get("Resolution") or {}).get("isoCurrency")
    return wanted is not None and any(
        (code is None or unit is None or unit == code) and (_is_close(value, wanted) or _is_close(value, wanted / 100))
        for value, unit in told
    )


def _told_values(case: Case, language: str) -> Values:
    values = (quantity.value for quantity in find_quantities(case["input"], language))
    return [(end, value.unit) for value in values for end in (value.low, value.high) if end is not None]


def _is_close(found: Decimal, wanted: Decimal) -> bool:
    return abs(found - wanted) <= Decimal("1e-9") * max(abs(wanted), Decimal(1))


def _told_spans(case: Case, language: str) -> Spans:
    published = (case["ref"] or WRITTEN)[:10]
    told = {
        mention.period
        for ahead in (False, True)
        for mention in find_periods(case["input"], language, published, prefer_future=ahead)
    }
    return {days for period in told for days in _readings(period)}


def _readings(period: str) -> Iterator[tuple[date | None, date | None]]:
    """First and last day; "2014 to 2018" is five years in a report, and four in the suites: up to where 2018 begins."""
    span = period_span(period)
    yield span.first, span.last
    last = period.rpartition("/")[2]
    if "/" in period and last != "..":
        yield span.first, period_span(last).first
    if ".." in period:  # "until March 2008": the suites have the month, and the bound apart
        named = period_span(period.replace("..", "").strip("/"))
        yield named.first, named.last


def spans(value: Result) -> set[tuple[date, date]]:
    """First and last day of what a suite resolves to, of the past or of the future; a suite's end may be exclusive."""
    told = set()
    for resolution in (value.get("PastResolution") or {}, value.get("FutureResolution") or {}):
        try:
            first, end = (date.fromisoformat(resolution[name]) for name in ("startDate", "endDate"))
        except (KeyError, ValueError):
            continue
        told |= {(first, end), (first, end - timedelta(days=1))}
    return told
