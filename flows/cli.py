"""The command line: thin over the flows and the warehouse. Prefect is imported only by the commands that run a flow."""

from __future__ import annotations

import json
import os
import sys
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, NoReturn

import typer
from rich.console import Console

from flows.printable import printable
from flows.settings import read_settings

if TYPE_CHECKING:
    from extractors.model import Article

app = typer.Typer(
    name="undisclosed",
    help="What companies disclose, what they withhold, and the day they fall silent.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
out, err = Console(), Console(stderr=True)

Published = Annotated[str | None, typer.Option(metavar="D", help="YYYY-MM-DD or YYYY-MM, where the document has none.")]
Language = Annotated[str | None, typer.Option(metavar="L", help="ISO 639-1, where it should not be detected.")]
Sources = Annotated[list[str] | None, typer.Option("--source", metavar="ID", help="Only this source; may be repeated.")]


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


def fail(message: str, code: int = 1) -> NoReturn:
    """End with one line on standard error."""
    _complain(message)
    raise typer.Exit(code)


@app.command()
def monitor(source: Sources = None) -> None:
    """Read what is new at the enabled sources into the warehouse, once.

    Example: undisclosed monitor --source inbox
    """
    from flows.local import run_monitor
    from flows.sources import SourceError, choose_sources, read_sources

    settings = read_settings()
    try:
        choose_sources(*read_sources(settings.sources, newsroom=settings.newsroom), source)
    except SourceError as error:
        fail(str(error), 2)
    raise typer.Exit(run_monitor(source, err))


@app.command()
def demo() -> None:
    """Let the embedded newsroom's clock move on, monitor it, and show the board.

    Example: undisclosed demo
    """
    from flows.local import run_demo

    is_first = not read_settings().warehouse.exists()
    begun = datetime.now(UTC)
    code = run_demo(err)
    _show_board(since=None if is_first else begun)
    raise typer.Exit(code)


@app.command()
def newsroom() -> None:
    """Serve the embedded newsroom until interrupted, to look at it in a browser.

    Example: undisclosed newsroom
    """
    from flows.newsroom.embed import serve_forever

    serve_forever(read_settings(), out)


@app.command()
def board(
    company: Annotated[str | None, typer.Option(help="Only this company.")] = None,
    metric: Annotated[str | None, typer.Option(help="Only this metric.")] = None,
    since: Annotated[datetime | None, typer.Option(metavar="D", help="Mark and list what was loaded since.")] = None,
) -> None:
    """Show company x metric x period: disclosed, withheld, silent, or not looked at.

    Example: undisclosed board --company Xiaomi --metric unit_sales
    """
    _show_board(company, metric, since.replace(tzinfo=UTC) if since else None)


@app.command()
def query(
    sql: Annotated[str, typer.Argument(help="One SELECT over the warehouse's tables and views.")],
    output: Annotated[str, typer.Option("--format", help="table, csv or json (one object a line).")] = "table",
) -> None:
    """Ask the warehouse in SQL, read-only.

    Example: undisclosed query "select company, metric, period, quote from disclosures where status_code = 'withheld'"
    """
    from flows.show_rows import FORMATS
    from warehouse.database import WarehouseError, open_warehouse, read_rows

    if output not in FORMATS:
        fail(f"no format {output!r}: {', '.join(FORMATS)}", 2)
    try:
        with open_warehouse(read_settings().warehouse, read_only=True) as db:
            names, rows = read_rows(db, sql)
    except WarehouseError as error:
        fail(str(error))
    FORMATS[output](names, rows, out)


@app.command()
def extract(
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE|-]", help="HTML, Markdown or text; - for standard input.")
    ] = None,
    published: Published = None,
    lang: Language = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a claim.")] = False,
    jsonl: Annotated[
        str | None,
        typer.Option(metavar="IN", help="A file of documents, one JSON object a line; - for standard input."),
    ] = None,
    least: Annotated[
        float, typer.Option("--min-confidence", min=0, max=1, help="Only claims that are at least so sure.")
    ] = 0.0,
) -> None:
    """Show a document's claims with their evidence; reads and writes no warehouse.

    Example: undisclosed extract press-release.txt --published 2024-05-16
    """
    if (file is None) == (jsonl is None):
        fail("give one document, or --jsonl IN", 2)
    raise typer.Exit(
        _extract_lines(jsonl, least) if jsonl else _extract_file(file or "-", published, lang, as_json, least)
    )


@app.command()
def parse(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE...", help="Pages: HTML, Markdown or text.")
    ] = None,
    url: Annotated[str | None, typer.Option(help="Where the page came from.")] = None,
    listed: Annotated[str | None, typer.Option("--list", help="A file that names pages, one path a line.")] = None,
) -> None:
    """Show what a page holds: one JSON object a file, with its text, its date and its tables.

    Example: undisclosed parse press-release.html
    """
    from flows.parsed import parsed_lines

    if not (files or listed):
        fail("give a file, or --list FILE", 2)
    code, paths = 0, list(files or [])
    if listed:
        with _open(listed) as lines:
            paths += [Path(os.fsdecode(line.strip())) for line in lines if line.strip()]
    for line, fault in parsed_lines(paths, url):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
        if fault:
            code = 1
            _complain(fault)
    raise typer.Exit(code)


@app.command()
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="HTML, Markdown or text; - for standard input.")],
    published: Published = None,
    lang: Language = None,
) -> None:
    """Show what was found in each sentence of a document, and why it gave a claim or none.

    Example: undisclosed explain press-release.txt --published 2024-05-16
    """
    from flows.show_explanation import explanation

    out.print(explanation(_read_file(file, published, lang)))


def _show_board(company: str | None = None, metric: str | None = None, since: datetime | None = None) -> None:
    from flows.show_board import board_text, changes_text
    from warehouse.board import read_board, read_changes
    from warehouse.database import WarehouseError, open_warehouse

    try:
        with open_warehouse(read_settings().warehouse, read_only=True) as db:
            shown = read_board(db, company=company, metric=metric, since=since)
            changes = read_changes(db, since) if since else []
    except WarehouseError as error:
        fail(str(error))
    out.print(board_text(shown, out.width))
    if since:
        out.print(changes_text(changes))


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
    from flows.show_claims import claims_table

    article = _read_file(path, published, lang)
    if article.language not in languages():
        _complain(f"{path}: is in a language that is not read ({article.language})")
    claims = [claim for claim in extract_claims(article) if claim.confidence >= least]
    if as_json:
        sys.stdout.writelines(f"{json.dumps(claim_json(claim))}\n" for claim in claims)
    else:
        out.print(claims_table(article, claims))
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


def _open(path: str) -> AbstractContextManager[BinaryIO]:
    try:
        return nullcontext(sys.stdin.buffer) if path == "-" else Path(path).open("rb")
    except OSError as error:
        fail(f"{path}: {error.strerror}")


def _complain(message: str) -> None:
    err.print(f"undisclosed: {printable(message)}", markup=False, highlight=False, soft_wrap=True)
