"""robots.txt, as RFC 9309 has it: each origin's is asked for once a day."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from protego import Protego

MAX_BYTES = 512_000
"""What is read of it: RFC 9309 asks for 500 KiB at least."""
_DAY_SECONDS = 24 * 3600.0

ReadRobots = Callable[[str], Awaitable[tuple[int, bytes]]]
"""Asks an origin for its robots.txt, redirects followed; gives status and body. Raises RobotsError."""


class RobotsError(Exception):
    """An origin is left alone, since its robots.txt cannot be had; the message says why."""


class Robots:
    """The rules of the origins that a run asks."""

    def __init__(self, user_agent: str) -> None:
        """`user_agent`: by which name the rules are looked up."""
        self._user_agent = user_agent
        self._rules: dict[str, tuple[float, asyncio.Task[Protego]]] = {}

    async def allows(self, origin: str, url: str, read: ReadRobots) -> bool:
        """Whether an origin allows a URL. Raises RobotsError."""
        return bool((await self._of(origin, read)).can_fetch(url, self._user_agent))

    async def pace_seconds(self, origin: str, read: ReadRobots) -> float:
        """The time between two requests that an origin asks for; 0 where it asks for none. Raises RobotsError."""
        return float((await self._of(origin, read)).crawl_delay(self._user_agent) or 0)

    async def _of(self, origin: str, read: ReadRobots) -> Protego:
        """The origin's rules; whoever comes while they are fetched waits for the same answer."""
        asked_at, task = self._rules.get(origin, (0.0, None))
        if task is None or time.monotonic() - asked_at > _DAY_SECONDS:
            task = asyncio.create_task(_read(origin, read))
            self._rules[origin] = (time.monotonic(), task)
        return await asyncio.shield(task)


async def _read(origin: str, read: ReadRobots) -> Protego:
    """Unavailable (4xx, a chain of redirects without end) allows everything, unreachable allows nothing."""
    status, body = await read(origin)
    if status >= 500 or status == 429:
        raise RobotsError(f"is left alone: its robots.txt answered {status}")
    return parse_robots(body if 200 <= status < 300 else b"")


def parse_robots(body: bytes) -> Protego:
    """The rules of a robots.txt; a line that is cut off by the size limit does not count."""
    if len(body) > MAX_BYTES:
        body = body[:MAX_BYTES].rpartition(b"\n")[0]
    return Protego.parse(body.decode("utf-8-sig", "replace"))
