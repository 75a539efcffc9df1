"""What was last read in the robots.txt of each origin, so that the next run need not ask for it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import duckdb
import pyarrow as pa

from extractors.model import content_id
from warehouse import rows
from warehouse.database import append, execute

_ROBOTS = pa.schema(
    {
        "robots_id": rows.ID, "origin": rows.TEXT, "body": rows.TEXT, "fetched_at": rows.AT, "recorded_at": rows.AT,
        "run_id": rows.ID,
    }
)  # fmt: skip


@dataclass(frozen=True)
class HeldRobots:
    """The robots.txt of one origin."""

    origin: str
    """Scheme, host and port: `https://acme.example`."""
    body: str
    """Empty: it has none, and everything is allowed."""
    fetched_at: datetime


def record_robots(db: duckdb.DuckDBPyConnection, run_id: UUID, fetched: Iterable[HeldRobots]) -> None:
    """Append what was fetched."""
    now = datetime.now(UTC)
    new = [
        {
            "robots_id": content_id(each.origin, each.body, repr(each.fetched_at)).bytes,
            "origin": each.origin,
            "body": each.body,
            "fetched_at": each.fetched_at,
            "recorded_at": now,
            "run_id": run_id.bytes,
        }
        for each in fetched
    ]
    append(db, "archive/append_robots.sql", rows.as_batch(new, _ROBOTS))


def held_robots(db: duckdb.DuckDBPyConnection, since: datetime) -> list[HeldRobots]:
    """Of each origin whose robots.txt was fetched after `since`, the latest."""
    return [HeldRobots(*row) for row in execute(db, "archive/held_robots.sql", since=since)]
