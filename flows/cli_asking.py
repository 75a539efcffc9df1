"""The commands that ask the warehouse."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime

import click

from flows.terminal import console, fail, open_warehouse, read_settings

format_option = click.option(
    "--format",
    "output",
    type=click.Choice(["table", "csv", "json", "parquet"]),
    default="table",
    help="json: one object a line; parquet: to a file, by > rows.parquet.",
)


@click.command()
@click.option("--company", metavar="NAME", help="Only this company.")
@click.option("--metric", metavar="ID", help="Only this metric.")
@click.option("--since", metavar="D", type=click.DateTime(), help="Mark and list what was loaded since.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a cell.")
def board(company: str | None, metric: str | None, since: datetime | None, *, as_json: bool) -> None:
    """Show company x metric x period: disclosed, withheld, silent, or not looked at.

    Example: undisclosed board --company Xiaomi --metric unit_sales
    """
    from_then = since.replace(tzinfo=UTC) if since else None
    if as_json:
        _tell_cells(company, metric, from_then)
    else:
        show_board(company, metric, from_then)


@click.command()
@click.argument("sql")
@format_option
def query(sql: str, output: str) -> None:
    """Ask the warehouse in SQL, read-only: one SELECT over its tables and views.

    Example: undisclosed query "select company, metric, period, quote from disclosures where status_code = 'withheld'"
    """
    _show_rows(sql, {}, output)


@click.command()
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


@click.command("check")
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
    with open_warehouse() as db:
        found = check_warehouse(db)
    for name, rows in found:
        click.echo(f"{'FAILS' if rows else 'holds'}  {name.replace('_', ' ')}")
    broken = [describe(name, rows) for name, rows in found if rows]
    if broken:
        fail("; ".join(broken))


def show_board(company: str | None = None, metric: str | None = None, since: datetime | None = None) -> None:
    """Print the board; with `since`, and what has changed."""
    from flows.show_board import board_text, changes_text
    from warehouse.board import read_board, read_changes
    from warehouse.database import WarehouseError

    try:
        with open_warehouse() as db:
            shown = read_board(db, company=company, metric=metric, since=since)
            changes = read_changes(db, since) if since else []
    except WarehouseError as error:
        fail(str(error))
    console().print(board_text(shown, console().width))
    if since:
        console().print(changes_text(changes))


def _tell_cells(company: str | None, metric: str | None, since: datetime | None) -> None:
    from flows.terminal import tell_rows
    from warehouse.board import read_board

    with open_warehouse() as db:
        shown = read_board(db, company=company, metric=metric, since=since)
    tell_rows(
        {
            "company": table.company,
            "cadence": table.cadence,
            "metric": row.metric,
            "scope": row.scope,
            "basis": row.basis,
        }
        | asdict(cell)
        for table in shown.tables
        for row in table.rows
        for cell in row.cells
    )


def _show_rows(sql: str, parameters: Mapping[str, object], output: str) -> None:
    from flows.show_rows import FORMATS
    from warehouse.database import WarehouseError, read_rows, write_parquet

    try:
        with open_warehouse() as db:
            if output == "parquet":
                write_parquet(db, sql, parameters, sys.stdout.buffer)
                return
            names, rows = read_rows(db, sql, parameters)
    except WarehouseError as error:
        fail(str(error))
    FORMATS[output](names, rows, console())
