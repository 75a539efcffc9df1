"""Claims in each language: every case in `tests/cases/claims/` as its file says."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractors.claims import extract_claims
from extractors.model import Article, Claim, Paragraph, Value

CASES = Path(__file__).parents[1] / "cases" / "claims"


def cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.toml")):
        for group, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for row in rows:
                yield pytest.param(path.stem, row, id=f"{path.stem}-{group}-{row['name']}")


def article(text: str, language: str = "en", published: str = "2024-05-02", **more: Any) -> Article:
    paragraphs = tuple(Paragraph(part, "table" if "\t" in part else "paragraph") for part in text.split("\n\n"))
    return Article(title=more.pop("title", None), paragraphs=paragraphs, published=published, language=language, **more)


def as_line(claim: Claim) -> str:
    parts = (claim.company, claim.metric, claim.basis, claim.measure, claim.period or "?", as_text(claim.value))
    return " | ".join(parts)


def as_text(value: Value | None) -> str:
    if value is None:
        return "-"
    low, high = (plain(end) if end is not None else "" for end in (value.low, value.high))
    return f"{low if low == high else f'{low}..{high}'} {value.unit}"


def plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@pytest.mark.parametrize(("language", "case"), list(cases()))
def test_claims_are_read(language: str, case: dict[str, Any]) -> None:
    found = extract_claims(article(case["text"], language, case["published"], title=case.get("title")))
    assert sorted(map(as_line, found)) == sorted(case["claims"])


def test_a_table_gives_a_claim_a_cell() -> None:
    rows = "(in millions of euros)\tQ1 2024\tQ1 2023\nRevenue\t120\t110\nNet loss\t3\t5"
    found = extract_claims(article(f"Siemens reports its first quarter.\n\n{rows}"))
    assert [as_line(claim) for claim in found if claim.rule == "table"] == [
        "Siemens | revenue | actual | level | 2024-Q1 | 120000000 EUR",
        "Siemens | revenue | actual | level | 2023-Q1 | 110000000 EUR",
        "Siemens | net_income | actual | level | 2024-Q1 | -3000000 EUR",
        "Siemens | net_income | actual | level | 2023-Q1 | -5000000 EUR",
    ]


def test_the_issuer_is_who_we_are() -> None:
    found = extract_claims(article("We sold 300 trucks in 2023.", issuer="Nordwind Trucks AB"))
    assert [as_line(claim) for claim in found] == ["Nordwind Trucks | unit_sales | actual | level | 2023 | 300 count"]


def test_a_language_without_data_has_no_claims() -> None:
    assert extract_claims(article("Siemens omsatte for 3 mia. euro i 2023.", "da")) == []


def test_the_same_fact_told_twice_is_one_claim() -> None:
    text = "Siemens had revenue of 10 euros in 2023. In 2023 Siemens, which is in Munich, had revenue of €21 billion."
    again = f"{text}\n\nSiemens had revenue of €21 billion in 2023."
    values = [claim.value for claim in extract_claims(article(again)) if claim.metric == "revenue"]
    assert len(values) == len(set(values))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00\x01\x02 revenue of $5 \ud800 million",
        "(((((((((((( 12% ))))",
        "revenue\t\t\t\n\t12\t",
        "Siemens 2023" + " 5%" * 3000,
        "。！？，" * 500,
    ],
)
@pytest.mark.parametrize("language", ["en", "nl", "de", "fr", "es", "zh"])
def test_no_text_raises(text: str, language: str) -> None:
    extract_claims(article(text, language, title=text[:50] or None))
