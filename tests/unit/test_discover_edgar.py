import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from extractors.model import Candidate
from flows.discover import Answer, DiscoverError
from flows.discover.edgar import find_statement
from flows.discover.edgar_filings import Filing, read_current, read_daily_index
from flows.discover.question import NEVER
from tests.unit.discovering import BASE, AWeb, a_page, a_source, ask

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


def discover(body: bytes, pages: dict[str, str | bytes], log: list[str] | None = None) -> Answer:
    web = AWeb({BASE: body} | pages)
    answer = ask(a_source("edgar"), web)
    if log is not None:
        log += web.log[1:]
    return answer


FILING = Filing(
    form="8-K",
    company="Acme Inc.",
    cik="0000000001",
    accession="0000000001-26-000001",
    filed="2026-05-12",
    items=None,
    index_url=index_url(1),
)


def test_an_entry_is_read_as_a_filing() -> None:
    filings, unseen = read_current(a_source("edgar"), a_page(feed(entry(7, "8-K/A", "2.02", "9.01", cik=320193))))
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
    filings, _ = read_current(a_source("edgar"), a_page(feed(entry(1, form, *items))))
    assert [filing.may_hold_statement for filing in filings] == [holds]


def test_the_press_release_is_the_candidate_dated_by_its_filing() -> None:
    log: list[str] = []
    pages: dict[str, str | bytes] = {
        index_url(1): index(
            ("8-K", "/ix?doc=/Archives/edgar/data/1/1/a8k.htm"), ("EX-99.1", "/Archives/edgar/data/1/1/r.htm")
        )
    }
    body = feed(entry(1, "8-K", "2.02"), entry(2, "8-K", "5.02"), entry(1, "8-K", "2.02", cik=2), entry(3, "4"))
    listing = discover(body, pages, log)
    assert listing == Answer(
        (
            Candidate(
                source_id="acme",
                url=f"{SEC}/1/1/r.htm",
                title="8-K: Acme - Société Inc. (0000000001)",
                published="2026-05-12",
                issuer="Acme - Société Inc.",
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
    ],
)
def test_the_statement_is_exhibit_99_1_or_the_next_best(
    form: str, documents: list[tuple[str, str]], found: str
) -> None:
    page = a_page(index(*documents), "https://sec.example/data/1/index.htm")
    expected = "https://sec.example" + (found if found.startswith("/") else f"/data/1/{found}")
    assert find_statement(page, replace(FILING, form=form)) == expected


@pytest.mark.parametrize("documents", [[("GRAPHIC", "b.jpg")], []])
def test_a_filing_without_a_document_to_read_is_told(documents: list[tuple[str, str]]) -> None:
    with pytest.raises(LookupError, match="names no document to read"):
        find_statement(a_page(index(*documents)), FILING)


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
    assert discover(feed(strange), {}) == Answer((), "feed has entries that are no filings: 1 of 1")


def test_a_page_that_is_no_feed_is_an_error() -> None:
    with pytest.raises(DiscoverError, match=f"acme: feed is an HTML page: {BASE}"):
        discover(b"<!DOCTYPE html><html><body>This page is temporarily unavailable.</body></html>", {})


def folder_url(number: int) -> str:
    return f"{SEC}/1/0000000001{26}{number:06}/r.htm"


def test_a_filing_that_is_held_is_not_looked_at_and_an_index_page_does_not_change() -> None:
    web = AWeb({BASE: feed(entry(1, "6-K"), entry(2, "6-K")), index_url(2): index(("6-K", "r.htm"))})
    answer = ask(a_source("edgar"), web, known=[folder_url(1)])
    assert web.log == [BASE, index_url(2)]
    assert [candidate.url for candidate in answer.candidates] == [f"{SEC}/1/2/r.htm"]
    assert web.changed_at[index_url(2)] == NEVER


def test_the_feed_is_read_back_to_a_filing_that_is_held() -> None:
    current = "https://www.sec.gov/cgi-bin/browse-edgar?action=getcurrent&count=2"
    pages = [[9, 8], [7, 6], [5, 4], [3, 2]]
    web = AWeb(
        {
            current + (f"&start={2 * at}" if at else ""): feed(*(entry(number, "6-K") for number in numbers))
            for at, numbers in enumerate(pages)
        }
        | {index_url(number): index(("6-K", "r.htm")) for number in range(10)}
    )
    answer = ask(a_source("edgar", url=current), web, known=[folder_url(6)])
    assert [candidate.url for candidate in answer.candidates] == [f"{SEC}/1/{number}/r.htm" for number in (9, 8, 7)]
    assert len(ask(a_source("edgar", url=current), web).candidates) == 2


DAILY = "https://www.sec.gov/Archives/edgar/daily-index/2026/QTR2/"
DAY = """Description:           Daily Index of EDGAR Dissemination Feed by Form Type
Last Data Received:    May 12, 2026

Form Type   Company Name                                                  CIK         Date Filed  File Name
---------------------------------------------------------------------------------------------------------------
4           Acme Inc.                                                     1           20260512    edgar/data/1/0000000001-26-000009.txt
6-K         Acéro SA                                                      2           20260512    edgar/data/2/0000000001-26-000002.txt
8-K         Acme Inc.                                                     1           20260512    edgar/data/1/0000000001-26-000001.txt
8-K/A       Acme Inc.                                                     1           20260512    edgar/data/1/0000000001-26-000003.txt
"""  # noqa: E501


def daily_index_url(number: int, cik: int = 1) -> str:
    accession = f"0000000001-26-{number:06}"
    return f"{SEC}/{cik}/{accession.replace('-', '')}/{accession}-index.htm"


def test_the_past_is_read_from_daily_indexes_that_do_not_change() -> None:
    current = "https://www.sec.gov/cgi-bin/browse-edgar?action=getcurrent&type=8-K&count=100"
    held = [{"name": f"form.2026051{day}.idx"} for day in (1, 2, 3)] + [{"name": "company.20260512.idx"}]
    results, other = index(("EX-99.1", "r.htm")), index(("EX-99.1", "o.htm"))
    web = AWeb(
        {
            f"{DAILY}index.json": json.dumps({"directory": {"item": held}}),
            f"{DAILY}form.20260512.idx": DAY.encode("latin-1"),
            daily_index_url(1): results.replace("<body>", "<body><div>Item 2.02: Results</div>"),
            daily_index_url(3): other.replace("<body>", "<body><div>Item 5.02: Officers</div>"),
        }
    )
    answer = ask(a_source("edgar", url=current), web, since=date(2026, 5, 12), until=date(2026, 5, 13))
    (candidate,) = answer.candidates
    assert (candidate.url, candidate.published, candidate.issuer) == (
        daily_index_url(1).rpartition("/")[0] + "/r.htm",
        "2026-05-12",
        "Acme Inc.",
    )
    assert answer.unseen == "daily index 2026-05-13: answered 500"
    assert web.changed_at[f"{DAILY}form.20260512.idx"] == datetime(2026, 5, 14, tzinfo=UTC)
    assert web.changed_at[f"{DAILY}index.json"] == datetime(2026, 7, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "daily index is empty"),
        (b"<?xml?><Error><Code>NoSuchKey</Code></Error>", "daily index is not there"),
        (DAY.replace("Form Type", "Company  ").encode("latin-1"), "daily index is of another form"),
    ],
)
def test_what_is_no_daily_index_is_said(body: bytes, problem: str) -> None:
    with pytest.raises(DiscoverError, match=problem):
        read_daily_index(a_source("edgar"), a_page(body))


