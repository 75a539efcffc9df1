"""Backfill: what sources published in the past, slice by slice of time, the latest first.

    discover -> fetch -> archive -> parse -> extract -> load

A slice that is covered is not asked about again; what was stopped goes on where it was.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, date, datetime

from prefect import Task, flow
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from extractors.model import Source
from flows.audit import audit
from flows.discover import Question
from flows.failure import Failure
from flows.line import Stages, read_in
from flows.listings import Listings
from flows.look import look_at
from flows.newsroom.embed import embedded_newsroom
from flows.past import Past, SliceError
from flows.progress import Progress, begin_progress
from flows.run import Run, open_run
from flows.windows import Size, Window, windows_between

TRIES = 2
log = logging.getLogger("undisclosed")


@flow(name="backfill")
async def backfill(
    sources: list[str],
    since: date,
    until: date | None = None,
    slice: Size = "month",  # noqa: A002 (the name of the parameter in every form and command)
    limit: int | None = None,
    again: bool = False,
    dry_run: bool = False,
) -> State:
    """Read what these sources published between two days.

    Args:
        sources: Ids of the sources.
        since: The first day of publication.
        until: The last day of publication; today where it is left out.
        slice: How long a slice is: day, week, month, quarter, year.
        limit: At most so many pages.
        again: Also ask about slices that are covered.
        dry_run: Only tell how many pages that would be, how many bytes, and how long it would take.
    """
    windows = windows_between(since, until, slice, today=datetime.now(UTC).date())
    past = Past(windows, limit, again, dry_run)
    async with open_run("backfill", sources) as run, embedded_newsroom(run.settings, run.sources):
        progress = await begin_progress("backfill")
        await asyncio.gather(*(look_back(source, past, run, progress) for source in run.sources))
        forecast = past.forecast(run)
        run.note(await audit(run.settings.warehouse))
    if dry_run:
        await acreate_table_artifact(forecast, key="backfill", description="What a backfill would fetch")
        return Completed(message=f"{past.pages.total()} pages would be fetched", data=forecast)
    lost = past.lost_slices()
    await acreate_table_artifact(lost, key="backfill", description="Slices that failed")
    return (Failed if run.failures else Completed)(message=past.summary(run), data=lost)


async def look_back(source: Source, past: Past, run: Run, progress: Progress) -> None:
    """One source, slice after slice; those that failed are tried once more when all others are done."""
    listings = run.listings(source)
    try:
        left = past.left(source, run)
        for number in range(TRIES):
            failed = []
            for window in left:
                if past.is_spent:
                    return
                is_last = number == TRIES - 1
                try:
                    await cover(source, window, listings, past, run, is_last=is_last)
                    past.done += 1
                except Exception as error:  # whatever breaks in a slice costs only this slice
                    failed.append(window)
                    past.done += is_last
                    if is_last and not isinstance(error, SliceError):
                        run.note([Failure(source.id, "monitor", f"{window}: {type(error).__name__}: {error}")])
                await progress.tell(past.line(source, window), past.done, past.total)
            left = failed
        past.lost += [(source, window) for window in left]
    except Exception as error:  # whatever breaks at one source costs only this source
        log.debug("%s broke", source.id, exc_info=True)
        run.note([Failure(source.id, "monitor", f"{type(error).__name__}: {error}")])
    finally:
        listings.close()


async def cover_slice(
    source: Source, window: Window, listings: Listings, past: Past, run: Run, *, is_last: bool
) -> None:
    """One slice of a source, from its listing to its claims. Raises SliceError where a part of it was not had."""
    part = run.part(window)
    known = run.known[source.id].fetched_at
    found = await look_at(source, listings, Question(known, window.since, window.until))
    listings.archived.clear()
    past.note_reach(source, found.failures)
    candidates = past.allow(part.new_candidates(source, found), source, part)
    await read_in(source, () if past.is_dry else candidates, part, Stages())
    await asyncio.to_thread(part.finish_slice, source)
    is_over = part.tallies[source.id].is_complete or is_last
    run.absorb(part, with_failures=is_over)
    if not part.tallies[source.id].is_complete:
        raise SliceError(f"{source.id}: {window}: {len(part.failures)} failed")


cover = Task(
    cover_slice, name="slice", task_run_name="{source.id} {window}", cache_policy=NO_CACHE, persist_result=False
)
