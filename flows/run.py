"""One run of a flow: what it works with, what it counts, and its record in the warehouse."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

from extractors.lexicon import read_companies, read_metrics
from extractors.model import Authority, Candidate, Page, Source
from flows.archive import Archive, ArchivedPage, Place, digest_of
from flows.coverage import Tally, looks, record_of, shortfall
from flows.failure import Batch, Failure
from flows.fetch import Fetcher
from flows.listings import Listings
from flows.look import Found
from flows.mend import mend_archive
from flows.recorded import recorded
from flows.robots import VALID
from flows.settings import Settings, read_settings
from flows.sources import choose_sources, read_sources
from flows.windows import Window
from warehouse.archive import (
    HeldListing,
    archive_ends,
    held_listings,
    held_records,
    record_archive,
    record_listings,
)
from warehouse.coverage import Look, record_coverage
from warehouse.database import WarehouseError, open_warehouse, transaction
from warehouse.load import Loaded, known_pages, known_urls, load_registry, load_sources, note_sightings
from warehouse.publish import adopt
from warehouse.robots import held_robots, record_robots
from warehouse.runs import start_run

T = TypeVar("T")
log = logging.getLogger("undisclosed")

MAX_REVISIONS = 20
"""Of the held pages that a listing says were changed, as many are fetched again at a look."""


@dataclass(frozen=True)
class Known:
    """What the warehouse holds of a source."""

    fetched_at: dict[str, datetime]
    """When each of its pages was fetched last, by URL."""
    listings: Mapping[str, HeldListing]


@dataclass
class Run:
    """The run's means and its tallies; the stages themselves stand in the flow."""

    settings: Settings
    run_id: UUID
    sources: tuple[Source, ...]
    fetcher: Fetcher
    archive: Archive
    known: dict[str, Known]
    """What the warehouse holds, by source."""
    window: Window | None = None
    """The days that sources are asked about; None: they are asked what is new."""
    tallies: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    short: list[str] = field(default_factory=list)
    """The sources that show far less than is usual."""
    unwritten: list[str] = field(default_factory=list)
    """The sources whose coverage is not written yet."""

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
        short = f"; fewer than usual at {', '.join(self.short)}" if self.short else ""
        return (f"{line}, {len(self.failures)} failed" if self.failures else line) + short

    def note(self, failures: Iterable[Failure]) -> None:
        """Tell of failures as they come, and count them to their source."""
        for failure in failures:
            failure.tell()
            self.tallies[failure.source_id].failures.append(failure)

    def keep(self, batch: Batch[T]) -> tuple[T, ...]:
        """What a batch has done; what failed in it is noted."""
        self.note(batch.failures)
        return batch.done

    def part(self, window: Window) -> Run:
        """This run, for a slice of time: with tallies of its own."""
        return replace(self, window=window, tallies=defaultdict(Tally), unwritten=[])

    def finish_slice(self, source: Source) -> None:
        """Record what this part of the run did at a source: a slice that lacks a page has failed."""
        failures = self.tallies[source.id].failures
        lost = sum(each.url is not None and each.stage == "fetch" and each.outcome == "failed" for each in failures)
        if lost:
            self.note([Failure(source.id, "fetch", f"{lost} of its pages could not be had")])
        self.record_coverage(source.id)

    def absorb(self, part: Run, *, with_failures: bool) -> None:
        """Count what a part of the run did as done by all of it; the pages that it had are known from now on."""
        now = datetime.now(UTC)
        for source_id, tally in part.tallies.items():
            whole = self.tallies[source_id]
            whole.loaded = whole.loaded + tally.loaded
            whole.failures += tally.failures if with_failures else []
            lost = {failure.url for failure in tally.failures if failure.stage == "fetch"}
            self.known[source_id].fetched_at.update((url, now) for url in tally.read if url not in lost)

    def new_candidates(self, source: Source, found: Found) -> tuple[Candidate, ...]:
        """The candidates of a look whose pages are not held.

        The files of a folder are always among them: an edited file is a new page at the same address.
        """
        self.tallies[source.id].found = found
        self.note(found.failures)
        held = self.known[source.id].fetched_at if source.kind != "folder" else {}
        new = [candidate for candidate in found.candidates if candidate.url not in held]
        changed = [each for each in found.candidates if each.url in held and _is_later(each.updated_at, held[each.url])]
        log.info("%s: %s", source.id, "unchanged" if found.is_unchanged else f"{len(new)} new")
        return (*reversed(new), *changed[:MAX_REVISIONS])

    def archive_pages(self, source: Source, pages: Sequence[Page]) -> tuple[ArchivedPage, ...]:
        """Archive the pages; what the archive has with these very bytes is only noted there. Raises OSError."""
        self.tallies[source.id].read += [page.url for page in pages]
        with open_warehouse(self.settings.warehouse) as db:
            found = held_records(db, (digest_of(page) for page in pages))
        return self.archive.write_pages(pages, {digest: Place(*place) for digest, place in found.items()})

    def new_pages(self, archived: Sequence[ArchivedPage]) -> tuple[ArchivedPage, ...]:
        """The pages that the warehouse does not hold in this very version, under this source or another."""
        with open_warehouse(self.settings.warehouse) as db:
            held = known_pages(db, [each.page.page_id for each in archived])
            note_sightings(db, [each.page for each in archived if each.page.page_id in held], self.run_id)
        return tuple(each for each in archived if each.page.page_id not in held)

    def listings(self, source: Source) -> Listings:
        """The means to look at a source."""
        held = self.known[source.id].listings
        return Listings(source, self.fetcher, self.archive, self.settings.archive, held)

    def count(self, source: Source, loaded: Loaded) -> None:
        """Count what a batch brought; what the warehouse refused is noted."""
        self.note(Failure(source.id, "load", reason, url) for url, reason in loaded.refused)
        tally = self.tallies[source.id]
        tally.loaded = tally.loaded + loaded
        log.info("%s: %d pages, %d claims", source.id, tally.loaded.pages, tally.loaded.claims)

    def compare_with_usual(self, source: Source) -> None:
        """Tell of a source that shows far less than is usual."""
        short = shortfall(source, self.tallies[source.id], self.known[source.id].fetched_at, datetime.now(UTC))
        if short:
            self.note([short])
            self.short.append(source.id)

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
        """Write what the run did at a source; that nothing was new there can wait for the end of the run."""
        tally = self.tallies[source_id]
        self.unwritten.append(source_id)
        if self.window or not tally.found.is_unchanged or tally.failures:
            self.write_coverage()

    def write_coverage(self) -> None:
        """Write what the run did at the sources of which that is not written yet, all in one go."""
        source_ids, self.unwritten = self.unwritten, []
        if not source_ids:
            return
        looked: list[Look] = []
        remembered: list[tuple[str, HeldListing]] = []
        with open_warehouse(self.settings.warehouse) as db:
            for source_id in source_ids:
                tally = self.tallies[source_id]
                # A listing is remembered by who asks what is new.
                listings = [] if self.window else tally.found.remembered(is_complete=tally.is_complete)
                looked += looks(source_id, tally, listings, datetime.now(UTC), self.window)
                remembered += ((source_id, listing) for listing in listings)
            record_listings(db, self.run_id, remembered)
            record_archive(
                db,
                self.run_id,
                [record_of(each) for source_id in source_ids for each in self.tallies[source_id].found.archived],
            )
            record_coverage(db, self.run_id, looked)
            record_robots(db, self.run_id, self.fetcher.robots.take_fetched())


