from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console

from flows.figures import number_text, range_text
from flows.show_board import board_text, cell_text, changes_text, first_that_fits, row_label
from warehouse.board import Board, Cell, Change, Row, Table

NUMBERS = {
    "0": "0",
    "7": "7",
    "-7": "-7",
    "1103": "1,103",
    "9999": "9,999",
    "10000": "10k",
    "12400": "12.4k",
    "12449": "12.4k",
    "99950": "100k",
    "999499": "999k",
    "999500": "1m",
    "70000000": "70m",
    "1237000000": "1.24bn",
    "3100000000": "3.1bn",
    "999999999999": "1tn",
    "13600000000000": "13.6tn",
    "2e15": "2,000tn",
    "51.6": "51.6",
    "51.60": "51.6",
    "2.9125": "2.91",
    "-0.05": "-0.05",
    "0.004": "0.004",
    "999.999": "1,000",
    "1234.5": "1.23k",
    "-999950": "-1m",
}
RANGES = {
    ("80000000", "100000000"): "80–100m",
    ("900000", "1200000"): "900k–1.2m",
    ("3", "5"): "3–5",
    ("-5000000", "-3000000"): "-5 to -3m",
    ("70", "70"): "70",
}


@pytest.mark.parametrize(("number", "text"), NUMBERS.items())
def test_numbers_have_three_digits_and_a_scale(number, text):
    assert number_text(Decimal(number)) == text


@pytest.mark.parametrize(("ends", "text"), RANGES.items())
def test_ranges_say_their_scale_once(ends, text):
    assert range_text(*map(Decimal, ends)) == text


def given(low: str | None, high: str | None, unit: str = "EUR", **fields: object) -> Cell:
    ends = {"low": low and Decimal(low), "high": high and Decimal(high)}
    return Cell(period="2024-Q4", state="disclosed", unit=unit, **ends, **fields)  # type: ignore[arg-type]


CELLS = [
    (given("12400", "12400"), "12.4k"),
    (given("12400", "12400", is_approx=True), "~12.4k"),
    (given("70000000", None), ">70m"),
    (given(None, "40"), "<40"),
    (given("80", "100", is_approx=True), "~80–100"),
    (given("51.6", "51.6", "%"), "51.6%"),
    (given("12", "12", "count"), "12"),
    (given("12", "12", "USD"), "12 USD"),
    (given("12", "12", is_new=True), "12*"),
    (Cell(period="2024", state="withheld"), "withheld"),
    (Cell(period="2024", state="withheld", is_new=True), "withheld*"),
    (Cell(period="2024", state="silent", is_new=True), "silent*"),
    (Cell(period="2024", state="unmentioned"), ""),
    (Cell(period="2024", state="not_covered"), "·"),
]


@pytest.mark.parametrize(("cell", "text"), CELLS, ids=[text for _, text in CELLS])
def test_a_cell_says_the_figure_or_why_there_is_none(cell, text):
    assert cell_text(cell, "EUR") == text


LABELS = [
    (Row("unit_sales", "iPhone", "actual", "count", ()), "unit sales (iPhone)"),
    (Row("revenue", None, "actual", "EUR", ()), "revenue, EUR"),
    (Row("gross_margin", None, "guidance", "%", ()), "gross margin goal, %"),
    (Row("revenue", "Cloud", "estimate", "USD", ()), "revenue estimate, USD (Cloud)"),
    (Row("revenue", "a\x1b[31mb\u202ec\n", "actual", None, ()), "revenue (a�[31mb�c )"),
]


@pytest.mark.parametrize(("row", "text"), LABELS, ids=[text for _, text in LABELS])
def test_a_row_says_metric_basis_unit_and_scope(row, text):
    assert row_label(row) == text


@pytest.mark.parametrize(
    ("widths", "room", "first"),
    [([9, 9, 9], 27, 0), ([9, 9, 9], 26, 1), ([9, 9, 9], 5, 2), ([40, 9], 20, 1), ([9], 0, 0)],
)
def test_the_last_columns_that_fit_are_shown(widths, room, first):
    assert first_that_fits(widths, room) == first


PERIODS = tuple(f"{year}-Q{quarter}" for year in range(2018, 2026) for quarter in range(1, 5))
FIGURES = [
    Cell(period=period, state="disclosed", low=Decimal(index), high=Decimal(index))
    for index, period in enumerate(PERIODS)
]
LAST = PERIODS[-1]
WIDE = Board(
    (
        Table(
            "Ünïted 小米 Holdings",
            "quarter",
            PERIODS,
            (
                Row(
                    "unit_sales",
                    "小米 手机 " * 20,
                    "actual",
                    "count",
                    (*FIGURES[:-1], Cell(period=LAST, state="withheld", is_new=True)),
                ),
                Row("operating_cash_flow", None, "guidance", "EUR", (*FIGURES[:-1], Cell(period=LAST, state="silent"))),
                Row("eps", None, "actual", "EUR", (*FIGURES[:-1], Cell(period=LAST, state="not_covered"))),
            ),
        ),
    )
)


def printed(what: object, width: int, **settings: object) -> str:
    out = StringIO()
    Console(file=out, width=width, **settings).print(what)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("width", [30, 40, 80, 120, 200])
def test_no_line_is_wider_than_the_console_and_the_last_period_is_always_there(width):
    lines = printed(board_text(WIDE, width), width).splitlines()
    assert max(map(cell_len, lines)) <= width
    for word in (LAST, "withheld*", "silent", "·", "unit sales"):
        assert any(word in line for line in lines), word


@pytest.mark.parametrize(
    "settings", [{"no_color": True, "force_terminal": True}, {"force_terminal": False}, {"force_terminal": True}]
)
def test_the_states_are_words_with_and_without_colours(settings):
    text = printed(board_text(WIDE, 80), 80, **settings)
    assert all(word in text for word in ("withheld*", "silent", "·", "* new".replace(" ", "\N{NO-BREAK SPACE}")))
    if not settings["force_terminal"]:
        assert "\x1b" not in text


def test_hostile_names_are_text_and_no_markup():
    row = Row("revenue", "[red]x[/red]", "actual", None, (given("1", "1"),))
    text = printed(board_text(Board((Table("[bold]Acme\x1b]0;x\x07", "year", ("2024",), (row,)),)), 80), 80)
    assert "[bold]Acme�]0;x�" in text
    assert "[red]x[/red]" in text


def test_an_empty_board_says_what_to_do():
    assert "run the monitor" in printed(board_text(Board(()), 80), 80)


def test_changes_stand_under_a_heading():
    day = datetime(2025, 1, 20, tzinfo=UTC)
    change = Change("stopped", "Acme", "eps", None, "2025-Q1/..", "Acme no longer \x1b discloses eps", None, "u", day)
    assert printed(changes_text([change]), 80) == "What changed\n- Acme no longer � discloses eps (2025-01-20)\n"
    assert "nothing" in printed(changes_text([]), 80)
