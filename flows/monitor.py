"""Monitor: everything that is new at the sources, read into the warehouse.

    discover -> fetch -> archive -> parse -> extract -> load

The stages are plain functions, made tasks here; a task is a batch of one source's pages, never a page.
"""

from __future__ import annotations

import asyncio
from contextlib import closing

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from extractors.model import Authority, Source
from flows.audit import audit
from flows.discover import Question
from flows.line import STAGES, read_in
from flows.look import look_at
from flows.newsroom.embed import embedded_newsroom
from flows.run import Run, open_run
from flows.tasks import as_task, as_tasks
from flows.tell import open_channels, tell_news

discover = as_task("discover", look_at, "discover {source.id}")
TASKS = as_tasks(STAGES)


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
