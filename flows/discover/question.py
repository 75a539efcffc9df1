"""What every kind of source is asked, and what it answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import urldefrag, urljoin, urlsplit

from extractors.model import Candidate, Page, Source, published_span


class UnseenError(Exception):
    """What a source names, or a part of it, cannot be seen; `problem` says why, and the message where too."""

    problem: str


class GetError(UnseenError):
    """A URL of a source cannot be had; the message says why, in words for the user."""

    def __init__(self, problem: str) -> None:
        """`problem` reads after the name of what was asked for: "answered 404 Not Found"."""
        super().__init__(problem)
        self.problem = problem


class Web(Protocol):
    """What a source's listing is read with: its pages, politely, and each of them only where it may have changed."""

    async def page(self, url: str, *, changed_at: datetime | None = None) -> Page:
        """The page at a URL. Raises GetError.

        `changed_at`: when what stands there was last changed, where that is known: a copy that was fetched later is
        not asked for again. The page has `is_unchanged` where it is the one of the last look and all that it named
        was had.
        """

    async def file(self, url: str) -> Path:
        """What stands at a URL, however large, as a file on this machine. Raises GetError."""


NEVER = datetime.min.replace(tzinfo=UTC)
"""When a thing changed that does not change."""


class DiscoverError(UnseenError):
    """A source could not be listed at all: names the source, the URL and what is wrong."""

    def __init__(self, source: Source, url: str, problem: str) -> None:
        """`problem` reads as a sentence without its full stop: "feed is not XML"."""
        super().__init__(f"{source.id}: {problem}: {url}")
        self.problem = problem


@dataclass(frozen=True)
class Question:
    """What is new (neither `since` nor `until`), or what was published between two days, both included."""

    known: Mapping[str, datetime] = field(default_factory=dict)
    """The URLs whose pages are held, and when each was fetched last."""
    since: date | None = None
    until: date | None = None
    kept: dict[str, object] = field(default_factory=dict, compare=False)
    """What was read for one question of a series and serves those that follow, by URL."""

    @property
    def is_past(self) -> bool:
        """Whether a time is asked about, and not what is new."""
        return self.since is not None or self.until is not None

    def covers(self, published: str | None) -> bool:
        """Whether something with this date may lie in the time asked about; without a date it may.

        >>> Question(since=date(2024, 5, 1)).covers("2024-04"), Question(until=date(2024, 5, 1)).covers("2024-05")
        (False, True)
        """
        if published is None:
            return True
        first, last = published_span(published)
        return (self.since is None or last >= self.since) and (self.until is None or first <= self.until)

    def reaches(self, published: str | None) -> bool:
        """Whether something with this date is surely of an earlier day than the time asked about."""
        return published is not None and self.since is not None and published_span(published)[1] < self.since


@dataclass(frozen=True)
class Answer:
    """The candidates that a source names, known ones among them, in its own order, and what could not be seen."""

    candidates: tuple[Candidate, ...] = ()
    unseen: str | None = None
    """What is broken, in words ("sitemap part 3 answered 500"); None = nothing."""
    beyond: str | None = None
    """What lies beyond what the source shows or what one look asks for: nothing is broken. None = nothing."""
    is_unchanged: bool = False
    """The source's listing is the one of the last look, and all that it named was had."""


_WHOLE = re.compile(r"https?://[a-z0-9.-]+(?::[0-9]+)?/[^\s#]*")


def web_address(href: str | None, base: str) -> str | None:
    """The absolute http(s) URL of a link, without its fragment; None where it is none.

    >>> web_address(" /news/1.html#top ", "https://acme.example/feed.xml")
    'https://acme.example/news/1.html'
    >>> web_address("mailto:press@acme.example", "https://acme.example/") is None
    True
    """
    if not href or not href.strip():
        return None
    if _WHOLE.fullmatch(href):  # nearly all of them
        return href
    try:
        url = urldefrag(urljoin(base, href.strip())).url
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:  # e.g. an unclosed bracket where the host should be
        return None


def join_remarks(remarks: Iterable[str | None]) -> str | None:
    """The remarks that say something, as one line; None where none does."""
    return "; ".join(remark for remark in remarks if remark) or None
