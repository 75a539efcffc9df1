"""The processes that read: theirs is the work alone, and what ends one of them ends nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.workers import WorkerError, Workers

ENDED = 20
"""Seconds within which a process that is to end must have ended; nothing waits for so long where all is well."""


def end_this_process() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def imported() -> set[str]:
    return {name.partition(".")[0] for name in sys.modules}


async def test_prefect_is_in_none_of_them() -> None:
    with Workers(2) as workers:
        assert "prefect" not in await workers.do(imported)


async def test_a_single_one_is_this_process() -> None:
    with Workers(1, is_apart=False) as workers:
        assert await workers.do(os.getpid) == os.getpid()


async def test_where_one_comes_to_its_end_others_take_its_place() -> None:
    with Workers(2) as workers:
        with pytest.raises(WorkerError):
            await workers.do(end_this_process)
        assert await workers.do(sum, (1, 2)) == 3


def test_they_end_with_whoever_began_them(tmp_path: Path) -> None:
    code = (
        "import asyncio, os, time\n"
        "from flows.workers import Workers\n"
        "if __name__ == '__main__':\n"
        "    print(asyncio.run(Workers(2).do(os.getpid)), flush=True)\n"
        "    time.sleep(600)\n"
    )
    script = tmp_path / "run.py"
    script.write_text(code)
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        assert Path(f"/proc/{pid}").exists()
        parent.kill()
    deadline = time.monotonic() + ENDED
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()
