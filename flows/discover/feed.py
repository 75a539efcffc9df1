"""A feed: RSS 0.9 to 2.0, Atom, JSON Feed, each with its older pages (RFC 5005)."""

from __future__ import annotations

import io
from calendar import timegm
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import feedparser
from bs4 import BeautifulSoup

from extractors.model import Candidate, Page, Source
from flows.discover.json_feed import read_json_feed
from flows.discover.paging import Part, read_pages, without_address
from flows.discover.question import Answer, DiscoverError, Question, Web, join_remarks, web_address

_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
"""Faults of the HTTP headers: every entry was read all the same."""
_OLDER = ("prev-archive", "next")
"""Links to older entries: of an archived feed, whose pages do not change, and of a paged one (RFC 5005)."""


async def discover_feed(source: Source, web: Web, asked: Question) -> Answer:
    """The entries of a feed that lead to a web page, with title and day of publication as hints.

    An ill-formed feed is read as far as it can be, and `unseen` says so. Raises DiscoverError where it is no feed.
    """
    return await read_pages(source, web, asked, partial(read_feed, source))


def read_feed(source: Source, page: Page) -> Part:
    """The entries of one page of a feed. Raises DiscoverError where it is no feed."""
    if page.body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return read_json_feed(source, page)
    feed = _parse(source, page)
    candidates = [_candidate(source, page.base_url, entry) for entry in feed.entries]
    older = {
        link.get("rel"): url
        for link in feed.feed.get("links", ())
        if (url := web_address(link.get("href"), page.base_url))
    }
    rel = next((rel for rel in _OLDER if rel in older), None)
    return Part(
        tuple(candidate for candidate in candidates if candidate),
        join_remarks([_faults(feed), without_address("feed", candidates.count(None), len(candidates))]),
        older_url=older[rel] if rel else None,
        is_archive=rel == "prev-archive",
    )


def _parse(source: Source, page: Page) -> Any:
    """What feedparser reads in a page: `entries`, `version`, `bozo`. Raises DiscoverError where it is no feed."""
    headers = {"content-location": page.base_url}
    content_type = page.headers.get("content-type", "")
    if "charset" in content_type.lower():  # without one, "text/xml" alone would mean ASCII, whatever the feed declares
        headers["content-type"] = content_type
    # A stream, since feedparser takes bare bytes for a file's name first.
    feed = feedparser.parse(io.BytesIO(page.body), response_headers=headers)
    if not feed.entries and not feed.get("version"):
        raise DiscoverError(source, page.url, _no_feed(page.body))
    return feed


def _faults(feed: Any) -> str | None:
    """Why entries of a parsed feed may be missing, in words; None where nothing speaks for it."""
    if not feed.entries:
        return "feed has no entries"
    fault = feed.get("bozo_exception")
    if not feed.bozo or isinstance(fault, _HARMLESS):
        return None
    return f"feed is ill-formed, entries may be missing: {' '.join(str(fault).split())}"


def _no_feed(body: bytes) -> str:
    start = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        return "feed is empty"
    if b"<html" in start or start.startswith(b"<!doctype html"):
        return "feed is an HTML page"
    return "feed is neither RSS nor Atom" if start.startswith(b"<") else "feed is neither XML nor JSON"


def _candidate(source: Source, base: str, entry: Any) -> Candidate | None:
    url = web_address(entry.get("link"), base)
    if url is None:
        return None
    return Candidate(
        source_id=source.id,
        url=url,
        title=_title(entry),
        published=_published(entry),
        updated_at=_moment(entry.get("updated_parsed") if "updated_parsed" in entry else None),
        issuer=_contributor(entry) if source.authority == "wire" else None,
    )


def _title(entry: Any) -> str | None:
    """The entry's title as plain text, on one line."""
    title = entry.get("title") or ""
    if "html" in entry.get("title_detail", {}).get("type", ""):
        title = BeautifulSoup(f"<p>{title}</p>", "lxml").get_text()
    return " ".join(title.split()) or None


def _published(entry: Any) -> str | None:
    """The day in UTC, as `known_at` counts; Atom feeds often have `updated` alone."""
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return date(*moment[:3]).isoformat() if moment else None
    except ValueError:
        return None


def _moment(parsed: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError):
        return None


def _contributor(entry: Any) -> str | None:
    """The company whose release a wire passes on: they name it as the entry's contributor."""
    names = [" ".join(str(each.get("name", "")).split()) for each in entry.get("contributors", ())]
    return next(filter(None, names), None)
