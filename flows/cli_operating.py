"""The commands that operate an installation."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from flows.terminal import console, fail, read_settings, tell

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State


@click.command()
def config() -> None:
    """Show every setting, and where its value comes from; secrets are masked.

    Where PREFECT_API_URL is set, that server's variable counts too, as it does in deployed runs.

    Example: undisclosed config
    """
    from flows.settings import SettingsError, merge_layers, read_layers
    from flows.show_rows import show_table
    from flows.show_settings import settings_table

    try:
        layers = read_layers(with_variable="PREFECT_API_URL" in os.environ)
        rows = list(settings_table(layers, merge_layers(layers)))
    except SettingsError as error:
        fail(str(error), 2)
    show_table(["setting", "value", "from"], [list(row) for row in rows], console())


@click.command()
def doctor() -> None:
    """Say what is not as it should be: sources, extractors, runs, backups, the disk; exit code 1 if anything is not.

    Example: undisclosed doctor || mail -s "undisclosed" desk@example.org
    """
    from flows.doctor import examine
    from warehouse.database import WarehouseError

    try:
        ills = examine(read_settings(), datetime.now(UTC))
    except (WarehouseError, OSError) as error:
        fail(str(error))
    for subject, finding in ills:
        tell(f"{subject}: {finding}")
    if not ills:
        tell("all is well")
    raise click.exceptions.Exit(1 if ills else 0)


@click.command()
@click.option("--now", is_flag=True, help="Also run the monitor at once.")
def serve(now: bool) -> None:
    """Run every deployment of prefect.yaml on its schedule, in this one process, until interrupted.

    It needs a Prefect server (prefect server start) and its address in PREFECT_API_URL; no work pool, no worker.

    Example: undisclosed serve --now
    """
    read_settings()  # what is wrong with them is said before Prefect is imported
    from prefect.settings import PREFECT_API_URL

    if not PREFECT_API_URL.value():
        fail("there is no Prefect server: start one, and export PREFECT_API_URL=http://127.0.0.1:4200/api", 2)
    from flows.deployments import serve_deployments

    asyncio.run(serve_deployments(now=now))


@click.command()
@click.option("--no-verify", is_flag=True, help="Leave out reading every record of the archive.")
def maintain(no_verify: bool) -> None:
    """Check, compact, verify the archive, back up, restore the backup and compare it: what is due each night.

    Example: undisclosed maintain
    """
    from flows.local import run_here

    async def run() -> State:
        from flows.maintain import maintain as flow

        return await flow(verify=not no_verify, return_state=True)

    code, _ = run_here("maintain", run, console(is_error=True))
    raise click.exceptions.Exit(code)
