"""News: the events that those who watch are told of, and who was told.

They are written down in the transaction that derives them from the pages of a run of the monitor; what a backfill or a
replay finds is no news.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import duckdb

from warehouse.database import read_sql, transaction


@dataclass(frozen=True)
class Announcement:
    """One event, as it was when it was loaded."""

    announcement_id: UUID
    event: str
    company: str
    metric: str
    scope: str | None
    basis: str
    period: str | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    is_approx: bool | None
    low_before: Decimal | None
    high_before: Decimal | None
    unit_before: str | None
    is_approx_before: bool | None
    replacement_metric: str | None
    quote: str | None
    """None: of a silence, which nobody told."""
    title: str | None
    url: str
    known_at: datetime
    recorded_at: datetime


def open_channels(db: duckdb.DuckDBPyConnection, channels: Iterable[str], run_id: UUID) -> None:
    """Channels that are there from the beginning of this run on, unless they were before."""
    for channel in channels:
        db.execute(read_sql("news/open_channel.sql"), {"channel": channel, "run_id": run_id})


def pending(
    db: duckdb.DuckDBPyConnection, channel: str, news_days: float, recorded_before: datetime | None = None
) -> list[Announcement]:
    """What a channel has still to be told, the first known first; only what was loaded before a moment, if given.

    What had been known for more than `news_days` when it was loaded is no news.
    """
    parameters = {"channel": channel, "recorded_before": recorded_before, "news_hours": round(24 * news_days)}
    return [Announcement(*row) for row in db.execute(read_sql("news/pending.sql"), parameters).fetchall()]


def announced_by(db: duckdb.DuckDBPyConnection, run_id: UUID, news_days: float) -> list[Announcement]:
    """What a run made known."""
    parameters = {"run_id": run_id, "news_hours": round(24 * news_days)}
    return [Announcement(*row) for row in db.execute(read_sql("news/announced_by.sql"), parameters).fetchall()]


def record_deliveries(db: duckdb.DuckDBPyConnection, channel: str, told: Sequence[Announcement]) -> None:
    """Write down that a channel was told."""
    with transaction(db):
        db.executemany(
            "insert into deliveries values (?, ?, ?)",
            [(each.announcement_id, channel, datetime.now(UTC)) for each in told],
        )
