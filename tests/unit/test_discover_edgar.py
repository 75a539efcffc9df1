import asyncio

import pytest

from extractors.model import Candidate
from flows.discover import DiscoverError, Listing, discover_source
from flows.discover.edgar import Filing, find_statement, read_filings
from tests.unit.discovering import BASE, a_page, a_source, getting

SEC = "https://www.sec.gov/Archives/edgar/data"


def entry(number: int, form: str, *items: str, cik: int = 1, company: str = "Acme - Société Inc.") -> str:
    accession = f"0000000001-26-{number:06}"
    listed = "".join(f"&lt;br&gt;Item {item}: Something\n" for item in items)
    return f"""<entry><title>{form} - {company} ({cik:010}) (Filer)</title>
        <link rel="alternate" type="text/html" href="{index_url(number, cik)}"/>
        <summary type="html"> &lt;b&gt;Filed:&lt;/b&gt; 2026-05-12 &lt;b&gt;AccNo:&lt;/b&gt; {accession}
        &lt;b&gt;Size:&lt;/b&gt; 1 MB {listed}</summary><updated>2026-05-11T20:01:04-04:00</updated>
        <category scheme="https://www.sec.gov/" label="form type" term="{form}"/>
        <id>urn:tag:sec.gov,2008:accession-number={accession}</id></entry>"""


def index_url(number: int, cik: int = 1) -> str:
    return f"{SEC}/{cik}/{number}/0000000001-26-{number:06}-index.htm"


def feed(*entries: str) -> bytes:
    text = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Latest</title>{"".join(entries)}</feed>'
    return b'<?xml version="1.0" encoding="ISO-8859-1" ?>' + text.encode("latin-1")


def index(*documents: tuple[str, str], heading: str = "Document Format Files") -> str:
    rows = "".join(
        f'<tr><td>1</td><td>&nbsp;</td><td><a href="{href}">x</a> iXBRL</td><td>{kind}</td><td>9</td></tr>'
        for kind, href in documents
    )
    heads = "<tr><th>Seq</th><th>Description</th><th>Document</th><th>Type</th><th>Size</th></tr>"
    return f'<html><body><p>{heading}</p><table class="tableFile">{heads}{rows}</table></body></html>'


def discover(body: bytes, pages: dict[str, str | bytes], log: list[str] | None = None) -> Listing:
    return asyncio.run(discover_source(a_source("edgar"), a_page(body), getting(pages, log)))


def test_an_entry_is_read_as_a_filing() -> None:
    filings, unseen = read_filings(a_source("edgar"), a_page(feed(entry(7, "8-K/A", "2.02", "9.01", cik=320193))))
    assert unseen is None
    assert filings == (
        Filing(
            form="8-K/A",
            company="Acme - Société Inc.",
            cik="0000320193",
            accession="0000000001-26-000007",
            filed="2026-05-12",
            items=("2.02", "9.01"),
            index_url=index_url(7, 320193),
            title="8-K/A - Acme - Société Inc. (0000320193) (Filer)",
        ),
    )


@pytest.mark.parametrize(
    ("form", "items", "holds"),
    [
        ("8-K", ("2.02", "9.01"), True),
        ("8-K/A", ("2.02",), True),
        ("8-K", ("7.01", "9.01"), False),
        ("8-K12B", ("2.02",), False),
        ("6-K", (), True),
        ("6-K/A", (), True),
        ("SC 13D", (), False),
    ],
)
def test_results_and_foreign_reports_hold_a_statement(form: str, items: tuple[str, ...], holds: bool) -> None:
    filings, _ = read_filings(a_source("edgar"), a_page(feed(entry(1, form, *items))))
    assert [filing.holds_statement for filing in filings] == [holds]


def test_the_press_release_is_the_candidate_dated_by_its_filing() -> None:
    log: list[str] = []
    pages: dict[str, str | bytes] = {
        index_url(1): index(
            ("8-K", "/ix?doc=/Archives/edgar/data/1/1/a8k.htm"), ("EX-99.1", "/Archives/edgar/data/1/1/r.htm")
        )
    }
    body = feed(entry(1, "8-K", "2.02"), entry(2, "8-K", "5.02"), entry(1, "8-K", "2.02", cik=2), entry(3, "4"))
    listing = discover(body, pages, log)
    assert listing == Listing(
        (
            Candidate(
                source_id="acme",
                url=f"{SEC}/1/1/r.htm",
                title="8-K - Acme - Société Inc. (0000000001) (Filer)",
                published="2026-05-12",
            ),
        )
    )
    assert log == [index_url(1)]


@pytest.mark.parametrize(
    ("form", "documents", "found"),
    [
        ("8-K", [("8-K", "a.htm"), ("EX-99.2", "c.htm"), ("EX-99.1", "b.htm")], "b.htm"),
        ("8-K", [("8-K", "a.htm"), ("EX-99.01", "b.htm")], "b.htm"),
        ("8-K", [("8-K", "a.htm"), ("EX-10.1", "c.htm"), ("EX-99", "b.txt")], "b.txt"),
        ("6-K", [("6-K", "a.htm"), ("EX-99.3", "c.htm"), ("EX-99.4", "d.htm")], "c.htm"),
        ("6-K", [("6-K", "a.htm"), ("GRAPHIC", "b.jpg")], "a.htm"),
        ("6-K/A", [("6-K/A", "/ix?doc=/Archives/a.htm")], "/Archives/a.htm"),
        ("8-K", [("8-K", "a.htm"), ("EX-99.1", "b.pdf")], "a.htm"),
        ("8-K", [("GRAPHIC", "b.jpg")], None),
        ("8-K", [], None),
    ],
)
def test_the_statement_is_exhibit_99_1_or_the_next_best(
    form: str, documents: list[tuple[str, str]], found: str | None
) -> None:
    page = a_page(index(*documents), "https://sec.example/data/1/index.htm")
    expected = found and (
        "https://sec.example" + found if found.startswith("/") else f"https://sec.example/data/1/{found}"
    )
    assert find_statement(page, form) == expected


def test_an_index_that_fails_costs_only_its_filing_and_is_told() -> None:
    pages: dict[str, str | bytes] = {index_url(2): "<html>busy</html>", index_url(3): index(("EX-99.1", "r.htm"))}
    listing = discover(feed(*(entry(number, "6-K") for number in (1, 2, 3))), pages)
    assert [candidate.url for candidate in listing.candidates] == [f"{SEC}/1/3/r.htm"]
    assert listing.unseen == (
        "filing 0000000001-26-000001: answered 500; "
        f"filing 0000000001-26-000002: its index names no document to read: {index_url(2)}"
    )


def test_an_entry_that_is_no_filing_is_told() -> None:
    strange = '<entry><title>Notice</title><link href="https://www.sec.gov/notice"/></entry>'
    assert discover(feed(strange), {}) == Listing((), "feed has entries that are no filings: 1 of 1")


def test_a_page_that_is_no_feed_is_an_error() -> None:
    with pytest.raises(DiscoverError, match=f"acme: feed is an HTML page: {BASE}"):
        discover(b"<!DOCTYPE html><html><body>This page is temporarily unavailable.</body></html>", {})
