"""What every kind of source gives: a listing of candidates, or an error that names the source and the URL."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from extractors.model import Candidate, Page, Source

Get = Callable[[str], Awaitable[Page]]
"""Fetches a URL of the source; raises where it cannot."""


class DiscoverError(Exception):
    """A source could not be listed at all: names the source, the URL and what is wrong."""

    def __init__(self, source: Source, url: str, problem: str) -> None:
        """`problem` reads as a sentence without its full stop: "feed is not XML"."""
        super().__init__(f"{source.id}: {problem}: {url}")
        self.problem = problem


@dataclass(frozen=True)
class Listing:
    """The candidates that a source names, in its own order, and what of it could not be seen."""

    candidates: tuple[Candidate, ...]
    unseen: str | None = None
    """In words ("sitemap part 3 answered 500"); None = nothing."""


def web_address(href: str | None, base: str) -> str | None:
    """The absolute http(s) URL of a link, without its fragment; None where it is none.

    >>> web_address(" /news/1.html#top ", "https://acme.example/feed.xml")
    'https://acme.example/news/1.html'
    >>> web_address("mailto:press@acme.example", "https://acme.example/") is None
    True
    """
    if not href or not href.strip():
        return None
    try:
        url = urldefrag(urljoin(base, href.strip())).url
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:  # e.g. an unclosed bracket where the host should be
        return None


def reason_of(error: Exception) -> str:
    """What went wrong with a part, for a line that has named the part already."""
    return error.problem if isinstance(error, DiscoverError) else str(error) or type(error).__name__


def join_unseen(*remarks: str | None) -> str | None:
    """The remarks that say something, as one line; None where none does."""
    return "; ".join(remark for remark in remarks if remark) or None
