"""One file of a sitemap, as it stands: the pages and the parts that it names."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time

from lxml import etree

from extractors.model import Candidate, Page, Source
from extractors.parts import date_of
from flows.discover.paging import without_address
from flows.discover.question import DiscoverError, web_address

_MAX_BYTES = 50 * 2**20  # what the sitemap protocol allows a file to be, unpacked
_DATED_PATH = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])(?:[/-]([0-2]\d|3[01]))?(?=[/-])")


@dataclass(frozen=True)
class SitemapFile:
    """What a file names, whatever is asked."""

    url: str
    is_unchanged: bool
    """It is the one of the last look, and all that it named was had."""
    pages: tuple[tuple[Candidate, str | None], ...]
    """With the day or month that its listing or its address tells."""
    parts: Mapping[str, str | None]
    """By URL, with the text of `<lastmod>`."""
    remarks: tuple[str | None, ...]
    """What could not be read in it."""


def read_sitemap(source: Source, page: Page) -> SitemapFile:
    """The entries of a file up to its first fault. Raises DiscoverError where it is no sitemap."""
    entries, fault = _read_entries(source, page)
    addressed = [(web_address(entry.texts.get("loc"), page.base_url), entry) for entry in entries]
    parts = {url: entry.texts.get("lastmod") for url, entry in addressed if url and entry.is_part}
    candidates = [_candidate(source, url, entry) for url, entry in addressed if url and not entry.is_part]
    return SitemapFile(
        page.url,
        page.is_unchanged,
        tuple((each, each.published or date_in_path(each.url)) for each in candidates),
        parts,
        (
            fault and f"sitemap {page.url} {fault}",
            without_address(f"sitemap {page.url}", sum(not url for url, _ in addressed), len(entries)),
            f"sitemap {page.url} lists itself" if page.url in parts else None,
        ),
    )


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
        updated_at=moment_of(entry.texts.get("lastmod")),
    )


def date_in_path(url: str) -> str | None:
    """The date in an address, where newsrooms put it.

    >>> date_in_path("https://acme.example/news/2024/05/16/results"), date_in_path("https://acme.example/2024/05/x")
    ('2024-05-16', '2024-05')
    """
    found = _DATED_PATH.search(url)
    return date_of("-".join(part for part in found.groups() if part)) if found else None


def moment_of(text: str | None, at: time = time()) -> datetime | None:
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
