"""Replay beside the bare extractors: pages a second, from one process and from two, and as the archive grows.

    python benchmarks/replay.py [--pages 1000 10000] [--corpora ../shared/corpora]

Packs the pages of the article collections into archives of so many pages, in a folder that it throws away.
"""

from __future__ import annotations

import argparse
import itertools
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from extractors.claims import extract_claims
from extractors.lexicon import languages
from extractors.model import Candidate, Page, Source
from flows.archive import Archive
from flows.coverage import record_of
from flows.read import parse_pages
from flows.records import read_record
from flows.settings import PROJECT
from warehouse.database import open_warehouse
from warehouse.load import Reading, load_readings, load_sources, start_run

SOURCE = Source(id="packed", name="Packed", kind="folder", url="file:///packed", authority="press", language="en")
BATCH = 500


@dataclass
class Taken:
    """A page out of the archive."""

    page: Page
    file: str
    offset: int


def bodies(corpora: Path) -> Iterator[bytes]:
    """The pages of the collections, over and over."""
    return itertools.cycle(list(_pages(corpora)) or sys.exit(f"no collections of articles in {corpora}"))


def _pages(corpora: Path) -> Iterator[bytes]:
    for archive in sorted(corpora.glob("articles-*.tar.xz")):
        with tarfile.open(archive) as tar:
            for member in tar:
                if member.name.endswith(".html") and (file := tar.extractfile(member)):
                    yield file.read()


def pack(home: Path, corpora: Path, count: int) -> None:
    """An archive of so many pages, and a warehouse that holds them, read by other extractors."""
    begun, now = bodies(corpora), datetime.now(UTC)
    with open_warehouse(home / "undisclosed.duckdb") as db:
        load_sources(db, [SOURCE])
        run_id = start_run(db, "pack", now)
        archive = Archive(home / "archive", run_id, now)
        for start in range(0, count, BATCH):
            pages = [
                Page(
                    source_id=SOURCE.id,
                    url=f"https://packed.example/{number}",
                    fetched_at=now,
                    body=next(begun),
                    headers={"content-type": "text/html"},
                    candidate=Candidate(
                        source_id=SOURCE.id,
                        url=f"https://packed.example/{number}",
                        published=str(date(2015, 1, 1) + timedelta(days=number % 3650)),
                    ),
                )
                for number in range(start, min(start + BATCH, count))
            ]
            archived = archive.write_pages(pages)
            readings = [Reading(each.page, each.file, each.offset, None, ()) for each in archived]
            records = [record_of(each) for each in archived]
            load_readings(db, readings, run_id=run_id, extractor_version="none", recorded_at=now, records=records)
        archive.close()


def bare(home: Path) -> float:
    """Seconds of parsing and extracting in a loop, out of the same archive."""
    with open_warehouse(home / "undisclosed.duckdb", read_only=True) as db:
        places = db.execute("select archive_file, archive_offset, url from pages order by all").fetchall()
    begun = time.perf_counter()
    for file, offset, url in places:
        page = read_record(home / "archive" / file, offset, source_id=SOURCE.id, url=url)
        for reading in parse_pages(SOURCE, [Taken(page, file, offset)]).done:
            if reading.article and reading.article.language in languages():
                extract_claims(reading.article)
    return time.perf_counter() - begun


def replay(home: Path, workers: int) -> tuple[float, int]:
    """Seconds of a replay's own work with so many processes, Prefect's start left out, and its peak memory in MB."""
    code = (
        "import asyncio, time, resource\n"
        "from prefect.testing.utilities import prefect_test_harness\n"
        "from flows.replay import replay\n"
        "async def main():\n"
        "    await replay(sources=['packed'], companies=['nobody'], return_state=True)\n"  # everything is imported
        "    begun = time.perf_counter()\n"
        "    await replay(again=True, return_state=True)\n"
        "    print('seconds', time.perf_counter() - begun)\n"
        "with prefect_test_harness(server_startup_timeout=300):\n"
        "    asyncio.run(main())\n"
        "print('memory', (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss"
        " + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024)\n"
    )
    environment = os.environ | {"UNDISCLOSED_HOME": str(home), "UNDISCLOSED_WORKERS": str(workers)}
    ran = subprocess.run(  # noqa: S603 (our own interpreter)
        [sys.executable, "-c", code], env=environment, cwd=PROJECT, capture_output=True, text=True, check=True
    )
    told = dict(line.split() for line in ran.stdout.splitlines() if line.startswith(("seconds", "memory")))
    return float(told["seconds"]), int(told["memory"])


def main() -> None:
    """Print a table: pages, the bare rate, the replay's with one and two processes."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, nargs="+", default=[1000])
    options.add_argument("--corpora", type=Path, default=PROJECT.parent / "shared" / "corpora")
    options.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    given = options.parse_args()
    for count in given.pages:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            pack(home, given.corpora, count)
            alone = bare(home)
            print(f"{count} pages: bare {count / alone:.1f} a second")
            for workers in given.workers:
                seconds, memory = replay(home, workers)
                rate = count / seconds
                print(f"  {workers} processes: {rate:.1f} a second, {alone / seconds:.2f} x bare, {memory} MB")


if __name__ == "__main__":
    main()
