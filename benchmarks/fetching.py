"""Fetching, measured beside its peers in one run: `python benchmarks/fetching.py [feeds robots edgar pages unchanged]`.

    feeds      feedparser's own tests of entries, links, titles and dates, read by feedparser and by our discovery
    robots     real robots.txt: each read, or refused with its reason
    edgar      EDGAR's pages of current filings: our rate beside feedparser's, per CPU second
    pages      fetch and archive of small pages over loopback: our rate beside bare httpx's, and memory
    unchanged  a look at feeds that are as they were: requests, and CPU

The first three need recordings in `../shared/corpora`, and say so where they are not there. What a killed run keeps is
a test: `TEST_KILLS=100 pytest tests/faults/test_killed.py`.
"""

from __future__ import annotations

import ast
import asyncio
import calendar
import io
import multiprocessing
import os
import re
import resource
import sys
import tarfile
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import feedparser
import httpx
from bs4 import BeautifulSoup
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from extractors.model import Candidate, Page, Source
from flows.archive import Archive
from flows.discover import DiscoverError
from flows.discover.edgar_filings import read_current
from flows.discover.feed import read_feed
from flows.discover.question import web_address
from flows.fetch import Fetcher, fetch_pages
from flows.newsroom.server import serve_app
from flows.robots import parse_robots

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
FEED = "http://127.0.0.1/feed.xml"
PAGES, BATCH, AT_ONCE = 10_000, 50, 10
BODY = b"<html><body><article>" + b"<p>Revenue came to 12.4 million euros.</p>" * 60 + b"</article></body></html>"


def members(archive: str, pattern: str) -> Iterator[tuple[str, bytes]]:
    if not (CORPORA / archive).exists():
        print(f"  {archive} is not beside the project: not measured")
        return
    with tarfile.open(CORPORA / archive) as tar:
        for member in tar:
            if re.search(pattern, member.name) and (file := tar.extractfile(member)):
                yield member.name, file.read()


def a_page(body: bytes, url: str = FEED) -> Page:
    return Page(source_id="s", url=url, fetched_at=datetime.now(UTC), body=body)


def a_source(url: str, **fields: Any) -> Source:
    given = {"id": "s", "name": "S", "kind": "feed", "authority": "press", "pace_seconds": 0, "allow_private": True}
    return Source(**(given | fields), url=url)


ASKED = re.compile(r"entries\[0\]\['(link|title|published_parsed|updated_parsed)'\] == (.+)")


def feeds() -> None:
    """The suite says in a comment what it expects; we are asked wherever that is an entry's link, title or date."""
    told: Counter[str] = Counter()
    for name, body in members("feeds-feedparser.tar.xz", r"tests/.*\.xml$"):
        told["files"] += 1
        candidates = _read(body)
        told["refused in words"] += candidates is None
        expected = re.search(rb"Expect:\s*(.*)", body)
        if not (expected and re.search(r"wellformed/(rss|atom|atom10|rdf)/", name)):
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            peer = feedparser.parse(io.BytesIO(body), response_headers={"content-location": FEED})
        text = expected[1].decode("utf-8", "replace").strip()
        if "entries" in text:
            leading = [entry for entry in peer.entries if web_address(entry.get("link"), FEED)]
            told["core, of entries"] += 1
            told["as many entries that lead somewhere as feedparser has"] += len(candidates or ()) == len(leading)
        clauses = [_clause(part) for part in text.split(" and ")]
        asked = [clause for clause in clauses if clause]
        if asked:
            told["core, of links, titles, dates"] += 1
            told["feedparser as expected"] += all(
                bool(peer.entries) and peer.entries[0].get(key) == value for key, value in asked
            )
            linked = candidates or _read(_with_link(body))
            agrees = all(_agrees(linked[0] if linked else None, key, value) for key, value in asked)
            told["we as expected"] += agrees
            if not agrees:
                print(f"  not as expected: {name}: {text}")
    print("feeds:", dict(told))


def _read(body: bytes) -> tuple[Candidate, ...] | None:
    try:
        return read_feed(a_source(FEED), a_page(body)).candidates
    except DiscoverError:
        return None


