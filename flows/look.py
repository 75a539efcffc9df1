"""Look at a source: what does it name?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractors.model import Candidate, Source
from flows.archive import ArchivedPage
from flows.discover import Question, UnseenError, discover_source
from flows.failure import Failure
from flows.listings import Listings
from warehouse.archive import HeldListing


@dataclass(frozen=True)
class Found:
    """What a look at a source gave."""

    candidates: tuple[Candidate, ...] = ()
    is_unchanged: bool = False
    """The server said that its listing is the one of the last look."""
    failures: tuple[Failure, ...] = ()
    archived: tuple[ArchivedPage, ...] = ()
    """Its listing pages, as they were archived."""
    listings: tuple[HeldListing, ...] = ()
    """What is to be remembered of them, once it is known whether everything that they name was had."""

    def remembered(self, *, is_complete: bool) -> list[HeldListing]:
        """The listing pages after the look; what was complete before stays so."""
        return [replace(each, is_complete=each.is_complete or is_complete) for each in self.listings]


async def look_at(source: Source, listings: Listings, question: Question) -> Found:
    """What the source names. A source that cannot be listed gives no candidate and a failure."""
    answer, failures = None, []
    try:
        answer = await discover_source(source, listings, question)
        if answer.unseen:
            failures.append(Failure(source.id, "discover", answer.unseen))
        if answer.beyond:
            failures.append(Failure(source.id, "discover", answer.beyond, outcome="partial"))
    except UnseenError as error:
        failures.append(Failure(source.id, "discover", error.problem))
    return Found(
        candidates=answer.candidates if answer else (),
        is_unchanged=bool(answer and answer.is_unchanged),
        failures=tuple(failures),
        archived=tuple(listings.archived),
        listings=tuple(listings.seen.values()),
    )
