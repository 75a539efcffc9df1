"""The processes that read: as many as this machine has cores, or as the settings say; nothing of Prefect is in them.

Where the setting `dask` names a scheduler, they are those of its cluster (flows/cluster.py).
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from types import TracebackType
from typing import ParamSpec, TypeVar

from flows.settings import read_settings

P = ParamSpec("P")
R = TypeVar("R")


class WorkerError(Exception):
    """What was to be done was not, as a process that was at work came to its end."""


def open_workers() -> Workers:
    """The workers that the settings ask for. Raises SettingsError where they name a cluster that is not there."""
    return Workers(worker_count(), is_apart=False, cluster=read_settings().dask)


def worker_count() -> int:
    """How many processes read at once: the setting `workers`, by default the cores of this machine."""
    return read_settings().workers or len(os.sched_getaffinity(0))


class Workers:
    """So many processes, begun within a second and small. Use it as a context manager.

    They are forked from one that has imported what they read with, and nothing else: those of Prefect's own runner
    import Prefect each, which takes five seconds of a core and as much memory as reading does.
    """

    def __init__(self, count: int, *, is_apart: bool = True, cluster: str | None = None) -> None:
        """A single worker that need not be a process apart is a thread of this one.

        `cluster`: the address of a Dask scheduler; as many as its workers read, then. Raises SettingsError where none
        is there.
        """
        self.count, self._is_apart, self._cluster = count, is_apart or count > 1, cluster
        self._pool = self._begin()

    def __enter__(self) -> Workers:
        """The workers themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Their end."""
        self.end()

    def end(self) -> None:
        """Let go of them and of their memory; what was not begun is not done."""
        self._pool.shutdown(cancel_futures=True)

    async def do(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What the work gives, done by whichever of them is free.

        Raises WorkerError where one of them came to its end, by this work or another; others are in its place then.
        """
        pool = self._pool
        try:
            return await asyncio.wrap_future(pool.submit(work, *args, **kwargs))
        except BrokenProcessPool as error:
            if pool is self._pool:
                self._pool = self._begin()
            raise WorkerError("a process that reads came to its end") from error

    def _begin(self) -> Executor:
        if self._cluster:
            from flows.cluster import Cluster

            cluster = Cluster(self._cluster)
            self.count = max(1, cluster.size)
            return cluster
        if not self._is_apart:
            return ThreadPoolExecutor(1)
        context = get_context("forkserver")
        context.set_forkserver_preload(["flows.reread", __name__])
        return ProcessPoolExecutor(self.count, context, _set_up)


def _set_up() -> None:
    """Ctrl-C is for the run to answer; when that is gone, whatever ended it, its workers go too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(1)
