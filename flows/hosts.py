"""Turns at a host: its pace, how many requests at once, and when it is to be left alone."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Host:
    """One origin, as a run treats it."""

    def __init__(self, concurrency: int) -> None:
        """`concurrency`: the most requests at one time."""
        self._places = asyncio.Semaphore(concurrency)
        self._next_at = 0.0
        self.pace_seconds = 0.0
        """Least time between two requests, as it was kept last."""
        self._closed: tuple[float, str] | None = None

    @asynccontextmanager
    async def turn(self, pace_seconds: float) -> AsyncIterator[None]:
        """Wait for a place, and until `pace_seconds` have passed since the last one began."""
        self.pace_seconds = pace_seconds
        async with self._places:
            while (wait := self._next_at - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            self._next_at = time.monotonic() + pace_seconds
            yield

    def hold(self, seconds: float) -> None:
        """Nobody asks for so long."""
        self._next_at = max(self._next_at, time.monotonic() + seconds)

    def close(self, seconds: float, reason: str) -> None:
        """It is left alone for so long: whoever would ask is told why."""
        self._closed = time.monotonic() + seconds, reason

    @property
    def closed(self) -> str | None:
        """Why it is left alone now; None where it is not."""
        return self._closed[1] if self._closed and time.monotonic() < self._closed[0] else None
