"""A Dask cluster as the processes that read: on other machines, which have this code and see the archive's folder."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from typing import Any

from flows.settings import SettingsError
from flows.workers import WorkerError

CONNECT_SECONDS = 15


class Cluster(Executor):
    """The workers of a scheduler; those that come or go meanwhile are used, or done without."""

    def __init__(self, scheduler: str) -> None:
        """`scheduler`: its address. Raises SettingsError where none is there, or Dask is not installed."""
        try:
            from distributed import Client  # it is an extra: who has no cluster does without
        except ImportError as error:
            raise SettingsError("dask: Dask is not installed: pip install 'undisclosed[dask]'") from error
        try:
            connect: Callable[..., Any] = Client
            self._client = connect(scheduler, set_as_default=False, timeout=CONNECT_SECONDS)
        except (OSError, ValueError) as error:
            raise SettingsError(f"dask = {scheduler}: no scheduler is there: {error}") from error
        self._pool = self._client.get_executor(pure=False)

    @property
    def size(self) -> int:
        """As many work at once now."""
        return sum(self._client.nthreads().values())

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """What the work gives; WorkerError where it has ended every process that tried it."""
        told: Future[Any] = Future()
        self._pool.submit(work, *args, **kwargs).add_done_callback(partial(_pass_on, told))
        return told

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster, which stays."""
        self._pool.shutdown(wait=wait and not cancel_futures)
        self._client.close()


def _pass_on(told: Future[Any], found: Future[Any]) -> None:
    from distributed.scheduler import KilledWorker

    if found.cancelled():
        told.cancel()
    elif isinstance(error := found.exception(), KilledWorker):
        told.set_exception(WorkerError(f"processes that read came to their end: {error}"))
    elif error:
        told.set_exception(error)
    else:
        told.set_result(found.result())
