"""Rows of a query for a terminal or for another program: table, CSV, JSON lines."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.figures import json_number
from flows.printable import printable

Rows = Sequence[Sequence[Any]]


def show_table(names: Sequence[str], rows: Rows, console: Console) -> None:
    """A table as wide as the console; numbers to the right."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for index, name in enumerate(names):
        is_number = any(isinstance(row[index], int | float | Decimal) for row in rows)
        table.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(_cell(value))) for value in row))
    console.print(table)
    console.print(f"{len(rows)} row{'' if len(rows) == 1 else 's'}", style="dim")


def show_csv(names: Sequence[str], rows: Rows, console: Console) -> None:
    """CSV with a header line, on standard output."""
    writer = csv.writer(sys.stdout)
    writer.writerow(names)
    writer.writerows([_cell(value) for value in row] for row in rows)


def show_json(names: Sequence[str], rows: Rows, console: Console) -> None:
    """One JSON object a row, on standard output."""
    for row in rows:
        sys.stdout.write(f"{json.dumps(dict(zip(names, row, strict=True)), default=_plain)}\n")


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _plain(value: object) -> object:
    """What JSON has no form for: whole decimals as integers, other decimals as floats, the rest as text."""
    if isinstance(value, Decimal):
        return json_number(value)
    return value.isoformat() if isinstance(value, date) else str(value)


FORMATS: dict[str, Callable[[Sequence[str], Rows, Console], None]] = {
    "table": show_table,
    "csv": show_csv,
    "json": show_json,
}
