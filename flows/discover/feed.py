"""A feed: RSS 0.9 to 2.0 and Atom."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import feedparser
from bs4 import BeautifulSoup

from extractors.model import Candidate, Page, Source
from flows.discover.listing import DiscoverError, Listing, join_unseen, web_address

_HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
"""Faults of the HTTP headers: every entry was read all the same."""


def discover_feed(source: Source, listing: Page) -> Listing:
    """The entries of a feed that lead to a web page, with title and day of publication as hints.

    An ill-formed feed is read as far as it can be, and `unseen` says so. Raises DiscoverError where it is no feed.
    """
    feed = parse_feed(source, listing)
    candidates = [_candidate(source, listing.url, entry) for entry in feed.entries]
    without = candidates.count(None)
    return Listing(
        tuple(candidate for candidate in candidates if candidate),
        join_unseen(
            feed_faults(feed),
            f"feed has entries without a web address: {without} of {len(candidates)}" if without else None,
        ),
    )


def parse_feed(source: Source, listing: Page) -> Any:
    """What feedparser reads in a page: `entries`, `version`, `bozo`. Raises DiscoverError where it is no feed."""
    headers = {"content-location": listing.url}
    content_type = listing.headers.get("content-type", "")
    if "charset" in content_type.lower():  # without one, "text/xml" alone would mean ASCII, whatever the feed declares
        headers["content-type"] = content_type
    # A stream, since feedparser takes bare bytes for a file's name first.
    feed = feedparser.parse(io.BytesIO(listing.body), response_headers=headers)
    if not feed.entries and not feed.get("version"):
        raise DiscoverError(source, listing.url, _no_feed(listing.body))
    return feed


def feed_faults(feed: Any) -> str | None:
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
    return "feed is neither RSS nor Atom" if start.startswith(b"<") else "feed is not XML"


def _candidate(source: Source, base: str, entry: Any) -> Candidate | None:
    url = web_address(entry.get("link"), base)
    if url is None:
        return None
    return Candidate(source_id=source.id, url=url, title=_title(entry), published=_published(entry))


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
