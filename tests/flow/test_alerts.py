"""Who watches is told by mail and webhook, of what they watch, once; what was not taken is sent by the next run."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, NoReturn

import pytest
from aiosmtpd.controller import Controller
from prefect.blocks.system import Secret
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from flows.alerts import Message, send_alerts, send_message
from flows.newsroom.server import serve_app
from flows.settings import Settings
from flows.watches import read_watches
from tests.warehouse.given import NEWSROOM, claim, reading
from warehouse.database import open_warehouse
from warehouse.load import load_readings, load_sources
from warehouse.news import open_channels, pending
from warehouse.runs import start_run

MONDAY = datetime(2026, 2, 2, 9, tzinfo=UTC)


class Mailbox:
    """A mail server, and what it has taken; it refuses what comes while it is `full`."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.is_full = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.is_full:
            return "452 no room"
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


class Hook:
    """A webhook, and what it was sent; its first answers are failures, as many as `failures`."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.ids: list[str] = []
        self.authorization: set[str] = set()
        self.failures = 0

    async def take(self, request: Request) -> Response:
        if self.failures:
            self.failures -= 1
            return Response(status_code=503)
        self.taken.append(await request.json())
        self.ids.append(request.headers["x-undisclosed-id"])
        self.authorization.add(request.headers.get("authorization", ""))
        return Response(status_code=204)


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, str]]:
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, f"mailto://127.0.0.1:{port}?from=undisclosed@acme.example&to=desk@acme.example&mode=insecure"
    controller.stop()


@pytest.fixture
def hook() -> Iterator[tuple[Hook, str]]:
    hook = Hook()
    with serve_app(Starlette(routes=[Route("/hook", hook.take, methods=["POST"])])) as base_url:
        yield hook, base_url.replace("http://", "json://") + "/hook"


class Desk:
    """An installation whose monitor has read a year of Acme's statements."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(home=folder / "home", watches=folder / "watches")
        (folder / "watches").mkdir()
        self.settings.home.mkdir()
        self.now = MONDAY
        with open_warehouse(self.settings.warehouse) as db:
            load_sources(db, [NEWSROOM])
        self.load(*(statement(f"2025-{month:02}-10", f"2025-Q{number}") for number, month in ((1, 4), (2, 7), (3, 10))))

    def watch(self, name: str, *send_to: str, **keys: str) -> None:
        lines = [f"send_to = {list(send_to)!r}", *(f"{key} = {value}" for key, value in keys.items())]
        (self.settings.watches / f"{name}.toml").write_text("\n".join(lines).replace("'", '"'))

    def load(self, *readings: Any) -> None:
        with open_warehouse(self.settings.warehouse) as db:
            run_id = start_run(db, "monitor", self.now)
            watches, _ = read_watches(self.settings.watches)
            open_channels(db, [watch.channel(to) for watch in watches for to in watch.send_to], run_id)
            load_readings(db, readings, run_id=run_id, extractor_version="1", recorded_at=self.now)

    async def run(self, *readings: Any, send: Any = send_message) -> list[str]:
        """A run of the monitor, an hour after the last one; what failed in it."""
        self.now += timedelta(hours=1)
        self.load(*readings)
        return [str(failure) for failure in await send_alerts(self.settings, send, self.now)]


def statement(day: str, period: str, orders: str | None = "5 count") -> Any:
    claims = [claim("revenue", period, "9 EUR"), claim("orders", period, orders)]
    return reading(day, claims, fetched_at=datetime.fromisoformat(day).replace(hour=23, tzinfo=UTC))


WITHHELD = statement("2026-02-02", "2025-Q4", orders=None)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


async def test_an_event_goes_out_by_mail_and_webhook_with_quote_and_link_once(
    desk: Desk, mailbox: tuple[Mailbox, str], hook: tuple[Hook, str]
) -> None:
    desk.watch("desk", mailbox[1], hook[1])
    assert await desk.run(WITHHELD) == []
    assert await desk.run() == []
    (mail,) = mailbox[0].mails
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert mail["subject"] == "Acme withholds orders for 2025-Q4"
    assert WITHHELD.claims[1].quote.split(",")[0] in text
    assert WITHHELD.page.url in text
    assert mail["X-Undisclosed-Id"]
    (sent,) = hook[0].taken
    assert sent["title"] == mail["subject"]


async def test_what_one_address_does_not_take_is_sent_again_to_that_one_alone(
    desk: Desk, mailbox: tuple[Mailbox, str], hook: tuple[Hook, str]
) -> None:
    desk.watch("desk", mailbox[1], hook[1])
    mailbox[0].is_full = True
    assert await desk.run(WITHHELD) == ["watches/desk: alert: the address (mailto://...) did not take a message"]
    assert (len(mailbox[0].mails), len(hook[0].taken)) == (0, 1)
    mailbox[0].is_full = False
    assert await desk.run() == []
    assert (len(mailbox[0].mails), len(hook[0].taken)) == (1, 1)


async def test_a_watch_list_narrows_by_company_metric_and_event(desk: Desk) -> None:
    sent: list[Message] = []
    desk.watch("all", "json://a")
    desk.watch("acme", "json://b", companies='["ACME"]', metrics='["orders"]', events='["withheld", "stopped"]')
    desk.watch("others", "json://c", companies='["Initech"]')
    desk.watch("revenue", "json://d", metrics='["revenue"]')
    desk.watch("silences", "json://e", events='["fell_silent"]')
    desk.watch("off", "json://f", enabled="false")
    assert await desk.run(WITHHELD, send=sent.append) == []
    assert sorted(message.address for message in sent) == ["json://a", "json://b"]