def _is_later(updated_at: datetime | None, fetched_at: datetime) -> bool:
    return updated_at is not None and updated_at > fetched_at


@asynccontextmanager
async def open_run(
    flow: str, source_ids: Sequence[str] | None, authorities: Sequence[Authority] | None = None
) -> AsyncIterator[Run]:
    """A run over the sources with these ids, or over every enabled one (of `authorities`); it stands in `runs`.

    Raises SourceError where an id names no source, and WarehouseError where the warehouse cannot be written.
    """
    settings, started_at = read_settings(), datetime.now(UTC)
    sources, errors = read_sources(settings.sources, newsroom=settings.newsroom)
    chosen = choose_sources(sources, errors, source_ids, authorities)
    adopt(settings.warehouse, settings.published)
    with open_warehouse(settings.warehouse) as db:
        load_sources(db, sources)
        load_registry(
            db, map(asdict, read_companies()), ({"metric_id": id_} | it for id_, it in read_metrics().items())
        )
        run_id = start_run(db, flow, started_at)
        ids = [each.id for each in chosen]
        urls, listings = known_urls(db, ids), held_listings(db, ids)
        robots = held_robots(db, started_at - VALID)
        for mended in mend_archive(settings.archive, archive_ends(db)):
            log.warning("%s", mended)
            with transaction(db, "archive"):  # another run may find the same files to mend
                record_archive(db, run_id, mended.unheard)
    archive = Archive(settings.archive, run_id, started_at)
    known = {id_: Known(urls[id_], listings[id_]) for id_ in ids}
    async with Fetcher(contact=settings.contact, robots=robots) as fetcher:
        run = Run(settings, run_id, chosen, fetcher, archive, known)
        run.note(Failure(error.path.stem, "source", str(error)) for error in errors)
        for source_id in list(run.tallies):
            run.record_coverage(source_id)
        with recorded(run):
            try:
                yield run
            finally:
                run.write_coverage()
                archive.close()
