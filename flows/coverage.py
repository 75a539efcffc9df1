"""What a run did at a source, and its rows in `coverage` and in the index of the archive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from extractors.model import Source
from flows.archive import ArchivedPage
from flows.failure import Failure
from flows.look import Found
from flows.windows import Window
from warehouse.archive import ArchiveRecord, HeldListing
from warehouse.coverage import Look
from warehouse.load import Loaded

_WEEK = timedelta(7)
_FEW = 0.1
"""A week with less than this part of what is usual is told."""


@dataclass
class Tally:
    """What a run did at one source."""

    found: Found = field(default_factory=Found)
    read: list[str] = field(default_factory=list)
    """The URLs whose pages were fetched."""
    loaded: Loaded = field(default_factory=lambda: Loaded(0, 0, 0))
    failures: list[Failure] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to be tried again: the listing was read, and every page that it named was had."""
        return not any(
            failure.outcome == "failed" and (failure.url is None or failure.stage == "fetch")
            for failure in self.failures
        )


def record_of(archived: ArchivedPage) -> ArchiveRecord:
    """What the archive's index says of a page that was archived."""
    url, digest = archived.digest
    written = archived.written
    return ArchiveRecord(
        page_id=archived.page.page_id,
        url=url,
        kind=archived.kind,
        file=written.file,
        offset=written.offset,
        length=archived.length,
        payload_digest=digest,
        fetched_at=written.fetched_at,
    )


def looks(
    source_id: str, tally: Tally, listings: Sequence[HeldListing], now: datetime, window: Window | None = None
) -> list[Look]:
    """A source's rows in coverage: one for its listing, one for each of its pages that was fetched or failed."""
    of_source = [failure for failure in tally.failures if failure.url is None]
    of_pages = {failure.url: failure for failure in tally.failures if failure.url is not None}
    first = listings[0] if listings else None
    worst = next((each for each in of_source if each.outcome == "failed"), next(iter(of_source), None))
    listing = Look(
        source_id=source_id,
        url=None,
        stage=worst.stage if worst else "discover",
        outcome=worst.outcome if worst else "unchanged" if tally.found.is_unchanged else "ok",
        found=len(tally.found.candidates),
        read=tally.loaded.articles,
        error="; ".join(failure.reason for failure in of_source) or None,
        looked_at=now,
        etag=first.etag if first else None,
        last_modified=first.last_modified if first else None,
        since=window.since if window else None,
        until=window.until if window else None,
    )
    failed = [_look_at_page(source_id, url, now, failure) for url, failure in of_pages.items()]
    read = [_look_at_page(source_id, url, now, None) for url in dict.fromkeys(tally.read) if url not in of_pages]
    return [listing, *failed, *read]


def _look_at_page(source_id: str, url: str, now: datetime, failure: Failure | None) -> Look:
    return Look(
        source_id=source_id,
        url=url,
        stage=failure.stage if failure else "load",
        outcome=failure.outcome if failure else "ok",
        found=0,
        read=0 if failure else 1,
        error=failure.reason if failure else None,
        looked_at=now,
        etag=None,
        last_modified=None,
    )


def shortfall(source: Source, tally: Tally, fetched_at: Mapping[str, datetime], now: datetime) -> Failure | None:
    """That a source shows far less than it says is usual; `fetched_at`: when its pages were fetched, by URL.

    A listing that names nothing has failed: it was probably built anew. A week with little may be a quiet one, and is
    told; of a source that is not known for a week, nothing can be told.
    """
    usual = source.expected_per_week
    if usual is None or any(failure.url is None for failure in tally.failures):
        return None
    if not (tally.found.is_unchanged or tally.found.candidates):
        return Failure(source.id, "discover", f"names nothing, where {usual:g} new pages a week are usual")
    recent = {url for url, at in fetched_at.items() if at > now - _WEEK} | set(tally.read)
    if len(recent) >= _FEW * usual or all(at > now - _WEEK for at in fetched_at.values()):
        return None
    reason = f"had {len(recent)} new pages in a week, where {usual:g} are usual"
    return Failure(source.id, "discover", reason, outcome="partial")
