"""The line that every page takes, a batch at a time: fetch -> archive -> parse -> extract -> load."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import ParamSpec, TypeVar
from uuid import UUID

from extractors.model import Candidate, Page, Source
from flows.archive import ArchivedPage
from flows.coverage import record_of
from flows.failure import Batch
from flows.fetch import Fetcher, fetch_pages
from flows.load import load_batch
from flows.read import extract_readings, parse_pages
from flows.run import Run
from flows.workers import Workers
from warehouse.archive import ArchiveRecord
from warehouse.database import Place
from warehouse.load import Loaded, Reading

P = ParamSpec("P")
R = TypeVar("R")
BATCH = 50
ArchivePages = Callable[[Source, Sequence[Page]], tuple[ArchivedPage, ...]]


def archive_pages(write: ArchivePages, source: Source, pages: Sequence[Page]) -> tuple[ArchivedPage, ...]:
    """The pages as `write`, a run's own, archives them.

    A run itself is no parameter of a task: Prefect would look through all that it holds, while others change it.
    """
    return write(source, pages)


def in_thread(stage: Callable[P, R]) -> Callable[P, Awaitable[R]]:
    """A stage that computes, in a thread: the others go on fetching."""

    @wraps(stage)
    async def work(*given: P.args, **named: P.kwargs) -> R:
        return await asyncio.to_thread(stage, *given, **named)

    return work


@dataclass(frozen=True)
class Stages:
    """What each stage is done by: `STAGES`, or tasks that are made of them."""

    fetch: Callable[[Source, Sequence[Candidate], Fetcher], Awaitable[Batch[Page]]]
    archive: Callable[[ArchivePages, Source, Sequence[Page]], Awaitable[tuple[ArchivedPage, ...]]]
    parse: Callable[[Source, Sequence[ArchivedPage]], Awaitable[Batch[Reading]]]
    extract: Callable[[Source, Sequence[Reading]], Awaitable[Batch[Reading]]]
    load: Callable[[Place, UUID, Sequence[Reading], Sequence[ArchiveRecord]], Awaitable[Loaded]]


STAGES = Stages(
    fetch=fetch_pages,
    archive=in_thread(archive_pages),
    parse=in_thread(parse_pages),
    extract=in_thread(extract_readings),
    load=in_thread(load_batch),
)


def read_by(workers: Workers) -> Stages:
    """The stages where these processes parse and extract."""

    async def parse(source: Source, archived: Sequence[ArchivedPage]) -> Batch[Reading]:
        return await workers.do(parse_pages, source, archived)

    async def extract(source: Source, readings: Sequence[Reading]) -> Batch[Reading]:
        return await workers.do(extract_readings, source, readings)

    return replace(STAGES, parse=parse, extract=extract)


async def read_in(source: Source, candidates: Sequence[Candidate], run: Run, stages: Stages) -> None:
    """The candidates' pages, to their claims; each batch is in the warehouse before the next is fetched."""
    for start in range(0, len(candidates), BATCH):
        pages = run.keep(await stages.fetch(source, candidates[start : start + BATCH], run.fetcher))
        archived = await stages.archive(run.archive_pages, source, pages)
        new = await asyncio.to_thread(run.new_pages, archived)
        readings = run.keep(await stages.extract(source, run.keep(await stages.parse(source, new))))
        records = [record_of(each) for each in archived]
        run.count(source, await stages.load(run.settings.warehouse, run.run_id, readings, records))
