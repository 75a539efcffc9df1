"""One run of a flow: what it works with, what it counts, and its record in the warehouse."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

from extractors.lexicon import read_companies, read_metrics
from extractors.model import Candidate, Page, Source
from flows.archive import Archive
from flows.failure import Batch, Failure
from flows.fetch import Fetcher
from flows.look import Found
from flows.settings import Settings, read_settings
from flows.sources import choose_sources, read_sources
from warehouse.database import WarehouseError, open_warehouse
from warehouse.load import (
    Loaded,
    Look,
    finish_run,
    known_pages,
    known_urls,
    load_registry,
    load_sources,
    record_coverage,
    start_run,
    validators,
)

T = TypeVar("T")
log = logging.getLogger("undisclosed")


@dataclass(frozen=True)
class Known:
    """What the warehouse holds of a source."""

    fetched_at: Mapping[str, datetime]
    """When each of its pages was fetched last, by URL."""
    etag: str | None
    last_modified: str | None


@dataclass
class Tally:
    """What a run did at one source."""

    found: Found = field(default_factory=Found)
    read: list[str] = field(default_factory=list)
    """The URLs whose pages were fetched."""
    loaded: Loaded = field(default_factory=lambda: Loaded(0, 0, 0))
    failures: list[Failure] = field(default_factory=list)


@dataclass
class Run:
    """The run's means and its tallies; the stages themselves stand in the flow."""

    settings: Settings
    run_id: UUID
    sources: tuple[Source, ...]
    fetcher: Fetcher
    archive: Archive
    known: Mapping[str, Known]
    """What the warehouse holds, by source."""
    tallies: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))

    @property
    def failures(self) -> list[Failure]:
        """Everything that failed so far."""
        told = (failure for tally in self.tallies.values() for failure in tally.failures)
        return [failure for failure in told if failure.outcome == "failed"]

    def summary(self) -> str:
        """The run in one line."""
        loaded = [tally.loaded for tally in self.tallies.values()]
        pages, claims = sum(each.pages for each in loaded), sum(each.claims for each in loaded)
        line = f"{len(self.sources)} sources, {pages} new pages, {claims} new claims"
        return f"{line}, {len(self.failures)} failed" if self.failures else line

    def note(self, failures: Iterable[Failure]) -> None:
        """Tell of failures as they come, and count them to their source."""
        for failure in failures:
            log.log(logging.WARNING if failure.outcome == "failed" else logging.INFO, "%s", failure)
            self.tallies[failure.source_id].failures.append(failure)

    def keep(self, batch: Batch[T]) -> tuple[T, ...]:
        """What a batch has done; what failed in it is noted."""
        self.note(batch.failures)
        return batch.done

    def new_candidates(self, source: Source, found: Found) -> tuple[Candidate, ...]:
        """The candidates of a look whose pages are not held.

        The files of a folder are always among them: an edited file is a new page at the same address.
        """
        self.tallies[source.id].found = found
        self.note(found.failures)
        held = self.known[source.id].fetched_at if source.kind != "folder" else ()
        new = tuple(candidate for candidate in found.candidates if candidate.url not in held)
        log.info("%s: %s", source.id, "unchanged" if found.is_unchanged else f"{len(new)} new")
        return new

    def new_pages(self, source: Source, pages: Sequence[Page]) -> tuple[Page, ...]:
        """The pages that the warehouse does not hold in this very version, under this source or another."""
        self.tallies[source.id].read += [page.url for page in pages]
        with open_warehouse(self.settings.warehouse) as db:
            held = known_pages(db, [page.page_id for page in pages])
        return tuple(page for page in pages if page.page_id not in held)

    def count(self, source: Source, loaded: Loaded) -> None:
        """Count what a batch brought; what the warehouse refused is noted."""
        self.note(Failure(source.id, "load", reason, url) for url, reason in loaded.refused)
        tally = self.tallies[source.id]
        tally.loaded = tally.loaded + loaded
        log.info("%s: %d pages, %d claims", source.id, tally.loaded.pages, tally.loaded.claims)

    async def cover(self, source: Source, work: Awaitable[None]) -> None:
        """Do the work at one source and record its coverage; whatever breaks in it costs only this source."""
        try:
            await work
        except Exception as error:
            log.debug("%s broke", source.id, exc_info=True)
            self.note([Failure(source.id, "monitor", f"{type(error).__name__}: {error}")])
        try:
            self.record_coverage(source.id)
        except WarehouseError as error:
            self.note([Failure(source.id, "monitor", str(error))])

    def record_coverage(self, source_id: str) -> None:
        """Write what the run did at a source."""
        with open_warehouse(self.settings.warehouse) as db:
            record_coverage(db, self.run_id, looks(source_id, self.tallies[source_id], datetime.now(UTC)))


def looks(source_id: str, tally: Tally, now: datetime) -> list[Look]:
    """A source's rows in coverage: one for its listing, one for each of its pages that was fetched or failed."""
    of_source = [failure for failure in tally.failures if failure.url is None]
    failed_at = [failure for failure in of_source if failure.outcome == "failed"]
    of_pages = {failure.url: failure for failure in tally.failures if failure.url is not None}
    # The next look is conditional only where this one left nothing to be tried again.
    is_complete = not failed_at and not any(failure.stage == "fetch" for failure in of_pages.values())
    listing = Look(
        source_id=source_id,
        url=None,
        stage=failed_at[0].stage if failed_at else "discover",
        outcome="failed"
        if failed_at
        else "partial"
        if of_source
        else "unchanged"
        if tally.found.is_unchanged
        else "ok",
        found=len(tally.found.candidates),
        read=tally.loaded.articles,
        error="; ".join(failure.reason for failure in of_source) or None,
        looked_at=now,
        etag=tally.found.etag if is_complete else None,
        last_modified=tally.found.last_modified if is_complete else None,
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


@asynccontextmanager
async def open_run(flow: str, source_ids: Sequence[str] | None) -> AsyncIterator[Run]:
    """A run over the sources with these ids, or over every enabled one; its start and end stand in `runs`.

    Raises SourceError where an id names no source, and WarehouseError where the warehouse cannot be written.
    """
    settings, started_at = read_settings(), datetime.now(UTC)
    sources, errors = read_sources(settings.sources, newsroom=settings.newsroom)
    chosen = choose_sources(sources, errors, source_ids)
    with open_warehouse(settings.warehouse) as db:
        load_sources(db, sources)
        load_registry(
            db, map(asdict, read_companies()), ({"metric_id": id_} | it for id_, it in read_metrics().items())
        )
        run_id = start_run(db, flow, started_at)
        known = {each.id: Known(known_urls(db, each.id), *validators(db, each.id)) for each in chosen}
    archive = Archive(settings.archive, run_id, started_at)
    status = "crashed"
    async with Fetcher(contact=settings.contact) as fetcher:
        run = Run(settings, run_id, chosen, fetcher, archive, known)
        run.note(Failure(error.path.stem, "source", str(error)) for error in errors)
        for source_id in list(run.tallies):
            run.record_coverage(source_id)
        try:
            yield run
            status = "failed" if run.failures else "completed"
        finally:
            with open_warehouse(settings.warehouse) as db:
                finish_run(db, run_id, status=status, finished_at=datetime.now(UTC), summary=run.summary())
