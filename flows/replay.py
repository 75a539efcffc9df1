"""Replay: the archive read again, where these extractors have not read it; no network.

    archive -> parse -> extract -> compare -> load

What a page says now supersedes what was read in it before; both stay, each with its extractors' version.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from prefect import flow
from prefect.artifacts import acreate_table_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.audit import audit
from flows.progress import Progress, begin_progress
from flows.rerun import Rerun, open_rerun
from flows.tasks import as_task

SLICE = 200
"""Pages: enough that a load costs little beside reading them."""


@flow(name="replay")
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
        run.workers.end()  # the checks take memory too
        run.note(await audit(run.settings.warehouse))
    await acreate_table_artifact(run.changes.table(), key="replay", description=run.summary())
    return (Failed if run.failures else Completed)(message=run.summary(), data=run.changes)


async def take(number: int, page_ids: Sequence[UUID], run: Rerun, progress: Progress) -> None:
    """One slice, in its turn; whatever breaks in it costs only this slice."""
    async with run.turns:
        try:
            await reread(number, partial(run.take, page_ids))
        except Exception as error:
            run.lose(page_ids, error)
        await progress.tell(run.line(), run.done, len(run.page_ids))


async def reread_slice(number: int, work: Callable[[], Awaitable[None]]) -> None:
    """One slice, as a run takes it."""
    await work()


reread = as_task("reread", reread_slice, "reread {number}")
