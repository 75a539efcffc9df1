"""Which processes read: as many as this machine has cores, or as the settings say."""

from __future__ import annotations

import os
from typing import Any

from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from flows.settings import read_settings


def worker_count() -> int:
    """How many slices are read at once: the setting `workers`, by default the cores of this machine."""
    return read_settings().workers or len(os.sched_getaffinity(0))


def task_runner() -> TaskRunner[Any]:
    """A process a worker; a single one is this process itself."""
    workers = worker_count()
    return ProcessPoolTaskRunner(max_workers=workers) if workers > 1 else ThreadPoolTaskRunner(max_workers=1)
