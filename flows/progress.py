"""How far a long run is: a line and a bar in the terminal, a bar in Prefect's UI."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from uuid import UUID

from prefect.artifacts import acreate_progress_artifact, aupdate_progress_artifact

log = logging.getLogger("undisclosed")


@dataclass(frozen=True)
class Progress:
    """A run's bar in Prefect's UI."""

    artifact_id: UUID

    async def tell(self, line: str, done: int, total: int) -> None:
        """Tell that so much of the run is done; the line stands in the log with both numbers."""
        log.info("%s", line, extra={"done": done, "total": total})
        await aupdate_progress_artifact(self.artifact_id, 100 * done / total if total else 100)


async def begin_progress(flow: str) -> Progress:
    """A bar with nothing done."""
    return Progress(await acreate_progress_artifact(0, key=f"{flow}-progress", description=f"Slices of the {flow}"))
