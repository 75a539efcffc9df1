"""A sitemap: a list of pages, or an index of such lists; plain, gzipped, or for news."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, timezone

from extractors.model import Candidate, Source
from flows.discover.question import NEVER, Answer, Question, UnseenError, Web, join_remarks
from flows.discover.sitemap_file import SitemapFile, moment_of, read_sitemap

_MAX_DEPTH = 2  # an index of indexes of pages
_MAX_READ = 100
_MAX_PARTS = 1000
_DAYS_END = time(23, 59, 59)
_FIRST_ZONE = timezone(timedelta(hours=14))


async def discover_sitemap(source: Source, web: Web, asked: Question) -> Answer:
    """The pages that a sitemap names, those of its parts included; a news sitemap gives title and date as hints.

    `<lastmod>` is no date of publication: it tells when a page changed, and which parts and pages are too old for the
    time asked about. At most 100 parts that have changed are read at a look, the latest first; the others are left to
    the next look, and `beyond` says so. Parts that cannot be fetched or read, and what follows the first fault in a
    file, are told in `unseen`. Raises UnseenError where the sitemap itself cannot be read.
    """
    walk = _Walk(source, web, asked)
    file = await walk.file(source.url, None)
    await walk.take(file, depth=0)
    is_unchanged = file.is_unchanged and not walk.is_changed
    return Answer(tuple(walk.candidates), join_remarks(walk.unseen), join_remarks(walk.beyond), is_unchanged)


@dataclass
class _Walk:
    """The reading of one sitemap with its parts: what was found so far, and what could not be seen."""

    source: Source
    web: Web
    asked: Question
    candidates: list[Candidate] = field(default_factory=list)
    unseen: list[str | None] = field(default_factory=list)
    beyond: list[str | None] = field(default_factory=list)
    parts: set[str] = field(default_factory=set)
    read_count: int = 0
    is_changed: bool = False

    async def file(self, url: str, changed_at: datetime | None) -> SitemapFile:
        """The file at a URL; one question of a series reads it for those that follow. Raises UnseenError."""
        kept = self.asked.kept.get(url)
        if not isinstance(kept, SitemapFile):
            kept = read_sitemap(self.source, await self.web.page(url, changed_at=changed_at))
            self.asked.kept[url] = kept
        return kept

    async def take(self, file: SitemapFile, depth: int) -> None:
        """Takes the pages that a file names, then those of its parts; nothing of a file that is as it was."""
        if not file.is_unchanged or self.asked.is_past:
            self.is_changed = self.is_changed or bool(file.pages)
            self.candidates += [each for each, day in file.pages if _may_be_of(each, day, self.asked)]
        self.unseen += file.remarks
        await self.take_parts(file, depth + 1)

    async def take_parts(self, file: SitemapFile, depth: int) -> None:
        """Reads the parts that are new, the latest changed first, as many as a look may."""
        new = self.new_parts(file.url, file.parts)
        if depth > _MAX_DEPTH:
            self.unseen.append(
                f"sitemap {file.url} has parts nested too deep, not fetched: {len(new)}" if new else None
            )
            return
        left = new[_MAX_PARTS:]
        for number, url in enumerate(new[: len(new) - len(left)]):
            if self.read_count >= (_MAX_PARTS if self.asked.is_past else _MAX_READ):
                left = new[number:]
                break
            self.parts.add(url)
            await self.take_part(url, moment_of(file.parts[url], _DAYS_END), depth)
        if left:
            self.beyond.append(f"sitemap {file.url} has parts beyond the limit, left for another look: {len(left)}")

    def new_parts(self, url: str, parts: Mapping[str, str | None]) -> list[str]:
        """The parts that were not read yet and may name something of the time asked about, latest changed first."""
        seen = self.parts | {url}
        new = [
            each
            for each, changed in parts.items()
            if each not in seen and not _is_older(moment_of(changed), self.asked)
        ]
        return sorted(new, key=lambda each: moment_of(parts[each], _DAYS_END) or NEVER, reverse=True)

    async def take_part(self, url: str, changed_at: datetime | None, depth: int) -> None:
        """Fetches and reads a part; what stops it is told in `unseen` and costs this part alone."""
        try:
            part = await self.file(url, changed_at)
            self.read_count += not part.is_unchanged
            await self.take(part, depth)
        except UnseenError as error:
            self.is_changed = True
            self.unseen.append(f"sitemap part {url}: {error.problem}")


def _may_be_of(candidate: Candidate, day: str | None, asked: Question) -> bool:
    """Whether a page may have been published in the time asked about: not after it was changed last."""
    return asked.covers(day) and not _is_older(candidate.updated_at, asked)


def _is_older(changed: datetime | None, asked: Question) -> bool:
    """Whether this was before the first day asked about, even where on earth that begins first."""
    if changed is None or asked.since is None:
        return False
    return changed < datetime.combine(asked.since, time(), _FIRST_ZONE)
