"""Runs over one installation at once, each a process: together they leave what one after the other would."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from flows.records import read_record
from warehouse.archive import archived_pages
from warehouse.checks import check_warehouse
from warehouse.database import open_warehouse

from .hostile import serving
from .test_killed import Runs
from .test_killed_backfill import FACTS, facts, install, site

PAGES = FACTS[0]
FLOWS = ("monitor", "monitor", "backfill", "backfill")


def run_at_once(home: Path) -> list[int]:
    """Two monitors and two backfills; gives how they ended."""
    with ExitStack() as stack, ThreadPoolExecutor(len(FLOWS)) as threads:
        runs = [stack.enter_context(Runs()) for _ in FLOWS]
        told = threads.map(lambda run, flow: run.run(home, flow=flow)[0], runs, FLOWS)
        return list(told)


def test_monitors_and_backfills_at_once_hold_each_page_once(tmp_path: Path) -> None:
    with serving(site()) as server, Runs() as runs:
        quiet, home = install(tmp_path / "quiet", server.url), install(tmp_path / "home", server.url)
        assert [runs.run(quiet, flow=flow)[0] for flow in FLOWS] == [0] * len(FLOWS)
        assert run_at_once(home) == [0] * len(FLOWS)
        held = facts(home)
        assert held[PAGES] == facts(quiet)[PAGES] != []
        with open_warehouse(home / "home" / "undisclosed.duckdb", read_only=True) as db:
            assert [name for name, broken in check_warehouse(db) if broken] == []
            for page in archived_pages(db):
                path = home / "home" / "archive" / page.file
                assert read_record(path, page.offset, url=page.url).page_id == page.page_id
