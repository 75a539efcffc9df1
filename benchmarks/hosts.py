"""A machine whose processes are started again when they end, as systemd would, and how much memory each took."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from processes import BIN, start, stop

from flows.settings import PROJECT

RESTART_SECONDS = 3.0


@dataclass
class Kept:
    """A process that is started again when it ends."""

    name: str
    command: tuple[str | Path, ...]
    process: subprocess.Popen[bytes] | None = None
    ended_at: float = 0.0


@dataclass
class Host:
    """Use it as a context manager: everything ends with it."""

    root: Path
    environment: dict[str, str]
    kept: dict[str, Kept] = field(default_factory=dict)
    deaths: Counter[str] = field(default_factory=Counter)
    _sizes: defaultdict[str, list[tuple[float, int, int]]] = field(default_factory=lambda: defaultdict(list))
    """By name: hour, process and megabytes."""
    _runs: dict[int, tuple[float, int]] = field(default_factory=dict)
    """By a run's process: hour, and the most megabytes it took."""

    def __enter__(self) -> Host:
        return self

    def __exit__(self, *_: object) -> None:
        for kept in reversed(self.kept.values()):
            if kept.process:
                for child in descendants(kept.process.pid):
                    with suppress(ProcessLookupError):
                        os.kill(child, signal.SIGTERM)
                stop(kept.process)

    def keep(self, kept: Kept) -> None:
        """Start it, and again whenever it ends."""
        self.kept[kept.name] = kept
        kept.process = start(kept.command, self.environment, PROJECT, self.root / f"{kept.name}.log")

    def call(self, command: str, *arguments: str) -> None:
        subprocess.run(  # noqa: S603
            [BIN / command, *arguments], env=self.environment, cwd=PROJECT, check=True, capture_output=True
        )

    def kill(self, name: str, *, whole: bool) -> None:
        """Without a warning; `whole`: with everything that it has started."""
        process = self.kept[name].process
        if not process or process.poll() is not None:
            return
        children = descendants(process.pid) if whole else []
        self.deaths[f"{name} with {len(children)} children" if whole else name] += 1
        for pid in (process.pid, *children):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()

    def watch(self, hour: float) -> None:
        """Start again what has ended, and note how large each process is."""
        for kept in self.kept.values():
            if kept.process is None or kept.process.poll() is None:
                if kept.process is None and time.monotonic() > kept.ended_at + RESTART_SECONDS:
                    self.keep(kept)
                continue
            kept.process, kept.ended_at = None, time.monotonic()
        for kept in self.kept.values():
            if kept.process:
                self._measure(kept, hour)

    def _measure(self, kept: Kept, hour: float) -> None:
        assert kept.process
        pids = [kept.process.pid, *descendants(kept.process.pid)]
        if kept.name == "server":
            self._sizes["server"].append((hour, kept.process.pid, sum(map(resident, pids))))
            return
        self._sizes[kept.name].append((hour, kept.process.pid, resident(pids[0])))
        for pid in pids[1:]:
            most = max(resident(pid), self._runs.get(pid, (hour, 0))[1])
            self._runs[pid] = (self._runs.get(pid, (hour, 0))[0], most)

    def sizes(self) -> str:
        return ", ".join(f"{name} {sizes[-1][2]} MB" for name, sizes in self._sizes.items())

    def _halves(self) -> Iterator[tuple[str, float, float]]:
        """Its size in the middle and at the end of its longest life; of runs, the most of early and late."""
        for name, sizes in self._sizes.items():
            longest = Counter(pid for _, pid, _ in sizes).most_common(1)[0][0]
            life = [size for _, pid, size in sizes if pid == longest]
            quarter = max(1, len(life) // 4)
            yield name, median(life[quarter : 2 * quarter] or life), median(life[-quarter:])
        most = [size for _, size in sorted(self._runs.values()) if size]
        third = max(1, len(most) // 3)
        if most:  # of those that were not killed before they had begun
            yield "runs", upper(most[:third]), upper(most[-third:])

    def memory(self) -> str:
        told = (f"{name} {before:.0f} MB, later {after:.0f} MB" for name, before, after in self._halves())
        return f"memory: {'; '.join(told)}"

    def grown(self, ratio: float) -> Iterator[str]:
        for name, before, after in self._halves():
            if after > before * ratio:
                yield f"has grown: {name}, from {before:.0f} MB to {after:.0f} MB"


def upper(sizes: list[int]) -> float:
    """The median of the larger half."""
    return median(sorted(sizes)[len(sizes) // 2 :])


def descendants(pid: int) -> list[int]:
    """What a process has started, and what these have."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            children[int(stat.read_text().rpartition(") ")[2].split()[1])].append(int(stat.parent.name))
    found, left = [], [pid]
    while left:
        found += (there := children[left.pop()])
        left += there
    return found


def resident(pid: int) -> int:
    """Megabytes; 0 where there is no such process any more."""
    with suppress(OSError, IndexError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20
    return 0
