"""A flow on this machine: Prefect's embedded server, a line and a bar that show how far it is, and its report."""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.text import Text

from flows.printable import printable
from flows.settings import Settings, read_settings
from warehouse.database import open_warehouse
from warehouse.publish import adopt

if TYPE_CHECKING:
    from prefect.client.schemas.objects import State

INTERRUPTED = 130
"""The exit code of a run that Ctrl-C ended, as shells have it."""
GRACE_SECONDS = 3.0
QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",  # the run's own report says what failed
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",  # the embedded server traces its own cancellation when it stops ...
    "PREFECT_LOGGING_ROOT_LEVEL": "CRITICAL",  # ... and so do the libraries in it
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}


class _KnownBar(ProgressColumn):
    """A bar, once it is known how much there is to do."""

    def render(self, task: Task) -> RenderableType:
        return BarColumn(bar_width=20).render(task) if task.total else Text()


class _Progress(logging.Handler):
    """Shows the run's last message beside the spinner and the bar, and every warning as a line that stays.

    What tells how far the run is (`done`, `total`) moves the bar; without a terminal it is a line.
    `first_at`: when the first message came, which is when the flow itself began.
    """

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console
        text = TextColumn("{task.description}", markup=False)
        columns = SpinnerColumn(), _KnownBar(), text
        self.display = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self.display.add_task("importing Prefect", total=None)
        self.first_at: float | None = None

    def show(self, line: str) -> None:
        """Put a line beside the spinner."""
        self.display.update(self._task, description=line)

    def emit(self, record: logging.LogRecord) -> None:
        self.first_at = self.first_at or time.monotonic()
        line, total = printable(record.getMessage()), getattr(record, "total", None)
        if record.levelno >= logging.WARNING:
            self._print(f"failed: {line}")
            return
        self.show(line)
        if total is not None:
            self.display.update(self._task, completed=getattr(record, "done", 0), total=total)
            if not self._console.is_terminal:
                self._print(line)

    def _print(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)


def run_monitor(sources: Sequence[str] | None, err: Console) -> int:
    """Run the monitor flow once, with its progress on `err`; 0 where all went well, 1 where a part failed."""

    async def run() -> State:
        from flows.monitor import monitor

        return await monitor(list(sources) if sources else None, return_state=True)

    code, _ = run_here("monitor", run, err)
    return code


def run_here(name: str, run: Callable[[], Coroutine[Any, Any, State]], err: Console) -> tuple[int, Any]:
    """Run a flow on this machine, its progress and its end told on `err`.

    Gives the exit code, 0 where all went well and 1 where a part failed, and what the flow reports.
    """
    settings = read_settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    adopt(settings.warehouse, settings.published)
    with open_warehouse(settings.warehouse):
        pass  # what is wrong with it is said at once, not when Prefect has started
    for variable, value in (QUIET | {"PREFECT_HOME": str(settings.home / "prefect")}).items():
        os.environ.setdefault(variable, value)
    progress = _Progress(err)
    with _only_one(settings, err), progress.display:
        begun = time.monotonic()
        log = logging.getLogger("undisclosed")
        log.addHandler(progress)
        log.setLevel(logging.INFO)
        log.propagate = False
        if not err.is_terminal:
            err.print("starting Prefect's embedded server (10 to 20 seconds) ...")
        signal.signal(signal.SIGINT, partial(_interrupt, err))
        try:
            import prefect  # noqa: F401 (it takes seconds, and the status should say so)

            progress.show("starting Prefect's embedded server (10 to 20 seconds)")
            state, report = asyncio.run(_reported(run))
        except KeyboardInterrupt:
            os._exit(INTERRUPTED)  # the run's own end is recorded; Prefect would still try to reach its server
        finally:
            log.removeHandler(progress)
    total = time.monotonic() - begun
    worked = time.monotonic() - progress.first_at if progress.first_at else 0.0
    err.print(f"{name}: {state.message} ({worked:.1f} s, and {total - worked:.1f} s for Prefect's embedded server)")
    return (0 if state.is_completed() else 1), report


async def _reported(run: Callable[[], Coroutine[Any, Any, State]]) -> tuple[State, Any]:
    state = await run()
    return state, await state.aresult(raise_on_failure=False)


def _interrupt(err: Console, *_: object) -> None:
    """Ctrl-C: the run records its end, and the process is over within seconds whatever Prefect waits for."""
    err.print("interrupted; what was loaded stays, and the next run goes on from there")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    last_resort = threading.Timer(GRACE_SECONDS, os._exit, (INTERRUPTED,))
    last_resort.daemon = True
    last_resort.start()
    raise KeyboardInterrupt


@contextmanager
def _only_one(settings: Settings, err: Console) -> Iterator[None]:
    """One local run a home: two embedded servers would migrate the same Prefect database at once."""
    with (settings.home / "run.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            err.print("another run is under way here; waiting for it to end ...")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run_demo(err: Console) -> int:
    """Let the newsroom's clock move on, and run the monitor; its exit code."""
    from flows.newsroom.embed import move_on

    err.print(f"The newsroom's day is {move_on(read_settings().newsroom_clock)}.", highlight=False)
    return run_monitor(None, err)
