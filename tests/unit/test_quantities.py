"""Numbers in each language: every case in `tests/cases/numbers/` as its file says."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from extractors.model import Value
from extractors.quantities import decimal_of, find_quantities

CASES = Path(__file__).parents[1] / "cases" / "numbers"


def cases() -> Iterator[tuple[str, str, list[list[str]]]]:
    for path in sorted(CASES.glob("*.toml")):
        for rows in tomllib.loads(path.read_text(encoding="utf-8")).values():
            for row in rows:
                yield path.stem, row["text"], row["quantities"]


def written(value: Value) -> str:
    low, high = (f"{end:f}" if end is not None else "" for end in (value.low, value.high))
    return ("~" if value.approx else "") + (low if low == high else f"{low}..{high}")


@pytest.mark.parametrize(("language", "text", "expected"), list(cases()))
def test_quantities_are_read(language: str, text: str, expected: list[list[str]]) -> None:
    found = find_quantities(text, language)
    rows = [[q.text, q.kind, written(q.value), q.value.unit, *([q.noun] if q.noun else [])] for q in found]
    assert rows == expected


@pytest.mark.parametrize(("language", "text", "expected"), list(cases()))
def test_quantities_stand_where_they_say_and_apart(language: str, text: str, expected: list[list[str]]) -> None:
    last = 0
    for quantity in find_quantities(text, language):
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.start >= last
        last = quantity.end


@pytest.mark.parametrize(
    ("cell", "language", "value"),
    [
        ("12.345,6", "nl", "12345.6"),
        ("1.234", "de", "1234"),
        ("1.234", "en", "1.234"),
        ("1,234", "en", "1234"),
        ("1,234", "fr", "1.234"),
        ("1'234.5", "de", "1234.5"),
        ("3\u202f445", "fr", "3445"),
        ("(1,234)", "en", "-1234"),
        ("( 3,6 )", "fr", "-3.6"),
        ("$ 5", "en", "5"),
        ("$(0.05)", "en", "-0.05"),
        ("EUR 70", "en", "70"),
        ("-2,1", "nl", "-2.1"),
        ("− 17,4", "nl", "-17.4"),
        ("+263", "fr", "263"),
        ("53,7 %", "nl", "53.7"),
        ("６６", "zh", "66"),
    ],
)
def test_a_cell_is_a_number(cell: str, language: str, value: str) -> None:
    assert decimal_of(cell, language) == Decimal(value)


@pytest.mark.parametrize("cell", ["", "–", "-", "n/a", "n.s.", "Total", "Q3 2024", "12.3.2024", "5 van de 6"])
def test_a_cell_without_a_number_is_none(cell: str) -> None:
    assert decimal_of(cell, "nl") is None


def test_a_number_of_a_thousand_digits_is_no_claim() -> None:
    (quantity,) = find_quantities("7" * 1000, "en")
    assert quantity.kind == "other"


def test_a_language_without_data_is_said_to_be_so() -> None:
    with pytest.raises(FileNotFoundError, match="xx"):
        find_quantities("5 million", "xx")
