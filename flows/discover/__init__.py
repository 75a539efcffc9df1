"""Discover: what a source names (`Source` -> `Candidate`s), one small file a kind of source."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

from extractors.model import Candidate, Source, SourceKind
from flows.discover.edgar import discover_edgar
from flows.discover.feed import discover_feed
from flows.discover.folder import discover_folder
from flows.discover.listing import discover_listing
from flows.discover.question import Answer, DiscoverError, GetError, Question, UnseenError, Web
from flows.discover.sitemap import discover_sitemap
from flows.discover.warc import discover_warc
from flows.discover.wayback import discover_wayback

__all__ = ["Answer", "DiscoverError", "GetError", "Question", "UnseenError", "Web", "discover_source"]

_KINDS: dict[SourceKind, Callable[[Source, Web, Question], Awaitable[Answer]]] = {
    "feed": discover_feed,
    "sitemap": discover_sitemap,
    "listing": discover_listing,
    "edgar": discover_edgar,
    "wayback": discover_wayback,
    "warc": discover_warc,
    "folder": discover_folder,
}


async def discover_source(source: Source, web: Web, asked: Question) -> Answer:
    """The candidates that a source names: absolute URLs without fragments, each once, in the listing's order.

    Those that are known are among them. Where a time is asked about, none is surely of another; those whose date
    nobody tells are among them.

    Raises UnseenError where the source cannot be listed; a part that cannot is told in `Answer.unseen`.
    """
    answer = await _KINDS[source.kind](source, web, asked)
    return replace(answer, candidates=_select(source, answer.candidates))


def _select(source: Source, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Each URL once (the first that names it counts), where `source.include` matches."""
    first: dict[str, Candidate] = {}
    for candidate in candidates:
        first.setdefault(candidate.url, candidate)
    wanted = re.compile(source.include or "")
    return tuple(candidate for url, candidate in first.items() if wanted.search(url))
