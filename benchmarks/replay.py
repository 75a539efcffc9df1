"""Replay beside the bare extractors: pages a second, from one process and from two, and as the archive grows.

    python benchmarks/replay.py [--pages 1000 10000] [--workers 1 2] [--corpora ../shared/corpora] [--peer PYTHON]

Packs the pages of the article collections into archives of so many pages, in a folder that it throws away. `PYTHON` is
one that has a peer, which reads the same files to articles only: pip install news-please into an environment apart.
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
from flows.local import QUIET
from flows.read import parse_pages
from flows.records import read_record
from flows.settings import PROJECT
from warehouse.database import open_warehouse
from warehouse.load import Reading, load_readings, load_sources, start_run

SOURCE = Source(id="packed", name="Packed", kind="folder", url="file:///packed", authority="press", language="en")
BATCH = 500
WARM = 20


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


@dataclass
class Spent:
    """What some work took."""

    seconds: float
    processor: float
    """Seconds of all processes together."""
    memory: int = 0
    """The most of all processes together, in MB."""


def bare(home: Path) -> Spent:
    """Parsing and extracting in a loop, out of the same archive, with everything loaded that they read with."""
    with open_warehouse(home / "undisclosed.duckdb", read_only=True) as db:
        places = db.execute("select archive_file, archive_offset, url from pages order by all").fetchall()
    _read(home, places[:WARM])
    begun, processor = time.perf_counter(), time.process_time()
    _read(home, places)
    return Spent(time.perf_counter() - begun, time.process_time() - processor)


def _read(home: Path, places: list[tuple[str, int, str]]) -> None:
    for file, offset, url in places:
        page = read_record(home / "archive" / file, offset, source_id=SOURCE.id, url=url)
        for reading in parse_pages(SOURCE, [Taken(page, file, offset)]).done:
            if reading.article and reading.article.language in languages():
                extract_claims(reading.article)


def replay(home: Path, workers: int) -> Spent:
    """A replay with so many processes: its work from first to last; Prefect's server and its start are left out."""
    code = (
        "import asyncio, time, resource\n"
        "from prefect.testing.utilities import prefect_test_harness\n"
        "from flows.replay import replay\n"
        "def processor():\n"
        "    told = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "    return time.process_time() + told.ru_utime + told.ru_stime\n"
        "async def main():\n"
        "    await replay(sources=['packed'], companies=['nobody'], return_state=True)\n"  # everything is imported
        "    begun, spent = time.perf_counter(), processor()\n"
        "    await replay(again=True, return_state=True)\n"
        "    print('spent', time.perf_counter() - begun, processor() - spent)\n"
        "    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        f"    print('memory', (own + {workers if workers > 1 else 0} * resource.getrusage(resource.RUSAGE_CHILDREN)"
        ".ru_maxrss) // 1024)\n"
        "with prefect_test_harness(server_startup_timeout=300):\n"
        "    asyncio.run(main())\n"
    )
    environment = os.environ | QUIET | {"UNDISCLOSED_HOME": str(home), "UNDISCLOSED_WORKERS": str(workers)}
    ran = subprocess.run(  # noqa: S603 (our own interpreter)
        [sys.executable, "-c", code], env=environment, cwd=PROJECT, capture_output=True, text=True, check=True
    )
    lines = [line.split() for line in ran.stdout.splitlines() if line.startswith(("spent", "memory"))]
    told = {name: values for name, *values in lines}
    seconds, processor = map(float, told["spent"])
    return Spent(seconds, processor, int(told["memory"][0]))


def peer(python: str, home: Path) -> Spent:
    """The articles of the same files, and no claims, by one process of another reader."""
    script = str(Path(__file__).with_name("peer_warc.py"))
    ran = subprocess.run([python, script, str(home / "archive")], capture_output=True, text=True, check=True)  # noqa: S603
    articles, pages, seconds, processor = ran.stdout.split()[-4:]
    print(f"  (it finds {articles} articles in {pages} pages)", flush=True)
    return Spent(float(seconds), float(processor))


def main() -> None:
    """Print a table: pages, the bare rate, the replay's with one and two processes."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, nargs="+", default=[1000])
    options.add_argument("--corpora", type=Path, default=PROJECT.parent / "shared" / "corpora")
    options.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options.add_argument("--peer", metavar="PYTHON", help="a Python that has news-please")
    given = options.parse_args()
    for count in given.pages:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            pack(home, given.corpora, count)
            alone = bare(home)
            print(f"{count} pages, a second of time and of the processor", flush=True)
            _tell("bare", count, alone, alone)
            for workers in given.workers:
                _tell(f"{workers} processes", count, replay(home, workers), alone)
            if given.peer:
                _tell("news-please", count, peer(given.peer, home), alone)


def _tell(what: str, count: int, spent: Spent, alone: Spent) -> None:
    rates = f"{count / spent.seconds:6.1f} {count / spent.processor:6.1f}"
    ratios = f"{alone.seconds / spent.seconds:.2f} {alone.processor / spent.processor:.2f}"
    print(f"  {what:12} {rates}   x bare {ratios}   {spent.memory or '-'} MB", flush=True)


if __name__ == "__main__":
    main()