async def test_a_digest_comes_when_its_day_is_over(desk: Desk) -> None:
    sent: list[Message] = []
    desk.watch("daily", "json://day", send='"daily"')
    desk.watch("weekly", "json://week", send='"weekly"')
    await desk.run(WITHHELD, send=sent.append)
    await desk.run(reading("2026-02-02", [claim("users", "2025-Q4", None)], url="https://acme.example/b",
                           fetched_at=desk.now), send=sent.append)  # fmt: skip
    assert sent == []
    desk.now += timedelta(days=1)
    await desk.run(send=sent.append)
    await desk.run(send=sent.append)
    (message,) = sent
    assert (message.address, message.title.split(":")[0]) == ("json://day", "2 events, the first")
    desk.now += timedelta(days=6)
    await desk.run(send=sent.append)
    assert [each.address for each in sent] == ["json://day", "json://week"]


async def test_a_run_that_is_killed_before_or_after_sending_loses_nothing(desk: Desk, hook: tuple[Hook, str]) -> None:
    desk.watch("desk", hook[1])

    def killed(message: Message) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await desk.run(WITHHELD, send=killed)
    assert await desk.run() == []

    def killed_after(message: Message) -> None:
        send_message(message)
        raise KeyboardInterrupt

    desk.watch("other", hook[1] + "?x=1")
    desk.now += timedelta(days=30)
    with pytest.raises(KeyboardInterrupt):
        await desk.run(statement("2026-03-04", "2026-01", orders=None), send=killed_after)
    await desk.run()
    # the very message that was handed over when it was killed comes again, under its own id
    assert len(hook[0].ids) == 4
    assert len(set(hook[0].ids)) == 3


async def test_a_message_that_may_have_arrived_is_sent_again_as_it_was_whatever_is_new(
    desk: Desk, hook: tuple[Hook, str]
) -> None:
    desk.watch("desk", hook[1])

    def killed_after(message: Message) -> None:
        send_message(message)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await desk.run(WITHHELD, send=killed_after)
    await desk.run(reading("2026-02-02", [claim("users", "2025-Q4", None)], url="https://acme.example/b",
                           fetched_at=desk.now), send=send_message)  # fmt: skip
    assert [(sent["title"], hook[0].ids.count(id_)) for sent, id_ in zip(hook[0].taken, hook[0].ids, strict=True)] == [
        ("Acme withholds orders for 2025-Q4", 2),
        ("Acme withholds orders for 2025-Q4", 2),
        ("Acme withholds users for 2025-Q4", 1),
    ]


async def test_what_one_run_is_sending_no_other_sends(desk: Desk, hook: tuple[Hook, str]) -> None:
    desk.watch("desk", hook[1])
    others: list[Message] = []

    def slow(message: Message) -> None:
        assert asyncio.run(send_alerts(desk.settings, others.append, desk.now + timedelta(seconds=30))) == []
        send_message(message)

    await desk.run(WITHHELD, send=slow)
    assert (others, len(hook[0].taken)) == ([], 1)


async def test_a_fault_of_one_watch_list_is_named_and_costs_only_itself(
    desk: Desk, hook: tuple[Hook, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no_block(name: str) -> NoReturn:
        raise ValueError(f"Unable to find block document named {name}")

    monkeypatch.setattr(Secret, "aload", no_block)
    desk.watch("good", hook[1])
    desk.watch("bad", "json://x", metric='["orders"]')
    desk.watch("worse", "json://x", metrics='["order"]')
    desk.watch("nowhere", "quux://x")
    desk.watch("secretive", "json://{secret:unknown}@x")
    failed = await desk.run(WITHHELD)
    assert len(failed) == 4
    assert "bad.toml: metric: Extra inputs are not permitted" in failed[0]
    assert 'worse.toml: metrics: Value error, "order" is none of' in failed[1]
    assert "(did you mean orders?)" in failed[1]
    assert failed[2] == "watches/nowhere: alert: the address (quux://...) is none that Apprise knows"
    assert "has no secret unknown: set UNDISCLOSED_SECRET_UNKNOWN" in failed[3]
    assert len(hook[0].taken) == 1


async def test_a_secret_of_an_address_is_sent_and_stands_nowhere_else(
    desk: Desk, hook: tuple[Hook, str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("UNDISCLOSED_SECRET_HOOK", "pass@word/9f")
    desk.watch("desk", hook[1].replace("json://", "json://desk:{secret:hook}@"))
    hook[0].failures = 1
    (failed,) = await desk.run(WITHHELD)
    assert await desk.run() == []
    assert hook[0].authorization == {"Basic ZGVzazpwYXNzQHdvcmQvOWY="}
    held = b"".join(path.read_bytes() for path in desk.settings.home.rglob("*") if path.is_file())
    for trace in ("pass@word", "pass%40word", "ZGVzazpw"):
        assert trace not in failed + caplog.text
        assert trace.encode() not in held


async def test_what_nobody_watched_when_it_was_loaded_is_not_sent_later(desk: Desk, hook: tuple[Hook, str]) -> None:
    await desk.run(WITHHELD)
    desk.watch("desk", hook[1])
    await desk.run()
    assert hook[0].taken == []
    with open_warehouse(desk.settings.warehouse) as db:
        assert pending(db, "nobody", 7) == []
