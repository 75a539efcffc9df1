"""Look at a source: what does it name that is not held yet?"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from extractors.model import Candidate, Page, Source
from flows.discover import DiscoverError, discover_source
from flows.failure import Failure
from flows.fetch import Fetcher, FetchError


@dataclass(frozen=True)
class Known:
    """What the warehouse holds of a source."""

    urls: Set[str]
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Found:
    """What a look at a source gave."""

    candidates: tuple[Candidate, ...] = ()
    """Those whose pages are not held."""
    named: int = 0
    """How many the listing names, held or not."""
    is_unchanged: bool = False
    """The server said that its listing is the one of the last look."""
    etag: str | None = None
    last_modified: str | None = None
    failures: tuple[Failure, ...] = ()


async def discover_new(source: Source, known: Known, fetcher: Fetcher) -> Found:
    """The source's candidates whose pages are not held, by a conditional request for its listing.

    A source that cannot be listed gives no candidate and a failure. The files of a folder are always candidates: an
    edited file is a new page at the same address.
    """

    parts = []

    async def get(url: str) -> Page:
        parts.append(url)
        page = await fetcher.fetch(source, url)
        if page is None:
            raise FetchError("answered 304 to an unconditional request")
        return page

    try:
        listing = None
        if source.kind != "folder":
            listing = await fetcher.fetch(source, source.url, etag=known.etag, last_modified=known.last_modified)
            if listing is None:
                return Found(is_unchanged=True)
        found = await discover_source(source, listing, get)
    except (FetchError, DiscoverError) as error:
        reason = error.problem if isinstance(error, DiscoverError) else str(error)
        return Found(failures=(Failure(source.id, "discover", reason, source.url),))
    # A listing that is the same as before says nothing of its parts: then the next look is not conditional.
    headers = listing.headers if listing and not parts else {}
    held = known.urls if listing else ()
    return Found(
        candidates=tuple(candidate for candidate in found.candidates if candidate.url not in held),
        named=len(found.candidates),
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        failures=(Failure(source.id, "discover", found.unseen, source.url),) if found.unseen else (),
    )
