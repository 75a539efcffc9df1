"""Feeds, sitemaps and EDGAR pages as they were recorded in the wild."""

import asyncio
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.discover import DiscoverError, discover_source
from flows.discover.edgar import read_filings
from tests.unit.discovering import a_page, a_source, getting

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="the recorded feeds are not here")


def members(archive: str, pattern: str) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(CORPORA / archive) as tar:
        for member in tar:
            if re.search(pattern, member.name) and (file := tar.extractfile(member)):
                yield member.name, file.read()


def test_edgars_feed_is_read_whole() -> None:
    entries = read = statements = pages = 0
    unavailable = []
    for name, body in members("feeds-edgar.tar.xz", r"/atom/.*\.xml$"):
        pages += 1
        try:
            filings, unseen = read_filings(a_source("edgar"), a_page(body))
        except DiscoverError as error:
            unavailable.append((name, error.problem, b"temporarily unavailable" in body))
            continue
        assert unseen is None, name
        entries += len(set(re.findall(rb"accession-number=([\d-]+)", body)))
        read += len(filings)
        statements += sum(filing.holds_statement for filing in filings)
        for filing in filings:
            assert filing.index_url.endswith(f"/{filing.accession}-index.htm")
    assert pages > 100
    assert read == entries
    assert statements > 100
    assert {(problem, apology) for _, problem, apology in unavailable} == {("feed is an HTML page", True)}


def test_every_feed_is_read_or_refused_in_words() -> None:
    read = refused = 0
    for name, body in members("feeds-feedparser.tar.xz", r"\.xml$"):
        try:
            listing = asyncio.run(discover_source(a_source("feed"), a_page(body), getting({})))
        except DiscoverError:
            refused += 1
            continue
        read += 1
        assert all(re.match(r"(?i)https?://", candidate.url) for candidate in listing.candidates), name
        assert listing.candidates or listing.unseen, name
    assert read > 1000
    assert refused < 20


SITEMAPS = {
    "sitemap.xml": (84, None),
    "sitemap.xml.gz": (84, None),
    "hreflang.xml": (2, None),
    "news-truncated.xml": (2, "ill-formed"),
    "sitemap2.xml": (0, "answered 500"),
}


def test_sitemaps_are_read_as_far_as_they_are_whole() -> None:
    bodies = {name.rpartition("/")[2]: body for name, body in members("feeds-sitemaps.tar.xz", "sitemaps/")}
    for name, (count, unseen) in SITEMAPS.items():
        listing = asyncio.run(discover_source(a_source("sitemap"), a_page(bodies[name]), getting({})))
        assert len(listing.candidates) == count, name
        assert (listing.unseen is None) == (unseen is None), name
        assert (unseen or "") in (listing.unseen or ""), name
