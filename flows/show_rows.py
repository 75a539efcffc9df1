"""Rows of a query for a terminal or for another program: table, CSV, JSON lines."""

from __future__ import annotations

import csv
import json
import math
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
LEAST_WIDTH = 13
"""Columns of the console that a column of a table needs to be read."""


def show_table(names: Sequence[str], rows: Rows, console: Console) -> None:
    """A table, numbers to the right; where it would be wider than the console, each row as a list of its own."""
    if len(names) * LEAST_WIDTH > console.width:
        show_records(names, rows, console)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for index, name in enumerate(names):
        is_number = any(isinstance(row[index], int | float | Decimal) for row in rows)
        table.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(_cell(value))) for value in row))
    console.print(table)
    console.print(f"{len(rows)} row{'' if len(rows) == 1 else 's'}", style="dim")


def show_records(names: Sequence[str], rows: Rows, console: Console) -> None:
    """A row after the other: a line a column, without those that are empty."""
    width = max(map(len, names))
    for number, row in enumerate(rows, 1):
        console.print(f"- {number}", style="dim")
        for name, value in zip(names, row, strict=True):
            if text := printable(_cell(value)):
                line = Text(f"{name:{width}}  ", style="bold")
                console.print(line.append(Text(text, style="not bold")), soft_wrap=False)
    console.print(f"{len(rows)} row{'' if len(rows) == 1 else 's'}", style="dim")


def show_csv(names: Sequence[str], rows: Rows, console: Console) -> None:
    """CSV with a header line, on standard output."""
    writer = csv.writer(sys.stdout)
    writer.writerow(names)
    writer.writerows([_cell(value) for value in row] for row in rows)


def show_json(names: Sequence[str], rows: Rows, console: Console) -> None:
    """One JSON object a row, on standard output."""
    for row in rows:
        said = {name: _finite(value) for name, value in zip(names, row, strict=True)}
        sys.stdout.write(f"{json.dumps(said, default=_plain, allow_nan=False)}\n")


def _finite(value: object) -> object:
    """The value, null where it is no number or without end: JSON has neither."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _finite(each) for key, each in value.items()}
    return value


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
