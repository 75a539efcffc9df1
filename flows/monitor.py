"""Monitor: everything that is new at the sources, read into the warehouse.

    discover -> fetch -> archive -> parse -> extract -> load

The stages are plain functions, made tasks here; a task is a batch of one source's pages, never a page.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import closing

from prefect import Task, flow
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from extractors.model import Page, Source
from flows.archive import ArchivedPage
from flows.audit import audit
from flows.coverage import record_of
from flows.discover import Question
from flows.fetch import fetch_pages
from flows.load import load_batch
from flows.look import look_at
from flows.newsroom.embed import embedded_newsroom
from flows.read import extract_readings, parse_pages
from flows.run import Run, open_run

BATCH = 50

ArchivePages = Callable[[Source, Sequence[Page]], tuple[ArchivedPage, ...]]


def archive_pages(write: ArchivePages, source: Source, pages: Sequence[Page]) -> tuple[ArchivedPage, ...]:
    """The pages as `write`, a run's own, archives them.

    A run itself is no parameter of a task: Prefect would look through all that it holds, while others change it.
    """
    return write(source, pages)


discover = Task(look_at, name="discover", task_run_name="discover {source.id}", cache_policy=NO_CACHE)
fetch = Task(fetch_pages, name="fetch", task_run_name="fetch {source.id}", cache_policy=NO_CACHE)
archive = Task(archive_pages, name="archive", task_run_name="archive {source.id}", cache_policy=NO_CACHE)
parse = Task(parse_pages, name="parse", task_run_name="parse {source.id}", cache_policy=NO_CACHE)
extract = Task(extract_readings, name="extract", task_run_name="extract {source.id}", cache_policy=NO_CACHE)
load = Task(load_batch, name="load", cache_policy=NO_CACHE)


@flow(name="monitor")
async def monitor(sources: list[str] | None = None) -> State:
    """Read what is new at the sources with these ids, or at every enabled one.

    Ends as Failed where any part failed; the parts that did not are in the warehouse all the same.
    """
    async with open_run("monitor", sources) as run, embedded_newsroom(run.settings, run.sources):
        await asyncio.gather(*(run.cover(source, follow(source, run)) for source in run.sources))
        run.note(await audit(run.settings.warehouse))
    return Failed(message=run.summary()) if run.failures else Completed(message=run.summary())


async def follow(source: Source, run: Run) -> None:
    """One source, from its listing to its claims; each batch is in the warehouse before the next is fetched."""
    with closing(run.listings(source)) as listings:
        found = await discover(source, listings, Question(run.known[source.id].fetched_at))
        candidates = run.new_candidates(source, found)
        for start in range(0, len(candidates), BATCH):
            pages = run.keep(await fetch(source, candidates[start : start + BATCH], run.fetcher))
            archived = await asyncio.to_thread(archive, run.archive_pages, source, pages)
            articles = run.keep(await asyncio.to_thread(parse, source, run.new_pages(archived)))
            readings = run.keep(await asyncio.to_thread(extract, source, articles))
            records = [record_of(each) for each in archived]
            run.count(source, await asyncio.to_thread(load, run.settings.warehouse, run.run_id, readings, records))
    run.compare_with_usual(source)
