"""Look at a source: what does it name?"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.model import Candidate, Page, Source
from flows.discover import DiscoverError, discover_source
from flows.discover.listing import reason_of
from flows.failure import Failure
from flows.fetch import Fetcher, FetchError


@dataclass(frozen=True)
class Found:
    """What a look at a source gave."""

    candidates: tuple[Candidate, ...] = ()
    is_unchanged: bool = False
    """The server said that its listing is the one of the last look."""
    etag: str | None = None
    last_modified: str | None = None
    failures: tuple[Failure, ...] = ()


async def look_at(source: Source, fetcher: Fetcher, etag: str | None, last_modified: str | None) -> Found:
    """What the source names, by a request for its listing on the condition that it has changed since these validators.

    A source that cannot be listed gives no candidate and a failure.
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
            listing = await fetcher.fetch(source, source.url, etag=etag, last_modified=last_modified)
            if listing is None:
                return Found(is_unchanged=True)
        found = await discover_source(source, listing, get)
    except (FetchError, DiscoverError) as error:
        return Found(failures=(Failure(source.id, "discover", reason_of(error)),))
    # A listing that is the same as before says nothing of its parts: then the next look is not conditional.
    headers = listing.headers if listing and not parts else {}
    return Found(
        candidates=found.candidates,
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        failures=(Failure(source.id, "discover", found.unseen),) if found.unseen else (),
    )
