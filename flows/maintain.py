"""Maintain: what an installation needs each night, one step after the other; a step that fails costs only itself.

checks -> compaction -> archive -> backup -> restore -> retention -> health
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from prefect import flow
from prefect.artifacts import acreate_table_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.audit import audit
from flows.backups import BackupError, back_up_all, forget_backups
from flows.doctor import examine
from flows.failure import Failure
from flows.settings import Settings, read_settings
from flows.show_archive import verify_archive
from warehouse.compact import compact
from warehouse.database import WarehouseError, is_made
from warehouse.publish import publish


class MaintainError(Exception):
    """A step found something wrong; the message says what."""


@dataclass
class Upkeep:
    """The steps that were taken, and what came of each."""

    done: list[dict[str, str]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    async def take(self, step: str, work: Callable[[], str]) -> None:
        """Take a step in a thread."""
        try:
            outcome = await asyncio.to_thread(work)
        except (BackupError, MaintainError, WarehouseError, OSError) as error:
            self.failures.append(Failure("maintain", "check", f"{step}: {error}"))
            self.failures[-1].tell()
            outcome = f"failed: {error}"
        self.done.append({"step": step, "outcome": outcome})


@flow(name="maintain")
async def maintain(verify: bool = True) -> State:
    """Check, compact, verify, back up, restore and compare.

    Args:
        verify: Also read every record of the archive, and of its backup: the longest part of it.
    """
    settings, upkeep = read_settings(), Upkeep()
    if not is_made(settings.warehouse):
        return Completed(message="there is no warehouse yet")
    upkeep.failures += await audit(settings.warehouse)
    await upkeep.take("compaction", lambda: _compact(settings))
    if verify:
        await upkeep.take("archive", lambda: _verify(settings))
    await upkeep.take("backup", lambda: back_up_all(settings, datetime.now(UTC), verify=verify))
    await upkeep.take("retention", lambda: forget_backups(settings))
    ills = await asyncio.to_thread(_health, settings)
    upkeep.failures += [Failure(subject, "check", finding) for subject, finding in ills]
    table = [{"of": subject, "finding": finding} for subject, finding in ills]
    await acreate_table_artifact(table, key="health", description="What is not as it should be")
    upkeep.done.append({"step": "health", "outcome": f"{len(ills)} findings" if ills else "all is well"})
    await acreate_table_artifact(upkeep.done, key="maintain", description="Each step, and what came of it")
    told = "; ".join(f"{each['step']}: {each['outcome']}" for each in upkeep.done)
    return (Failed if upkeep.failures else Completed)(message=told)


def _compact(settings: Settings) -> str:
    before, after = compact(settings.warehouse)
    return f"{before / 10**6:,.1f} MB, now {after / 10**6:,.1f} MB" if after < before else "nothing to gain"


def _verify(settings: Settings) -> str:
    verified = verify_archive(settings)
    if verified.problems:
        raise MaintainError(f"{len(verified.problems)} problems, the first: {verified.problems[0]}")
    return f"{verified.records} records in {verified.files} files are as they were written"


def _health(settings: Settings) -> list[tuple[str, str]]:
    publish(settings.warehouse, settings.published)
    return examine(settings, datetime.now(UTC))
