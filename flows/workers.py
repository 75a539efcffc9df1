"""Which processes read: as many as this machine has cores, or as the environment says."""

from __future__ import annotations

import os
from typing import Any

from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner


def worker_count() -> int:
    """How many slices are read at once: `UNDISCLOSED_WORKERS`, by default the cores of this machine."""
    told = os.environ.get("UNDISCLOSED_WORKERS", "")
    if told and not (told.isdecimal() and int(told) > 0):
        raise ValueError(f"UNDISCLOSED_WORKERS is {told!r}: write a number of processes, 1 or more")
    return int(told) if told else len(os.sched_getaffinity(0))


def task_runner() -> TaskRunner[Any]:
    """A process a worker; a single one is this process itself."""
    workers = worker_count()
    return ProcessPoolTaskRunner(max_workers=workers) if workers > 1 else ThreadPoolTaskRunner(max_workers=1)
