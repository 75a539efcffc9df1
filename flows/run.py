"""One run of a flow: what it works with, what it counts, and its record in the warehouse."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import TypeVar
from uuid import UUID

from extractors.claims import EXTRACTOR_VERSION
from extractors.lexicon import read_companies, read_metrics
from extractors.model import Candidate, Page, Source
from flows.archive import Archive
from flows.failure import Batch, Failure
from flows.fetch import Fetcher
from flows.look import Found, Known
from flows.settings import Settings, read_settings
from flows.sources import read_sources
from warehouse.database import open_warehouse
from warehouse.load import (
    Look,
    Reading,
    finish_run,
    known_pages,
    known_urls,
    load_readings,
    load_registry,
    load_sources,
    record_coverage,
    start_run,
    validators,
)

T = TypeVar("T")
log = logging.getLogger("undisclosed")


class UnknownSourceError(Exception):
    """A source was named that has no file."""


@dataclass
class Tally:
    """What a run did at one source."""

    found: Found | None = None
    pages: int = 0
    articles: int = 0
    claims: int = 0
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
        return [failure for tally in self.tallies.values() for failure in tally.failures]

    def summary(self) -> str:
        """The run in one line."""
        tallies = self.tallies.values()
        pages, claims = sum(tally.pages for tally in tallies), sum(tally.claims for tally in tallies)
        line = f"{len(self.sources)} sources, {pages} new pages, {claims} new claims"
        return f"{line}, {len(self.failures)} failed" if self.failures else line

    def note(self, failures: Iterable[Failure]) -> None:
        """Tell of failures as they come, and count them to their source."""
        for failure in failures:
            log.warning("%s", failure)
            self.tallies[failure.source_id].failures.append(failure)

    def keep(self, batch: Batch[T]) -> tuple[T, ...]:
        """What a batch has done; what failed in it is noted."""
        self.note(batch.failures)
        return batch.done

    def candidates(self, source: Source, found: Found) -> tuple[Candidate, ...]:
        """The candidates of a look at the source, which is counted."""
        log.info("%s: %s", source.id, "unchanged" if found.is_unchanged else f"{len(found.candidates)} new")
        self.tallies[source.id].found = found
        self.note(found.failures)
        return found.candidates

    def unseen(self, source: Source, pages: Sequence[Page]) -> tuple[Page, ...]:
        """The pages that the warehouse does not hold in this very version; only at a known URL can it hold one."""
        again = [page.page_id for page in pages if page.url in self.known[source.id].urls]
        if not again:
            return tuple(pages)
        with open_warehouse(self.settings.warehouse) as db:
            held = known_pages(db, again)
        return tuple(page for page in pages if page.page_id not in held)

    def load(self, source: Source, readings: Sequence[Reading]) -> None:
        """Load a batch, in one transaction, and count what was new."""
        with open_warehouse(self.settings.warehouse) as db:
            loaded = load_readings(
                db, readings, run_id=self.run_id, extractor_version=EXTRACTOR_VERSION, recorded_at=datetime.now(UTC)
            )
        self.note(Failure(source.id, "load", line) for line in loaded.refused)
        tally = self.tallies[source.id]
        tally.pages += loaded.pages
        tally.articles += loaded.articles
        tally.claims += loaded.claims
        log.info("%s: %d pages, %d claims", source.id, tally.pages, tally.claims)

    async def cover(self, source: Source, work: Awaitable[None]) -> None:
        """Do the work at one source and record its coverage; whatever breaks in it costs only this source."""
        try:
            await work
        except Exception as error:
            log.debug("%s broke", source.id, exc_info=True)
            self.note([Failure(source.id, "monitor", f"{type(error).__name__}: {error}")])
        self.record_coverage(source.id)

    def record_coverage(self, source_id: str) -> None:
        """Write what the run did at a source."""
        with open_warehouse(self.settings.warehouse) as db:
            record_coverage(db, self.run_id, looks(source_id, self.tallies[source_id], datetime.now(UTC)))


def looks(source_id: str, tally: Tally, now: datetime) -> list[Look]:
    """A source's rows in coverage: one for its listing, one for each page that failed."""
    found = tally.found or Found()
    of_source = [failure for failure in tally.failures if failure.stage in ("source", "discover", "monitor")]
    of_pages = [failure for failure in tally.failures if failure not in of_source]
    # The next look is conditional only where this one left nothing to be tried again.
    is_complete = not of_source and not any(failure.stage == "fetch" for failure in of_pages)
    listing = Look(
        source_id=source_id,
        url=None,
        stage=of_source[0].stage if of_source else "discover",
        outcome="failed" if of_source else "unchanged" if found.is_unchanged else "ok",
        found=found.named,
        read=tally.articles,
        error="; ".join(failure.reason for failure in of_source) or None,
        looked_at=now,
        etag=found.etag if is_complete else None,
        last_modified=found.last_modified if is_complete else None,
    )
    pages = [
        Look(
            source_id=source_id,
            url=failure.url,
            stage=failure.stage,
            outcome="failed",
            found=0,
            read=0,
            error=failure.reason,
            looked_at=now,
            etag=None,
            last_modified=None,
        )
        for failure in of_pages
    ]
    return [listing, *pages]


@asynccontextmanager
async def open_run(flow: str, source_ids: Sequence[str] | None) -> AsyncIterator[Run]:
    """A run over the sources with these ids, or over every enabled one; its start and end stand in `runs`.

    Raises UnknownSourceError, and WarehouseError where the warehouse cannot be written.
    """
    settings, started_at = read_settings(), datetime.now(UTC)
    sources, errors = read_sources(settings.sources, newsroom=settings.newsroom)
    chosen = choose_sources(sources, source_ids)
    with open_warehouse(settings.warehouse) as db:
        load_sources(db, sources)
        load_registry(
            db, map(asdict, read_companies()), ({"metric_id": id_} | it for id_, it in read_metrics().items())
        )
        run_id = start_run(db, flow, started_at)
        known = {source.id: Known(known_urls(db, source.id), *validators(db, source.id)) for source in chosen}
    archive = Archive(settings.archive, run_id, started_at)
    status = "crashed"
    async with Fetcher(contact=settings.contact) as fetcher:
        run = Run(settings, run_id, chosen, fetcher, archive, known)
        for error in errors:
            run.note([Failure(error.path.stem, "source", str(error))])
            run.record_coverage(error.path.stem)
        try:
            yield run
            status = "failed" if run.failures else "completed"
        finally:
            with open_warehouse(settings.warehouse) as db:
                finish_run(db, run_id, status=status, finished_at=datetime.now(UTC), summary=run.summary())


def choose_sources(sources: Sequence[Source], ids: Sequence[str] | None) -> tuple[Source, ...]:
    """The sources with these ids, enabled or not; every enabled one where none is named. Raises UnknownSourceError."""
    if not ids:
        return tuple(source for source in sources if source.enabled)
    by_id = {source.id: source for source in sources}
    for unknown in (each for each in ids if each not in by_id):
        near = get_close_matches(unknown, by_id, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise UnknownSourceError(f"no source {unknown!r}{hint}")
    return tuple(by_id[each] for each in dict.fromkeys(ids))
