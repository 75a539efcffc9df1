"""A run that is killed at any moment loses nothing that it acknowledged, and the next one goes on from there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from flows.records import read_record
from warehouse.archive import archived_pages
from warehouse.database import open_warehouse

from .hostile import ARTICLE, Behaviour, answer, sends, serving

PIPELINE = Path(__file__).with_name("pipeline.py")
PAGES = 60
KILLS = int(os.environ.get("TEST_KILLS", "5"))


def site() -> dict[str, Behaviour]:
    """A feed of pages, each of its own."""
    pages: dict[str, Behaviour] = {
        f"/{number}": sends(answer(ARTICLE.replace(b"12.4", b"%d.4" % number) + b" " * random.randrange(20_000)))
        for number in range(PAGES)
    }
    items = "".join(f"<item><link>/{number}</link></item>" for number in range(PAGES))
    feed = f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()
    return pages | {"/feed": sends(answer(feed, kind="text/xml", ETag='"1"'))}


class Runs:
    """Runs, one after the other, each in a process of its own."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, PIPELINE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Runs:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def run(self, home: Path, killed_after: float | None = None, flow: str = "monitor") -> tuple[int, float]:
        """A run over an installation, killed after so many seconds; gives its exit code and how long it took."""
        assert self._process.stdin
        assert self._process.stdout
        print(flow, home, file=self._process.stdin, flush=True)
        number, begun = int(self._process.stdout.readline()), time.monotonic()
        if killed_after is not None:
            time.sleep(killed_after)
            with suppress(ProcessLookupError):  # it was done
                os.kill(number, signal.SIGKILL)
        return int(self._process.stdout.readline()), time.monotonic() - begun


def check(home: Path) -> int:
    """Every page that the warehouse holds is in the archive, once; gives their number."""
    folder = home / "home" / "archive"
    with open_warehouse(home / "home" / "undisclosed.duckdb") as db:
        pages = archived_pages(db)
        ids = [page.page_id for page in pages]
    assert len(ids) == len(set(ids))
    for page in pages:
        assert read_record(folder / page.file, page.offset, url=page.url).page_id == page.page_id
    responses: Counter[str] = Counter()
    for path in folder.glob("*.warc.gz"):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=False):
                responses[str(record.headers["WARC-Target-URI"])] += 1
    assert {page.url: responses[page.url] for page in pages} == dict.fromkeys((page.url for page in pages), 1)
    return len(pages)


def install(home: Path, url: str) -> Path:
    (home / "sources").mkdir(parents=True)
    (home / "sources" / "s.toml").write_text(
        f'name = "S"\nkind = "feed"\nurl = "{url}/feed"\nauthority = "press"\nlanguage = "en"\n'
        "pace_seconds = 0.005\nallow_private = true\n"
    )
    return home


@pytest.mark.timeout(60 + 30 * KILLS)
def test_what_was_acknowledged_is_held_once_however_often_a_run_is_killed(tmp_path: Path) -> None:
    with serving(site()) as server, Runs() as runs:
        home = install(tmp_path / "whole", server.url)
        code, seconds = runs.run(home)
        assert (code, check(home)) == (0, PAGES)
        held = PAGES
        for kill in range(KILLS):
            if held == PAGES or kill % 10 == 0:  # there must be something left to fetch
                home, held = install(tmp_path / str(kill), server.url), 0
            runs.run(home, random.uniform(0, seconds))
            now = check(home)
            assert now >= held
            held = now
        assert runs.run(home)[0] == 0
        assert check(home) == PAGES
