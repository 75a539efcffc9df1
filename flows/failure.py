"""What went wrong with one source, page or file, and a batch that goes on without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Failure:
    """One part that failed: which source, which page or file (None: the source itself), at which stage, and why."""

    source_id: str
    stage: str
    reason: str
    url: str | None = None

    def __str__(self) -> str:
        """One line for a person."""
        where = f"{self.source_id}: {self.url}" if self.url else self.source_id
        return f"{where}: {self.stage}: {' '.join(self.reason.split())}"


@dataclass(frozen=True)
class Batch(Generic[T]):
    """What a stage gives: what goes on to the next one, and what failed."""

    done: tuple[T, ...]
    failures: tuple[Failure, ...] = ()
