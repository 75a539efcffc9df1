"""The flows' work without Prefect around it: quick enough to be killed a hundred times.

`python pipeline.py` makes a run for each line of its input, which names a flow and the installation's folder, in a
process of its own: it writes that process's number, and how it ended.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from datetime import date
from typing import Any

from flows import line, load, monitor, read
from flows.backfill import take_slice
from flows.look import look_at
from flows.lookback import Lookback
from flows.past import Past
from flows.rerun import open_rerun
from flows.run import Run, open_run
from flows.windows import windows_between

monitor.discover, monitor.TASKS = look_at, line.STAGES  # type: ignore[assignment]


async def run_once() -> Run:
    async with open_run("monitor", None) as run:
        await asyncio.gather(*(run.cover(source, monitor.follow(source, run)) for source in run.sources))
    return run


class _Unseen:
    """Nobody looks how far it is."""

    async def tell(self, line: str, done: int, total: int) -> None:
        pass


async def look_back() -> None:
    """The first quarter of 2023, by extractors that read no claims."""
    load.extractor_version = lambda: "older"
    read.extract_claims = lambda article: []
    past = Past(windows_between(date(2023, 1, 1), date(2023, 3, 31), "month", today=date(2024, 1, 1)))
    async with open_run("backfill", None) as run:
        for source in run.sources:
            await Lookback(source, past, run, _Unseen(), take_slice).cover_all()  # type: ignore[arg-type]


async def read_again() -> None:
    """The whole archive, by the present extractors."""
    async with open_rerun(None, None, None, compare=False, again=False) as run:
        for start in range(0, len(run.page_ids), SLICE):
            await run.take(run.page_ids[start : start + SLICE])


FLOWS: dict[str, Callable[[], Coroutine[Any, Any, object]]] = {
    "monitor": run_once,
    "backfill": look_back,
    "replay": read_again,
}
SLICE = 5


def serve_runs() -> None:
    """What takes seconds to import is imported once: each run is a fork."""
    line.BATCH = SLICE
    for told in sys.stdin:
        child = os.fork()
        if child == 0:
            flow, _, folder = told.strip().partition(" ")
            os.environ |= {"UNDISCLOSED_HOME": f"{folder}/home", "UNDISCLOSED_SOURCES": f"{folder}/sources"}
            asyncio.run(FLOWS[flow]())
            os._exit(0)
        print(child, flush=True)  # noqa: T201
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201


if __name__ == "__main__":
    serve_runs()
