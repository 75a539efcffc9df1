"""Secrets of sources and watch lists: looked up when sent, in the environment or a Prefect block; kept nowhere."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Mapping
from typing import cast

from extractors.model import Source
from flows.sources import SECRET

BLOTTED = "[secret]"
"""What stands in the archive where a secret was sent."""


class SecretError(Exception):
    """A secret is not where it is looked for; the message says where that is."""


async def read_headers(source: Source) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """A source's own request headers, as they are sent and as they may be seen. Raises SecretError."""
    names = {name for value in source.headers.values() for name in SECRET.findall(value)}
    secrets = {name: await read_secret(name) for name in sorted(names)}
    sent = {key: SECRET.sub(lambda found: secrets[found[1]], value) for key, value in source.headers.items()}
    return sent, {key: SECRET.sub(BLOTTED, value) for key, value in source.headers.items()}


async def read_secret(name: str) -> str:
    """The secret of this name, where it is kept. Raises SecretError."""
    variable = f"UNDISCLOSED_SECRET_{name.upper()}"
    if value := os.environ.get(variable):
        return _checked(value, variable)
    block = name.replace("_", "-")
    from prefect.blocks.system import Secret  # only who has secrets elsewhere waits for it

    try:
        loaded = await cast("asyncio.Future[Secret[str]]", Secret.aload(block))
    except ValueError as error:
        raise SecretError(f"has no secret {name}: set {variable} or make the Prefect block secret/{block}") from error
    return _checked(str(loaded.get()), f"secret/{block}")


def _checked(value: str, place: str) -> str:
    """A value that can be a header's. Raises SecretError, without the value."""
    if re.search(r"[^\t -~]", value.strip()):
        raise SecretError(f"cannot send the secret of {place}: it has characters that no header may have")
    return value.strip()
