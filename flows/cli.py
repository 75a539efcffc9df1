"""The command line: thin over the flows and the warehouse."""

from __future__ import annotations

import sys

import click

from flows.cli_asking import ask, board, check_rows, query
from flows.cli_keeping import archive, sources
from flows.cli_moving import warehouse
from flows.cli_operating import config, doctor, maintain, serve
from flows.cli_reading import explain, extract, parse
from flows.cli_runs import backfill, demo, monitor, newsroom, replay
from flows.cli_showing import company, diff, events, publish
from flows.terminal import complain


@click.group(name="undisclosed")
def app() -> None:
    """What companies disclose, what they withhold, and the day they fall silent."""


_COMMANDS = [monitor, backfill, replay, demo, newsroom, board, query, ask, check_rows, extract, parse, explain]
for _command in [
    *_COMMANDS,
    events,
    company,
    diff,
    publish,
    sources,
    archive,
    config,
    doctor,
    maintain,
    serve,
    warehouse,
]:
    app.add_command(_command)


def main() -> None:
    """Run the command line; exit codes: 0 all well, 1 some part failed (which is named), 2 wrong usage."""
    try:
        app()
    except BrokenPipeError:
        sys.exit(1)
    except Exception as error:
        from flows.newsroom.embed import NewsroomError  # only now: importing them takes time
        from flows.settings import SettingsError
        from warehouse.database import WarehouseError

        if not isinstance(error, OSError | NewsroomError | SettingsError | WarehouseError):
            raise
        complain(str(error))
        sys.exit(1)
