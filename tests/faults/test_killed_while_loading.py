"""A load that is killed with -9 leaves a warehouse that opens, holds what was acknowledged, and nothing twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.warehouse.given import FIRST_LOAD, NEWSROOM, RUN, claim, reading
from warehouse.checks import check_warehouse
from warehouse.database import catch_up, open_warehouse, transaction
from warehouse.derive import mark_all
from warehouse.load import load_readings, load_sources

STATEMENTS = 60


def load_one(path: Path, number: int, title: str = "A title") -> None:
    said = [claim("revenue", "2024", f"{number} EUR")]
    one = reading(f"2025-01-{number % 28 + 1:02d}", said, url=f"https://a/{number}", title=title)
    with open_warehouse(path) as db:
        load_sources(db, [NEWSROOM])
        load_readings(db, [one], run_id=RUN, extractor_version="1", recorded_at=FIRST_LOAD)


def load_until_killed(path: Path) -> None:
    for number in range(STATEMENTS):
        load_one(path, number)
        os.write(1, f"{number}\n".encode())


@pytest.mark.parametrize("seed", range(2))
def test_a_load_that_is_killed_loses_nothing_that_was_told_and_goes_on(tmp_path, seed):
    path = tmp_path / "w.duckdb"
    with open_warehouse(path):
        pass  # made before the first statement
    code = f"""
from pathlib import Path
from tests.faults.test_killed_while_loading import load_until_killed
load_until_killed(Path({str(path)!r}))
"""
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout
        first = process.stdout.readline()
        time.sleep(random.Random(seed).uniform(0, 0.8))
        process.send_signal(signal.SIGKILL)
        told = [int(line) for line in [first, *process.stdout] if line.endswith("\n")]
    with open_warehouse(path) as db:
        held = {url for (url,) in db.execute("select url from pages").fetchall()}
        assert held >= {f"https://a/{number}" for number in told}
        assert not [name for name, broken in check_warehouse(db) if broken]
        assert db.execute("select url from stale_urls union all select company from stale_cells").fetchall() == []
        kept = db.execute("from best_now order by all").fetchall()
        with transaction(db):
            mark_all(db)
        catch_up(db)
        assert db.execute("from best_now order by all").fetchall() == kept
    load_one(path, STATEMENTS)
