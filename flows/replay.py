"""Replay: the archive read again, where these extractors have not read it; no network.

    archive -> parse -> extract -> compare -> load

What a page says now supersedes what was read in it before; both stay, each with its extractors' version.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from prefect import Task, flow
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.audit import audit
from flows.progress import Progress, begin_progress
from flows.reread import reread_pages
from flows.rerun import Rerun, open_rerun
from flows.workers import task_runner

SLICE = 100
"""Pages: enough that a load costs little beside reading them, few enough that the processes end together."""

reread = Task(reread_pages, name="reread", cache_policy=NO_CACHE, persist_result=False)


@flow(name="replay", task_runner=task_runner())
async def replay(
    sources: list[str] | None = None,
    companies: list[str] | None = None,
    since: date | None = None,
    compare: bool = False,
    again: bool = False,
) -> State:
    """Read again what is archived, and load what has changed.

    Args:
        sources: Only pages of these sources.
        companies: Only these companies' own pages, and pages with a claim of them.
        since: Only what was published on this day or later.
        compare: Report what would change, and load nothing.
        again: Also what these very extractors have read.
    """
    async with open_rerun(sources, companies, since, compare=compare, again=again) as run:
        slices = [run.page_ids[start : start + SLICE] for start in range(0, len(run.page_ids), SLICE)]
        progress = await begin_progress("replay")
        await asyncio.gather(*(take(number, page_ids, run, progress) for number, page_ids in enumerate(slices, 1)))
        run.note(await audit(run.settings.warehouse))
    await acreate_table_artifact(run.changes.table(), key="replay", description=run.summary())
    return (Failed if run.failures else Completed)(message=run.summary(), data=run.changes)


async def take(number: int, page_ids: Sequence[UUID], run: Rerun, progress: Progress) -> None:
    """One slice: read by whichever process is free, recorded when it is done."""
    async with run.turns:
        task = reread.with_options(task_run_name=f"reread {number}")
        try:
            pages = await asyncio.to_thread(run.held, page_ids)
            future = task.submit(run.archive, run.sources, pages)
            await asyncio.to_thread(run.record, await asyncio.to_thread(future.result))
        except Exception as error:  # whatever breaks in a slice costs only this slice
            run.lose(page_ids, error)
        await progress.tell(run.line(), run.done, len(run.page_ids))
