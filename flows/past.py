"""The plan of a backfill: which slices are left, how many pages may still be had, and what a dry run has counted."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.model import Candidate, Source, SourceKind
from flows.failure import Failure
from flows.look import Found
from flows.pace import duration
from flows.run import Run
from flows.windows import Window
from warehouse.coverage import covered_windows
from warehouse.database import open_warehouse
from warehouse.load import mean_body_bytes

LOOK_BACK: tuple[SourceKind, ...] = ("sitemap", "edgar", "wayback", "warc", "folder")
"""The kinds of sources that reach as far back as they hold anything."""
log = logging.getLogger("undisclosed")


class SliceError(Exception):
    """A slice of a source was not had whole; the rest of it is in the warehouse."""


@dataclass
class Past:
    """What a backfill is to do, and how far it is."""

    windows: Sequence[Window]
    limit: int | None = None
    """As many pages are fetched at most."""
    again: bool = False
    """Slices that are covered are asked about again."""
    is_dry: bool = False
    """Nothing is fetched but listings."""
    pages: Counter[str] = field(default_factory=Counter)
    """By source: how many pages were named that are not held."""
    listings: Counter[str] = field(default_factory=Counter)
    """By source: how many listing pages were asked for."""
    lost: list[tuple[Source, Window]] = field(default_factory=list)
    """The slices that failed at every try."""
    short: dict[str, str] = field(default_factory=dict)
    """By source that does not look back over all of the time: how far it does."""
    total: int = 0
    done: int = 0
    _begun: float = field(default_factory=time.monotonic)

    @property
    def is_spent(self) -> bool:
        """Whether as many pages were had as may be."""
        return self.limit is not None and self.pages.total() >= self.limit

    def left(self, source: Source, run: Run) -> list[Window]:
        """The slices that no backfill before has covered, the latest first."""
        with open_warehouse(run.settings.warehouse) as db:
            covered = set() if self.again else covered_windows(db, source.id)
        left = [window for window in self.windows if (window.since, window.until) not in covered]
        self.total += len(left)
        log.info("%s: %d slices, %d of them covered", source.id, len(self.windows), len(self.windows) - len(left))
        return left

    def allow(self, candidates: Sequence[Candidate], source: Source, part: Run) -> Sequence[Candidate]:
        """As many of the candidates as may be had; where that is not all, the slice is told to be partial."""
        if self.is_dry:
            part.note([Failure(source.id, "discover", "was only counted", outcome="partial")])
        allowed = len(candidates) if self.limit is None else max(0, self.limit - self.pages.total())
        if allowed < len(candidates):
            reason = f"ended at the limit of {self.limit} pages; {len(candidates) - allowed} more were named"
            part.note([Failure(source.id, "discover", reason, outcome="partial")])
        self.pages[source.id] += min(allowed, len(candidates))
        return candidates[:allowed]

    def line(self, source: Source, window: Window) -> str:
        """How far the backfill is, when a slice was asked about."""
        seconds, pages = time.monotonic() - self._begun, self.pages.total()
        rate = f"{pages:,} pages, {pages / seconds:,.1f} a second"
        line = f"{source.id}: {window}; slice {self.done:,} of {self.total:,}, {rate}"
        if self.done:
            line = f"{line}, {duration(seconds * (self.total - self.done) / self.done)} left"
        return f"{line}; {self.short[source.id]}" if source.id in self.short else line

    def note_look(self, source: Source, found: Found) -> None:
        """Count what a look asked for, and keep what it told of its reach, said with every slice and at the end."""
        self.listings[source.id] += len(found.archived)
        hint = "" if source.kind in LOOK_BACK else f" (further back look sources of the kinds {', '.join(LOOK_BACK)})"
        for failure in found.failures:
            if failure.outcome == "partial":
                self.short.setdefault(source.id, f"{source.id} {failure.reason}{hint}")

    def summary(self, run: Run) -> str:
        """The run in one line, with the sources that do not look back over all of the time."""
        return "; ".join([run.summary(), *self.short.values()])

    def lost_slices(self) -> list[dict[str, str]]:
        """What failed: the next backfill asks about it again."""
        return [{"source": source.id, "failed slice": str(window)} for source, window in self.lost]

    def requests(self, source: Source) -> int:
        """How many it takes to have the pages that were named; the listing is asked for again."""
        return self.pages[source.id] + self.listings[source.id]

    def forecast(self, run: Run) -> list[dict[str, str | float]]:
        """What a dry run has found: by source, slices, pages, bytes at the usual size, requests, and time at its pace.

        The pace is the source's, or the one that its robots.txt asks for where that is slower.
        """
        with open_warehouse(run.settings.warehouse) as db:
            return [
                {
                    "source": source.id,
                    "slices": len(self.windows),
                    "pages": self.pages[source.id],
                    "megabytes": round(self.pages[source.id] * mean_body_bytes(db, source.id) / 10**6, 2),
                    "requests": self.requests(source),
                    "time": duration(self.requests(source) * run.fetcher.pace_seconds(source)),
                }
                for source in run.sources
            ]
