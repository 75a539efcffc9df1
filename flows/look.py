"""Look at a source: what does it name?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from extractors.model import Candidate, Page, Source
from flows.discover import DiscoverError, GetError, Question, discover_source
from flows.discover.question import reason_of
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


class _Listings:
    """A source's listing pages, fetched; its own on the condition that it has changed since these validators."""

    def __init__(self, source: Source, fetcher: Fetcher, etag: str | None, last_modified: str | None) -> None:
        self._source, self._fetcher = source, fetcher
        self._etag, self._last_modified = etag, last_modified
        self.pages: list[Page] = []

    async def page(self, url: str, *, changed_at: datetime | None = None) -> Page:
        is_first = url == self._source.url and not self.pages and self._source.kind != "sitemap"
        try:
            page = await self._fetcher.fetch(
                self._source,
                url,
                etag=self._etag if is_first else None,
                last_modified=self._last_modified if is_first else None,
            )
        except FetchError as error:
            raise GetError(str(error)) from error
        if page is None:
            page = Page(source_id=self._source.id, url=url, fetched_at=datetime.now(UTC), body=b"", is_unchanged=True)
        self.pages.append(page)
        return page

    async def file(self, url: str) -> Path:
        raise GetError("is not on this machine")


async def look_at(
    source: Source, fetcher: Fetcher, question: Question, etag: str | None, last_modified: str | None
) -> Found:
    """What the source names, by a request for its listing on the condition that it has changed since these validators.

    A source that cannot be listed gives no candidate and a failure.
    """
    listings = _Listings(source, fetcher, etag, last_modified)
    try:
        answer = await discover_source(source, listings, question)
    except (GetError, DiscoverError) as error:
        return Found(failures=(Failure(source.id, "discover", reason_of(error)),))
    # A listing that is the same as before says nothing of its parts: then the next look is not conditional.
    headers = listings.pages[0].headers if len(listings.pages) == 1 else {}
    return Found(
        candidates=answer.candidates,
        is_unchanged=answer.is_unchanged,
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        failures=(
            *([Failure(source.id, "discover", answer.unseen)] if answer.unseen else []),
            *([Failure(source.id, "discover", answer.beyond, outcome="partial")] if answer.beyond else []),
        ),
    )
