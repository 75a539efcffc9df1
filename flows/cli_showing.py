"""The commands that show what is held: in the terminal, and as a site."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from flows.terminal import console, fail, open_warehouse, tell, tell_rows

json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")


@click.command()
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path), help="The site's folder; by default data/site.")
@click.option("--url", metavar="URL", help="Where the site will stand, as its feeds name it.")
def publish(out: Path | None, url: str | None) -> None:
    """Make the site, its feeds and its exports of what is held; only what changed is made again.

    Example: undisclosed publish && python -m http.server --directory data/site
    """
    from flows.publish_site import publish_site, summary
    from flows.site.assets import AssetsError

    def progress(done: int, total: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{done} of {total} companies", nl=done == total, err=True)

    try:
        tell(summary(publish_site(out, url, progress)))
    except AssetsError as error:
        fail(str(error))


@click.command()
@click.option("--company", metavar="NAME", help="Only this company.")
@click.option("--metric", metavar="ID", help="Only this metric.")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), default=50, show_default=True, help="The newest N.")
@json_option
def events(company: str | None, metric: str | None, limit: int, as_json: bool) -> None:
    """What changed, the newest first: each event with its sentence.

    Example: undisclosed events --company Velderwiek
    """
    from flows.event_text import event_text
    from flows.printable import printable
    from warehouse.site import read_events

    with open_warehouse() as db:
        found = read_events(db, _names(db, company) if company else None, metric, limit)
    if as_json:
        tell_rows(found)
        return
    lines = []
    for event in found:
        lines.append(f"{event['known_at']:%Y-%m-%d}  {printable(event_text(event))}")
        lines += [f"            “{printable(event['quote'])}”"] if event["quote"] else []
        lines.append(f"            {printable(event['url'] or '')}")
    _page("\n".join(lines) or "Nothing has changed yet.")


@click.command()
@click.argument("name")
@json_option
def company(name: str, as_json: bool) -> None:
    """A company: of each metric the last figures, and what it withholds or fell silent on.

    Example: undisclosed company Velderwiek
    """
    from flows.show_company import company_text, current_words
    from warehouse.site import read_silences, read_words

    with open_warehouse() as db:
        names = _names(db, name)
        words, silences = dict(read_words(db, names)), read_silences(db, names)
    for each in names:
        if as_json:
            tell_rows(current_words(words.get(each, [])))
        else:
            console().print(company_text(each, words.get(each, []), silences.get(each, [])))


@click.command()
@click.argument("before", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("after", type=click.Path(exists=True, file_okay=False, path_type=Path))
@json_option
def diff(before: Path, after: Path, as_json: bool) -> None:
    """What differs between two exports: facts that are new, gone, or told otherwise.

    Example: undisclosed diff exports-monday data/site/exports
    """
    from flows.show_rows import show_table
    from warehouse.database import WarehouseError
    from warehouse.exports import compare_exports

    try:
        names, rows = compare_exports(before, after)
    except WarehouseError as error:
        fail(str(error))
    if as_json:
        tell_rows([dict(zip(names, row, strict=True)) for row in rows])
    elif rows:
        show_table(names, rows, console())
    else:
        tell("No fact differs.")


def _names(db: Any, company: str) -> list[str]:
    from warehouse.board import names_like

    names = names_like(db, company)
    if not names:
        fail(f"no company {company!r} is held")
    return names


def _page(text: str) -> None:
    """Through the reader's pager where there is a terminal and more than it holds."""
    if sys.stdout.isatty() and text.count("\n") >= console().height:
        click.echo_via_pager(text + "\n")
    else:
        click.echo(text)
