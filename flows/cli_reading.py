"""The commands that read documents; no warehouse."""

from __future__ import annotations

import json
import os
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from flows.terminal import complain, console, fail

if TYPE_CHECKING:
    from extractors.model import Article

published_option = click.option("--published", metavar="D", help="YYYY-MM-DD or YYYY-MM, where the document has none.")
language_option = click.option("--lang", metavar="L", help="ISO 639-1, where it should not be detected.")


@click.command()
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


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--url", metavar="URL", help="Where the page came from.")
@click.option("--list", "listed", metavar="FILE", help="A file that names pages, one path a line.")
@click.option("--copies", "with_copies", is_flag=True, help="Name the first of the files that a page is a copy of.")
@click.option("--details", "with_details", is_flag=True, help="Byline, subtitle, address, dates and roles as well.")
def parse(files: tuple[Path, ...], url: str | None, listed: str | None, with_copies: bool, with_details: bool) -> None:
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
    for line, fault in parsed_lines(paths, url, with_copies=with_copies, with_details=with_details):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
        if fault:
            code = 1
            complain(fault)
    raise click.exceptions.Exit(code)


@click.command()
@click.argument("file", metavar="FILE|-")
@published_option
@language_option
def explain(file: str, published: str | None, lang: str | None) -> None:
    """Show what was found in each sentence of a document, and why it gave a claim or none.

    Example: undisclosed explain press-release.txt --published 2024-05-16
    """
    from flows.show_explanation import explanation

    console().print(explanation(_read_file(file, published, lang)))


def _extract_lines(path: str, least: float) -> int:
    from flows.documents import answer_lines

    code = 0
    with _open(path) as lines:
        for answer, fault in answer_lines(lines, least):
            sys.stdout.write(f"{answer}\n")
            if fault:
                code = 1
                complain(f"{path}: {fault}")
    return code


def _extract_file(path: str, published: str | None, lang: str | None, as_json: bool, least: float) -> int:
    from extractors.claims import extract_claims
    from extractors.lexicon import languages
    from flows.documents import claim_json

    article = _read_file(path, published, lang)
    if article.language not in languages():
        complain(f"{path}: is in a language that is not read ({article.language})")
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


def _open(path: str) -> AbstractContextManager[BinaryIO]:
    try:
        return nullcontext(sys.stdin.buffer) if path == "-" else Path(path).open("rb")
    except OSError as error:
        fail(f"{path}: {error.strerror}")
