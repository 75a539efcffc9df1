"""robots.txt, as RFC 9309 has it: each origin's is asked for once a day, by whichever run comes first."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta

from protego import Protego

from warehouse.robots import HeldRobots

MAX_BYTES = 512_000
"""What is read of it: RFC 9309 asks for 500 KiB at least."""
VALID = timedelta(days=1)
"""How long it counts."""

ReadRobots = Callable[[str], Awaitable[tuple[int, bytes]]]
"""Asks an origin for its robots.txt, redirects followed; gives status and body. Raises RobotsError."""


class RobotsError(Exception):
    """An origin is left alone, since its robots.txt cannot be had; the message says why."""


class Robots:
    """The rules of the origins that a run asks."""

    def __init__(self, user_agent: str, held: Iterable[HeldRobots] = ()) -> None:
        """`user_agent`: by which name the rules are looked up; `held`: what earlier runs have fetched."""
        self._user_agent = user_agent
        self._held = {each.origin: each for each in held}
        self._rules: dict[str, tuple[datetime, asyncio.Task[Protego]]] = {}
        self._fetched: list[HeldRobots] = []

    def take_fetched(self) -> list[HeldRobots]:
        """What was fetched since this was last asked."""
        fetched, self._fetched = self._fetched, []
        return fetched

    async def allows(self, origin: str, url: str, read: ReadRobots) -> bool:
        """Whether an origin allows a URL. Raises RobotsError."""
        return bool((await self._of(origin, read)).can_fetch(url, self._user_agent))

    async def pace_seconds(self, origin: str, read: ReadRobots) -> float:
        """The time between two requests that an origin asks for; 0 where it asks for none. Raises RobotsError."""
        return float((await self._of(origin, read)).crawl_delay(self._user_agent) or 0)

    async def _of(self, origin: str, read: ReadRobots) -> Protego:
        """The origin's rules; whoever comes while they are fetched waits for the same answer."""
        now = datetime.now(UTC)
        valid_until, rules = self._rules.get(origin, (now, None))
        if rules is None or now >= valid_until:
            held = self._held.pop(origin, None)
            is_valid = held is not None and now < held.fetched_at + VALID
            rules = asyncio.create_task(_parse(held) if held and is_valid else self._read(origin, read))
            self._rules[origin] = (held.fetched_at if held and is_valid else now) + VALID, rules
        return await asyncio.shield(rules)

    async def _read(self, origin: str, read: ReadRobots) -> Protego:
        """Unavailable (4xx, a chain of redirects without end) allows everything, unreachable allows nothing."""
        fetched_at = datetime.now(UTC)
        status, body = await read(origin)
        if status >= 500 or status == 429:
            raise RobotsError(f"is left alone: its robots.txt answered {status}")
        self._fetched.append(HeldRobots(origin, _text(body) if 200 <= status < 300 else "", fetched_at))
        return Protego.parse(self._fetched[-1].body)


async def _parse(held: HeldRobots) -> Protego:
    return Protego.parse(held.body)


def _text(body: bytes) -> str:
    """A line that is cut off by the size limit does not count."""
    if len(body) > MAX_BYTES:
        body = body[:MAX_BYTES].rpartition(b"\n")[0]
    return body.decode("utf-8-sig", "replace")


def parse_robots(body: bytes) -> Protego:
    """The rules of a robots.txt."""
    return Protego.parse(_text(body))
