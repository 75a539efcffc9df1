"""Check a source: ask it once, politely, and tell what a run would fetch; nothing is archived or remembered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from extractors.model import Candidate, Page, Source
from flows.answers import FetchError
from flows.discover import GetError, Question, UnseenError, discover_source
from flows.fetch import Fetcher

_MAX_REQUESTS = 5


@dataclass(frozen=True)
class Checked:
    """What a source names now, or why nothing."""

    source: Source
    candidates: tuple[Candidate, ...] = ()
    remarks: tuple[str, ...] = ()
    state: Literal["ok", "failed"] = "ok"


class _Probe:
    """A look that asks for little and keeps nothing."""

    def __init__(self, source: Source, fetcher: Fetcher) -> None:
        self._source, self._fetcher, self.asked = source, fetcher, 0

    async def page(self, url: str, *, changed_at: datetime | None = None) -> Page:
        self.asked += 1
        if self.asked > _MAX_REQUESTS:
            raise GetError("not asked for: a check asks for little")
        try:
            return await self._fetcher.fetch(self._source, url)
        except FetchError as error:
            raise GetError(str(error)) from error

    async def file(self, url: str) -> Path:
        raise GetError("not asked for: a check asks for little")


async def check_sources(sources: Sequence[Source], contact: str | None) -> list[Checked]:
    """What each of the sources names, one after the other."""
    async with Fetcher(contact=contact, retries=1) as fetcher:
        return [await check_source(source, fetcher) for source in sources]


async def check_source(source: Source, fetcher: Fetcher) -> Checked:
    """What a source names, by at most five requests."""
    probe = _Probe(source, fetcher)
    try:
        answer = await discover_source(source, probe, Question())
    except UnseenError as error:
        return Checked(source, remarks=(error.problem,), state="failed")
    remarks = [remark for remark in (answer.unseen, answer.beyond) if remark]
    if not answer.candidates:
        remarks.append("names no page" + (f" that include = {source.include!r} selects" if source.include else ""))
    is_cut = probe.asked > _MAX_REQUESTS
    state: Literal["ok", "failed"] = "failed" if not answer.candidates or (answer.unseen and not is_cut) else "ok"
    return Checked(source, answer.candidates, tuple(remarks), state)
