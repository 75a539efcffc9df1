"""The commands that run a flow; Prefect is imported when one does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from flows.cli_asking import show_board
from flows.terminal import console, fail, read_settings

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State

    from flows.windows import Size


@click.command()
@click.option("--source", metavar="ID", multiple=True, help="Only this source; may be repeated.")
def monitor(source: tuple[str, ...]) -> None:
    """Read what is new at the enabled sources into the warehouse, once.

    Example: undisclosed monitor --source inbox
    """
    from flows.local import run_monitor

    _check_sources(source)
    raise click.exceptions.Exit(run_monitor(source or None, console(is_error=True)))


@click.command()
@click.option("--source", metavar="ID", multiple=True, help="This source; may be repeated.")
@click.option("--company", metavar="NAME", multiple=True, help="Every source of this company; may be repeated.")
@click.option("--since", metavar="D", required=True, type=click.DateTime(["%Y-%m-%d"]), help="First day.")
@click.option("--until", metavar="D", type=click.DateTime(["%Y-%m-%d"]), help="Last day; by default today.")
@click.option("--slice", "size", type=click.Choice(["day", "week", "month", "quarter", "year"]), default="month")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="At most so many pages.")
@click.option("--again", is_flag=True, help="Also slices that are covered.")
@click.option("--dry-run", is_flag=True, help="Only tell how many pages and bytes, and how long.")
def backfill(
    source: tuple[str, ...],
    company: tuple[str, ...],
    since: datetime,
    until: datetime | None,
    size: Size,
    limit: int | None,
    again: bool,
    dry_run: bool,
) -> None:
    """Read what sources published in the past, slice by slice, the latest first; goes on where it was stopped.

    Example: undisclosed backfill --source newsroom_velderwiek --since 2023-01-01 --slice quarter
    """  # fmt: skip
    from flows.local import run_here
    from flows.show_rows import show_table
    from flows.windows import windows_between

    first, last = since.date(), until.date() if until else None
    try:
        windows_between(first, last, size, today=datetime.now(UTC).date())
    except ValueError as error:
        fail(str(error), 2)
    if not (source or company):
        fail("name a --source or a --company", 2)
    _check_sources(source, company)

    async def run() -> State:
        from flows.backfill import backfill as flow

        return await flow(list(source), first, last, size, limit, again, dry_run, list(company), return_state=True)

    code, table = run_here("backfill", run, console(is_error=True))
    if isinstance(table, list) and table:
        show_table(list(table[0]), [list(row.values()) for row in table], console())
    raise click.exceptions.Exit(code)


@click.command()
@click.option("--source", metavar="ID", multiple=True, help="Only its pages; may be repeated.")
@click.option("--company", metavar="NAME", multiple=True, help="Only its own pages, and those with a claim of it.")
@click.option("--since", metavar="D", type=click.DateTime(["%Y-%m-%d"]), help="Only what was published since.")
@click.option("--compare", is_flag=True, help="Only report what would change.")
@click.option("--again", is_flag=True, help="Also what these very extractors have read.")
def replay(
    source: tuple[str, ...], company: tuple[str, ...], since: datetime | None, compare: bool, again: bool
) -> None:
    """Read the archive again with the present extractors, and show what has changed. No network.

    Example: undisclosed replay --source inbox --compare
    """
    from flows.changes import Changes
    from flows.local import run_here
    from flows.show_changes import show_changes

    async def run() -> State:
        from flows.replay import replay as flow

        return await flow(
            list(source) or None, list(company) or None, since.date() if since else None, compare, again,
            return_state=True,
        )  # fmt: skip

    code, changes = run_here("replay", run, console(is_error=True))
    if isinstance(changes, Changes):
        show_changes(changes, console())
    raise click.exceptions.Exit(code)


@click.command()
def demo() -> None:
    """Let the embedded newsroom's clock move on, monitor it, and show the board.

    Example: undisclosed demo
    """
    from flows.local import run_demo
    from warehouse.database import is_made

    is_first = not is_made(read_settings().published)
    begun = datetime.now(UTC)
    code = run_demo(console(is_error=True))
    show_board(since=None if is_first else begun)
    raise click.exceptions.Exit(code)


@click.command()
def newsroom() -> None:
    """Serve the embedded newsroom until interrupted, to look at it in a browser.

    Example: undisclosed newsroom
    """
    from flows.newsroom.embed import serve_forever

    serve_forever(read_settings(), console())


def _check_sources(ids: tuple[str, ...], companies: tuple[str, ...] = ()) -> None:
    """End where an id names no source, or a company has none, before Prefect is started."""
    from flows.sources import SourceError, choose_sources, read_sources, sources_of

    settings = read_settings()
    try:
        described, errors = read_sources(settings.sources, newsroom=settings.newsroom)
        choose_sources(described, errors, ids or None)
        sources_of(companies, described)
    except SourceError as error:
        fail(str(error), 2)
