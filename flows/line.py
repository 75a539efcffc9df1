"""The line that every page takes, a batch at a time: fetch -> archive -> parse -> extract -> load."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from extractors.model import Candidate, Page, Source
from flows.archive import ArchivedPage
from flows.coverage import record_of
from flows.failure import Batch
from flows.fetch import Fetcher, fetch_pages
from flows.load import load_batch
from flows.read import extract_readings, parse_pages
from flows.run import Run
from warehouse.archive import ArchiveRecord
from warehouse.load import Loaded, Reading

BATCH = 50
ArchivePages = Callable[[Source, Sequence[Page]], tuple[ArchivedPage, ...]]


def archive_pages(write: ArchivePages, source: Source, pages: Sequence[Page]) -> tuple[ArchivedPage, ...]:
    """The pages as `write`, a run's own, archives them.

    A run itself is no parameter of a task: Prefect would look through all that it holds, while others change it.
    """
    return write(source, pages)


@dataclass(frozen=True)
class Stages:
    """What each stage is done by: plain functions, or tasks that are made of them."""

    fetch: Callable[[Source, Sequence[Candidate], Fetcher], Awaitable[Batch[Page]]] = fetch_pages
    archive: Callable[[ArchivePages, Source, Sequence[Page]], tuple[ArchivedPage, ...]] = archive_pages
    parse: Callable[[Source, Sequence[ArchivedPage]], Batch[Reading]] = parse_pages
    extract: Callable[[Source, Sequence[Reading]], Batch[Reading]] = extract_readings
    load: Callable[[Path, UUID, Sequence[Reading], Sequence[ArchiveRecord]], Loaded] = load_batch


async def read_in(source: Source, candidates: Sequence[Candidate], run: Run, stages: Stages) -> None:
    """The candidates' pages, to their claims; each batch is in the warehouse before the next is fetched."""
    for start in range(0, len(candidates), BATCH):
        pages = run.keep(await stages.fetch(source, candidates[start : start + BATCH], run.fetcher))
        archived = await asyncio.to_thread(stages.archive, run.archive_pages, source, pages)
        articles = run.keep(await asyncio.to_thread(stages.parse, source, run.new_pages(archived)))
        readings = run.keep(await asyncio.to_thread(stages.extract, source, articles))
        records = [record_of(each) for each in archived]
        run.count(source, await asyncio.to_thread(stages.load, run.settings.warehouse, run.run_id, readings, records))
