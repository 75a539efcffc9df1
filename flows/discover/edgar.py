"""EDGAR: the press releases that companies file with an 8-K or a 6-K.

What is new stands in the Atom feed of current filings, the past in daily indexes; or both in the list of one company's
submissions. They name filings, not documents. Which of a filing's documents is the press release stands in the "Type"
column of its index page. The folder's `index.json` does not have it: its `type` is the name of an icon, so that the
exhibit could only be guessed from the files' names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

from extractors.model import Candidate, Page, Source
from flows.discover.edgar_filings import (
    Filing,
    read_current,
    read_daily_index,
    read_documents,
    read_submissions,
    what_it_is,
)
from flows.discover.question import NEVER, Answer, DiscoverError, GetError, Question, UnseenError, Web, join_remarks

_READABLE = (".htm", ".html", ".txt")
_FOLDER = re.compile(r"/(\d{10})(\d\d)(\d{6})/")
_MAX_CURRENT = 2000  # what the feed of current filings goes back to
_SETTLED = timedelta(days=2)
"""After it an index of a day or a quarter does not change any more."""


async def discover_edgar(source: Source, web: Web, asked: Question) -> Answer:
    """The press release of every 8-K with item 2.02 and of every 6-K, dated by its filing, with the filer as issuer.

    Filings whose index page cannot be fetched or read are told in `unseen`. Raises UnseenError where
    the source itself cannot be read.
    """
    if "/submissions/" in source.url:
        answer = await _of_company(source, web, asked)
    elif asked.is_past:
        answer = await _of_days(source, web, asked)
    else:
        answer = await _current(source, web, asked)
    return answer


async def _current(source: Source, web: Web, asked: Question) -> Answer:
    """The current filings, on to the feed's next page only where the first one names none that is held."""
    page = await web.page(source.url)
    if page.is_unchanged:
        return Answer(is_unchanged=True)
    held = _accessions(asked.known)
    query = parse_qs(urlsplit(source.url).query)
    filings, unseen = read_current(source, page)
    remarks, found, start = [unseen], list(filings), 0
    while held and len(filings) and not any(filing.accession in held for filing in found) and start < _MAX_CURRENT:
        start += int(query.get("count", ["40"])[0] or 40)
        parts = urlsplit(source.url)
        url = parts._replace(query=urlencode(query | {"start": [str(start)]}, doseq=True)).geturl()
        try:
            filings, unseen = read_current(source, await web.page(url))
        except UnseenError as error:
            filings, unseen = (), f"{url}: {error.problem}"
        found += filings
        remarks.append(unseen)
    return await _answer(source, web, asked, found, remarks)


async def _of_days(source: Source, web: Web, asked: Question) -> Answer:
    """The filings of the days asked about, from the daily indexes; of the forms that the source's address asks for."""
    first, last = asked.since or date(1994, 1, 1), asked.until or datetime.now(UTC).date()
    forms = {form.upper() for form in parse_qs(urlsplit(source.url).query).get("type", ["8-K", "6-K"])}
    base = urlsplit(source.url)._replace(query="", path="/Archives/edgar/daily-index/").geturl()
    found: list[Filing] = []
    remarks: list[str | None] = []
    for year, quarter in sorted({(day.year, (day.month + 2) // 3) for day in _days(first, last)}):
        folder = f"{base}{year}/QTR{quarter}/"
        ends = datetime.combine(date(year + quarter // 4, quarter * 3 % 12 + 1, 1), time(), UTC) + _SETTLED
        try:
            days = _days_of(source, await web.page(f"{folder}index.json", changed_at=ends))
        except UnseenError as error:
            remarks.append(f"daily indexes {year} QTR{quarter}: {error.problem}")
            continue
        for day in (day for day in days if first <= day <= last):
            settled = datetime.combine(day, time(), UTC) + _SETTLED
            try:
                page = await web.page(f"{folder}form.{day:%Y%m%d}.idx", changed_at=settled)
                filings, unseen = read_daily_index(source, page)
            except UnseenError as error:
                filings, unseen = (), f"daily index {day}: {error.problem}"
            found += (filing for filing in filings if filing.form.removesuffix("/A") in forms)
            remarks.append(unseen)
    return await _answer(source, web, asked, found, remarks)


async def _of_company(source: Source, web: Web, asked: Question) -> Answer:
    """What one company filed; older files only where the time asked about reaches back to them."""
    page = await web.page(source.url)
    if page.is_unchanged and not asked.is_past:
        return Answer(is_unchanged=True)
    (filings, unseen), older = read_submissions(source, page)
    remarks, found = [unseen], list(filings)
    for url, last in older if asked.is_past else ():
        if asked.reaches(last.isoformat()):
            continue
        try:
            (filings, unseen), _ = read_submissions(source, await web.page(url))
        except UnseenError as error:
            filings, unseen = (), f"{url}: {error.problem}"
        found += filings
        remarks.append(unseen)
    return await _answer(source, web, asked, found, remarks)


async def _answer(
    source: Source, web: Web, asked: Question, filings: Iterable[Filing], remarks: list[str | None]
) -> Answer:
    """The statements of the filings that may hold one and are not held yet."""
    held = _accessions(asked.known)
    candidates = []
    for filing in {each.accession: each for each in filings}.values():
        if filing.accession in held or not filing.may_hold_statement or not asked.covers(filing.filed):
            continue
        try:
            url = find_statement(await web.page(filing.index_url, changed_at=NEVER), filing)
        except (GetError, LookupError) as error:
            remarks.append(f"filing {filing.accession}: {error}")
            continue
        if url:
            issuer = source.company or filing.company or None
            candidates.append(
                Candidate(source_id=source.id, url=url, title=filing.title, published=filing.filed, issuer=issuer)
            )
    return Answer(tuple(candidates), join_remarks(remarks))


def find_statement(index: Page, filing: Filing) -> str | None:
    """The URL of the press release that a filing's index page names; None where it is an 8-K on something else.

    The press release is exhibit 99.1; else the first exhibit 99, which some number otherwise; else the filing's main
    document, in which a 6-K often says all there is to say. Raises LookupError where it names no readable document.
    """
    documents, items = read_documents(index)
    if filing.items is None and filing.form.startswith("8-K") and items and "2.02" not in items:
        return None
    readable = [(kind, url) for kind, url in documents if urlsplit(url).path.lower().endswith(_READABLE)]
    for pattern in (r"EX-99\.0?1", r"EX-99(?:\..*)?", re.escape(filing.form)):
        for kind, url in readable:
            if re.fullmatch(pattern, kind):
                return url
    raise LookupError(f"its index names no document to read: {index.url}")


def _accessions(known: Iterable[str]) -> frozenset[str]:
    """The filings of which a document is held: its folder bears the filing's number."""
    return frozenset("-".join(match.groups()) for url in known if (match := _FOLDER.search(url)))


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(number) for number in range((last - first).days + 1))


def _days_of(source: Source, page: Page) -> list[date]:
    """The days of a quarter that have an index, as the folder's `index.json` lists them."""
    try:
        names = [str(item["name"]) for item in json.loads(page.body)["directory"]["item"]]
    except (ValueError, KeyError, TypeError) as error:
        raise DiscoverError(source, page.url, f"list of daily indexes is {what_it_is(page.body)}") from error
    days = (re.fullmatch(r"form\.(\d{8})\.idx(?:\.gz)?", name) for name in names)
    return sorted(datetime.strptime(day[1], "%Y%m%d").replace(tzinfo=UTC).date() for day in days if day)