def _clause(text: str) -> tuple[str, Any] | None:
    """The key of an entry and the value that it is expected to have; None where something else is expected."""
    asked = ASKED.fullmatch(text.strip())
    try:
        return (asked[1], ast.literal_eval(asked[2])) if asked else None
    except (ValueError, SyntaxError):
        return None


def _with_link(body: bytes) -> bytes:
    """The feed, with an address for an entry that has none: without one it would be no candidate."""
    body = re.sub(rb"(<item(?=[\s>])[^>]*>)", rb"\1<link>http://127.0.0.1/1</link>", body, count=1)
    return re.sub(rb"(<entry(?=[\s>])[^>]*>)", rb'\1<link href="http://127.0.0.1/1"/>', body, count=1)


def _agrees(candidate: Candidate | None, key: str, value: Any) -> bool:
    """Whether our candidate has what is expected; an address that is none of the web's leads to no candidate."""
    if key == "link":
        return (candidate.url if candidate else None) == web_address(value, FEED)
    if candidate is None:
        return False
    if key == "title":
        plain = BeautifulSoup(value, "lxml").get_text()  # ours is text, the suite's is markup where the feed says so
        return candidate.title in (" ".join(value.split()), " ".join(plain.split()))
    if key == "updated_parsed":
        return candidate.updated_at == datetime.fromtimestamp(calendar.timegm(value), UTC)
    return candidate.published == "{:04}-{:02}-{:02}".format(*value)


def robots() -> None:
    read, refused, seconds = 0, Counter[str](), 0.0
    for name, body in members("feeds-robots.tar.xz", r"test_data/"):
        begun = time.process_time()
        try:
            rules = parse_robots(body)
            rules.can_fetch("https://example.org/news/1", "undisclosed/0.1")
            rules.crawl_delay("undisclosed/0.1")
            read += 1
        except ValueError as error:
            refused[f"{name}: {error}"] += 1
        seconds += time.process_time() - begun
    print(f"robots: {read} read, {sum(refused.values())} refused, {1000 * seconds / max(1, read):.3f} ms each")


def edgar() -> None:
    bodies = [body for _, body in members("feeds-edgar.tar.xz", r"/atom/.*\.xml$")]
    if not bodies:
        return
    source, entries, refused = a_source("https://www.sec.gov/", kind="edgar"), 0, Counter[str]()

    def ours() -> None:
        nonlocal entries
        entries = 0
        refused.clear()
        for body in bodies:
            try:
                filings, unseen = read_current(source, a_page(body, "https://www.sec.gov/"))
                entries += len(filings)
                refused[unseen or "read"] += 1
            except DiscoverError as error:
                refused[error.problem] += 1

    def theirs() -> None:
        for body in bodies:
            feedparser.parse(io.BytesIO(body))

    mine, peer = _least_cpu(ours, 5), _least_cpu(theirs, 2)
    rates = f"{len(bodies) / mine:.0f} pages a CPU second, feedparser {len(bodies) / peer:.0f}: {peer / mine:.1f} x"
    print(f"edgar: {entries} filings of {len(bodies)} pages ({dict(refused)}); {rates}")


def _least_cpu(work: Callable[[], None], times: int) -> float:
    def once() -> float:
        begun = time.process_time()
        work()
        return time.process_time() - begun

    return min(once() for _ in range(times))


def _serve(pipe: Any) -> None:
    """A site of small pages and of feeds that do not change, in a process of its own."""

    async def answer(request: Request) -> Response:
        if request.url.path == "/robots.txt":
            return Response(status_code=404)
        if request.url.path.startswith("/feed"):
            if request.headers.get("if-none-match") == '"1"':
                return Response(status_code=304)
            items = "".join(f"<item><link>/{number}</link></item>" for number in range(2))
            body = f'<rss version="2.0"><channel>{items}</channel></rss>'
            return Response(body, media_type="text/xml", headers={"etag": '"1"'})
        return Response(BODY + request.url.path.encode(), media_type="text/html")

    with serve_app(Starlette(routes=[Route("/{path:path}", answer)])) as url:
        pipe.send(url)
        pipe.recv()


