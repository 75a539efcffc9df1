"""What a process and those that it began take of the machine, from the outside: memory, and how busy they were kept."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

EVERY_SECONDS = 1.0
SERVER = "uvicorn"
FORKER = "forkserver"
"""In the command lines of Prefect's embedded server, and of the process that forks those that read."""


@dataclass
class Seen:
    """A process, as it was seen last."""

    parent: int
    command: str
    processor: float
    """Seconds of the processor, with those of the processes that it began and that are over."""
    age: float
    """Seconds since it began."""
    ran: float
    waited: float
    """Seconds of its first thread: on a core, and waiting for one."""
    memory: float
    """Its share of the memory (PSS), in MB: what several have in common counts once."""


class Watch:
    """Looks at a process and all those that it began, each second. Use it as a context manager."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.memory = self.with_server = 0.0
        """The most that they had together, in MB; with Prefect's embedded server, and without."""
        self._seen: dict[int, Seen] = {}

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(EVERY_SECONDS):
            now = dict(family(self._pid))
            self._seen |= now
            self.with_server = max(self.with_server, sum(each.memory for each in now.values()))
            own = (each.memory for each in now.values() if SERVER not in each.command)
            self.memory = max(self.memory, sum(own))

    def busy(self) -> float | None:
        """The part of their lives in which the processes that were forked to read ran, or could have run."""
        forked = [each for each in self._seen.values() if self._is_forked(each)]
        age = sum(each.age for each in forked)
        return sum(each.ran + each.waited for each in forked) / age if age else None

    def _is_forked(self, seen: Seen) -> bool:
        parent = self._seen.get(seen.parent)
        return parent is not None and FORKER in parent.command and FORKER in seen.command


def family(pid: int) -> Iterator[tuple[int, Seen]]:
    """A process and all those that it began, which are there now."""
    found = {int(path.name): seen for path in Path("/proc").glob("[0-9]*") if (seen := _look_at(path))}
    wanted, todo = set[int](), [pid]
    while todo:
        wanted.add(one := todo.pop())
        todo += [other for other, seen in found.items() if seen.parent == one]
    for one in wanted & set(found):
        found[one].memory = _memory(Path(f"/proc/{one}"))
        yield one, found[one]


def processor() -> float:
    """The processor's seconds of this process, and of those that it had forked to read when they are over."""
    forked = [seen for _, seen in family(os.getpid()) if seen.parent == os.getpid() and FORKER in seen.command]
    return time.process_time() + sum(seen.processor for seen in forked)


def _look_at(path: Path) -> Seen | None:
    try:
        fields = (path / "stat").read_text().rpartition(")")[2].split()
        ran, waited, _ = (int(part) / 1e9 for part in (path / "schedstat").read_text().split())
        begun = int(fields[19]) / 100
        age = float(Path("/proc/uptime").read_text().split()[0]) - begun
        command = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except (OSError, ValueError, IndexError):
        return None
    return Seen(int(fields[1]), command, sum(map(int, fields[11:15])) / 100, age, ran, waited, 0.0)


def _memory(path: Path) -> float:
    try:
        lines = (path / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
