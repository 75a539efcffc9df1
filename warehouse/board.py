"""The board: company x metric against periods, disclosed, withheld, silent or not looked at; and what is new on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, Literal

import duckdb

from warehouse.database import read_sql

State = Literal["disclosed", "withheld", "silent", "unmentioned", "not_covered"]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One metric of one company for one period."""

    period: str
    state: State
    """`silent`: a steady metric missing, with proof; `unmentioned`: an own statement on the period was read and does
    not hold it, which proves nothing; `not_covered`: no own statement on the period was read."""
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    is_approx: bool = False
    is_new: bool = False
    """The warehouse first held it at or after the board's `since`."""
    quote: str | None = None
    url: str | None = None
    """Where it is said; of a silence, the statement that does not say it."""


@dataclass(frozen=True)
class Row:
    """A metric, its scope and basis; a cell for each of the table's periods."""

    metric: str
    scope: str | None
    basis: str
    unit: str | None
    """The unit that most of its figures have."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """One company at one cadence (`quarter`, `year`, `half`, `month`, `day`, `span`, `undated`)."""

    company: str
    cadence: str
    periods: tuple[str, ...]
    """Oldest first."""
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Board:
    """Companies in alphabetical order, of each the cadence with the most cells first."""

    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Change:
    """Something that the warehouse first held at or after a moment, in one line for a reader."""

    kind: str
    """`stopped`, `withheld`, `silent`, `resumed`, `guidance_cut`."""
    company: str
    metric: str
    scope: str | None
    period: str | None
    line: str
    """Plain text. Example: Acme no longer discloses unit sales (phones) from 2025-Q1 on."""
    quote: str | None
    url: str
    known_at: datetime


def read_board(
    db: duckdb.DuckDBPyConnection,
    company: str | None = None,
    metric: str | None = None,
    since: datetime | None = None,
) -> Board:
    """The board of one company (in any case of letters) or all, one metric or all; nothing is new without `since`."""
    found: list[tuple[Any, ...]] = []
    for name in [None] if company is None else names_like(db, company):
        parameters = {"company": name, "metric": metric, "since": since}
        found += db.execute(read_sql("board.sql"), parameters).fetchall()
    by_table = groupby(found, key=lambda row: (row[0], row[1]))
    return Board(tuple(_table(company, cadence, list(rows)) for (company, cadence), rows in by_table))


def read_changes(db: duckdb.DuckDBPyConnection, since: datetime) -> list[Change]:
    """What the warehouse first held at or after `since`, the latest known first."""
    return [Change(*row) for row in db.execute(read_sql("changes.sql"), {"since": since}).fetchall()]


def names_like(db: duckdb.DuckDBPyConnection, company: str) -> list[str]:
    """The names under which a company is held, whatever the case of letters."""
    return [name for (name,) in db.execute(read_sql("companies_named.sql"), {"company": company}).fetchall()]


def _table(company: str, cadence: str, found: list[tuple[Any, ...]]) -> Table:
    rows = [
        Row(metric, scope, basis, unit, tuple(_cell(*values[6:]) for values in cells))
        for (metric, scope, basis, unit), cells in groupby(found, key=lambda row: row[2:6])
    ]
    return Table(company, cadence, tuple(cell.period for cell in rows[0].cells), tuple(rows))


def _cell(
    period: str,
    state: State,
    low: Decimal | None,
    high: Decimal | None,
    unit: str | None,
    is_approx: bool,
    is_new: bool,
    quote: str | None,
    url: str | None,
) -> Cell:
    return Cell(
        period=period,
        state=state,
        low=low,
        high=high,
        unit=unit,
        is_approx=is_approx,
        is_new=is_new,
        quote=quote,
        url=url,
    )