class Site:
    def __enter__(self) -> str:
        self._pipe, other = multiprocessing.Pipe()
        self._process = multiprocessing.get_context("fork").Process(target=_serve, args=(other,))
        self._process.start()
        return str(self._pipe.recv())

    def __exit__(self, *_: object) -> None:
        self._pipe.send("")
        self._process.join()


async def _bare(url: str, first: int, count: int) -> None:
    limits = httpx.Limits(max_connections=AT_ONCE)
    async with httpx.AsyncClient(limits=limits) as client:
        numbers = iter(range(first, first + count))

        async def worker() -> None:
            for number in numbers:
                (await client.get(f"{url}/{number}")).raise_for_status()

        await asyncio.gather(*(worker() for _ in range(AT_ONCE)))


async def _ours(url: str, first: int, count: int, archive: Archive) -> None:
    source = a_source(url, concurrency=AT_ONCE)
    candidates = [Candidate(source_id="s", url=f"{url}/{number}") for number in range(first, first + count)]
    async with Fetcher() as fetcher:
        for start in range(0, count, BATCH):
            batch = await fetch_pages(source, candidates[start : start + BATCH], fetcher)
            assert not batch.failures, batch.failures[0]
            await asyncio.to_thread(archive.write_pages, batch.done)


def pages() -> None:
    """In slices by turns, so that what else the machine does weighs on both."""
    spent: dict[str, list[float]] = {"bare": [], "ours": []}
    cpu = dict.fromkeys(spent, 0.0)
    memory = []
    slices = 10
    with Site() as url, tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder), uuid4(), datetime.now(UTC))
        for number in range(slices):
            count, first = PAGES // slices, number * PAGES // slices
            for name, work in (("bare", _bare(url, first, count)), ("ours", _ours(url, first, count, archive))):
                begun, begun_cpu = time.perf_counter(), time.process_time()
                asyncio.run(work)
                spent[name].append(time.perf_counter() - begun)
                cpu[name] += time.process_time() - begun_cpu
            memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        archive.close()
    totals = {name: sum(seconds) for name, seconds in spent.items()}
    best = {name: min(seconds) for name, seconds in spent.items()}
    print(
        f"pages: {PAGES} fetched and archived at {PAGES / totals['ours']:.0f} a second, bare httpx "
        f"{PAGES / totals['bare']:.0f}: {totals['bare'] / totals['ours']:.0%} of its rate "
        f"(best slices {best['bare'] / best['ours']:.0%}, per CPU second {cpu['bare'] / cpu['ours']:.0%}); "
        f"most memory {memory[0]} MB after a tenth, {memory[-1]} MB at the end"
    )


def unchanged() -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from tests.faults.pipeline import run_once
    from warehouse.database import open_warehouse

    with Site() as url, tempfile.TemporaryDirectory() as home:
        os.environ |= {"UNDISCLOSED_HOME": f"{home}/home", "UNDISCLOSED_SOURCES": f"{home}/sources"}
        (Path(home) / "sources").mkdir()
        for number in range(100):
            (Path(home) / "sources" / f"s{number:03}.toml").write_text(
                f'name = "S"\nkind = "feed"\nurl = "{url}/feed{number}"\nauthority = "press"\n'
                'pace_seconds = 0\nconcurrency = 10\nallow_private = true\ninclude = "/none/"\n'
            )
        asyncio.run(run_once())
        for _ in range(2):
            begun, begun_cpu = time.perf_counter(), time.process_time()
            asyncio.run(run_once())
            seconds, cpu = time.perf_counter() - begun, time.process_time() - begun_cpu
        with open_warehouse(Path(home) / "home" / "undisclosed.duckdb", read_only=True) as db:
            told = db.execute(
                "select outcome_code, count(*) from coverage where url is null and run_id = "
                "(select run_id from runs order by started_at desc limit 1) group by all"
            ).fetchall()
    print(f"unchanged: {dict(told)}; {cpu:.2f} s of CPU, {seconds:.2f} s")


BENCHMARKS = {"feeds": feeds, "robots": robots, "edgar": edgar, "pages": pages, "unchanged": unchanged}

if __name__ == "__main__":
    for chosen in sys.argv[1:] or BENCHMARKS:
        BENCHMARKS[chosen]()
