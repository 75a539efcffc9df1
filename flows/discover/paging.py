"""A listing of several pages, the newest items first: how far back to read, and what that leaves out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from extractors.model import Candidate, Page, Source
from flows.discover.question import NEVER, Answer, Question, UnseenError, Web, join_remarks

MAX_PAGES = 200


@dataclass(frozen=True)
class Part:
    """One page of a listing: its items, and where older ones are."""

    candidates: tuple[Candidate, ...]
    unseen: str | None = None
    older_url: str | None = None
    is_archive: bool = False
    """Whether what stands at `older_url` never changes (RFC 5005)."""


async def read_pages(source: Source, web: Web, asked: Question, read: Callable[[Page], Part]) -> Answer:
    """What the pages of a listing name, read one by one from `source.url` back.

    What is new: on to the next page only where this one names nothing that is known, though something is. Between two
    days: on until a page is of earlier days throughout. Raises UnseenError where the first page cannot
    be read; a later one costs what it names.
    """
    page = await web.page(source.url)
    if page.is_unchanged and not asked.is_past:
        return Answer(is_unchanged=True)
    found: dict[str, Candidate] = {}
    unseen: list[str | None] = []
    beyond = None
    asked_for = {source.url}
    while True:
        part = read(page)
        fresh = {each.url: each for each in part.candidates if each.url not in found}
        found = found | fresh
        unseen.append(part.unseen)
        if _is_enough(asked, part) or not fresh or part.older_url is None or part.older_url in asked_for:
            break
        if len(asked_for) == MAX_PAGES:
            beyond = f"has more than {MAX_PAGES} pages, not fetched: {part.older_url} and what follows"
            break
        asked_for.add(part.older_url)
        try:
            page = await web.page(part.older_url, changed_at=NEVER if part.is_archive else None)
            read(page)
        except UnseenError as error:
            unseen.append(f"page {part.older_url}: {error.problem}")
            break
    candidates = tuple(each for each in found.values() if asked.covers(each.published))
    return Answer(candidates, join_remarks(unseen), beyond or _short_of(asked, found))


def _is_enough(asked: Question, part: Part) -> bool:
    if asked.is_past:
        dated = [each.published for each in part.candidates if each.published]
        return bool(dated) and all(asked.reaches(published) for published in dated)
    return not asked.known or any(each.url in asked.known for each in part.candidates)


def _short_of(asked: Question, found: dict[str, Candidate]) -> str | None:
    """That a listing does not reach back to the first day asked about."""
    dated = sorted(each.published for each in found.values() if each.published)
    if asked.since is None or not dated or dated[0] <= asked.since.isoformat():
        return None
    return f"reaches back to {dated[0]} only"


def without_address(what: str, count: int, total: int) -> str | None:
    """That so many entries lead nowhere."""
    return f"{what} has entries without a web address: {count} of {total}" if count else None
