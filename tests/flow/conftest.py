"""What the flows are tested with: an installation, Prefect, a loopback server that behaves as a test says."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from prefect.testing.utilities import prefect_test_harness
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from flows.newsroom.server import serve_app
from warehouse.database import open_warehouse


@pytest.fixture(scope="package")
def prefect() -> Iterator[None]:
    """Prefect's server, once for all tests that run flows on it."""
    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own: no sources yet, an empty inbox."""
    for folder in ("sources", "inbox"):
        (tmp_path / folder).mkdir()
    monkeypatch.setenv("UNDISCLOSED_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("UNDISCLOSED_SOURCES", str(tmp_path / "sources"))
    return tmp_path


def rows(home: Path, sql: str) -> list[tuple[Any, ...]]:
    """What the published warehouse answers."""
    with open_warehouse(home / "home" / "undisclosed.duckdb", read_only=True) as db:
        return db.execute(sql).fetchall()


class Site:
    """Answers that a test sets by path: a Response, or a list of them, one a request (the last one stays)."""

    def __init__(self) -> None:
        self.base_url = ""
        self.answers: dict[str, Response | list[Response]] = {}
        self.requests: Counter[str] = Counter()
        self.headers: dict[str, dict[str, str]] = {}

    async def answer(self, request: Request) -> Response:
        path = request.url.path
        self.headers[path] = dict(request.headers)
        number = self.requests[path]
        self.requests[path] += 1
        answer = self.answers.get(path, PlainTextResponse("no such page", 404))
        answer = answer[min(number, len(answer) - 1)] if isinstance(answer, list) else answer
        if "etag" in answer.headers and request.headers.get("if-none-match") == answer.headers["etag"]:
            return Response(status_code=304)
        return answer


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    with serve_app(Starlette(routes=[Route("/{path:path}", site.answer)])) as site.base_url:
        yield site


def large() -> StreamingResponse:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(60):
            yield b"x" * 1_000_000

    return StreamingResponse(chunks(), media_type="text/html")


def redirect(to: str) -> RedirectResponse:
    return RedirectResponse(to)
