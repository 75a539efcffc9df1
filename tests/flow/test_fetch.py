"""The fetcher is polite, bounded, and says in words what went wrong."""

import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from extractors.model import Candidate, Source
from flows.answers import FetchError
from flows.fetch import Fetcher, fetch_pages
from tests.faults.hostile import ROBOTS, Hostile, answer, sends, serving
from warehouse.robots import HeldRobots

from .conftest import Site, large, redirect

SOURCE = Source(id="s", name="S", kind="feed", url="http://x/", authority="press", pace_seconds=0, allow_private=True)


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(backoff_seconds=0.01) as fetcher:
        yield fetcher


async def test_a_page_carries_what_came_over_the_wire(site: Site, fetcher: Fetcher) -> None:
    site.answers["/a"] = HTMLResponse("<p>hé</p>", headers={"etag": '"1"', "x-made-by": "test"})
    page = await fetcher.fetch(SOURCE, f"{site.base_url}/a")
    assert page is not None
    assert (page.body.decode(), page.status, page.content_type) == ("<p>hé</p>", 200, "text/html")
    assert (page.headers["etag"], page.headers["x-made-by"], page.source_id) == ('"1"', "test", "s")


async def test_a_conditional_request_that_finds_nothing_new_is_answered_304(site: Site, fetcher: Fetcher) -> None:
    site.answers["/feed"] = PlainTextResponse("news", headers={"etag": '"1"'})
    assert (await fetcher.fetch(SOURCE, f"{site.base_url}/feed", etag='"0"')).status == 200
    same = await fetcher.fetch(SOURCE, f"{site.base_url}/feed", etag='"1"')
    assert (same.status, same.body) == (304, b"")


@pytest.mark.parametrize(
    ("status", "requests", "reason"),
    [
        (404, 1, "answered 404 Not Found"),
        (410, 1, "answered 410 Gone"),
        (500, 4, "answered 500 Internal Server Error"),
    ],
)
async def test_what_will_not_pass_is_said_after_as_many_tries_as_make_sense(
    site: Site, fetcher: Fetcher, status: int, requests: int, reason: str
) -> None:
    site.answers["/a"] = Response(status_code=status)
    with pytest.raises(FetchError) as error:
        await fetcher.fetch(SOURCE, f"{site.base_url}/a")
    assert (str(error.value), site.requests["/a"]) == (reason, requests)


async def test_what_may_pass_is_tried_again(site: Site, fetcher: Fetcher) -> None:
    busy = Response(status_code=429, headers={"retry-after": "0"})
    site.answers["/a"] = [Response(status_code=503), busy, HTMLResponse("ok")]
    page = await fetcher.fetch(SOURCE, f"{site.base_url}/a")
    assert (page and page.body, site.requests["/a"]) == (b"ok", 3)


@pytest.mark.parametrize(
    ("robots", "reason"),
    [
        (PlainTextResponse("User-agent: *\nDisallow: /private"), "robots.txt does not allow it"),
        (PlainTextResponse("User-agent: undisclosed\nDisallow: /private"), "robots.txt does not allow it"),
        (PlainTextResponse("User-agent: other\nDisallow: /"), None),
        (Response(status_code=404), None),
        (Response(status_code=403), None),
        (Response(status_code=500), "is left alone: its robots.txt answered 500"),
    ],
    ids=["disallowed", "disallowed by name", "another robot", "404", "403", "500"],
)
async def test_robots_txt_is_obeyed(site: Site, fetcher: Fetcher, robots: Response, reason: str | None) -> None:
    site.answers |= {"/robots.txt": robots, "/private/a": HTMLResponse("a")}
    if reason is None:
        assert await fetcher.fetch(SOURCE, f"{site.base_url}/private/a")
    else:
        with pytest.raises(FetchError) as error:
            await fetcher.fetch(SOURCE, f"{site.base_url}/private/a")
        assert (str(error.value), site.requests["/private/a"]) == (reason, 0)


