"""One source's past, slice after slice; those that failed are tried again when all others are done."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from extractors.model import Source
from flows.discover import Question
from flows.failure import Failure
from flows.line import STAGES, Stages, read_in
from flows.listings import Listings
from flows.look import look_at
from flows.past import Past, SliceError
from flows.progress import Progress
from flows.run import Run
from flows.windows import Window

TRIES = 3
BACKOFF_SECONDS = 20.0
"""Before the second try; each further one waits twice as long."""
log = logging.getLogger("undisclosed")

Cover = Callable[[Window], Awaitable[None]]
TakeSlice = Callable[[Source, Window, Cover], Awaitable[None]]


@dataclass
class Lookback:
    """What the slices of one source share."""

    source: Source
    past: Past
    run: Run
    progress: Progress
    take: TakeSlice
    """Takes one slice: calls what it is given, in a task of its own or not."""
    stages: Stages = STAGES
    listings: Listings = field(init=False)
    is_last_try: bool = False
    _kept: dict[str, object] = field(default_factory=dict)
    """What was read of the source's listing, and serves every slice of this try."""

    def __post_init__(self) -> None:
        """Nothing was asked for yet."""
        self.listings = self.run.listings(self.source)

    async def cover_all(self) -> None:
        """Every slice that is left; what breaks at this source costs only it."""
        try:
            left: Sequence[Window] = self.past.left(self.source, self.run)
            for number in range(TRIES):
                self.is_last_try = number == TRIES - 1
                if number and left:
                    await self.wait(BACKOFF_SECONDS * 2 ** (number - 1), len(left))
                left = await self.cover_each(left)
            self.past.lost += [(self.source, window) for window in left]
        except Exception as error:  # whatever breaks at one source costs only this source
            log.debug("%s broke", self.source.id, exc_info=True)
            self.run.note([Failure(self.source.id, "monitor", f"{type(error).__name__}: {error}")])
        finally:
            self.listings.close()

    async def wait(self, seconds: float, count: int) -> None:
        """What may pass is given time to; then the listing is read anew."""
        log.info("%s: %d slices failed and are tried again in %.0f s", self.source.id, count, seconds)
        self._kept.clear()
        await asyncio.sleep(seconds)

    async def cover_each(self, windows: Sequence[Window]) -> list[Window]:
        """These slices; gives those that failed."""
        failed = []
        for window in windows:
            if self.past.is_spent:
                break
            try:
                await self.take(self.source, window, self.cover)
                self.past.done += 1
            except Exception as error:  # whatever breaks in a slice costs only this slice
                failed.append(window)
                self.past.done += self.is_last_try
                if self.is_last_try and not isinstance(error, SliceError):
                    reason = f"{window}: {type(error).__name__}: {error}"
                    self.run.note([Failure(self.source.id, "monitor", reason)])
            await self.progress.tell(self.past.line(self.source, window), self.past.done, self.past.total)
        return failed

    async def cover(self, window: Window) -> None:
        """One slice, from its listing to its claims. Raises SliceError where a part of it was not had."""
        source, past = self.source, self.past
        part = self.run.part(window)
        known = self.run.known[source.id].fetched_at
        found = await look_at(source, self.listings, Question(known, window.since, window.until, self._kept))
        past.note_look(source, found)
        self.listings.archived.clear()
        candidates = past.allow(part.new_candidates(source, found), source, part)
        await read_in(source, () if past.is_dry else candidates, part, self.stages)
        await asyncio.to_thread(part.finish_slice, source)
        is_complete = part.tallies[source.id].is_complete
        self.run.absorb(part, with_failures=is_complete or self.is_last_try)
        if not is_complete:
            raise SliceError(f"{source.id}: {window}: {len(part.failures)} failed")
