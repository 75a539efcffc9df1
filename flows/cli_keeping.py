"""The commands that look after the list of sources and the archive."""

from __future__ import annotations

import asyncio
import sys

import click

from flows.printable import printable
from flows.terminal import fail, read_settings, tell

_SHOWN = 5


@click.group()
def sources() -> None:
    """Check the list of sources, or add to it."""


@sources.command()
@click.argument("source_id", metavar="[ID]", required=False)
@click.option("--offline", is_flag=True, help="Only the files: ask nobody.")
def check(source_id: str | None, offline: bool) -> None:
    """Check every source file, ask the enabled sources (or this one) politely, and show what would be fetched.

    Example: undisclosed sources check acme_newsroom
    """
    from flows.check import check_sources
    from flows.sources import SourceError, choose_sources, read_sources

    settings = read_settings()
    read, errors = read_sources(settings.sources, newsroom=settings.newsroom)
    try:
        chosen = choose_sources(read, errors, [source_id] if source_id else None)
    except SourceError as error:
        fail(str(error), 2)
    for fault in errors if source_id is None else ():
        tell(f"faulty: {fault}")
    failed = bool(errors) and source_id is None
    for checked in [] if offline else asyncio.run(check_sources(chosen, settings.contact)):
        tell(f"{checked.state}: {checked.source.id}: names {len(checked.candidates)} pages")
        for remark in checked.remarks:
            tell(f"    {remark}")
        for candidate in checked.candidates[:_SHOWN]:
            tell(f"    {candidate.published or '':10}  {candidate.url}  {candidate.title or ''}".rstrip())
        failed = failed or checked.state == "failed"
    tell(f"{len(read)} source files are well, {len(errors)} faults; {len(chosen)} sources are enabled or named")
    raise click.exceptions.Exit(1 if failed else 0)


@sources.command()
@click.argument("url")
@click.option("--id", "source_id", metavar="ID", help="The file's name; by default of the host.")
@click.option("--private", is_flag=True, help="A site on your own machine or network.")
def add(url: str, source_id: str | None, private: bool) -> None:
    """Find the feed or sitemap of a site and write its source file, which you then enable.

    Example: undisclosed sources add https://acme.example/news
    """
    from flows.add_source import AddError, find_source, write_source
    from flows.check import Checked
    from flows.fetch import Fetcher

    settings = read_settings()

    async def find() -> Checked:
        async with Fetcher(contact=settings.contact, retries=1) as fetcher:
            return await find_source(url, fetcher, allow_private=private)

    try:
        found = asyncio.run(find())
        path = write_source(settings.sources, found.source, source_id=source_id)
    except AddError as error:
        fail(str(error))
    tell(f"{path}: {found.source.kind} {found.source.url}, which names {len(found.candidates)} pages")
    tell("Say who speaks there (authority, company), then set enabled = true.")


@click.group()
def archive() -> None:
    """Look into the archive, or verify it."""


@archive.command()
@click.argument("page")
def show(page: str) -> None:
    """Write the bytes of a page, by its id, eight digits of it or more, or its address.

    Example: undisclosed archive show https://acme.example/news/1
    """
    from flows.show_archive import PageError, show_page
    from warehouse.database import WarehouseError

    try:
        version, count, body = show_page(read_settings(), page)
    except (PageError, WarehouseError) as error:
        fail(str(error))
    held = f"{count} versions are held, this is the latest" if count > 1 else "one version is held"
    click.echo(f"{printable(version.url)}, fetched {version.fetched_at:%Y-%m-%d %H:%M} UTC; {held}", err=True)
    sys.stdout.buffer.write(body)


@archive.command()
def verify() -> None:
    """Compare every record with its digest, and every page of the warehouse with its record.

    Example: undisclosed archive verify
    """
    from flows.show_archive import verify_archive

    verified = verify_archive(read_settings())
    for problem in verified.problems:
        tell(problem)
    looked_at = f"{verified.records} records in {verified.files} files, {verified.pages} pages"
    tell(f"{looked_at}: {len(verified.problems)} problems")
    raise click.exceptions.Exit(1 if verified.problems else 0)
