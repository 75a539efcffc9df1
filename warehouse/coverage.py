"""What was looked at, and what came of it: so that "nothing was disclosed" is told from "nobody looked"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import duckdb

from extractors.model import content_id
from warehouse import rows
from warehouse.database import append, execute, transaction


@dataclass(frozen=True)
class Look:
    """One look at a source's listing, or at one of its pages, and what came of it."""

    source_id: str
    url: str | None
    """None: the source's own listing."""
    stage: str
    outcome: str
    """`ok`, `unchanged`, `failed`."""
    found: int
    read: int
    error: str | None
    looked_at: datetime
    etag: str | None
    last_modified: str | None
    since: date | None = None
    """First and last day of the time that was asked about; None: it was asked what is new."""
    until: date | None = None


def record_coverage(db: duckdb.DuckDBPyConnection, run_id: UUID, looks: Iterable[Look]) -> None:
    """Append what a run looked at."""
    with transaction(db):
        batch = rows.as_batch((look_row(run_id, look) for look in looks), rows.COVERAGE)
        append(db, "load/append_coverage.sql", batch)


def covered_windows(db: duckdb.DuckDBPyConnection, source_id: str) -> set[tuple[date, date]]:
    """The times that a source was asked about when they were over, with nothing left out: first and last day each."""
    return set(execute(db, "load/covered_windows.sql", source_id=source_id))


def look_row(run_id: UUID, look: Look) -> rows.Row:
    """A look as a row of `coverage`."""
    row = {
        "run_id": run_id.bytes,
        "source_id": look.source_id,
        "url": look.url,
        "stage_code": look.stage,
        "outcome_code": look.outcome,
        "found_count": look.found,
        "read_count": look.read,
        "error": look.error,
        "looked_at": look.looked_at,
        "etag": look.etag,
        "last_modified": look.last_modified,
        "since_date": look.since,
        "until_date": look.until,
    }
    return {"look_id": content_id(*map(repr, row.values())).bytes, **row}
