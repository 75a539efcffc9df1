"""Feeds, sitemaps and EDGAR pages as they were recorded in the wild."""

import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.discover import DiscoverError
from flows.discover.edgar_filings import Filing, read_current, read_daily_index, read_submissions
from tests.unit.discovering import BASE, AWeb, a_page, a_source, ask

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
            filings, unseen = read_current(a_source("edgar"), a_page(body))
        except DiscoverError as error:
            unavailable.append((name, error.problem, b"temporarily unavailable" in body))
            continue
        assert unseen is None, name
        entries += len(set(re.findall(rb"accession-number=([\d-]+)", body)))
        read += len(filings)
        statements += sum(filing.may_hold_statement for filing in filings)
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
            listing = ask(a_source("feed"), AWeb({BASE: body}))
        except DiscoverError:
            refused += 1
            continue
        read += 1
        assert all(re.match(r"(?i)https?://", candidate.url) for candidate in listing.candidates), name
        assert listing.candidates or listing.unseen, name
    assert read > 1000
    assert refused < 20


def test_every_list_of_filings_is_read_or_refused_in_words() -> None:
    told: dict[str, int | str] = {}
    for name, body in members("feeds-edgar.tar.xz", r"idx|submissions/"):
        page = a_page(body, f"https://data.sec.gov/submissions/{name.rpartition('_')[2]}")
        try:
            filings: tuple[Filing, ...]
            if "idx" in name:
                filings, unseen = read_daily_index(a_source("edgar"), page)
            else:
                (filings, unseen), _ = read_submissions(a_source("edgar"), page)
            told[name.rpartition("/")[2]] = unseen or len(filings)
        except DiscoverError as error:
            told[name.rpartition("/")[2]] = error.problem
    assert told["form.20200318.idx"] > 1000  # type: ignore[operator]
    refused = {name: problem for name, problem in told.items() if isinstance(problem, str)}
    assert refused == {
        "company.20221003.idx": "daily index is of another form",
        "data.sec.gov_submissions_CIK-000000001.json": "submissions are not there",
    }


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
        listing = ask(a_source("sitemap"), AWeb({BASE: bodies[name]}))
        assert len(listing.candidates) == count, name
        assert (listing.unseen is None) == (unseen is None), name
        assert (unseen or "") in (listing.unseen or ""), name
