"""Planted secrets reach whom they are for, and stand nowhere else: in no log, artifact, event, archive, warehouse."""

from __future__ import annotations

import base64
import gzip
import logging
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from prefect.client.orchestration import get_client
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from flows.monitor import monitor
from flows.newsroom.server import serve_app

from .conftest import Site

HEADER, PASSWORD = "plainsong-77/qv", "hunter@2/w x"
TRACES = [
    each.encode()
    for each in (
        HEADER,
        quote(HEADER, safe=""),
        PASSWORD,
        quote(PASSWORD, safe=""),
        base64.b64encode(f"desk:{PASSWORD}".encode()).decode(),
    )
]
PAGE = (
    f'<html lang="en"><head><meta name="date" content="{datetime.now(UTC):%Y-%m-%d}"></head><body><article>'
    "<p>Boat builder Harbourline said that its revenue came to 12.4 million euros in 2023. It will no longer say how "
    "many boats it sells.</p></article></body></html>"
)
pytestmark = pytest.mark.usefixtures("prefect")


class Refusing:
    """A webhook that takes nothing, and what it was sent."""

    def __init__(self) -> None:
        self.requests: list[Request] = []

    async def answer(self, request: Request) -> Response:
        self.requests.append(request)
        return Response(status_code=500)


@pytest.fixture
def hook() -> Iterator[tuple[Refusing, str]]:
    hook = Refusing()
    with serve_app(Starlette(routes=[Route("/{path:path}", hook.answer, methods=["POST"])])) as base_url:
        yield hook, base_url


@pytest.fixture
def planted(home: Path, site: Site, hook: tuple[Refusing, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source that is asked with a secret, and a watch list whose address has another; the address takes nothing."""
    monkeypatch.setenv("UNDISCLOSED_SECRET_KEY", HEADER)
    monkeypatch.setenv("UNDISCLOSED_SECRET_HOOK", PASSWORD)
    monkeypatch.setenv("UNDISCLOSED_WATCHES", str(home / "watches"))
    (home / "watches").mkdir()
    address = hook[1].replace("http://", "json://desk:{secret:hook}@") + "/{secret:key}"
    (home / "watches" / "desk.toml").write_text(f'send_to = ["{address}"]')
    (home / "sources" / "boats.toml").write_text(
        f'name = "Boats"\nkind = "feed"\nurl = "{site.base_url}/feed.xml"\nauthority = "press"\npace_seconds = 0\n'
        'allow_private = true\nheaders = {"X-Api-Key" = "{secret:key}"}\n'
    )
    feed = f'<rss version="2.0"><channel><item><link>{site.base_url}/a</link></item></channel></rss>'
    site.answers |= {"/robots.txt": PlainTextResponse(""), "/feed.xml": Response(feed), "/a": HTMLResponse(PAGE)}
    return home


def held(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file, and what is in it when it is unpacked."""
    for path in (path for path in folder.rglob("*") if path.is_file()):
        yield path.name, path.read_bytes()
        if path.suffix == ".gz":
            yield path.name, gzip.decompress(path.read_bytes())


async def told_to_prefect() -> str:
    """What the server has of runs, tasks, artifacts and events."""
    async with get_client() as client:
        found = [
            *await client.read_flow_runs(),
            *await client.read_task_runs(),
            *await client.read_artifacts(),
            *await client.read_logs(),
        ]
        events = await client.request("POST", "/events/filter", json={})
    return "\n".join([*(each.model_dump_json() for each in found), events.text])


async def test_a_secret_stands_nowhere(
    planted: Path,
    site: Site,
    hook: tuple[Refusing, str],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    state = await monitor(return_state=True)
    assert site.headers["/a"]["x-api-key"] == HEADER
    sent = hook[0].requests[0].headers["authorization"]
    assert HEADER in unquote(hook[0].requests[0].url.path)
    assert base64.b64decode(sent.removeprefix("Basic ")).decode() == f"desk:{PASSWORD}"
    assert state.name == "Failed"  # the address took nothing, which is told without it
    shown = capfd.readouterr()
    places = {
        "log": caplog.text.encode(),
        "terminal": (shown.out + shown.err).encode(),
        "Prefect": (await told_to_prefect()).encode(),
        "message": str(state.message).encode(),
        "command line": Path(f"/proc/{os.getpid()}/cmdline").read_bytes(),
    }
    assert b"desk" in places["log"]
    for place, text in (*places.items(), *held(planted / "home")):
        assert not [trace for trace in TRACES if trace in text], place
