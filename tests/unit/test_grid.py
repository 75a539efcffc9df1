"""A table as it is laid out on a page, into rows that can be read."""

from __future__ import annotations

import pytest

from extractors.grid import Cell, lay_out

LAYOUTS = {
    "plain": (
        """
        | 2024 | 2023
        Revenue | 12 | 10
        """,
        [["", "2024", "2023"], ["Revenue", "12", "10"]],
    ),
    "header in two rows": (
        """
        | Quarter ended^2 | Half-year ended^2
        in EUR million | 2024 | 2023 | 2024 | 2023
        Revenue | 12 | 10 | 25 | 21
        """,
        [
            [
                "in EUR million", "Quarter ended 2024", "Quarter ended 2023",
                "Half-year ended 2024", "Half-year ended 2023",
            ],
            ["Revenue", "12", "10", "25", "21"],
        ],
    ),
    "currency, bracket and per cent in cells of their own": (
        """
        |  | 2024^3 |  | 2023^3
        Net loss |  | $ | (12 | ) |  | $ | (8.5 | )
        Margin |  |  | 4 | % |  |  | (3 | )%
        """,
        [["", "2024", "2023"], ["Net loss", "$(12)", "$(8.5)"], ["Margin", "4%", "(3)%"]],
    ),
    "currency only in the first row": (
        """
        | 2024^2 | 2023^2
        Revenue | € | 1,200 | € | 1,100
        Costs | 900^2 | 850^2
        """,
        [["", "2024", "2023"], ["Revenue", "€1,200", "€1,100"], ["Costs", "900", "850"]],
    ),
    "a figure that is missing leaves its place empty": (
        """
        | 2024 | 2023 | Change
        Stores |  | 40 | n.m.
        Staff | 12 | — | 5%
        """,
        [["", "2024", "2023", "Change"], ["Stores", "", "40", "n.m."], ["Staff", "12", "—", "5%"]],
    ),
    "captions and sections stand alone": (
        """
        Income statement (in millions)^3
        | 2024 | 2023
        Earnings per share:
        Basic | 1.02 | 0.98
        """,
        [["Income statement (in millions)"], ["", "2024", "2023"], ["Earnings per share:"], ["Basic", "1.02", "0.98"]],
    ),
    "a second header begins below the first figures": (
        """
        | Q1 2024 | Q1 2023
        Revenue | 12 | 10
        | 31 March 2024 | 31 March 2023
        Cash | 3 | 4
        """,
        [
            ["", "Q1 2024", "Q1 2023"], ["Revenue", "12", "10"],
            ["", "31 March 2024", "31 March 2023"], ["Cash", "3", "4"],
        ],
    ),
    "a label that reaches down": (
        """
        Region | Metric | 2024 | 2023
        Europe^1^2 | Revenue | 12 | 10
        Stores | 30 | 28
        """,
        [["Region", "Metric", "2024", "2023"], ["Europe", "Revenue", "12", "10"], ["Europe", "Stores", "30", "28"]],
    ),
    "texts without figures stay as they are": (
        """
        Role | Name
        Chair | J. Doe
        """,
        [["Role", "Name"], ["Chair", "J. Doe"]],
    ),
    "years in the body are no header": (
        """
        | Founded | Stores
        Ottermoor | 1987 | 12
        Velder | 1990 | 8
        """,
        [["", "Founded", "Stores"], ["Ottermoor", "1987", "12"], ["Velder", "1990", "8"]],
    ),
}  # fmt: skip


def _cell(text: str) -> Cell:
    """`text^columns^rows`, as the tables are drawn."""
    words, *spans = text.strip().split("^")
    return Cell(words, *map(int, spans))


@pytest.mark.parametrize(("drawn", "rows"), LAYOUTS.values(), ids=LAYOUTS.keys())
def test_a_table_is_read_as_it_is_laid_out(drawn: str, rows: list[list[str]]) -> None:
    assert lay_out([_cell(text) for text in line.split("|")] for line in drawn.strip().split("\n")) == rows


def test_a_table_of_endless_spans_stays_small() -> None:
    rows = lay_out([[Cell("Revenue", 10**9, 10**9), Cell("12", 1, 10**9)]] * 1000)
    assert len(rows) == 1000
    assert max(map(len, rows)) < 500
