"""The commands that operate an installation."""

from __future__ import annotations

import os

import click

from flows.terminal import console, fail


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
