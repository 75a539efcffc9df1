"""The board for a terminal: a table a company, its metrics against the last periods that fit."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from flows.figures import bounds_text
from flows.printable import printable
from warehouse.board import Board, Cell, Change, Row
from warehouse.board import Table as CompanyTable

_SIGNS = ("· not looked at", "blank: not mentioned", "> < bounds", "~ about", "* new")
LEGEND = "   ".join(sign.replace(" ", "\N{NO-BREAK SPACE}") for sign in _SIGNS)
_NOTHING = "Nothing on the board: run the monitor, or ask for another company or metric."
_WORDS = {"withheld": "withheld", "silent": "silent", "unmentioned": "", "not_covered": "·"}
_STYLES = {"withheld": "bold reverse", "silent": "bold underline", "not_covered": "dim"}
_BASES = {"actual": "", "guidance": " goal", "estimate": " estimate"}
_GAP = 2


def board_text(board: Board, width: int) -> RenderableType:
    """What a console of `width` columns prints; every state is told in words or signs, never by colour alone."""
    if not board.tables:
        return Text(_NOTHING)
    return Group(*(company_table(table, width) for table in board.tables), Text(LEGEND, style="dim"))


def changes_text(changes: Sequence[Change]) -> RenderableType:
    """The changes under a heading, a line each; says so where there are none."""
    lines = [f"- {printable(change.line)} ({change.known_at:%Y-%m-%d})" for change in changes]
    return Text("\n".join(["What changed", *(lines or ["- nothing"])]))


def company_table(table: CompanyTable, width: int) -> RenderableType:
    """One company at one cadence: a row a metric, the last periods that fit into `width` columns."""
    labels = [row_label(row) for row in table.rows]
    texts = [[cell_text(cell, row.unit) for cell in row.cells] for row in table.rows]
    label_width = min(max(map(cell_len, labels)), width // 2)
    widths = [
        max(len(period), *(cell_len(row[index]) for row in texts)) + _GAP for index, period in enumerate(table.periods)
    ]
    first = first_that_fits(widths, width - label_width)
    shown = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
    shown.add_column("", width=label_width, no_wrap=True, overflow="ellipsis")
    for period in table.periods[first:]:
        shown.add_column(Text(period), justify="right", no_wrap=True, overflow="ellipsis")
    for label, row, row_texts in zip(labels, table.rows, texts, strict=True):
        if not any(text.strip("·") for text in row_texts[first:]):
            continue  # all that is told of it is older than the periods that fit
        cells = zip(row_texts[first:], row.cells[first:], strict=True)
        shown.add_row(Text(label), *(Text(text, style=_STYLES.get(cell.state, "")) for text, cell in cells))
    cadence = "" if table.cadence == "undated" else f", by {table.cadence}"
    return Group(Text(f"{printable(table.company)}{cadence}", style="bold"), shown, Text())


def first_that_fits(widths: Sequence[int], room: int) -> int:
    """The index from which on all columns fit into the room; the last column stays in any case.

    >>> first_that_fits([9, 9, 9], 20)
    1
    """
    first = len(widths)
    while first and widths[first - 1] <= room:
        first -= 1
        room -= widths[first]
    return min(first, len(widths) - 1)


def row_label(row: Row) -> str:
    """The metric, whether it is a goal or another's estimate, its unit, and what narrows it.

    >>> row_label(Row("revenue", "Cloud", "guidance", "EUR", ()))
    'revenue goal, EUR (Cloud)'
    """
    unit = f", {row.unit}" if row.unit and row.unit != "count" else ""
    scope = f" ({row.scope})" if row.scope else ""
    return printable(f"{row.metric.replace('_', ' ')}{_BASES[row.basis]}{unit}{scope}")


def cell_text(cell: Cell, row_unit: str | None) -> str:
    """A cell in a few characters: the figure, or why there is none; `*` where it is new.

    >>> cell_text(Cell(period="2016", state="withheld", is_new=True), None)
    'withheld*'
    """
    text = figure_text(cell, row_unit) if cell.state == "disclosed" else _WORDS[cell.state]
    return f"{text}*" if cell.is_new else text


def figure_text(cell: Cell, row_unit: str | None) -> str:
    """The figure with its bound or range; its unit where the row has another one, `%` always.

    >>> from decimal import Decimal
    >>> figure_text(Cell(period="2016", state="disclosed", low=Decimal(70_000_000), unit="count"), "count")
    '>70m'
    """
    text = bounds_text(cell.low, cell.high, is_approx=cell.is_approx)
    if cell.unit == "%":
        return f"{text}%"
    return text if cell.unit in (row_unit, "count", None) else f"{text} {cell.unit}"
