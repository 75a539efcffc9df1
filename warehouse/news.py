"""News: the events that those who watch are told of, and who was told.

They are written down in the transaction that derives them from the pages of a run of the monitor; what a backfill or a
replay finds is no news.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import duckdb

from warehouse.database import execute, transaction

_OUTBOX = "outbox"
"""The turn of those who write what is being sent."""
SENDING = timedelta(minutes=3)
"""Whoever took a message has sent it by then, with every try, or was killed."""


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
    message_id: UUID | None
    """Of the message that it is to go out in; None: it was put into none yet."""


def open_channels(db: duckdb.DuckDBPyConnection, channels: Iterable[str], run_id: UUID) -> None:
    """Channels that are there from the beginning of this run on, unless they were before."""
    with transaction(db, "channels"):
        for channel in channels:
            execute(db, "news/open_channel.sql", channel=channel, run_id=run_id)


def pending(
    db: duckdb.DuckDBPyConnection,
    channel: str,
    news_days: float,
    recorded_before: datetime | None = None,
    now: datetime | None = None,
) -> list[Announcement]:
    """What a channel has still to be told, the first known first; only what was loaded before a moment, if given.

    What had been known for more than `news_days` when it was loaded is no news. What another run is sending at this
    moment (`now`) is left to it.
    """
    parameters = {
        "channel": channel,
        "recorded_before": recorded_before,
        "news_hours": round(24 * news_days),
        "abandoned_before": (now or datetime.now(UTC)) - SENDING,
    }
    return [Announcement(*row) for row in execute(db, "news/pending.sql", **parameters)]


def take_messages(
    db: duckdb.DuckDBPyConnection, channel: str, due: Sequence[Announcement], now: datetime
) -> dict[UUID, list[Announcement]]:
    """What is due, by the message that it goes out in: first those that were begun before, then one of all that is new.

    They are the caller's to send until `SENDING` is over: nobody else takes them.
    """
    new = [each for each in due if not each.message_id]
    made = UUID(hashlib.sha256(f"{channel} {[each.announcement_id.hex for each in new]}".encode()).hexdigest()[:32])
    messages: dict[UUID, list[Announcement]] = {}
    for each in sorted(due, key=lambda news: news.message_id is None):
        messages.setdefault(each.message_id or made, []).append(each)
    with transaction(db, _OUTBOX):
        _leave_outbox(db, channel, due)
        taken = {
            "announcement_ids": [each.announcement_id for each in due],
            "message_ids": [each.message_id or made for each in due],
        }
        execute(db, "news/enter_outbox.sql", channel=channel, taken_at=now, **taken)
    return messages


def put_back(db: duckdb.DuckDBPyConnection, channel: str, message_id: UUID) -> None:
    """A message was not taken: the next run sends it."""
    with transaction(db, _OUTBOX):
        execute(db, "news/put_back.sql", channel=channel, message_id=message_id)


def announced_by(db: duckdb.DuckDBPyConnection, run_id: UUID, news_days: float) -> list[Announcement]:
    """What a run made known."""
    rows = execute(db, "news/announced_by.sql", run_id=run_id, news_hours=round(24 * news_days))
    return [Announcement(*row) for row in rows]


def record_deliveries(db: duckdb.DuckDBPyConnection, channel: str, told: Sequence[Announcement]) -> None:
    """Write down that a channel was told."""
    with transaction(db, _OUTBOX):
        _leave_outbox(db, channel, told)
        ids = [each.announcement_id for each in told]
        execute(db, "news/append_deliveries.sql", announcement_ids=ids, channel=channel, delivered_at=datetime.now(UTC))


def _leave_outbox(db: duckdb.DuckDBPyConnection, channel: str, news: Sequence[Announcement]) -> None:
    ids = [each.announcement_id for each in news]
    execute(db, "news/leave_outbox.sql", channel=channel, announcement_ids=ids)
