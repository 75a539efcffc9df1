from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from flows.site.assets import built_assets
from tests.site.given import build, write_warehouse

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

Open = Callable[..., Page]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing is said of requests."""


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of the small warehouse, served on loopback."""
    built_assets()
    folder = tmp_path_factory.mktemp("browser")
    build(write_warehouse(folder / "warehouse.duckdb"), folder / "site")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder / "site"))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser; while it is open an event loop runs in this thread, and no test with one of its own may."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, address: str) -> Iterator[Open]:
    """Opens a page of the site; the test fails where anything was said on its console or asked from elsewhere."""
    faults: list[str] = []
    contexts: list[BrowserContext] = []

    def open_one(path: str, *, may_complain: bool = False, **settings: object) -> Page:
        context = chromium.new_context(**({"viewport": {"width": 1200, "height": 900}} | settings))  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: may_complain or faults.append(f"{path}: {message.text}"))
        page.on("pageerror", lambda error: faults.append(f"{path}: {error}"))
        page.on("request", lambda asked: asked.url.startswith((address, "blob:", "data:")) or faults.append(asked.url))
        page.goto(address + path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture(scope="session")
def axe() -> Path:
    """axe-core, which checks a page for what keeps people out."""
    return Path(__file__).parents[2] / "flows" / "site" / "assets" / "node_modules" / "axe-core" / "axe.min.js"
