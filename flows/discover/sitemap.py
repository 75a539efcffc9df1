"""A sitemap: a list of pages, or an index of such lists; plain, gzipped, or for news."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field

from lxml import etree  # type: ignore[import-untyped]

from extractors.model import Candidate, Page, Source, period_span
from flows.discover.listing import DiscoverError, Get, Listing, join_unseen, reason_of, web_address

_MAX_BYTES = 50 * 2**20  # what the sitemap protocol allows a file to be, unpacked
_MAX_DEPTH = 2  # an index of indexes of pages
_MAX_PARTS = 100
_DAY = re.compile(r"\d{4}-\d\d(?:-\d\d)?")


async def discover_sitemap(source: Source, listing: Page, get: Get) -> Listing:
    """The pages that a sitemap names, those of its parts included; a news sitemap gives title and date as hints.

    `<lastmod>` is no date of publication, so it gives none. At most 100 parts of an index, the latest, and at most two
    levels are fetched. What was not is told in `unseen`, and so are parts that cannot be fetched or read, and what
    follows the first fault in a file. Raises DiscoverError where the page itself is no sitemap.
    """
    walk = _Walk(source, get)
    await walk.read(listing, depth=0)
    return Listing(tuple(walk.candidates), join_unseen(*walk.unseen))


@dataclass
class _Walk:
    """The reading of one sitemap with its parts: what was found so far, and what could not be seen."""

    source: Source
    get: Get
    candidates: list[Candidate] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    parts: set[str] = field(default_factory=set)

    async def read(self, page: Page, depth: int) -> None:
        """Takes the pages that a file names, then those of its parts, in its order."""
        entries, fault = _read_entries(self.source, page)
        addressed = [(web_address(entry.texts.get("loc"), page.url), entry) for entry in entries]
        self.candidates += [
            _candidate(self.source, url, entry) for url, entry in addressed if url and not entry.is_part
        ]
        parts = {url: entry.texts.get("lastmod", "") for url, entry in addressed if url and entry.is_part}
        new = parts.keys() - self.parts
        wanted = self.choose(parts) if depth < _MAX_DEPTH else []
        if fault:
            self.unseen.append(f"sitemap {page.url} {fault}")
        if without := sum(url is None for url, _ in addressed):
            self.unseen.append(f"sitemap {page.url} has entries without a web address: {without}")
        if left := len(new) - len(wanted):
            self.unseen.append(f"sitemap {page.url} has parts beyond the limit, not fetched: {left}")
        for url in wanted:
            await self.read_part(url, depth + 1)

    def choose(self, parts: dict[str, str]) -> list[str]:
        """The parts to fetch, in order: all that are new, the latest where they are too many. Marks them as taken."""
        latest = sorted(parts.keys() - self.parts, key=lambda url: parts[url], reverse=True)
        chosen = set(latest[: _MAX_PARTS - len(self.parts)])
        self.parts |= chosen
        return [url for url in parts if url in chosen]

    async def read_part(self, url: str, depth: int) -> None:
        """Fetches and reads a part; what stops it is told in `unseen` and costs this part alone."""
        try:
            await self.read(await self.get(url), depth)
        except Exception as error:  # `get` raises errors of its caller's own: whichever, it is said
            self.unseen.append(f"sitemap part {url}: {reason_of(error)}")


@dataclass(frozen=True)
class _Entry:
    """A `<url>`, or a `<sitemap>`, which is a part: its texts, and those of its news, by local name."""

    is_part: bool
    texts: dict[str, str]


def _candidate(source: Source, url: str, entry: _Entry) -> Candidate:
    published = _DAY.match(entry.texts.get("publication_date", ""))
    try:
        day = published[0] if published and period_span(published[0]) else None
    except ValueError:
        day = None
    return Candidate(source_id=source.id, url=url, title=entry.texts.get("title"), published=day)


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
