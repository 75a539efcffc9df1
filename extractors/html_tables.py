"""An HTML table: rows of figures and texts, or only a way to lay a page out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from extractors.grid import Cell, lay_out

_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LONGEST_CELL = 600
"""Characters; who writes more into a cell has laid out a page, not a table."""


def read_table(table: HtmlElement) -> list[list[str]] | None:
    """The rows of a table, as `lay_out` gives them; None where it only lays text out.

    It does where it holds another table, whole paragraphs, or not two rows of two texts each.
    """
    if table.find(".//table") is not None:
        return None
    rows = lay_out(_rows(table))
    is_wordy = any(len(text) > _LONGEST_CELL for row in rows for text in row)
    if is_wordy or sum(len(row) > 1 for row in rows) < 2:
        return None
    return rows


def _rows(table: HtmlElement) -> Iterator[list[Cell]]:
    for row in table.iter("tr"):
        yield [
            Cell(_words(cell), _span(cell, "colspan"), _span(cell, "rowspan"))
            for cell in row.iterchildren("td", "th")
            if not _HIDDEN.search(cell.get("style", ""))
        ]


def _words(cell: HtmlElement) -> str:
    text = " ".join(cell.itertext()) if len(cell) else cell.text or ""
    return " ".join(text.split())


def _span(cell: HtmlElement, name: str) -> int:
    span = cell.get(name, "1").strip()
    return int(span) if span.isdecimal() and len(span) < 4 else 1
