"""The board's data: a metric's cells through time, packed so that a browser turns the clock back by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from flows.site.slugs import slug_of
from warehouse.database import Connection
from warehouse.site import Row, read_labels


def board_of(db: Connection, metric: str, rows: Sequence[Row]) -> dict[str, Any]:
    """A metric's cells, as `read_cells` gives them: of each cadence, most cells first, its labels and a row a company.

    A row's cells are `[period, day, code, day, code ...]`: the index of the label, then each day (since 1970) from
    which a state could be known. Codes: D disclosed, P partly, W withheld, S fell silent, N not found, - taken back.
    """
    sizes = Counter(row["cadence_code"] for row in rows)
    by_cadence = {name: list(found) for name, found in groupby(rows, key=lambda row: row["cadence_code"])}
    return {
        "metric": metric,
        "cadences": [_cadence(db, name, by_cadence[name]) for name, _ in sizes.most_common()],
    }


def latest_only(board: dict[str, Any], periods: int) -> dict[str, Any]:
    """The board's first cadence with its last periods: what a first view needs; `is_part` where more is to be had."""
    first = board["cadences"][:1]
    kept = [_latest(cadence, periods) for cadence in first]
    return {**board, "cadences": kept, "is_part": kept != board["cadences"]}


def _cadence(db: Connection, name: str, rows: Sequence[Row]) -> dict[str, Any]:
    first, last = min(row["place"] for row in rows), max(row["place"] for row in rows)
    companies = [
        [company, slug_of(company), [_cell(row, first) for row in cells]]
        for company, cells in groupby(rows, key=lambda row: row["company"])
    ]
    return {"name": name, "labels": read_labels(db, name, range(first, last + 1)), "companies": companies}


def _cell(row: Row, first: int) -> list[Any]:
    turns = [part for day, code in row["turns"] for part in (int(day), code)]
    return [row["place"] - first, *turns]


def _latest(cadence: dict[str, Any], periods: int) -> dict[str, Any]:
    gone = max(0, len(cadence["labels"]) - periods)
    companies = [
        [name, slug, [[cell[0] - gone, *cell[1:]] for cell in cells if cell[0] >= gone]]
        for name, slug, cells in cadence["companies"]
    ]
    return {**cadence, "labels": cadence["labels"][gone:], "companies": [one for one in companies if one[2]]}
