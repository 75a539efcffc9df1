"""Announce: each disclosure event as a Prefect event, once, on the resource `disclosures.company.<id>`.

It carries the announcement's own id: what a run that was killed had emitted is found on the server, and not repeated.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence
from uuid import UUID

from prefect.client.orchestration import PrefectClient, get_client
from prefect.events import Event

from flows.settings import Settings
from flows.show_news import headline
from warehouse.database import open_warehouse
from warehouse.news import Announcement, pending, record_deliveries

CHANNEL = "prefect"
_BATCH = 50
_PATIENCE_SECONDS = 60.0


class AnnounceError(Exception):
    """The Prefect server did not keep what it was sent; it is sent again by the next run."""


async def announce_events(settings: Settings) -> int:
    """Emit what is not emitted yet; gives their number. Raises AnnounceError."""
    with open_warehouse(settings.warehouse) as db:
        news = pending(db, CHANNEL, settings.news_days)
    if not news:
        return 0
    async with get_client() as client:
        for start in range(0, len(news), _BATCH):
            batch = news[start : start + _BATCH]
            await _emit(client, batch)
            with open_warehouse(settings.warehouse) as db:
                record_deliveries(db, CHANNEL, batch)
    return len(news)


async def _emit(client: PrefectClient, batch: Sequence[Announcement]) -> None:
    """Send what the server does not hold, and wait until it does: a server that dies may forget what it took."""
    wanted = {each.announcement_id: each for each in batch}
    deadline = time.monotonic() + _PATIENCE_SECONDS
    if missing := wanted.keys() - await _held(client, wanted):
        events = [as_event(each).model_dump(mode="json") for id_, each in wanted.items() if id_ in missing]
        await client.request("POST", "/events", json=events)
        while wanted.keys() - await _held(client, wanted):
            if time.monotonic() > deadline:
                raise AnnounceError(f"the Prefect server did not keep {len(missing)} events that it was sent")
            await asyncio.sleep(0.5)


async def _held(client: PrefectClient, wanted: dict[UUID, Announcement]) -> set[UUID]:
    since = min(each.recorded_at for each in wanted.values())
    asked = {
        "filter": {"id": {"id": [str(id_) for id_ in wanted]}, "occurred": {"since": since.isoformat()}},
        "limit": _BATCH,
    }
    answer = await client.request("POST", "/events/filter", json=asked)
    return {UUID(event["id"]) for event in answer.json()["events"]}


def company_id(company: str) -> str:
    """A company's name as a resource has it.

    >>> company_id("Procter & Gamble"), company_id("L'Oréal")
    ('procter-gamble', 'l-oréal')
    """
    return re.sub(r"[\W_]+", "-", company.casefold()).strip("-")


def as_event(news: Announcement) -> Event:
    """What the Prefect server is sent."""
    resource = {
        "prefect.resource.id": f"disclosures.company.{company_id(news.company)}",
        "prefect.resource.name": news.company,
        "disclosures.metric": news.metric,
    }
    metric = {"prefect.resource.id": f"disclosures.metric.{news.metric}", "prefect.resource.role": "metric"}
    payload = {
        "headline": headline(news),
        "scope": news.scope,
        "period": news.period,
        "quote": news.quote,
        "url": news.url,
        "known_at": news.known_at.isoformat(),
    }
    return Event.model_validate(
        {
            "id": news.announcement_id,
            "occurred": news.recorded_at,
            "event": f"disclosures.{news.event}",
            "resource": resource,
            "related": [metric],
            "payload": payload,
        }
    )
