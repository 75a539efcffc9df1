"""The command that moves the warehouse."""

from __future__ import annotations

from pathlib import Path

import click

from flows.terminal import fail, read_settings, tell


@click.group()
def warehouse() -> None:
    """Move the warehouse from a file to a lake that several machines write, or back."""


@warehouse.command()
@click.argument("target")
def move(target: str) -> None:
    """Copy the warehouse to TARGET, a lake or a new file, and compare every row; then name it in the settings.

    \b
    Example: undisclosed warehouse move ducklake:postgresql://me@db.example/undisclosed#/srv/lake
    Example: undisclosed warehouse move data/live.duckdb
    """
    from warehouse.move import move
    from warehouse.place import WarehouseError, read_lake

    settings = read_settings()
    is_lake = target.startswith("ducklake:")
    try:
        rows = move(settings.warehouse, read_lake(target, settings.home / "lake") if is_lake else Path(target))
    except ValueError as error:
        fail(str(error), 2)
    except WarehouseError as error:
        fail(str(error))
    tell(f"{sum(rows.values()):,} rows of {len(rows)} tables are there as they were; {settings.warehouse} stays")
    if is_lake:
        tell(f'Now set warehouse = "{target}".')
    else:
        tell(f"Now take the setting warehouse away, and keep the file at {settings.home / 'live.duckdb'}.")
