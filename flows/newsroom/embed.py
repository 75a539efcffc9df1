"""The newsroom as part of this installation: its day stands in a file, and it is served while somebody reads it."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console

from extractors.model import Source
from flows.newsroom.clock import FIRST_DAY, next_day
from flows.newsroom.server import serve, serve_in_thread
from flows.settings import Settings

log = logging.getLogger("undisclosed")


class NewsroomError(Exception):
    """The newsroom cannot be served, or does not know its day."""


def read_day(clock_file: Path) -> date:
    """The newsroom's day; where it has none yet, the first one. Raises NewsroomError where the file holds no date."""
    try:
        return date.fromisoformat(clock_file.read_text().strip())
    except FileNotFoundError:
        return FIRST_DAY
    except ValueError as error:
        raise NewsroomError(f"{clock_file}: holds no date; delete it to begin the story again") from error


def move_on(clock_file: Path) -> date:
    """Let the newsroom's clock move on, from nothing to the first day, and give the day."""
    day = next_day(read_day(clock_file)) if clock_file.exists() else FIRST_DAY
    clock_file.parent.mkdir(parents=True, exist_ok=True)
    clock_file.write_text(f"{day}\n")
    return day


@asynccontextmanager
async def embedded_newsroom(settings: Settings, sources: Sequence[Source]) -> AsyncIterator[None]:
    """Serve the newsroom for as long as a run reads it; nothing is served where no source is of the newsroom.

    Where its port is taken, what is served there is read instead: `undisclosed newsroom` in another terminal.
    """
    if not any(source.url.startswith(f"{settings.newsroom}/") for source in sources):
        yield
        return
    day = read_day(settings.newsroom_clock)
    host, port = _address(settings)
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(serve(lambda: day, host=host, port=port))
        except OSError as error:
            log.info("%s; reading what is served there", error)
        yield


def serve_forever(settings: Settings, console: Console) -> None:
    """Serve the newsroom at its own address until interrupted. Raises OSError where its port is taken."""
    host, port = _address(settings)
    with serve_in_thread(lambda: read_day(settings.newsroom_clock), host=host, port=port) as base_url:
        console.print(f"{base_url}/ as of {read_day(settings.newsroom_clock)}; Ctrl-C ends it")
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            return


def _address(settings: Settings) -> tuple[str, int]:
    parts = urlsplit(settings.newsroom)
    return parts.hostname or "127.0.0.1", parts.port or 80
