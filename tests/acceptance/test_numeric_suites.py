"""The published suites of a number recognizer: what share of its expected values is found, by language and kind."""

from __future__ import annotations

import json
import lzma
import re
import sys
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pytest

from extractors.model import period_span
from extractors.periods import find_periods
from extractors.quantities import Quantity, find_quantities

SUITES = Path(__file__).parents[2].parent / "shared" / "corpora" / "numeric-recognizers.jsonl.xz"
LANGUAGES = ("en", "nl", "de", "fr", "es", "zh")
NUMBERS = {"NumberModel": "number", "CurrencyModel": "currency", "PercentModel": "percentage"}
# Years, halves, quarters, months and spans of them: weeks, days and times of day are no period of a report.
PERIOD = re.compile(r"(?:\d{4}|XXXX)(?:-\d\d|-Q[1-4]|-H[12])?|\([^)]*,P\d+[MY]\)")

# A little below what is reached. The suites also hold fractions, powers, IP addresses, discounts and slang for coins.
FLOORS = {
    "number": {"en": 0.45, "nl": 0.58, "de": 0.76, "fr": 0.51, "es": 0.52, "zh": 0.65},
    "currency": {"en": 0.84, "nl": 0.68, "de": 0.84, "fr": 0.94, "es": 0.91, "zh": 0.80},
    "percentage": {"en": 1.00, "nl": 1.00, "de": 1.00, "fr": 0.93, "es": 0.59, "zh": 0.69},
    "period": {"en": 0.30, "nl": 0.30, "de": 0.31, "fr": 0.43, "es": 0.29, "zh": 0.31},
}

pytestmark = pytest.mark.skipif(not SUITES.exists(), reason="the suites do not stand beside the project")


def read_cases() -> list[dict[str, Any]]:
    with lzma.open(SUITES, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def expected_value(text: str, language: str) -> Decimal | None:
    """The suites write decimals with a comma in some languages, and powers of ten as 1E+12."""
    try:
        return Decimal(text.rstrip("%").replace(",", "."))
    except InvalidOperation:
        return None


def is_close(found: Decimal | None, wanted: Decimal) -> bool:
    return found is not None and abs(found - wanted) <= Decimal("1e-9") * max(abs(wanted), 1)


def holds(quantities: list[Quantity], wanted: Decimal, code: str | None) -> bool:
    """Whether a quantity has the value, in the currency that the suite names; cents are told in main units."""
    for quantity in quantities:
        ends = (quantity.value.low, quantity.value.high)
        if code is not None and quantity.value.unit != code:
            continue
        if any(is_close(end, wanted) or is_close(end, wanted / 100) for end in ends):
            return True
    return False


def score_numbers(cases: list[dict[str, Any]]) -> dict[tuple[str, str], tuple[int, int]]:
    found, total = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for case in cases:
        kind = NUMBERS.get(case["model"])
        if kind is None or case["lang"] not in LANGUAGES:
            continue
        quantities = find_quantities(case["input"], case["lang"])
        for result in case["results"]:
            resolution = result.get("Resolution") or {}
            value = expected_value(resolution.get("value") or "", case["lang"])
            if value is None:
                continue
            key = case["lang"], kind
            total[key] += 1
            found[key] += holds(quantities, value, resolution.get("isoCurrency"))
    return {key: (found[key], total[key]) for key in total}


def score_periods(cases: list[dict[str, Any]]) -> dict[tuple[str, str], tuple[int, int]]:
    found, total = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for case in cases:
        if case["model"] != "DatePeriodParser" or case["lang"] not in LANGUAGES:
            continue
        published = (case["ref"] or "2016-11-07")[:10]
        for result in case["results"]:
            spans = expected_spans(result["Value"])
            if not PERIOD.fullmatch(result["Value"]["Timex"]) or not spans:
                continue
            key = case["lang"], "period"
            total[key] += 1
            mentions = [
                mention
                for ahead in (False, True)
                for mention in find_periods(case["input"], case["lang"], published, prefer_future=ahead)
            ]
            told = {(span.first, span.last) for span in (period_span(mention.period) for mention in mentions)}
            found[key] += bool(told & spans)
    return {key: (found[key], total[key]) for key in total}


def expected_spans(value: dict[str, Any]) -> set[tuple[date, date]]:
    """First and last day of what a suite resolves to, of the past or of the future; a suite's end may be exclusive."""
    spans = set()
    for resolution in (value.get("PastResolution") or {}, value.get("FutureResolution") or {}):
        try:
            first, end = (date.fromisoformat(resolution[name]) for name in ("startDate", "endDate"))
        except (KeyError, ValueError):
            continue
        spans |= {(first, end), (first, end - timedelta(days=1))}
    return spans


def test_the_suites_values_are_found_at_least_as_often_as_before(capsys: pytest.CaptureFixture[str]) -> None:
    cases = read_cases()
    scores = score_numbers(cases) | score_periods(cases)
    with capsys.disabled():
        sys.stdout.write("\n")
        for (language, kind), (found, total) in sorted(scores.items()):
            sys.stdout.write(f"{language} {kind:<10} {found:>4} of {total:<4} {found / total:.3f}\n")
    short = {
        (language, kind): round(found / total, 3)
        for (language, kind), (found, total) in scores.items()
        if found / total < FLOORS[kind][language]
    }
    assert not short
