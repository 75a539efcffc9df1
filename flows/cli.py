"""The command line: thin over the flows and the warehouse. Prefect is imported only by the commands that run a flow."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

import click

from flows.cli_keeping import archive, sources
from flows.printable import printable
from flows.settings import read_settings

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State
    from rich.console import Console

    from extractors.model import Article
    from flows.windows import Size

format_option = click.option(
    "--format",
    "output",
    type=click.Choice(["table", "csv", "json", "parquet"]),
    default="table",
    help="json: one object a line; parquet: to a file, by > rows.parquet.",
)
published_option = click.option("--published", metavar="D", help="YYYY-MM-DD or YYYY-MM, where the document has none.")
language_option = click.option("--lang", metavar="L", help="ISO 639-1, where it should not be detected.")


@click.group(name="undisclosed")
def app() -> None:
    """What companies disclose, what they withhold, and the day they fall silent."""


app.add_command(sources)
app.add_command(archive)


@cache
def console(*, is_error: bool = False) -> Console:
    """Where tables are shown; made when one is, because importing rich takes longer than reading a document."""
    from rich.console import Console

    return Console(stderr=is_error)


def main() -> None:
    """Run the command line; exit codes: 0 all well, 1 some part failed (which is named), 2 wrong usage."""
    try:
        app()
    except BrokenPipeError:
        sys.exit(1)
    except Exception as error:
        from flows.newsroom.embed import NewsroomError  # only now: importing them takes time
        from warehouse.database import WarehouseError

        if not isinstance(error, OSError | NewsroomError | WarehouseError):
            raise
        _complain(str(error))
        sys.exit(1)


def _check_sources(ids: tuple[str, ...]) -> None:
    """End where an id names no source, before Prefect is started."""
    from flows.sources import SourceError, choose_sources, read_sources

    settings = read_settings()
    try:
        choose_sources(*read_sources(settings.sources, newsroom=settings.newsroom), ids or None)
    except SourceError as error:
        fail(str(error), 2)


def fail(message: str, code: int = 1) -> NoReturn:
    """End with one line on standard error."""
    _complain(message)
    raise click.exceptions.Exit(code)


@app.command()
@click.option("--source", metavar="ID", multiple=True, help="Only this source; may be repeated.")
def monitor(source: tuple[str, ...]) -> None:
    """Read what is new at the enabled sources into the warehouse, once.

    Example: undisclosed monitor --source inbox
    """
    from flows.local import run_monitor

    _check_sources(source)
    raise click.exceptions.Exit(run_monitor(source or None, console(is_error=True)))


@app.command()
@click.option("--source", metavar="ID", multiple=True, required=True, help="This source; may be repeated.")
@click.option("--since", metavar="D", required=True, type=click.DateTime(["%Y-%m-%d"]), help="First day.")
@click.option("--until", metavar="D", type=click.DateTime(["%Y-%m-%d"]), help="Last day; by default today.")
@click.option("--slice", "size", type=click.Choice(["day", "week", "month", "quarter", "year"]), default="month")
@click.option("--limit", metavar="N", type=click.IntRange(min=1), help="At most so many pages.")
@click.option("--again", is_flag=True, help="Also slices that are covered.")
@click.option("--dry-run", is_flag=True, help="Only tell how many pages and bytes, and how long.")
def backfill(
    source: tuple[str, ...],
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
    _check_sources(source)

    async def run() -> State:
        from flows.backfill import backfill as flow

        return await flow(list(source), first, last, size, limit, again, dry_run, return_state=True)

    code, table = run_here("backfill", run, console(is_error=True))
    if isinstance(table, list) and table:
        show_table(list(table[0]), [list(row.values()) for row in table], console())
    raise click.exceptions.Exit(code)


@app.command()
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


@app.command()
def demo() -> None:
    """Let the embedded newsroom's clock move on, monitor it, and show the board.

    Example: undisclosed demo
    """
    from flows.local import run_demo

    is_first = not read_settings().published.exists()
    begun = datetime.now(UTC)
    code = run_demo(console(is_error=True))
    _show_board(since=None if is_first else begun)
    raise click.exceptions.Exit(code)


@app.command()
def newsroom() -> None:
    """Serve the embedded newsroom until interrupted, to look at it in a browser.

    Example: undisclosed newsroom
    """
    from flows.newsroom.embed import serve_forever

    serve_forever(read_settings(), console())


@app.command()
@click.option("--company", metavar="NAME", help="Only this company.")
@click.option("--metric", metavar="ID", help="Only this metric.")
@click.option("--since", metavar="D", type=click.DateTime(), help="Mark and list what was loaded since.")
def board(company: str | None, metric: str | None, since: datetime | None) -> None:
    """Show company x metric x period: disclosed, withheld, silent, or not looked at.

    Example: undisclosed board --company Xiaomi --metric unit_sales
    """
    _show_board(company, metric, since.replace(tzinfo=UTC) if since else None)


@app.command()
@click.argument("sql")
@format_option
def query(sql: str, output: str) -> None:
    """Ask the warehouse in SQL, read-only: one SELECT over its tables and views.

    Example: undisclosed query "select company, metric, period, quote from disclosures where status_code = 'withheld'"
    """
    _show_rows(sql, {}, output)


@app.command()
@click.argument("question", required=False)
@click.option("--since", metavar="D", type=click.DateTime(["%Y", "%Y-%m", "%Y-%m-%d"]), help="Known from then on.")
@click.option("--company", metavar="NAME", help="Only this company.")
@click.option("--metric", metavar="ID", help="Only this metric.")
@click.option("--at", metavar="D", type=click.DateTime(["%Y", "%Y-%m", "%Y-%m-%d"]), help="The moment of as-of.")
@format_option
def ask(
    question: str | None,
    since: datetime | None,
    company: str | None,
    metric: str | None,
    at: datetime | None,
    output: str,
) -> None:
    """Ask a question by its name; without one, list the questions.

    Example: undisclosed ask who-stopped --since 2024
    """
    from warehouse.questions import read_questions

    questions = read_questions()
    if question is None:
        for each in questions.values():
            click.echo(f"{each.name:20}  {each.title}")
        return
    if question not in questions:
        fail(f"no question {question!r}: {', '.join(questions)}", 2)
    given = {
        "since": since.replace(tzinfo=UTC) if since else datetime.min.replace(tzinfo=UTC),
        "at": at.replace(tzinfo=UTC) if at else datetime.now(UTC),
        "company": company,
        "metric": metric,
    }
    _show_rows(questions[question].sql, questions[question].bind(given), output)


@app.command("check")
@click.option("--rebuild", is_flag=True, help="First make every derived row afresh from the facts, and publish.")
def check_rows(rebuild: bool) -> None:
    """Check what the warehouse holds: quotes stand in their articles, nothing stands twice; 1 where one does not hold.

    Example: undisclosed check
    """
    from warehouse.checks import check_warehouse, describe
    from warehouse.database import WarehouseError
    from warehouse.publish import rebuild_published

    if rebuild:
        settings = read_settings()
        try:
            rebuild_published(settings.warehouse, settings.published)
        except WarehouseError as error:
            fail(str(error))
    with _open_published() as db:
        found = check_warehouse(db)
    for name, rows in found:
        click.echo(f"{'FAILS' if rows else 'holds'}  {name.replace('_', ' ')}")
    broken = [describe(name, rows) for name, rows in found if rows]
    if broken:
        fail("; ".join(broken))


@app.command()
@click.argument("file", metavar="[FILE|-]", required=False)
@published_option
@language_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object a claim.")
@click.option("--jsonl", metavar="IN", help="A file of documents, one JSON object a line; - for standard input.")
@click.option(
    "--min-confidence",
    "least",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Only claims that are at least so sure.",
)
def extract(
    file: str | None, published: str | None, lang: str | None, as_json: bool, jsonl: str | None, least: float
) -> None:
    """Show the claims of a document (HTML, Markdown or text; - for standard input) with their evidence.

    Reads and writes no warehouse.

    Example: undisclosed extract press-release.txt --published 2024-05-16
    """
    if (file is None) == (jsonl is None):
        fail("give one document, or --jsonl IN", 2)
    raise click.exceptions.Exit(
        _extract_lines(jsonl, least) if jsonl else _extract_file(file or "-", published, lang, as_json, least)
    )


@app.command()
@click.argument("files", metavar="FILE...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--url", metavar="URL", help="Where the page came from.")
@click.option("--list", "listed", metavar="FILE", help="A file that names pages, one path a line.")
@click.option("--copies", "with_copies", is_flag=True, help="Name the first of the files that a page is a copy of.")
def parse(files: tuple[Path, ...], url: str | None, listed: str | None, with_copies: bool) -> None:
    """Show what pages (HTML, Markdown or text) hold: one JSON object a file, with its text, its date and its tables.

    Example: undisclosed parse press-release.html
    """
    from flows.parsed import parsed_lines

    if not (files or listed):
        fail("give a file, or --list FILE", 2)
    code, paths = 0, list(files)
    if listed:
        with _open(listed) as lines:
            paths += [Path(os.fsdecode(line.strip())) for line in lines if line.strip()]
    for line, fault in parsed_lines(paths, url, with_copies=with_copies):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
        if fault:
            code = 1
            _complain(fault)
    raise click.exceptions.Exit(code)


@app.command()
@click.argument("file", metavar="FILE|-")
@published_option
@language_option
def explain(file: str, published: str | None, lang: str | None) -> None:
    """Show what was found in each sentence of a document, and why it gave a claim or none.

    Example: undisclosed explain press-release.txt --published 2024-05-16
    """
    from flows.show_explanation import explanation

    console().print(explanation(_read_file(file, published, lang)))


def _show_rows(sql: str, parameters: Mapping[str, object], output: str) -> None:
    from flows.show_rows import FORMATS
    from warehouse.database import WarehouseError, read_rows, write_parquet

    try:
        with _open_published() as db:
            if output == "parquet":
                write_parquet(db, sql, parameters, sys.stdout.buffer)
                return
            names, rows = read_rows(db, sql, parameters)
    except WarehouseError as error:
        fail(str(error))
    FORMATS[output](names, rows, console())


def _show_board(company: str | None = None, metric: str | None = None, since: datetime | None = None) -> None:
    from flows.show_board import board_text, changes_text
    from warehouse.board import read_board, read_changes
    from warehouse.database import WarehouseError

    try:
        with _open_published() as db:
            shown = read_board(db, company=company, metric=metric, since=since)
            changes = read_changes(db, since) if since else []
    except WarehouseError as error:
        fail(str(error))
    console().print(board_text(shown, console().width))
    if since:
        console().print(changes_text(changes))


def _extract_lines(path: str, least: float) -> int:
    from flows.documents import answer_lines

    code = 0
    with _open(path) as lines:
        for answer, fault in answer_lines(lines, least):
            sys.stdout.write(f"{answer}\n")
            if fault:
                code = 1
                _complain(f"{path}: {fault}")
    return code


def _extract_file(path: str, published: str | None, lang: str | None, as_json: bool, least: float) -> int:
    from extractors.claims import extract_claims
    from extractors.lexicon import languages
    from flows.documents import claim_json

    article = _read_file(path, published, lang)
    if article.language not in languages():
        _complain(f"{path}: is in a language that is not read ({article.language})")
    claims = [claim for claim in extract_claims(article) if claim.confidence >= least]
    if as_json:
        sys.stdout.writelines(f"{json.dumps(claim_json(claim))}\n" for claim in claims)
    else:
        from flows.show_claims import claims_table

        console().print(claims_table(article, claims))
    return 0


def _read_file(path: str, published: str | None, lang: str | None) -> Article:
    from extractors.model import published_span
    from flows.documents import DocumentError, read_document

    if published:
        try:
            published_span(published)
        except ValueError as error:
            fail(f"--published: {error}", 2)
    with _open(path) as file:
        body = file.read()
    try:
        return read_document(path, body, published=published, language=lang)
    except DocumentError as error:
        fail(f"{path}: {error}")


def _open_published() -> AbstractContextManager[Any]:
    from warehouse.publish import open_published

    settings = read_settings()
    return open_published(settings.warehouse, settings.published)


def _open(path: str) -> AbstractContextManager[BinaryIO]:
    try:
        return nullcontext(sys.stdin.buffer) if path == "-" else Path(path).open("rb")
    except OSError as error:
        fail(f"{path}: {error.strerror}")


def _complain(message: str) -> None:
    click.echo(f"undisclosed: {printable(message)}", err=True)
