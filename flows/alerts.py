"""Alerts: who watches is sent what they watch, by Apprise: mail, Slack, Teams, a webhook, or whatever else it knows.

An address is told of an event once: a message is written down before it is sent, so that no other run sends it too, and
as soon as it is handed over. Where a process is killed in that very moment, a later run sends it again, of the same
events and with the same `X-Undisclosed-Id`, by which a webhook or a mailbox knows it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote
from uuid import UUID

from flows.credentials import SecretError, read_secret
from flows.failure import Failure
from flows.settings import Settings
from flows.show_news import message
from flows.sources import SECRET
from flows.watches import Watch, read_watches
from warehouse.database import open_warehouse, take_turn
from warehouse.news import Announcement, pending, put_back, record_deliveries, take_messages

_WITH_HEADERS = ("mailto", "mailtos", "json", "jsons", "xml", "xmls", "form", "forms")
"""The kinds of addresses that take a header of ours."""


class AlertError(Exception):
    """A message was not taken; the reason is without the address, which may hold a secret."""


@dataclass(frozen=True)
class Message:
    """What one address is sent."""

    address: str
    """With its secrets: it is shown nowhere."""
    message_id: str
    title: str
    text: str

    def __repr__(self) -> str:
        """Without the address."""
        return f"Message({self.message_id}, {self.title!r})"


def send_message(message: Message) -> None:
    """Hand a message over. Raises AlertError."""
    from apprise import Apprise, NotifyFormat  # only who has an alert to send waits for it

    for name in ("apprise", "urllib3"):  # they name the address, or its path
        logging.getLogger(name).setLevel(logging.CRITICAL)
    scheme = message.address.partition("://")[0].lower()
    address = message.address
    if scheme in _WITH_HEADERS:
        address += f"{'&' if '?' in address else '?'}+X-Undisclosed-Id={message.message_id}"
    sender = Apprise()
    if not sender.add(address):
        raise AlertError(f"the address ({scheme}://...) is none that Apprise knows")
    if not sender.notify(title=message.title, body=message.text, body_format=NotifyFormat.TEXT):
        raise AlertError(f"the address ({scheme}://...) did not take a message")


async def send_alerts(settings: Settings, send: Callable[[Message], None], now: datetime) -> list[Failure]:
    """Send every watch list what it is due; a failure costs only its address, which is tried again by the next run."""
    watches, errors = read_watches(settings.watches)
    failures = [Failure("watches", "alert", str(error)) for error in errors]
    for watch, address in [(each, address) for each in watches for address in each.send_to]:
        channel = watch.channel(address)
        with open_warehouse(settings.warehouse) as db, take_turn(db, channel):
            due = pending(db, channel, settings.news_days, _until(watch, now), now)
            messages = take_messages(db, channel, [each for each in due if each.message_id or watch.covers(each)], now)
        for message_id, news in messages.items():
            try:
                await asyncio.to_thread(send, _compose(await _with_secrets(address), message_id, news))
            except (AlertError, SecretError) as error:
                failures.append(Failure(f"watches/{watch.watch_id}", "alert", str(error)))
                with open_warehouse(settings.warehouse) as db:
                    put_back(db, channel, message_id)
            else:
                with open_warehouse(settings.warehouse) as db:
                    record_deliveries(db, channel, news)
    return failures


def _until(watch: Watch, now: datetime) -> datetime | None:
    """A digest has what was loaded before this day, or this week, began."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return {"at once": None, "daily": midnight, "weekly": midnight - timedelta(midnight.weekday())}[watch.send]


def _compose(address: str, message_id: UUID, news: Sequence[Announcement]) -> Message:
    title, text = message(news)
    return Message(address, message_id.hex, title, text)


async def _with_secrets(address: str) -> str:
    """The address with its secrets, percent-encoded. Raises SecretError."""
    secrets = {name: quote(await read_secret(name), safe="") for name in SECRET.findall(address)}
    return SECRET.sub(lambda found: secrets[found[1]], address)
