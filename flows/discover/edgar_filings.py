"""EDGAR's lists of filings: the Atom feed of current ones, daily indexes, and what one company submitted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml import etree, html

from extractors.model import Page, Source
from extractors.parts import date_of
from flows.discover.question import DiscoverError, web_address

_RESULTS = "2.02"  # 8-K item "Results of Operations and Financial Condition"
_ITEM = re.compile(r"\bItem (\d+\.\d\d)\b")
_FILED = re.compile(r"Filed:\s*(?:</b>)?\s*(\d{4}-\d\d-\d\d)")
_ACCESSION = re.compile(r"\d{10}-\d\d-\d{6}")
_TITLE = re.compile(r"(?P<form>\S.*?) - (?P<company>.+) \((?P<cik>\d{10})\) \(.+\)")
_ROW = re.compile(
    r"(?P<names>\S.*?)\s+(?P<cik>\d{1,10})\s+(?P<filed>\d{8}|\d{4}-\d\d-\d\d)\s+(?P<file>edgar/data/\S+)\s*"
)
_ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass(frozen=True, kw_only=True)
class Filing:
    """One filing, as a list of them names it."""

    form: str
    """As filed: `8-K`, `6-K`, `8-K/A`."""
    company: str
    cik: str
    """Central Index Key, ten digits."""
    accession: str
    filed: str
    """Filing date, `YYYY-MM-DD`; a filing accepted in the evening has the next business day's."""
    items: tuple[str, ...] | None
    """Item numbers of an 8-K: `("2.02", "9.01")`; None where the list does not say."""
    index_url: str

    @property
    def may_hold_statement(self) -> bool:
        """An 8-K about results, or a 6-K, which has no items; amendments included."""
        form = self.form.removesuffix("/A")
        return form == "6-K" or (form == "8-K" and (self.items is None or _RESULTS in self.items))

    @property
    def title(self) -> str:
        """For people: `8-K: Acme Inc. (0000000001)`."""
        return f"{self.form}: {self.company} ({self.cik})"


Filings = tuple[tuple[Filing, ...], str | None]
"""The filings of a list, each once though it stands there for every co-registrant; and what the list lacks."""


def read_current(source: Source, page: Page) -> Filings:
    """The filings that the Atom feed of current filings names. Raises DiscoverError where the page is no feed."""
    root = etree.fromstring(page.body, _parser()) if page.body.strip() else None
    if root is None or root.tag != f"{_ATOM}feed":
        raise DiscoverError(source, page.url, f"feed is {what_it_is(page.body)}")
    read = [_current(entry, page.base_url) for entry in root.iter(f"{_ATOM}entry")]
    fault = root.getroottree().parser.error_log.last_error if root.getroottree().parser else None
    return _each_once(read), (f"feed is ill-formed, entries may be missing: {fault.message}" if fault else None) or (
        f"feed has entries that are no filings: {read.count(None)} of {len(read)}" if None in read else None
    )


def read_daily_index(source: Source, page: Page) -> Filings:
    """The filings of one day, of an index by form (`form.YYYYMMDD.idx`). Raises DiscoverError where it is none."""
    text = page.body.decode("utf-8", "replace") if _is_utf8(page.body) else page.body.decode("latin-1")
    head, rule, body = (
        re.split(r"(?m)^(-{20,})\s*$", text, maxsplit=1) if re.search(r"(?m)^-{20,}\s*$", text) else ("",) * 3
    )
    heading = head.rstrip().rpartition("\n")[2]
    if not rule or not heading.startswith("Form Type") or "Company Name" not in heading:
        raise DiscoverError(source, page.url, f"daily index is {what_it_is(page.body)}")
    rows = [row for row in body.splitlines() if row.strip()]
    read = [_indexed(row, heading.index("Company Name"), page.base_url) for row in rows]
    return _each_once(read), _lacking("daily index", read)


