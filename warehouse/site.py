"""What the site shows, as plain rows; each query is a file in `sql/site/`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import duckdb

from warehouse.database import read_rows, read_sql

Row = dict[str, Any]


def read_stamp(db: duckdb.DuckDBPyConnection) -> str:
    """A text that is another whenever anything is that the site rests on."""
    return repr(_rows(db, "stamp"))


def read_companies(db: duckdb.DuckDBPyConnection) -> list[Row]:
    """Every company, in alphabetical order; its `mark` is another whenever anything that is held of it is."""
    return _rows(db, "companies")


def read_words(db: duckdb.DuckDBPyConnection, companies: Sequence[str]) -> Iterator[tuple[str, list[Row]]]:
    """Of each of the companies all that was said, the best word of each fact first."""
    rows = _rows(db, "words", companies=list(companies))
    return ((company, list(words)) for company, words in groupby(rows, key=lambda row: row["company"]))


def read_silences(db: duckdb.DuckDBPyConnection, companies: Sequence[str]) -> dict[str, list[Row]]:
    """What is missing from the statements of each of the companies that fell silent on anything."""
    rows = _rows(db, "silences", companies=list(companies))
    return {company: list(found) for company, found in groupby(rows, key=lambda row: row["company"])}


def read_cells(db: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, list[Row]]]:
    """Of each metric the board through time: a row a cadence, company and period, with its states and their days."""
    return ((metric, list(cells)) for metric, cells in groupby(_rows(db, "board"), key=lambda row: row["metric"]))


def read_metric_states(db: duckdb.DuckDBPyConnection) -> dict[str, list[Row]]:
    """Of each metric the companies that ever told or refused it, and how they stand to it now."""
    rows = _rows(db, "metrics")
    return {metric: list(states) for metric, states in groupby(rows, key=lambda row: row["metric"])}


def read_events(
    db: duckdb.DuckDBPyConnection,
    companies: Sequence[str] | None = None,
    metric: str | None = None,
    limit: int | None = None,
    limit_by_metric: int | None = None,
) -> list[Row]:
    """The disclosure events, the latest first: of some companies, one metric, or all; at most so many."""
    given = {"companies": None if companies is None else list(companies), "metric": metric}
    return _rows(db, "events", **given, limit=limit, limit_by_metric=limit_by_metric)


def read_health(db: duckdb.DuckDBPyConnection) -> list[Row]:
    """Every source with what its looks have given, the enabled ones first."""
    return _rows(db, "sources")


def read_labels(db: duckdb.DuckDBPyConnection, cadence: str, places: range) -> list[str]:
    """The labels of periods of a cadence, by their ordinals."""
    _, rows = read_rows(
        db,
        "select ordinal_label($cadence, place) from range($first, $last) as places (place) order by place",
        {"cadence": cadence, "first": places.start, "last": places.stop},
    )
    return [label for (label,) in rows]


def _rows(db: duckdb.DuckDBPyConnection, name: str, **parameters: object) -> list[Row]:
    names, rows = read_rows(db, read_sql(f"site/{name}.sql"), parameters)
    return [dict(zip(names, row, strict=True)) for row in rows]
