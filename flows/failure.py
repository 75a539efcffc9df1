"""What went wrong with one source, page or file, and a batch that goes on without it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

T = TypeVar("T")
log = logging.getLogger("undisclosed")


@dataclass(frozen=True)
class Failure:
    """One part that was not done: which source, which page of it (None: the source itself), at which stage, and why."""

    source_id: str
    stage: Literal[
        "source", "discover", "fetch", "parse", "extract", "load", "check", "monitor", "archive", "reread",
        "announce", "alert"
    ]  # fmt: skip
    reason: str
    url: str | None = None
    outcome: Literal["failed", "unread", "partial", "refused"] = "failed"
    """All but `failed` are told, and no fault of the run: nobody can read it (`unread`: a language without data), a
    look asks for no more, or a page is not built as its source says (`partial`), its publisher does not allow it
    (`refused`).
    """

    def __str__(self) -> str:
        """One line for a person."""
        where = f"{self.source_id}: {self.url}" if self.url else self.source_id
        return f"{where}: {self.stage}: {' '.join(self.reason.split())}"

    def tell(self) -> None:
        """Say it in the log, where it stands out if it is a fault."""
        log.log(logging.WARNING if self.outcome == "failed" else logging.INFO, "%s", self)


@dataclass(frozen=True)
class Batch(Generic[T]):
    """What a stage gives: what goes on to the next one, and what failed."""

    done: tuple[T, ...]
    failures: tuple[Failure, ...] = ()


def join(batches: Iterable[Batch[T]]) -> Batch[T]:
    """Several batches as one."""
    given = tuple(batches)
    return Batch(
        tuple(item for batch in given for item in batch.done),
        tuple(failure for batch in given for failure in batch.failures),
    )
