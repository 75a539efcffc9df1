"""Figures that their metric's own history makes implausible are flagged, and stay."""

from __future__ import annotations

import pytest

from tests.warehouse.given import claim, reading

QUARTERS = ("2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4")


def told(figures: list[str], scope: str | None = None) -> list:
    days = ("2024-05-01", "2024-08-01", "2024-11-01", "2025-02-01")
    return [
        reading(day, [claim("revenue", period, figure, scope=scope)], url=f"https://acme.example/{period}{scope}")
        for day, period, figure in zip(days, QUARTERS, figures, strict=False)
    ]


@pytest.mark.parametrize(
    ("figures", "flagged"),
    [
        (["100 EUR", "110 EUR", "90 EUR", "105000 EUR"], [("2024-Q4", 1000)]),
        (["100000 EUR", "110000 EUR", "0.1 EUR", "105000 EUR"], [("2024-Q3", 0)]),
        (["100 EUR", "110 EUR", "90 EUR", ">105000 EUR"], [("2024-Q4", 1000)]),
        (["100 EUR", "110 EUR", "90 EUR", "9000 EUR"], []),  # ninetyfold is a business that grew
        (["100 EUR", "110 EUR", "90 EUR", "105000 USD"], []),  # no history in that unit
        (["100 EUR", "110 EUR", "105000 EUR"], []),  # too short a history
        (["100 EUR", "0 EUR", "90 EUR", "110 EUR"], []),
    ],
)
def test_a_figure_a_thousandfold_off_its_history_is_flagged_and_kept(load, ask, figures, flagged):
    load(*told(figures))
    assert (
        ask("select period, times_usual::int // 10 * 10 from claim_checks where check_code = 'implausible_jump'")
        == flagged
    )
    assert ask("select count(*) from disclosures") == [(len(figures),)]


def test_one_scope_is_no_history_of_another(load, ask):
    load(*told(["100 EUR"] * 4, "phones"), *told(["100000 EUR"] * 4))
    assert ask("from claim_checks") == []
