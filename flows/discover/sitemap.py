"""A sitemap: a list of pages, or an index of such lists; plain, gzipped, or for news."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta, timezone

from lxml import etree

from extractors.model import Candidate, Page, Source
from extractors.parts import date_of
from flows.discover.paging import without_address
from flows.discover.question import (
    NEVER,
    Answer,
    DiscoverError,
    Question,
    UnseenError,
    Web,
    join_remarks,
    web_address,
)

_MAX_BYTES = 50 * 2**20  # what the sitemap protocol allows a file to be, unpacked
_MAX_DEPTH = 2  # an index of indexes of pages
_MAX_READ = 100
_DAYS_END = time(23, 59, 59)
_FIRST_ZONE = timezone(timedelta(hours=14))
_MAX_PARTS = 1000
_DATED_PATH = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])(?:[/-]([0-2]\d|3[01]))?(?=[/-])")


async def discover_sitemap(source: Source, web: Web, asked: Question) -> Answer:
    """The pages that a sitemap names, those of its parts included; a news sitemap gives title and date as hints.

    `<lastmod>` is no date of publication: it tells when a page changed, and which parts and pages are too old for the
    time asked about. At most 100 parts that have changed are read at a look, the latest first; the others are left to
    the next look, and `beyond` says so. Parts that cannot be fetched or read, and what follows the first fault in a
    file, are told in `unseen`. Raises UnseenError where the sitemap itself cannot be read.
    """
    page = await web.page(source.url)
    walk = _Walk(source, web, asked)
    await walk.read(page, depth=0)
    candidates = tuple(each for each in walk.candidates if _may_be_of(each, asked))
    is_unchanged = page.is_unchanged and not walk.is_changed
    return Answer(candidates, join_remarks(walk.unseen), join_remarks(walk.beyond), is_unchanged)


@dataclass
class _Walk:
    """The reading of one sitemap with its parts: what was found so far, and what could not be seen."""

    source: Source
    web: Web
    asked: Question
    candidates: list[Candidate] = field(default_factory=list)
    unseen: list[str | None] = field(default_factory=list)
    beyond: list[str | None] = field(default_factory=list)
    parts: set[str] = field(default_factory=set)
    read_count: int = 0
    is_changed: bool = False

    async def read(self, page: Page, depth: int) -> None:
        """Takes the pages that a file names, then those of its parts; nothing of a file that is as it was."""
        entries, fault = _read_entries(self.source, page)
        addressed = [(web_address(entry.texts.get("loc"), page.base_url), entry) for entry in entries]
        if not page.is_unchanged or self.asked.is_past:
            self.is_changed = self.is_changed or any(not entry.is_part for entry in entries)
            self.candidates += [
                _candidate(self.source, url, entry) for url, entry in addressed if url and not entry.is_part
            ]
        self.unseen.append(fault and f"sitemap {page.url} {fault}")
        self.unseen.append(without_address(f"sitemap {page.url}", sum(not url for url, _ in addressed), len(entries)))
        if page.url in (url for url, entry in addressed if entry.is_part):
            self.unseen.append(f"sitemap {page.url} lists itself")
        await self.read_parts(page, {url: entry for url, entry in addressed if url and entry.is_part}, depth + 1)

    async def read_parts(self, page: Page, parts: dict[str, _Entry], depth: int) -> None:
        """Reads the parts that are new, the latest changed first, as many as a look may."""
        moments = {url: _moment(entry.texts.get("lastmod"), _DAYS_END) for url, entry in parts.items()}
        seen = self.parts | {page.url}
        new = [url for url, entry in parts.items() if url not in seen and not _is_older(_changed(entry), self.asked)]
        new.sort(key=lambda url: moments[url] or NEVER, reverse=True)
        if depth > _MAX_DEPTH:
            self.unseen.append(
                f"sitemap {page.url} has parts nested too deep, not fetched: {len(new)}" if new else None
            )
            return
        left = new[_MAX_PARTS:]
        for number, url in enumerate(new[: len(new) - len(left)]):
            if self.read_count >= (_MAX_PARTS if self.asked.is_past else _MAX_READ):
                left = new[number:]
                break
            self.parts.add(url)
            await self.read_part(url, moments[url], depth)
        if left:
            self.beyond.append(f"sitemap {page.url} has parts beyond the limit, left for another look: {len(left)}")

    async def read_part(self, url: str, changed_at: datetime | None, depth: int) -> None:
        """Fetches and reads a part; what stops it is told in `unseen` and costs this part alone."""
        try:
            part = await self.web.page(url, changed_at=changed_at)
            self.read_count += not part.is_unchanged
            await self.read(part, depth)
        except UnseenError as error:
            self.is_changed = True
            self.unseen.append(f"sitemap part {url}: {error.problem}")


@dataclass(frozen=True)
class _Entry:
    """A `<url>`, or a `<sitemap>`, which is a part: its texts, and those of its news, by local name."""

    is_part: bool
    texts: dict[str, str]


def _candidate(source: Source, url: str, entry: _Entry) -> Candidate:
    return Candidate(
        source_id=source.id,
        url=url,
        title=entry.texts.get("title"),
        published=date_of(entry.texts.get("publication_date", "")),
        updated_at=_changed(entry),
    )


def _may_be_of(candidate: Candidate, asked: Question) -> bool:
    """Whether a page may have been published in the time asked about: not after it was changed last."""
    is_of_day = asked.covers(candidate.published or date_in_path(candidate.url))
    return is_of_day and not _is_older(candidate.updated_at, asked)


def _is_older(changed: datetime | None, asked: Question) -> bool:
    """Whether this was before the first day asked about, even where on earth that begins first."""
    if changed is None or asked.since is None:
        return False
    return changed < datetime.combine(asked.since, time(), _FIRST_ZONE)


def _changed(entry: _Entry) -> datetime | None:
    return _moment(entry.texts.get("lastmod"))


def date_in_path(url: str) -> str | None:
    """The date in an address, where newsrooms put it.

    >>> date_in_path("https://acme.example/news/2024/05/16/results"), date_in_path("https://acme.example/2024/05/x")
    ('2024-05-16', '2024-05')
    """
    found = _DATED_PATH.search(url)
    return date_of("-".join(part for part in found.groups() if part)) if found else None


def _moment(text: str | None, at: time = time()) -> datetime | None:
    """A W3C moment, or a day at a time of day, in UTC."""
    written = (text or "").strip()
    try:
        moment = datetime.fromisoformat(written)
        if len(written) <= len("2026-05-12"):
            moment = datetime.combine(moment, at)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _read_entries(source: Source, page: Page) -> tuple[list[_Entry], str | None]:
    """The `<url>` and `<sitemap>` elements that close before the first fault, and the fault in words.

    What an XML parser would make of the rest is a guess: an address cut short, or without its bare "&".
    """
    body = _unpack(source, page)
    parser = etree.XMLPullParser(("start", "end"), resolve_entities=False, no_network=True, load_dtd=False)
    fault = None
    try:
        parser.feed(body)
        parser.close()
    except etree.XMLSyntaxError as error:
        fault = f"is ill-formed, what follows is not read: {error.msg}"
    root: str | None = None
    entries = []
    for event, element in parser.read_events():
        name = _name(element)
        if root is None:
            root = name
            if root not in ("urlset", "sitemapindex"):
                break
        elif event == "end" and name in ("url", "sitemap") and element.getparent().getparent() is None:
            entries.append(_Entry(name == "sitemap", _texts(element)))
    if root not in ("urlset", "sitemapindex"):
        raise DiscoverError(source, page.url, _no_sitemap(body, root))
    return entries, fault if fault or entries else "has no entries"


def _texts(element: etree._Element) -> dict[str, str]:
    """The texts of an entry's own elements and of its news, by local name; an image's `<loc>` is none of them."""
    own = [child for child in element if _name(child) in ("loc", "lastmod")]
    news = [child for part in element if _name(part) == "news" for child in part]
    # A reference to an entity is an element of its own, and is left out: what it stands for is not looked up.
    return {_name(child): text for child in [*own, *news] if not len(child) and (text := (child.text or "").strip())}


def _name(element: etree._Element) -> str:
    """The local name, in whichever namespace; empty for comments and the like."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _unpack(source: Source, page: Page) -> bytes:
    """The body, unpacked where it is gzipped, whatever its name and headers say."""
    if not page.body.startswith(b"\x1f\x8b"):
        return page.body
    gzip = zlib.decompressobj(wbits=31)
    try:
        body = gzip.decompress(page.body, _MAX_BYTES)
    except zlib.error as error:
        raise DiscoverError(source, page.url, f"sitemap cannot be unpacked ({error})") from error
    if gzip.unconsumed_tail:
        raise DiscoverError(source, page.url, "sitemap is larger than 50 MB unpacked")
    return body


def _no_sitemap(body: bytes, root: str | None) -> str:
    start = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        return "sitemap is empty"
    if b"<html" in start or start.startswith(b"<!doctype html"):
        return "sitemap is an HTML page"
    return f"sitemap has no <urlset>, but <{root}>" if root else "sitemap is not XML"
