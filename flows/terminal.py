"""What the commands say: tables, lines, and what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn

import click

from flows.printable import printable

if TYPE_CHECKING:
    from rich.console import Console

    from flows.settings import Settings


@cache
def console(*, is_error: bool = False) -> Console:
    """Where tables are shown; made when one is, because importing rich takes longer than reading a document."""
    from rich.console import Console

    return Console(stderr=is_error)


def tell(line: str) -> None:
    """Say one line."""
    click.echo(printable(line))


def tell_rows(rows: Iterable[Mapping[str, Any]]) -> None:
    """Each row as a line of JSON."""
    from flows.figures import json_value

    for row in rows:
        click.echo(json.dumps(row, ensure_ascii=False, default=json_value))


def complain(message: str) -> None:
    """Say on standard error what is wrong."""
    click.echo(f"undisclosed: {printable(message)}", err=True)


def fail(message: str, code: int = 1) -> NoReturn:
    """End with one line on standard error."""
    complain(message)
    raise click.exceptions.Exit(code)


def read_settings() -> Settings:
    """The settings, or an end that says what is wrong with them."""
    from flows import settings  # only now: who reads a document needs none, and waits for none

    try:
        return settings.read_settings()
    except settings.SettingsError as error:
        fail(str(error), 2)


def open_warehouse() -> AbstractContextManager[Any]:
    """The published warehouse, to be read. Raises WarehouseError where nothing was ever loaded."""
    from warehouse.publish import open_published

    settings = read_settings()
    return open_published(settings.warehouse, settings.published)
