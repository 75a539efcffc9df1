"""Discover: what a source names (`Source` -> `Candidate`s), one small file a kind of source."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.model import Candidate, Page, Source
from flows.discover.edgar import discover_edgar
from flows.discover.feed import discover_feed
from flows.discover.folder import discover_folder
from flows.discover.listing import DiscoverError, Get, Listing
from flows.discover.sitemap import discover_sitemap

__all__ = ["DiscoverError", "Get", "Listing", "discover_source"]


async def discover_source(source: Source, listing: Page | None, get: Get) -> Listing:
    """The candidates that a source names: absolute URLs without fragments, each once, in the listing's order.

    `listing` is the fetched page of `source.url` (None for a folder, which has no page); `get` fetches the further
    pages that a listing points to: the parts of a sitemap, the index of a filing.

    Raises DiscoverError where the source cannot be listed; a part that cannot is told in `Listing.unseen`.
    """
    if source.kind == "folder":
        found = discover_folder(source)
    elif listing is None:
        raise DiscoverError(source, source.url, f"{source.kind} has no page")
    elif source.kind == "feed":
        found = discover_feed(source, listing)
    elif source.kind == "sitemap":
        found = await discover_sitemap(source, listing, get)
    else:
        found = await discover_edgar(source, listing, get)
    return replace(found, candidates=_select(source, found.candidates))


def _select(source: Source, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Each URL once (the first that names it counts), where `source.include` matches."""
    first: dict[str, Candidate] = {}
    for candidate in candidates:
        first.setdefault(candidate.url, candidate)
    wanted = re.compile(source.include or "")
    return tuple(candidate for url, candidate in first.items() if wanted.search(url))