async def test_robots_txt_is_asked_for_once_a_run(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {f"/{number}": HTMLResponse("a") for number in range(5)}
    candidates = [Candidate(source_id="s", url=f"{site.base_url}/{number}") for number in range(5)]
    batch = await fetch_pages(SOURCE, candidates, fetcher)
    assert [page.url for page in batch.done] == [candidate.url for candidate in candidates]
    assert site.requests["/robots.txt"] == 1


@pytest.mark.parametrize(("hours", "requests"), [(23, 0), (25, 1)])
async def test_what_an_earlier_run_has_read_of_robots_txt_counts_for_a_day(
    site: Site, hours: int, requests: int
) -> None:
    site.answers |= {"/robots.txt": PlainTextResponse("User-agent: *\nDisallow: /new"), "/old": HTMLResponse("a")}
    held = HeldRobots(site.base_url, "User-agent: *\nDisallow: /old", datetime.now(UTC) - timedelta(hours=hours))
    async with Fetcher(robots=[held]) as fetcher:
        batch = await fetch_pages(SOURCE, [Candidate(source_id="s", url=f"{site.base_url}/old")], fetcher)
        assert len(batch.done) == requests
        assert [each.body for each in fetcher.robots.take_fetched()] == ["User-agent: *\nDisallow: /new"] * requests
    assert site.requests["/robots.txt"] == requests


@pytest.fixture
def forbidding() -> Iterator[Hostile]:
    """Another host, whose robots.txt forbids a part of it."""
    with serving({"/robots.txt": sends(answer(ROBOTS, kind="text/plain")), "/private/a": sends(answer())}) as other:
        yield other


async def test_the_robots_txt_of_a_host_that_a_redirect_leads_to_is_asked_too(
    site: Site, forbidding: Hostile, fetcher: Fetcher
) -> None:
    site.answers["/a"] = redirect(f"{forbidding.url}/private/a")
    with pytest.raises(FetchError, match=r"robots\.txt does not allow it"):
        await fetcher.fetch(SOURCE, f"{site.base_url}/a")
    assert forbidding.requests == {"/robots.txt": 1}


async def test_a_hosts_pace_is_kept(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {"/robots.txt": PlainTextResponse("User-agent: *\nCrawl-delay: 0.2"), "/a": HTMLResponse("a")}
    begun = time.monotonic()
    await fetch_pages(SOURCE, [Candidate(source_id="s", url=f"{site.base_url}/a")] * 3, fetcher)
    assert time.monotonic() - begun >= 0.4


async def test_a_body_beyond_measure_is_cut_off(site: Site, fetcher: Fetcher) -> None:
    site.answers["/big"] = large()
    with pytest.raises(FetchError, match="is larger than 20,000,000 bytes"):
        await fetcher.fetch(SOURCE, f"{site.base_url}/big")


async def test_redirects_are_followed_but_not_for_ever(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {"/old": redirect("/new"), "/new": HTMLResponse("here"), "/loop": redirect("/loop")}
    page = await fetcher.fetch(SOURCE, f"{site.base_url}/old")
    assert page
    assert page.body == b"here"
    assert [exchange.url for exchange in page.exchanges] == [f"{site.base_url}/old", f"{site.base_url}/new"]
    with pytest.raises(FetchError, match="is redirected more than 5 times"):
        await fetcher.fetch(SOURCE, f"{site.base_url}/loop")
    assert site.requests["/loop"] == 6


async def test_nobody_there_is_said_so(fetcher: Fetcher) -> None:
    with pytest.raises(FetchError, match=r"is left alone: its robots\.txt could not be reached"):
        await fetcher.fetch(SOURCE, "http://127.0.0.1:9/a")


async def test_a_source_that_asks_for_a_contact_is_left_alone_without_one(site: Site, fetcher: Fetcher) -> None:
    source = Source(
        id="r",
        name="R",
        kind="feed",
        url="http://x/",
        authority="regulator",
        needs_contact=True,
        pace_seconds=0,
        allow_private=True,
    )
    site.answers["/a"] = HTMLResponse("a")
    with pytest.raises(FetchError, match="set UNDISCLOSED_CONTACT"):
        await fetcher.fetch(source, f"{site.base_url}/a")
    assert not site.requests
    async with Fetcher(contact="desk@example.org") as declared:
        assert await declared.fetch(source, f"{site.base_url}/a")
    assert "desk@example.org" in site.headers["/a"]["user-agent"]


async def test_a_candidate_that_fails_costs_only_itself(site: Site, fetcher: Fetcher, tmp_path: Path) -> None:
    (tmp_path / "a b.txt").write_text("text")
    site.answers["/a"] = HTMLResponse("a")
    urls = [
        f"{site.base_url}/a",
        f"{site.base_url}/gone",
        (tmp_path / "a b.txt").as_uri(),
        (tmp_path / "c.txt").as_uri(),
    ]
    batch = await fetch_pages(SOURCE, [Candidate(source_id="s", url=url) for url in urls], fetcher)
    assert [page.url for page in batch.done] == [urls[0], urls[2]]
    assert [(failure.url, failure.stage) for failure in batch.failures] == [(urls[1], "fetch"), (urls[3], "fetch")]
    assert [failure.reason for failure in batch.failures] == [
        "answered 404 Not Found",
        "could not be read: No such file or directory",
    ]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/a", "http://[::1]:1/a", "http://169.254.169.254/a", "http://10.0.0.1/a"]
)
async def test_addresses_that_are_not_on_the_open_internet_are_refused(fetcher: Fetcher, url: str) -> None:
    source = replace(SOURCE, allow_private=False)
    with pytest.raises(FetchError, match="which is not on the open internet"):
        await fetcher.fetch(source, url)
