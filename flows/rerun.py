"""One replay: the pages to read again, what was recorded of them so far, and its record in the warehouse."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from extractors.model import Source
from extractors.version import extractor_version
from flows.changes import Changes
from flows.failure import Batch, Failure, join
from flows.pace import time_left
from flows.recorded import recorded
from flows.reread import Rereading, reread_pages
from flows.settings import Settings, read_settings
from flows.sources import choose_sources, read_sources
from flows.workers import WorkerError, Workers, open_workers
from warehouse.database import open_warehouse
from warehouse.publish import adopt
from warehouse.replay import (
    HeldPage,
    claims_before,
    forgotten_sources,
    held_pages,
    load_rereadings,
    pages_to_read,
    said_in,
)
from warehouse.runs import start_run

PART = 25
"""Pages that a process takes at once: few enough that the processes end together."""


@dataclass
class Rerun:
    """A replay's means and what it has found."""

    settings: Settings
    run_id: UUID
    page_ids: Sequence[UUID]
    """What is to be read; of an archive of any size no more is held at once."""
    sources: Mapping[str, Source]
    is_comparison: bool
    workers: Workers
    turns: asyncio.Semaphore
    """As many slices are under way at once as keep every process busy; the others take no memory."""
    changes: Changes = field(default_factory=Changes)
    failures: list[Failure] = field(default_factory=list)
    _begun: float = field(default_factory=time.monotonic)
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _turn_apart: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def archive(self) -> Path:
        """The folder of WARC files."""
        return self.settings.archive

    async def take(self, page_ids: Sequence[UUID]) -> None:
        """One slice: read by whichever processes are free, recorded when it is done. Raises WarehouseError."""
        pages = await asyncio.to_thread(self.held, page_ids)
        parts = [pages[start : start + PART] for start in range(0, len(pages), PART)]
        await asyncio.to_thread(self.record, join(await asyncio.gather(*map(self.reread, parts))))

    async def reread(self, pages: Sequence[HeldPage]) -> Batch[Rereading]:
        """The pages, read again; a page that ends the process that reads it costs only itself."""
        try:
            return await self.workers.do(reread_pages, self.archive, self.sources, pages)
        except WorkerError:
            async with self._turn_apart:
                return await self.reread_apart(pages)

    async def reread_apart(self, pages: Sequence[HeldPage]) -> Batch[Rereading]:
        """The pages in a process of their own; those that end it by halves, down to the page that does."""
        try:
            with Workers(1) as alone:
                return await alone.do(reread_pages, self.archive, self.sources, pages)
        except WorkerError:
            middle = len(pages) // 2
            if middle:
                return join([await self.reread_apart(half) for half in (pages[:middle], pages[middle:])])
            (held,) = pages
            failure = Failure(held.source_id, "reread", "ends the process that reads it", held.url)
            return Batch((Rereading(held, "failed", None),), (failure,))

    def held(self, page_ids: Sequence[UUID]) -> tuple[HeldPage, ...]:
        """The pages of a slice. Raises WarehouseError."""
        with self._turn, open_warehouse(self.settings.warehouse, read_only=self.is_comparison) as db:
            return tuple(held_pages(db, page_ids))

    def record(self, batch: Batch[Rereading]) -> None:
        """Count what a slice has changed, and load it unless it is only compared. Raises WarehouseError."""
        with self._turn:
            self.note(batch.failures)
            changed = [each for each in batch.done if each.reading]
            with open_warehouse(self.settings.warehouse, read_only=self.is_comparison) as db:
                before = claims_before(db, [each.held.article_id for each in changed if each.held.article_id])
                if not self.is_comparison:
                    others = {each.held.page_id: each.result for each in batch.done if not each.reading}
                    readings = [each.reading for each in changed if each.reading]
                    loaded = load_rereadings(db, readings, others, version=extractor_version(), run_id=self.run_id)
                    self.note(Failure("replay", "load", reason, url) for url, reason in loaded.refused)
            for each in changed:
                if each.reading and each.reading.article:
                    was = before.get(each.held.article_id, []) if each.held.article_id else []
                    self.changes.compare(each.held.url, each.reading.article.language, was, said_in(each.reading))
            self.changes.pages.update(each.result for each in batch.done)

    def summary(self) -> str:
        """The replay in one line."""
        return self.changes.summary()

    def line(self) -> str:
        """How far the replay is."""
        return time_left(self.done, len(self.page_ids), time.monotonic() - self._begun)

    @property
    def done(self) -> int:
        """How many pages were read again."""
        return self.changes.pages.total()

    def lose(self, page_ids: Sequence[UUID], error: Exception) -> None:
        """A slice broke: its pages are read again by the next replay."""
        with self._turn:
            self.note([Failure("replay", "reread", f"{len(page_ids)} pages: {type(error).__name__}: {error}")])
            self.changes.pages["failed"] += len(page_ids)

    def note(self, failures: Iterable[Failure]) -> None:
        """Tell of failures as they come, and count them."""
        for failure in failures:
            failure.tell()
            if failure.outcome == "failed":
                self.failures.append(failure)


@asynccontextmanager
async def open_rerun(
    source_ids: Sequence[str] | None,
    companies: Sequence[str] | None,
    since: date | None,
    *,
    compare: bool,
    again: bool,
) -> AsyncIterator[Rerun]:
    """A replay of the pages that these extractors have not read; its start and end stand in `runs`.

    Raises SourceError where an id names no source, and WarehouseError where the warehouse cannot be written.
    """
    settings = read_settings()
    described, errors = read_sources(settings.sources, newsroom=settings.newsroom)
    adopt(settings.warehouse, settings.published)
    with open_warehouse(settings.warehouse) as db:
        sources = {source.id: source for source in described}
        sources |= forgotten_sources(db, sources)
        if source_ids:
            choose_sources(tuple(sources.values()), errors, source_ids)
        page_ids = pages_to_read(
            db, extractor_version(), sources=source_ids, companies=companies, since=since, again=again or compare
        )
        run_id = start_run(db, "replay", datetime.now(UTC))
    with open_workers() as workers:
        run = Rerun(settings, run_id, page_ids, sources, compare, workers, asyncio.Semaphore(workers.count + 1))
        with recorded(run, is_published=not compare):
            yield run
