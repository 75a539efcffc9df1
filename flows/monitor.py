"""Monitor: everything that is new at the sources, read into the warehouse.

    discover -> fetch -> archive -> parse -> extract -> load

The stages are plain functions, made tasks here; a task is a batch of one source's pages, never a page.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import closing
from typing import ParamSpec, TypeVar

from prefect import Task, flow
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from extractors.model import Authority, Source
from flows.audit import audit
from flows.discover import Question
from flows.fetch import fetch_pages
from flows.line import Stages, archive_pages, read_in
from flows.load import load_batch
from flows.look import look_at
from flows.newsroom.embed import embedded_newsroom
from flows.read import extract_readings, parse_pages
from flows.run import Run, open_run
from flows.tell import open_channels, tell_news

P = ParamSpec("P")
R = TypeVar("R")


def _task(name: str, stage: Callable[P, R]) -> Task[P, R]:
    return Task(stage, name=name, task_run_name=f"{name} {{source.id}}", cache_policy=NO_CACHE)


discover = _task("discover", look_at)
TASKS = Stages(
    fetch=_task("fetch", fetch_pages),
    archive=_task("archive", archive_pages),
    parse=_task("parse", parse_pages),
    extract=_task("extract", extract_readings),
    load=Task(load_batch, name="load", cache_policy=NO_CACHE),
)


@flow(name="monitor")
async def monitor(sources: list[str] | None = None, authorities: list[Authority] | None = None) -> State:
    """Read what is new. Ends as Failed where any part failed; the others are in the warehouse all the same.

    Args:
        sources: Ids of the sources; every enabled one where none is named.
        authorities: Of the enabled ones, only those where these speak: company, regulator, wire, press.
    """
    async with open_run("monitor", sources, authorities) as run, embedded_newsroom(run.settings, run.sources):
        open_channels(run)
        await asyncio.gather(*(run.cover(source, follow(source, run)) for source in run.sources))
        run.note(await audit(run.settings.warehouse))
        run.note(await tell_news(run))
    return Failed(message=run.summary()) if run.failures else Completed(message=run.summary())


async def follow(source: Source, run: Run) -> None:
    """One source, from its listing to its claims."""
    with closing(run.listings(source)) as listings:
        found = await discover(source, listings, Question(run.known[source.id].fetched_at))
        await read_in(source, run.new_candidates(source, found), run, TASKS)
    run.compare_with_usual(source)
