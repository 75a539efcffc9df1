"""A disk that is full while a warehouse is written: a clear error, and what was loaded before stands."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
from itertools import count
from pathlib import Path

from tests.faults.test_killed_while_loading import load_one
from warehouse.checks import check_warehouse
from warehouse.database import WarehouseError, open_warehouse


def load_until_full(path: Path, room: int) -> None:
    """As on a disk that has so much room left; each statement is told once it is in."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    most = path.stat().st_size + room
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    try:
        for number in count():
            load_one(path, number, title=random.Random(number).randbytes(150_000).hex())
            os.write(1, f"{number}\n".encode())
    except WarehouseError as error:
        os.write(1, f"{error}\n".encode())


def test_a_full_disk_is_told_of_and_costs_nothing_that_was_loaded(tmp_path):
    path = tmp_path / "w.duckdb"
    with open_warehouse(path):
        pass
    code = f"""
from pathlib import Path
from tests.faults.test_full_disk import load_until_full
load_until_full(Path({str(path)!r}), 1_000_000)
"""
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, timeout=300)
    *told, problem = done.stdout.splitlines()
    assert told, done.stderr
    assert str(path) in problem
    with open_warehouse(path) as db:
        held = {url for (url,) in db.execute("select url from pages").fetchall()}
        assert held >= {f"https://a/{number}" for number in told}
        assert not [name for name, broken in check_warehouse(db) if broken]
    load_one(path, len(told) + 1)
