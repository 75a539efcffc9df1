"""What is written in a language is read back: the value, the unit and the place."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.lexicon import read_language
from extractors.model import period_span
from extractors.periods import find_periods
from extractors.quantities import decimal_of, find_quantities

LANGUAGES = ("en", "nl", "de", "fr", "es", "zh")
SENTENCES = {
    "en": "Sales came to {} this time.",
    "nl": "De omzet bedroeg {} dit keer.",
    "de": "Der Umsatz lag diesmal bei {} im Schnitt.",
    "fr": "Les ventes ont atteint {} cette fois.",
    "es": "Las ventas sumaron {} esta vez.",
    "zh": "收入为{}。",
}
SPACES = (" ", "\u00a0", "\u202f")

whole = st.integers(0, 10**12)
amounts = st.decimals(0, 10**9, places=2, allow_nan=False, allow_infinity=False)


def write(value: Decimal, language: str, group: str = "") -> str:
    """The figures as the language writes them, in groups of three where `group` is given."""
    whole_part, _, decimals = f"{value:f}".partition(".")
    groups = []
    while len(whole_part) > 3:
        whole_part, last = whole_part[:-3], whole_part[-3:]
        groups.insert(0, last)
    point = read_language(language)["numbers"]["decimal"]
    return group.join([whole_part, *groups]) + (point + decimals if decimals else "")


def groups_of(language: str) -> list[str]:
    """The language's own mark of thousands, spaces and the apostrophe; a mark of decimals groups nothing."""
    numbers = read_language(language)["numbers"]
    own = [mark for mark in numbers["groups"] if mark != numbers["decimal"]]
    return [*own, "'", *SPACES]


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data(), value=amounts, code=st.sampled_from(["EUR", "USD", "CHF", "JPY"]))
def test_money_in_figures_is_read_back(language: str, data: st.DataObject, value: Decimal, code: str) -> None:
    figures = write(value, language, data.draw(st.sampled_from(groups_of(language))))
    amount = data.draw(st.sampled_from([f"{code} {figures}", f"{figures} {code}"]))
    text = SENTENCES[language].format(amount)
    (quantity,) = find_quantities(text, language)
    assert quantity.kind == "money"
    assert (quantity.value.low, quantity.value.high, quantity.value.unit) == (value, value, code)
    assert amount in quantity.text
    assert text[quantity.start : quantity.end] == quantity.text


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data(), value=st.decimals(0, 999, places=1, allow_nan=False, allow_infinity=False))
def test_every_scale_word_multiplies(language: str, data: st.DataObject, value: Decimal) -> None:
    numbers = read_language(language)["numbers"]
    large = {word: scale for word, scale in numbers["scales"].items() if scale >= 1000}
    word = data.draw(st.sampled_from(sorted(large)))
    gap = "" if language == "zh" else " "
    text = SENTENCES[language].format(f"EUR {write(value, language)}{gap}{word}")
    (quantity,) = find_quantities(text, language)
    assert quantity.value.low == value * large[word]


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data(), value=amounts)
def test_a_cell_is_read_back(language: str, data: st.DataObject, value: Decimal) -> None:
    figures = write(value, language, data.draw(st.sampled_from(groups_of(language))))
    assert decimal_of(figures, language) == value
    assert decimal_of(f"({figures})", language) == -value
    assert decimal_of(f"-{figures} %", language) == -value


@pytest.mark.parametrize("language", LANGUAGES)
@given(year=st.integers(1950, 2049), quarter=st.integers(1, 4))
def test_a_quarter_and_its_year_are_read_back(language: str, year: int, quarter: int) -> None:
    text = SENTENCES[language].format(f"Q{quarter} {year}" if language != "zh" else f"{year}年第{quarter}季度")
    (period,) = find_periods(text, language, "2026-06-30")
    assert period.period == f"{year}-Q{quarter}"


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=st.text(st.sampled_from(list("0123456789 .,-–/()%$€'mMQ一十万亿年月日第季 \tandtof")), max_size=60))
def test_any_text_is_read_without_error(language: str, text: str) -> None:
    last = 0
    for quantity in find_quantities(text, language):
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.start >= last
        last = quantity.end
    for period in find_periods(text, language, "2024-02-29"):
        period_span(period.period)
