"""EDGAR's feed of current filings: the press releases that companies file with an 8-K or a 6-K.

The feed names filings, not documents. Which of a filing's documents is the press release stands in the "Type" column
of its index page, which the feed links to. The folder's `index.json` does not have it: its `type` is the name of an
icon, so that the exhibit could only be guessed from the files' names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from extractors.model import Candidate, Page, Source
from flows.discover.feed import feed_faults, parse_feed
from flows.discover.listing import Get, Listing, join_unseen, reason_of, web_address

_RESULTS = "2.02"  # 8-K item "Results of Operations and Financial Condition"
_ITEM = re.compile(r"\bItem (\d+\.\d\d)\b")
_FILED = re.compile(r"Filed:\s*(?:</b>)?\s*(\d{4}-\d\d-\d\d)")
_ACCESSION = re.compile(r"\d{10}-\d\d-\d{6}")
_TITLE = re.compile(r"(?P<form>\S.*?) - (?P<company>.+) \((?P<cik>\d{10})\) \(.+\)")
_READABLE = (".htm", ".html", ".txt")


@dataclass(frozen=True, kw_only=True)
class Filing:
    """One entry of the feed of current filings."""

    form: str
    """As filed: `8-K`, `6-K`, `8-K/A`."""
    company: str
    cik: str
    """Central Index Key, ten digits."""
    accession: str
    filed: str
    """Filing date, `YYYY-MM-DD`; a filing accepted in the evening has the next business day's."""
    items: tuple[str, ...]
    """Item numbers of an 8-K: `("2.02", "9.01")`."""
    index_url: str
    title: str

    @property
    def holds_statement(self) -> bool:
        """An 8-K about results, or a 6-K, which has no items; amendments included."""
        form = self.form.removesuffix("/A")
        return form == "6-K" or (form == "8-K" and _RESULTS in self.items)


async def discover_edgar(source: Source, listing: Page, get: Get) -> Listing:
    """The press release of every current 8-K with item 2.02 and of every 6-K, dated by its filing.

    Filings whose index page cannot be fetched or read are told in `unseen`. Raises DiscoverError where the page is no
    feed.
    """
    filings, faults = read_filings(source, listing)
    candidates, unseen = [], [faults]
    for filing in filings:
        if not filing.holds_statement:
            continue
        try:
            url = find_statement(await get(filing.index_url), filing.form)
        except Exception as error:  # `get` raises errors of its caller's own: whichever, it is said
            unseen.append(f"filing {filing.accession}: {reason_of(error)}")
            continue
        if url is None:
            unseen.append(f"filing {filing.accession}: its index names no document to read: {filing.index_url}")
        else:
            candidates.append(Candidate(source_id=source.id, url=url, title=filing.title, published=filing.filed))
    return Listing(tuple(candidates), join_unseen(*unseen))


def read_filings(source: Source, listing: Page) -> tuple[tuple[Filing, ...], str | None]:
    """The filings that the feed names, each once though it stands there for every co-registrant; and what it lacks.

    Raises DiscoverError where the page is no feed.
    """
    feed = parse_feed(source, listing)
    read = [_filing(entry, listing.url) for entry in feed.entries]
    filings: dict[str, Filing] = {}
    for filing in read:
        if filing:
            filings.setdefault(filing.accession, filing)
    unread = f"feed has entries that are no filings: {read.count(None)} of {len(read)}" if None in read else None
    return tuple(filings.values()), join_unseen(feed_faults(feed), unread)


def _filing(entry: Any, base: str) -> Filing | None:
    """One entry as a filing; None where it lacks the form, the company, the date or the link of one."""
    title = " ".join(entry.get("title", "").split())
    named, filed = _TITLE.fullmatch(title), _FILED.search(entry.get("summary", ""))
    accession = _ACCESSION.search(entry.get("id", ""))
    index_url = web_address(entry.get("link"), base)
    if not (named and filed and accession and index_url):
        return None
    return Filing(
        form=named["form"],
        company=named["company"],
        cik=named["cik"],
        accession=accession[0],
        filed=filed[1],
        items=tuple(_ITEM.findall(entry["summary"])),
        index_url=index_url,
        title=title,
    )


def find_statement(index: Page, form: str) -> str | None:
    """The URL of the press release that a filing's index page names; None where it names no readable document.

    The press release is exhibit 99.1; else the first exhibit 99, which some number otherwise; else the filing's main
    document, in which a 6-K often says all there is to say.
    """
    documents = [document for document in _documents(index) if urlsplit(document[1]).path.lower().endswith(_READABLE)]
    for pattern in (r"EX-99\.0?1", r"EX-99(?:\..*)?", re.escape(form)):
        for kind, url in documents:
            if re.fullmatch(pattern, kind):
                return url
    return None


def _documents(index: Page) -> list[tuple[str, str]]:
    """Type and URL of each document in an index page's tables, whose columns are found by their headings."""
    documents = []
    for table in BeautifulSoup(index.body, "lxml").select("table"):
        headings = [_text(cell) for cell in table.select("th")]
        if not {"Document", "Type"} <= set(headings):
            continue
        for row in table.select("tr"):
            cells = row.select("td")
            if len(cells) != len(headings) or not (link := cells[headings.index("Document")].find("a", href=True)):
                continue
            # An inline XBRL document is linked to its viewer: /ix?doc=/Archives/...
            href = str(link["href"]).removeprefix("/ix?doc=") if isinstance(link, Tag) else None
            if url := web_address(href, index.url):
                documents.append((_text(cells[headings.index("Type")]), url))
    return documents


def _text(cell: Tag) -> str:
    return " ".join(cell.get_text().split())
