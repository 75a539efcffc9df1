"""Whatever a server does, a look ends in bounded time, costs only itself, and `coverage` says what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from flows import run as runs
from flows.fetch import Fetcher
from warehouse.database import open_warehouse

from .hostile import LISTINGS, PAGES, ROBOTS, Behaviour, Hostile, answer, later, self_signed, sends, serving
from .pipeline import run_once

Looks = dict[str, tuple[str, str, str]]
TOML = """name = "{id}"
kind = "{kind}"
url = "{url}"
authority = "press"
pace_seconds = 0
concurrency = 60
allow_private = true
"""


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Looks, Hostile, list[tuple[Any, ...]]]]:
    """One run over all of it: what `coverage` says, by path of a page or by source."""
    home = tmp_path_factory.mktemp("hostile")
    (home / "sources").mkdir()
    answers: dict[str, Behaviour] = {f"/{path}": behave for path, (behave, _) in PAGES.items()}
    answers |= {f"/{name}": behave for name, (_, behave, *_) in LISTINGS.items()}
    answers |= {"/robots.txt": sends(answer(ROBOTS, kind="text/plain"))}
    busy = {"/robots.txt": sends(answer(b"", "404 Not Found"))}
    with (
        pytest.MonkeyPatch.context() as patch,
        serving(answers) as hostile,
        serving(busy | {"/feed": sends(answer(b"", "429 Busy", Retry_After="3600"))}) as busy_seconds,
        serving(busy | {"/feed": sends(answer(b"", "503 Busy", Retry_After=later(7200)))}) as busy_date,
        serving({"/robots.txt": sends(answer(b"", "500 Sorry"))}) as closed,
        serving({}, self_signed(home)) as unvouched,
    ):
        items = "".join(f"<item><link>{hostile.url}/{path}</link></item>" for path in PAGES)
        feed = f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()
        hostile.answers["/feed"] = sends(answer(feed, kind="text/xml"))
        sources = {"pages": ("feed", f"{hostile.url}/feed")}
        sources |= {name: (kind, f"{hostile.url}/{name}") for name, (kind, *_) in LISTINGS.items()}
        sources |= {
            "busy_seconds": ("feed", f"{busy_seconds.url}/feed"),
            "busy_date": ("feed", f"{busy_date.url}/feed"),
        }
        sources |= {
            "closed": ("feed", f"{closed.url}/feed"),
            "bad_tls": ("feed", f"https://127.0.0.1:{unvouched.port}/"),
        }
        sources |= {"no_tls": ("feed", f"https://127.0.0.1:{hostile.port}/")}
        for source_id, (kind, url) in sources.items():
            (home / "sources" / f"{source_id}.toml").write_text(TOML.format(id=source_id, kind=kind, url=url))
        patch.setenv("UNDISCLOSED_HOME", str(home / "home"))
        patch.setenv("UNDISCLOSED_SOURCES", str(home / "sources"))
        quick = partial(Fetcher, retries=2, backoff_seconds=0.01, read_seconds=0.7, deadline_seconds=1.5)
        patch.setattr(runs, "Fetcher", quick)
        asyncio.run(asyncio.wait_for(run_once(), 100))
        with open_warehouse(home / "home" / "undisclosed.duckdb", read_only=True) as db:
            rows = db.execute("select source_id, url, stage_code, outcome_code, error from coverage").fetchall()
            texts = db.execute("select url, text from articles inner join pages using (page_id)").fetchall()
        prefix = f"{hostile.url}/"
        looks = {url.removeprefix(prefix) if url else source: tuple(told) for source, url, *told in rows}
        yield looks, hostile, texts


def test_the_table_is_long_enough() -> None:
    assert len(PAGES) + len(LISTINGS) >= 40


@pytest.mark.parametrize("path", PAGES)
def test_what_a_page_comes_to(looked: tuple[Looks, Hostile, Any], path: str) -> None:
    stage, outcome, reason = looked[0][path]
    expected_stage, expected_outcome, expected_reason = PAGES[path][1]
    assert (stage, outcome) == (expected_stage, expected_outcome), reason
    assert expected_reason in (reason or "")
    assert "\n" not in (reason or "")


LISTED = {name: (outcome, reason) for name, (_, _, outcome, reason) in LISTINGS.items()} | {
    "busy_seconds": ("failed", "answered 429 and asks not to be asked before"),
    "busy_date": ("failed", "answered 503 and asks not to be asked before"),
    "closed": ("failed", "is left alone: its robots.txt answered 500"),
    "bad_tls": ("failed", "could not be reached: [SSL: CERTIFICATE_VERIFY_FAILED]"),
    "no_tls": ("failed", "is left alone: its robots.txt did not answer in time"),
    "pages": ("ok", ""),
}


@pytest.mark.parametrize("source_id", LISTED)
def test_what_a_listing_comes_to(looked: tuple[Looks, Hostile, Any], source_id: str) -> None:
    _, outcome, error = looked[0][source_id]
    assert outcome == LISTED[source_id][0], error
    assert LISTED[source_id][1] in (error or "")


def test_what_robots_forbid_is_not_asked_for_by_a_redirect_either(looked: tuple[Looks, Hostile, Any]) -> None:
    assert not [path for path in looked[1].requests if path.startswith("/private/")]


def test_no_cookie_comes_back(looked: tuple[Looks, Hostile, list[tuple[str, str]]]) -> None:
    told = [text for url, text in looked[2] if "cookie" in text]
    assert told
    assert not [text for text in told if "came back" in text]


def test_a_password_is_asked_for_once(looked: tuple[Looks, Hostile, Any]) -> None:
    requests = looked[1].requests
    assert (requests["/wants-a-password"], requests["/gone"], requests["/storm-of-503"]) == (1, 1, 3)
