"""The monitor's work without Prefect around it: quick enough to be killed a hundred times.

`python pipeline.py` makes a run for each line of its input, which names the installation's folder, in a process of its
own: it writes that process's number, and how it ended.
"""

from __future__ import annotations

import asyncio
import os
import sys

from flows import monitor
from flows.run import Run, open_run

for _stage in ("discover", "fetch", "archive", "parse", "extract", "load"):
    setattr(monitor, _stage, getattr(getattr(monitor, _stage), "fn", getattr(monitor, _stage)))


async def run_once() -> Run:
    async with open_run("monitor", None) as run:
        await asyncio.gather(*(run.cover(source, monitor.follow(source, run)) for source in run.sources))
    return run


def serve_runs() -> None:
    """What takes seconds to import is imported once: each run is a fork."""
    monitor.BATCH = 10
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.environ |= {"UNDISCLOSED_HOME": f"{line.strip()}/home", "UNDISCLOSED_SOURCES": f"{line.strip()}/sources"}
            asyncio.run(run_once())
            os._exit(0)
        print(child, flush=True)  # noqa: T201
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201


if __name__ == "__main__":
    serve_runs()
