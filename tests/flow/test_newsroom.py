"""The embedded newsroom serves its story as real sites would, and no more of it than the clock's day has seen."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
import subprocess
import sys
import tomllib
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import get_args
from urllib.parse import urlsplit

import feedparser
import httpx
import pytest
from lxml import etree, html

from flows.newsroom.chronicle import file_ids, read_company
from flows.newsroom.clock import FIRST_DAY, SEASON_ENDS, next_day
from flows.newsroom.editions import sites
from flows.newsroom.markup import Block, BlockKind
from flows.newsroom.server import serve, serve_in_thread
from flows.newsroom.story import Amount, Figure
from flows.newsroom.writer import Writer

LAST_DAY = SEASON_ENDS[-1]
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
SOURCES = Path(__file__).parents[2] / "sources"

each_site = pytest.mark.parametrize("site", [pytest.param(site, id=site.id) for site in sites().values()])
each_company = pytest.mark.parametrize(
    "company", [pytest.param(read_company(key), id=key) for key in file_ids("companies")]
)
each_publication = pytest.mark.parametrize(
    ("site", "publication"),
    [pytest.param(site, one, id=f"{site.id}-{one.slug}") for site in sites().values() for one in site.publications],
)


@pytest.fixture(scope="module")
def served():
    day = [LAST_DAY]
    with serve_in_thread(lambda: day[0]) as base_url, httpx.Client(base_url=base_url) as client:
        yield client, day


@pytest.fixture
def newsroom(served):
    """A client of the newsroom at the end of its story."""
    client, day = served
    day[0] = LAST_DAY
    return client


@pytest.fixture
def moving(served):
    """A client of the newsroom on its first day, and the day that its clock shows: set `day[0]`."""
    client, day = served
    day[0] = FIRST_DAY
    return client, day


def urls(client, site, publications):
    return [f"{str(client.base_url).rstrip('/')}/{site.id}/news/{one.slug}" for one in publications]


class TestListings:
    @each_site
    def test_feed_is_valid_and_has_the_newest_first(self, newsroom, site):
        response = newsroom.get(f"/{site.id}/{site.look['listing']}")
        feed = feedparser.parse(response.content)
        assert not feed.bozo
        assert feed.version == {"feed.xml": "rss20", "atom.xml": "atom10"}[site.look["listing"]]
        assert feed.feed.language == site.language
        assert [entry.link for entry in feed.entries] == urls(newsroom, site, site.publications[:20])
        for entry, publication in zip(feed.entries, site.publications, strict=False):
            assert entry.title == publication.title
            assert date(*entry.published_parsed[:3]) == publication.day

    def test_both_kinds_of_feed_are_in_use(self):
        assert {site.look["listing"] for site in sites().values()} == {"feed.xml", "atom.xml"}

    @each_site
    @pytest.mark.parametrize("day", SEASON_ENDS)
    def test_sitemap_names_everything_published(self, moving, site, day):
        client, clock = moving
        clock[0] = day
        tree = etree.fromstring(client.get(f"/{site.id}/sitemap.xml").content)
        assert tree.xpath("//s:loc/text()", namespaces=SITEMAP) == urls(client, site, site.on(day))

    @each_site
    def test_the_other_feed_is_not_there(self, newsroom, site):
        other = ({"feed.xml", "atom.xml"} - {site.look["listing"]}).pop()
        assert newsroom.get(f"/{site.id}/{other}").status_code == 404

    @each_site
    def test_before_the_first_news_there_is_an_empty_feed(self, moving, site):
        client, clock = moving
        clock[0] = date(2022, 1, 1)
        feed = feedparser.parse(client.get(f"/{site.id}/{site.look['listing']}").content)
        assert (bool(feed.bozo), feed.entries) == (False, [])

    def test_robots_lets_crawlers_in_and_names_every_sitemap(self, newsroom):
        lines = newsroom.get("/robots.txt").text.splitlines()
        assert "Disallow: /preview/" in lines
        assert "Crawl-delay: 0" in lines
        assert sum(line.startswith("Sitemap: ") for line in lines) == len(sites())


class TestPages:
    @each_publication
    def test_says_who_when_and_what_and_keeps_the_rest_out_of_the_article(self, newsroom, site, publication):
        response = newsroom.get(f"/{site.id}/news/{publication.slug}")
        assert response.status_code == 200
        page = html.document_fromstring(response.text)
        meta = {node.get("property"): node.get("content") for node in page.iter("meta")}
        assert page.get("lang") == site.language
        assert meta["og:title"] == publication.title
        assert meta["article:published_time"] == publication.published_at.isoformat()
        assert page.xpath("//link[@rel='canonical']/@href") == [str(response.url)]
        ld = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
        assert (ld["headline"], ld["datePublished"][:10]) == (publication.title, publication.day.isoformat())
        assert page.xpath("string(//article//h1)") == publication.title
        (article,) = page.iter("article")
        assert not article.xpath(".//nav | .//footer | .//aside | .//*[@class='cookies']")
        body = [_line(" ".join(element.itertext())) for element in article.xpath("./*[not(self::header)]")]
        assert body == [_line(_flat(block)) for block in publication.blocks]

    def test_every_kind_of_block_is_in_use(self):
        kinds = {block.kind for site in sites().values() for one in site.publications for block in one.blocks}
        assert kinds == set(get_args(BlockKind))

    @each_publication
    def test_reads_like_prose(self, site, publication):
        text = " ".join([publication.title, *map(_flat, publication.blocks)])
        assert not re.search(r"[{}]|\bNone\b|Decimal|undefined|\(\)|\s,|\.\.|  ", text)
        assert not re.search(r"(?<![\d.,])1 (millions|miljoenen|Millionen|euros)\b", text)
        assert not re.search(r"\b20\d\d \d", text), "a year and a figure side by side"
        assert publication.blocks[0].kind == "paragraph"
        assert site.is_press or re.search(site.name, _flat(publication.blocks[0]) + publication.title)

    @each_site
    def test_front_page_links_every_publication(self, newsroom, site):
        page = html.document_fromstring(newsroom.get(f"/{site.id}/").text)
        assert page.xpath("//main//li//a/@href") == urls(newsroom, site, site.publications)

    def test_welcome_page_links_every_site(self, newsroom):
        links = html.document_fromstring(newsroom.get("/").text).xpath("//main//h2/a/@href")
        assert [urlsplit(link).path for link in links] == [f"/{site_id}/" for site_id in sites()]

    @pytest.mark.parametrize(
        "path", ["/nobody/", "/nobody/sitemap.xml", "/velderwiek/news/never", "/velderwiek/other.xml"]
    )
    def test_what_is_not_there_is_not_found(self, newsroom, path):
        assert newsroom.get(path).status_code == 404


class TestConditionalRequests:
    PATHS = ("/velderwiek/feed.xml", "/thistlewren/atom.xml", "/tissandre/sitemap.xml", "/lauterhorn/", "article")

    @pytest.fixture(params=PATHS)
    def path(self, request):
        site = sites()["velderwiek"]
        return f"/{site.id}/news/{site.publications[0].slug}" if request.param == "article" else request.param

    def test_304_for_the_same_etag(self, newsroom, path):
        etag = newsroom.get(path).headers["etag"]
        for sent in (etag, f"W/{etag}", f'"other", {etag}', "*"):
            answer = newsroom.get(path, headers={"If-None-Match": sent})
            assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", etag)

    def test_304_when_not_modified_since(self, newsroom, path):
        modified = newsroom.get(path).headers["last-modified"]
        assert newsroom.get(path, headers={"If-Modified-Since": modified}).status_code == 304

    @pytest.mark.parametrize(
        "headers",
        [
            {"If-None-Match": '"other"'},
            {"If-Modified-Since": "Sat, 01 Jan 2022 00:00:00 GMT"},
            {"If-Modified-Since": "yesterday"},
            {"If-None-Match": '"other"', "If-Modified-Since": "Fri, 01 Jan 2038 00:00:00 GMT"},
        ],
    )
    def test_200_otherwise(self, newsroom, path, headers):
        assert newsroom.get(path, headers=headers).status_code == 200

    def test_head_has_the_headers_and_no_body(self, newsroom, path):
        head, full = newsroom.head(path), newsroom.get(path)
        assert (head.status_code, head.content) == (200, b"")
        for name in ("etag", "last-modified", "content-type", "content-length"):
            assert head.headers[name] == full.headers[name]

    def test_news_changes_a_feed_and_leaves_a_page_as_it_was(self, moving):
        client, day = moving
        page = f"/velderwiek/news/{sites()['velderwiek'].on(FIRST_DAY)[0].slug}"
        held = {path: client.get(path).headers["etag"] for path in ("/velderwiek/feed.xml", page)}
        day[0] = next_day(FIRST_DAY)
        answers = {path: client.get(path, headers={"If-None-Match": etag}) for path, etag in held.items()}
        assert [answer.status_code for answer in answers.values()] == [200, 304]


class TestClock:
    def test_moves_season_by_season_and_then_stays(self):
        days = [FIRST_DAY, *(end for end in SEASON_ENDS[1:]), LAST_DAY]
        assert [next_day(day) for day in days[:-1]] == days[1:]
        assert next_day(FIRST_DAY - timedelta(days=1)) == FIRST_DAY

    @each_site
    def test_every_season_brings_news_to_every_site(self, site):
        counts = [len(site.on(day)) for day in SEASON_ENDS]
        assert counts == sorted(set(counts))
        assert site.on(LAST_DAY) == site.publications

    def test_tomorrow_is_neither_listed_nor_served(self, moving):
        client, day = moving
        newest = sites()["velderwiek"].publications[0]
        page = f"/velderwiek/news/{newest.slug}"
        for last, status in ((newest.day - timedelta(days=1), 404), (newest.day, 200)):
            day[0] = last
            assert client.get(page).status_code == status
            for listing in ("feed.xml", "sitemap.xml", ""):
                assert (page in client.get(f"/velderwiek/{listing}").text) == (status == 200)


TURNS = {
    "stops for good, as announced": ("velderwiek", "unit_sales", "2023-Q4", "+", "2024-Q1", "withheld"),
    "stays stopped": ("velderwiek", "unit_sales", "2024-Q1", "withheld", "2024-Q4", "withheld"),
    "falls silent": ("thistlewren", "subscribers", "2023-Q4", "+", "2024-Q1", "silent"),
    "something prettier begins": ("thistlewren", "arpu", "2023-Q4", "silent", "2024-Q1", "+"),
    "gives no figure for now": ("lauterhorn", "orders", "2023-Q3", "+", "2023-Q4", "withheld"),
    "gives it again": ("lauterhorn", "orders", "2024-Q2", "withheld", "2024-Q3", "+"),
    "falls silent at the end": ("stroomvos", "backlog", "2024-Q3", "+", "2024-Q4", "silent"),
}


class TestStory:
    @pytest.mark.parametrize("turn", TURNS.values(), ids=TURNS)
    def test_turns(self, turn):
        company, metric, *steps = turn
        releases = {release.quarter.label: release for release in read_company(company).releases}
        for label, expected in (steps[:2], steps[2:]):
            release = releases[label]
            actual = "+" if metric in release.figures else "withheld" if metric in release.withheld else "silent"
            assert actual == expected, label

    @pytest.mark.parametrize(
        ("company", "kinds"),
        [
            ("tissandre", {"2024-Q1": "suspended", "2024-Q2": "suspended", "2024-Q3": "set"}),
            ("lauterhorn", {"2024-Q1": "kept", "2024-Q2": "cut", "2024-Q3": "kept"}),
            ("ottermoor", {"2025-Q2": "kept", "2025-Q3": "suspended"}),
            ("stroomvos", {"2024-Q4": "none"}),
        ],
    )
    def test_guidance_turns(self, company, kinds):
        told = {release.quarter.label: release.guidance.kind for release in read_company(company).releases}
        assert {label: told[label] for label in kinds} == kinds

    @each_company
    def test_releases_follow_one_another_quarter_by_quarter(self, company):
        quarters = [release.quarter for release in company.releases]
        assert all(later.first == earlier.last + timedelta(days=1) for earlier, later in pairwise(quarters))
        assert all(
            timedelta(0) < release.published - release.quarter.last < timedelta(days=62) for release in company.releases
        )
        assert all(release.published.weekday() < 5 for release in company.releases)

    @each_company
    def test_a_release_tells_every_figure_that_the_story_says_it_tells(self, company):
        writer = Writer(company.language)
        pages = {one.day: " ".join([one.title, *map(_flat, one.blocks)]) for one in sites()[company.id].publications}
        for release in company.releases:
            told = [*release.figures.values(), *([release.full_year["revenue"]] if release.full_year else [])]
            for figure in told:
                ways = (_written(writer, figure.now), writer.cell(figure.now))
                assert any(way in pages[release.published] for way in ways), (release.quarter.label, figure.metric)
            if release.guidance and release.guidance.high:
                assert _written(writer, release.guidance.high) in pages[release.published]

    @each_company
    def test_texts_differ_from_quarter_to_quarter(self, company):
        by_day = {one.day: one for one in sites()[company.id].publications}
        skeletons = [_skeleton(by_day[release.published]) for release in company.releases]
        assert all(len(skeleton ^ after) > 3 for skeleton, after in pairwise(skeletons))

    def test_fiscal_quarters_have_their_own_calendar(self):
        fiscal = {release.quarter.label: release for release in read_company("ottermoor").releases}["2024-Q2"]
        assert (fiscal.quarter.first, fiscal.quarter.last) == (date(2023, 7, 1), date(2023, 9, 30))


class TestWriter:
    MILLION = 1_000_000

    @pytest.mark.parametrize(
        ("language", "unit", "value", "written"),
        [
            ("nl", "EUR", "12.4", "12,4 miljoen euro"),
            ("en", "EUR", "12.4", "€12.4 million"),
            ("en", "GBP", "1", "£1 million"),
            ("de", "EUR", "12.4", "12,4 Mio. Euro"),
            ("de", "EUR", "1150", "1,15 Mrd. Euro"),
            ("de", "EUR", "1240.9", "1.240,9 Mio. Euro"),
            ("fr", "EUR", "12.4", "12,4\u00a0millions d'euros"),
            ("fr", "EUR", "1.9", "1,9\u00a0million d'euros"),
            ("nl", "EUR", "-1.4", "1,4 miljoen euro"),
        ],
    )
    def test_money(self, language, unit, value, written):
        assert Writer(language).money(Amount(Decimal(value) * self.MILLION, unit, self.MILLION, 1)) == written

    @pytest.mark.parametrize(
        ("language", "written"), [("nl", "41.230"), ("de", "41.230"), ("en", "41,230"), ("fr", "41\u202f230")]
    )
    def test_counts(self, language, written):
        assert Writer(language).number(Amount(Decimal(41_230), "count")) == written

    @pytest.mark.parametrize(
        ("now", "before", "state"),
        [(2, 1, "up"), (1, 2, "down"), (1, 1, "same"), (-1, 2, "loss"), (1, -2, "turn"), (1, None, "first")],
    )
    def test_the_way_a_figure_went(self, now, before, state):
        earlier = None if before is None else Amount(Decimal(before), "EUR")
        assert Figure("revenue", "2024-Q1", Amount(Decimal(now), "EUR"), earlier).state == state

    def test_no_growth_out_of_a_loss(self):
        with pytest.raises(ValueError, match="revenue 2024-Q1"):
            Figure("revenue", "2024-Q1", Amount(Decimal(1), "EUR"), Amount(Decimal(-1), "EUR")).growth  # noqa: B018


class TestServer:
    def test_a_taken_port_is_said(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            told = f"newsroom cannot listen on 127.0.0.1:{port}: Address already in use"
            with pytest.raises(OSError, match=told), serve_in_thread(lambda: FIRST_DAY, port=port):
                pass

    async def serve_and_read(self):
        async with serve(lambda: FIRST_DAY) as base_url:
            # The loop stands still while this blocking client waits: the newsroom answers all the same.
            first = httpx.get(f"{base_url}/velderwiek/feed.xml").status_code
        with pytest.raises(httpx.ConnectError):
            httpx.get(base_url)
        return first

    def test_serves_beside_a_busy_loop_and_leaves_signals_alone(self):
        before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
        assert asyncio.run(self.serve_and_read()) == 200
        assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before

    def test_the_port_can_be_had_again_at_once(self):
        with serve_in_thread(lambda: FIRST_DAY) as base_url:
            httpx.get(f"{base_url}/")
        with serve_in_thread(lambda: FIRST_DAY, port=urlsplit(base_url).port) as again:
            assert again == base_url

    def test_starts_without_prefect(self):
        code = "import sys, flows.newsroom; sys.exit('prefect' in sys.modules)"
        subprocess.run([sys.executable, "-c", code], check=True)


@each_site
def test_every_site_is_a_source(newsroom, site):
    source = tomllib.loads((SOURCES / f"newsroom_{site.id}.toml").read_text())
    address = source["url"].replace("{newsroom}", str(newsroom.base_url).rstrip("/"))
    assert newsroom.get(address).status_code == 200
    assert urlsplit(address).path.startswith(f"/{site.id}/")
    assert (source["kind"] == "sitemap") == address.endswith("sitemap.xml")
    assert source.get("company") == (None if site.is_press else site.name)
    assert (source["authority"], source["language"]) == ("press" if site.is_press else "company", site.language)


def _line(text: str) -> str:
    return " ".join(text.split())


def _flat(block: Block) -> str:
    return " ".join(" ".join(line) for line in block.lines)


def _skeleton(publication) -> set[str]:
    return {
        re.sub(r"\d[\d.,\u202f]*|\b\w+(e|er|ter|th|st|nd|rd|ième)\b", "#", _flat(block)) for block in publication.blocks
    }


def _written(writer: Writer, amount: Amount) -> str:
    if amount.unit == "%":
        return writer.rate(amount)
    if amount.unit == "count":
        return writer.number(amount) if amount.scale == 1 else writer.millions(amount)
    return writer.money(amount)
