"""A run's record in the warehouse: how it ended, and the copy of it all for those who ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

from flows.failure import Failure
from flows.settings import Settings
from warehouse.database import open_warehouse
from warehouse.publish import publish
from warehouse.runs import finish_run


class Recorded(Protocol):
    """A run of whichever flow, as its record tells of it."""

    settings: Settings
    run_id: UUID

    @property
    def failures(self) -> Sequence[Failure]:
        """Everything that failed so far."""

    def summary(self) -> str:
        """The run in one line."""


@contextmanager
def recorded(run: Recorded, *, is_published: bool = True) -> Iterator[None]:
    """Record how a run ended that has been started, whatever ends it, and publish what it has changed."""
    status = "crashed"
    try:
        yield
        status = "failed" if run.failures else "completed"
    finally:
        with open_warehouse(run.settings.warehouse) as db:
            finish_run(db, run.run_id, status=status, finished_at=datetime.now(UTC), summary=run.summary())
        if is_published:
            publish(run.settings.warehouse, run.settings.published)