def read_submissions(source: Source, page: Page) -> tuple[Filings, tuple[tuple[str, date], ...]]:
    """What one company filed, latest first, as `data.sec.gov/submissions` has it; and the files with what is older.

    Of each older file its URL and the last day in it. Raises DiscoverError where the page is no such list.
    """
    try:
        told = json.loads(page.body)
        lists = told.get("filings", {}).get("recent") or told
        columns = zip(*(lists[key] for key in ("accessionNumber", "filingDate", "form", "items")), strict=True)
        read = [_submitted(told, page.base_url, *row) for row in columns]
        files = [
            (str(each["name"]), date.fromisoformat(each["filingTo"]))
            for each in told.get("filings", {}).get("files", ())
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DiscoverError(source, page.url, f"submissions are {what_it_is(page.body)}") from error
    older = tuple((url, last) for name, last in files if (url := web_address(name, page.base_url)))
    return (_each_once(read), _lacking("submissions", read)), older


def what_it_is(body: bytes) -> str:
    """What stands where a list of filings should, in words."""
    start = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        return "empty"
    if b"<html" in start or start.startswith(b"<!doctype html"):
        return "an HTML page"
    if b"<code>nosuchkey" in start or b"<code>accessdenied" in start:
        return "not there"
    return "of another form"


def _lacking(what: str, read: list[Filing | None]) -> str | None:
    return f"{what} has rows that are no filings: {read.count(None)} of {len(read)}" if None in read else None


def _each_once(read: list[Filing | None]) -> tuple[Filing, ...]:
    filings: dict[str, Filing] = {}
    for filing in filter(None, read):
        filings.setdefault(filing.accession, filing)
    return tuple(filings.values())


def _current(entry: Any, base: str) -> Filing | None:
    """One entry as a filing; None where it lacks the form, the company, the date or the link of one."""
    named = _TITLE.fullmatch(" ".join(entry.findtext(f"{_ATOM}title", "").split()))
    summary = entry.findtext(f"{_ATOM}summary", "")
    filed, accession = _FILED.search(summary), _ACCESSION.search(entry.findtext(f"{_ATOM}id", ""))
    link = entry.find(f"{_ATOM}link")
    index_url = web_address(link.get("href"), base) if link is not None else None
    if not (named and filed and accession and index_url):
        return None
    return Filing(
        form=named["form"],
        company=named["company"],
        cik=named["cik"],
        accession=accession[0],
        filed=filed[1],
        items=tuple(_ITEM.findall(summary)),
        index_url=index_url,
    )


def _indexed(row: str, company_at: int, base: str) -> Filing | None:
    found = _ROW.fullmatch(row)
    accession = _ACCESSION.search(found["file"]) if found else None
    filed = date_of(found["filed"]) if found else None
    if not (found and accession and filed):
        return None
    return Filing(
        form=row[:company_at].strip(),
        company=found["names"][company_at:].strip(),
        cik=found["cik"].zfill(10),
        accession=accession[0],
        filed=filed,
        items=None,
        index_url=_index_url(base, found["cik"], accession[0]),
    )


def _submitted(told: Any, base: str, accession: str, filed: str, form: str, items: str) -> Filing | None:
    cik = re.search(r"CIK(\d{10})", base) or re.fullmatch(r"(\d+)", str(told.get("cik", "")))
    if not (cik and _ACCESSION.fullmatch(accession) and date_of(filed)):
        return None
    return Filing(
        form=form,
        company=str(told.get("name") or ""),
        cik=cik[1].zfill(10),
        accession=accession,
        filed=filed,
        items=tuple(filter(None, items.split(","))),
        index_url=_index_url(base, cik[1].lstrip("0"), accession),
    )


def _index_url(base: str, cik: str, accession: str) -> str:
    folder = f"/Archives/edgar/data/{int(cik)}/{accession.replace('-', '')}"
    return web_address(f"{folder}/{accession}-index.htm", base.replace("://data.", "://www.")) or ""


def read_documents(page: Page) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    """Of a filing's index page: type and URL of each document, and the item numbers that it names.

    The columns of its tables are found by their headings.
    """
    documents: list[tuple[str, str]] = []
    tree = html.document_fromstring(page.body) if page.body.strip() else None
    if tree is None:
        return documents, ()
    for table in tree.iter("table"):
        headings = [_text(cell) for cell in table.iter("th")]
        if {"Document", "Type"} <= set(headings):
            documents += _rows(table, headings.index("Document"), headings.index("Type"), len(headings), page.base_url)
    return documents, tuple(_ITEM.findall(_text(tree)))


def _rows(table: Any, document_at: int, type_at: int, width: int, base: str) -> Iterator[tuple[str, str]]:
    for row in table.iter("tr"):
        cells = row.findall("td")
        link = next(cells[document_at].iter("a"), None) if len(cells) == width else None
        if link is None:
            continue
        # An inline XBRL document is linked to its viewer: /ix?doc=/Archives/...
        if url := web_address((link.get("href") or "").removeprefix("/ix?doc="), base):
            yield _text(cells[type_at]), url


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())


def _parser() -> Any:
    return etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