def test_a_row_of_a_daily_index_that_is_no_filing_is_told() -> None:
    filings, unseen = read_daily_index(a_source("edgar"), a_page(DAY + "???\n"))
    assert ([filing.company for filing in filings][:2], len(filings)) == (["Acme Inc.", "Acéro SA"], 4)
    assert unseen == "daily index has rows that are no filings: 1 of 5"


def submissions(numbers: list[int], files: list[dict[str, str]] | None = None) -> str:
    recent = {
        "accessionNumber": [f"0000000001-26-{number:06}" for number in numbers],
        "filingDate": [f"2026-05-{number:02}" for number in numbers],
        "form": ["8-K"] * len(numbers),
        "items": ["2.02,9.01" if number % 2 else "5.02" for number in numbers],
    }
    older = files is None
    return json.dumps(recent if older else {"name": "Acme Inc.", "filings": {"recent": recent, "files": files}})


def test_one_companys_submissions_answer_both_questions() -> None:
    url = "https://data.sec.gov/submissions/CIK0000000001.json"
    older = "https://data.sec.gov/submissions/CIK0000000001-submissions-001.json"
    pages: dict[str, str | bytes] = {
        url: submissions([9, 8, 7], [{"name": older.rpartition("/")[2], "filingTo": "2026-05-06"}]),
        older: submissions([5, 4, 3]),
    }
    pages |= {daily_index_url(number): index(("EX-99.1", "r.htm")) for number in range(10)}

    def found(**asked: Any) -> list[str | None]:
        return [each.published for each in ask(a_source("edgar", url=url), AWeb(pages), **asked).candidates]

    assert found() == ["2026-05-09", "2026-05-07"]
    assert found(since=date(2026, 5, 7)) == ["2026-05-09", "2026-05-07"]
    assert found(until=date(2026, 5, 6)) == ["2026-05-05", "2026-05-03"]
