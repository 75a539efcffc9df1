"""Backfill: what sources published in the past, slice by slice of time, the latest first.

    discover -> fetch -> archive -> parse -> extract -> load

A slice that is covered is not asked about again; what was stopped goes on where it was.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated

from prefect import flow
from prefect.artifacts import acreate_table_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed
from pydantic import Field

from extractors.model import Source
from flows.audit import audit
from flows.line import read_by
from flows.lookback import Cover, Lookback
from flows.newsroom.embed import embedded_newsroom
from flows.past import Past
from flows.progress import begin_progress
from flows.run import open_run
from flows.settings import read_settings
from flows.sources import read_sources, sources_of
from flows.tasks import as_task
from flows.windows import Size, Window, windows_between
from flows.workers import open_workers


@flow(name="backfill")
async def backfill(
    sources: list[str],
    since: date,
    until: date | None = None,
    slice: Size = "month",  # noqa: A002 (the name of the parameter in every form and command)
    limit: Annotated[int, Field(ge=1)] | None = None,
    again: bool = False,
    dry_run: bool = False,
    companies: list[str] | None = None,
) -> State:
    """Read what these sources published between two days.

    Args:
        sources: Ids of the sources; an empty list where companies are named.
        since: The first day of publication.
        until: The last day of publication; today where it is left out.
        slice: How long a slice is: day, week, month, quarter, year.
        limit: At most so many pages.
        again: Also ask about slices that are covered.
        dry_run: Only tell how many pages that would be, how many bytes and requests, and how long it would take.
        companies: Also all sources of these companies.
    """
    windows = windows_between(since, until, slice, today=datetime.now(UTC).date())
    past = Past(windows, limit, again, dry_run)
    async with (
        open_run("backfill", ids_of(sources, companies or ())) as run,
        embedded_newsroom(run.settings, run.sources),
    ):
        progress = await begin_progress("backfill")
        with open_workers() as workers:
            lookbacks = [Lookback(source, past, run, progress, take, read_by(workers)) for source in run.sources]
            await asyncio.gather(*(lookback.cover_all() for lookback in lookbacks))
        forecast = past.forecast(run)
        run.note(await audit(run.settings.warehouse))
    if dry_run:
        await acreate_table_artifact(forecast, key="backfill", description="What a backfill would fetch")
        return Completed(message=f"{past.pages.total()} pages would be fetched", data=forecast)
    lost = past.lost_slices()
    await acreate_table_artifact(lost, key="backfill", description="Slices that failed")
    return (Failed if run.failures else Completed)(message=past.summary(run), data=lost)


def ids_of(sources: Sequence[str], companies: Sequence[str]) -> list[str]:
    """The sources that are named, and those of the companies. Raises ValueError for none, SourceError for no such."""
    if not sources and not companies:
        raise ValueError("name a source or a company")
    settings = read_settings()
    described, _ = read_sources(settings.sources, newsroom=settings.newsroom)
    return [*sources, *sources_of(companies, described)]


async def take_slice(source: Source, window: Window, cover: Cover) -> None:
    """One slice, as `cover`, a look back's own, covers it."""
    await cover(window)


take = as_task("slice", take_slice, "{source.id} {window}")
