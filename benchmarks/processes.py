"""Processes that a benchmark starts, each with its children, and waits for."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

PATIENCE_SECONDS = 600
BIN = Path(sys.executable).parent


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def clean_environment(home: Path) -> dict[str, str]:
    """This process's, without any setting of Prefect's or ours; Prefect's state stands in `home`."""
    ours = {key: value for key, value in os.environ.items() if not key.startswith(("PREFECT_", "UNDISCLOSED_"))}
    return ours | {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }


def start(
    command: Sequence[str | Path], environment: dict[str, str], folder: Path, log: Path
) -> subprocess.Popen[bytes]:
    """A process that leads a group of its own; what it says is appended to the log."""
    with log.open("ab") as out:
        return subprocess.Popen(command, env=environment, cwd=folder, stdout=out, stderr=out, start_new_session=True)  # noqa: S603


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the whole group to end, then end it."""
    for number, seconds in ((signal.SIGINT, 20), (signal.SIGKILL, 20)):
        try:
            os.killpg(process.pid, number)
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
        except ProcessLookupError:
            return


@contextmanager
def running(
    command: Sequence[str | Path], environment: dict[str, str], folder: Path, log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A process and its children, which end with the block."""
    process = start(command, environment, folder, log)
    try:
        yield process
    finally:
        stop(process)


@contextmanager
def prefect_server(root: Path) -> Iterator[tuple[str, int]]:
    """A Prefect server with nothing in it: the address of its API, and its process."""
    api = f"http://127.0.0.1:{free_port()}/api"
    command = [BIN / "prefect", "server", "start", "--port", api.split(":")[2].removesuffix("/api")]
    with running(command, clean_environment(root / "prefect"), root, root / "server.log") as server:
        wait_until(lambda: httpx.get(f"{api}/health").is_success, root / "server.log")
        yield api, server.pid


def processor_seconds(leader: int) -> float:
    """What the processes of a group have computed so far."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(") ")[2].split()
            if int(fields[2]) == leader:
                ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def wait_until(is_so: Callable[[], bool], log: Path) -> float:
    """When it was so."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            if is_so():
                return time.monotonic()
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    raise SystemExit(f"not in {PATIENCE_SECONDS} s: {log.read_text()[-3000:]}")
