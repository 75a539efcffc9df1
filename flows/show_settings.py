"""The settings for a person: each value, and where it comes from; secrets only by name."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from flows.settings import SECRET_PREFIX, Layer, Settings

MASK = "********"


def settings_table(layers: Sequence[Layer], settings: Settings) -> Iterator[tuple[str, str, str]]:
    """Name, value and where it comes from of every setting, then of every secret of the environment, masked."""
    for key in Settings.model_fields:
        place = next((layer.name(key) for layer in layers if key in layer.values), "by default")
        value = getattr(settings, key)
        yield key, "" if value is None else str(value), place
    for variable in sorted(os.environ):
        if variable.startswith(SECRET_PREFIX):
            yield f"secret {variable.removeprefix(SECRET_PREFIX).lower()}", MASK, variable
