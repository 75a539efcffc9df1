"""What the Unicode locale data (CLDR) have a language write is read back: amounts in every currency, scales, dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import pytest
from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_currency, format_decimal, get_currency_name
from hypothesis import given
from hypothesis import strategies as st

from extractors.lexicon import read_currency_codes
from extractors.periods import find_periods
from extractors.quantities import find_quantities

LANGUAGES = ("en", "nl", "de", "fr", "es", "zh")
CODES = sorted(read_currency_codes() - {"CNH", "VEB", "XAF"})  # whose names are those of CNY, VES, XOF with a remark
QUARTER = {"zh": "y年QQQQ"}

days = st.dates(date(1950, 1, 1), date(2049, 12, 31))
amounts = st.decimals(1, 10**9, places=2, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize("language", LANGUAGES)
@given(value=amounts, code=st.sampled_from(CODES))
def test_an_amount_is_read_back_by_the_currencys_name(language: str, value: Decimal, code: str) -> None:
    figures, name = format_decimal(value, locale=language), get_currency_name(code, count=2, locale=language)
    (quantity,) = find_quantities(f"{figures}{'' if language == 'zh' else ' '}{name}", language)
    assert (quantity.kind, quantity.value.low, quantity.value.unit) == ("money", value, code)


@pytest.mark.parametrize("language", LANGUAGES)
@given(value=amounts, code=st.sampled_from(["EUR", "USD", "GBP", "JPY", "CHF", "INR", "KRW", "BRL"]))
def test_an_amount_is_read_back_by_the_currencys_sign(language: str, value: Decimal, code: str) -> None:
    (quantity,) = find_quantities(format_currency(value, code, locale=language, currency_digits=False), language)
    assert (quantity.kind, quantity.value.low, quantity.value.unit) == ("money", value, code)


@pytest.mark.parametrize("language", LANGUAGES)
@given(tenths=st.integers(11, 9990).filter(lambda tenths: tenths % 10 != 0), power=st.sampled_from([3, 6, 9, 12]))
def test_a_scale_in_words_is_read_back(language: str, tenths: int, power: int) -> None:
    form: Literal["short", "long"] = "short" if language == "zh" else "long"  # Chinese has one form
    value = Decimal(tenths) * 10 ** (power - 1)
    text = format_compact_decimal(value, format_type=form, locale=language, fraction_digits=13)
    (quantity,) = find_quantities(text, language)
    assert quantity.value.low == value


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=days, form=st.sampled_from(["full", "long", "y-MM-dd"]))
def test_a_day_is_read_back(language: str, day: date, form: str) -> None:
    (period,) = find_periods(format_date(day, form, locale=language), language, "2026-06-30")
    assert (period.period, period.kind) == (day.isoformat(), "day")


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=days)
def test_a_month_and_a_quarter_are_read_back(language: str, day: date) -> None:
    month = format_date(day, "y年M月" if language == "zh" else "MMMM y", locale=language)
    quarter = format_date(day, QUARTER.get(language, "QQQQ y"), locale=language)
    told = [find_periods(text, language, "2026-06-30") for text in (month, quarter)]
    labels = [f"{day:%Y-%m}"], [f"{day.year}-Q{(day.month + 2) // 3}"]
    assert tuple([one.period for one in periods] for periods in told) == labels
