"""Replay beside the bare extractors: pages a second, from one process and from two, and as the archive grows.

    python benchmarks/replay.py [--pages 1000] [--workers 1 2] [--corpora ../shared/corpora] [--peer PYTHON]
    python benchmarks/replay.py --generated --bare-pages 1000 --pages 1000 10000 100000 --workers 2

Packs the pages of the article collections, or generated ones, into archives of so many pages, in a folder that it
throws away. Reads them with the bare extractors in one process and in as many independent ones as the replay has: what
the machine gives to so many is the ceiling of any replay. `PYTHON` is one that has warcio and trafilatura, or
news-please, which read the same files to articles only.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

from pages import page_of
from watching import Watch

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
from warehouse.load import Reading, load_readings, load_sources
from warehouse.runs import start_run

SOURCE = Source(id="packed", name="Packed", kind="folder", url="file:///packed", authority="press", language="en")
BATCH = 500
WARM = 20
PEERS = ("trafilatura", "newsplease")


@dataclass
class Taken:
    """A page out of the archive."""

    page: Page
    file: str
    offset: int


def corpora_pages(corpora: Path) -> list[bytes]:
    """The pages of the collections."""
    found: list[bytes] = []
    for archive in sorted(corpora.glob("articles-*.tar.xz")):
        with tarfile.open(archive) as tar:
            files = (tar.extractfile(member) for member in tar if member.name.endswith(".html"))
            found += (file.read() for file in files if file)
    return found or sys.exit(f"no collections of articles in {corpora}")


def pack(home: Path, bodies: Iterator[bytes], count: int) -> None:
    """An archive of so many pages, and a warehouse that holds them, read by other extractors."""
    now = datetime.now(UTC)
    with open_warehouse(home / "undisclosed.duckdb") as db:
        load_sources(db, [SOURCE])
        run_id = start_run(db, "pack", now)
        archive = Archive(home / "archive", run_id, now)
        for start in range(0, count, BATCH):
            pages = [_page(number, next(bodies), now) for number in range(start, min(start + BATCH, count))]
            archived = archive.write_pages(pages)
            readings = [Reading(each.page, each.file, each.offset, None, ()) for each in archived]
            records = [record_of(each) for each in archived]
            load_readings(db, readings, run_id=run_id, extractor_version="none", recorded_at=now, records=records)
        archive.close()


def _page(number: int, body: bytes, now: datetime) -> Page:
    url, day = f"https://packed.example/{number}", date(2015, 1, 1) + timedelta(days=number % 3650)
    return Page(
        source_id=SOURCE.id,
        url=url,
        fetched_at=now,
        body=body,
        headers={"content-type": "text/html"},
        candidate=Candidate(source_id=SOURCE.id, url=url, published=str(day)),
    )


@dataclass
class Spent:
    """What it took to read pages."""

    pages: int
    seconds: float
    processor: float
    """Seconds of all processes together."""
    watch: Watch | None = None


def bare(home: Path, processes: int, most: int) -> Spent:
    """Parsing and extracting in a loop, in independent processes, out of the same archive, with all loaded."""
    with open_warehouse(home / "undisclosed.duckdb", read_only=True) as db:
        places = db.execute(
            "select archive_file, archive_offset, url from pages order by all limit ?", [most]
        ).fetchall()
    context = get_context("spawn")
    told, together = context.SimpleQueue(), context.Barrier(processes)
    parts = [places[number::processes] for number in range(processes)]
    running = [context.Process(target=_read_part, args=(home, part, together, told.put)) for part in parts]
    for process in running:
        process.start()
    begun, ended, processor = zip(*(told.get() for _ in running), strict=True)
    return Spent(len(places), max(ended) - min(begun), sum(processor))


def _read_part(
    home: Path, places: list[tuple[str, int, str]], together: Barrier, tell: Callable[[tuple[float, ...]], None]
) -> None:
    _read(home, places[:WARM])
    together.wait()
    begun, processor = time.perf_counter(), time.process_time()
    _read(home, places)
    tell((begun, time.perf_counter(), time.process_time() - processor))


def _read(home: Path, places: list[tuple[str, int, str]]) -> None:
    for file, offset, url in places:
        page = read_record(home / "archive" / file, offset, source_id=SOURCE.id, url=url)
        for reading in parse_pages(SOURCE, [Taken(page, file, offset)]).done:
            if reading.article and reading.article.language in languages():
                extract_claims(reading.article)


CODE = """
import asyncio, time
from prefect.testing.utilities import prefect_test_harness
from watching import processor
from flows.replay import replay
async def main():
    await replay(sources=['packed'], companies=['nobody'], return_state=True)  # everything is imported
    begun, spent = time.perf_counter(), processor()
    state = await replay(again=True, return_state=True)
    print('spent', time.perf_counter() - begun, processor() - spent, state.message)
if __name__ == '__main__':
    with prefect_test_harness(server_startup_timeout=300):
        asyncio.run(main())
"""


def replay(packed: Path, workers: int, count: int) -> Spent:
    """A replay with so many processes: its work from first to last; Prefect's server and its start are left out."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        shutil.copyfile(packed / "undisclosed.duckdb", home / "undisclosed.duckdb")
        (home / "archive").symlink_to(packed / "archive")
        (home / "run.py").write_text(CODE)
        path = os.pathsep.join((str(PROJECT), str(Path(__file__).parent)))
        environment = {"UNDISCLOSED_HOME": folder, "UNDISCLOSED_WORKERS": str(workers), "PYTHONPATH": path}
        with (
            subprocess.Popen(  # noqa: S603 (our own interpreter)
                [sys.executable, str(home / "run.py")], env=os.environ | QUIET | environment, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, text=True,
            ) as running,
            Watch(running.pid) as watch,
        ):  # fmt: skip
            assert running.stdout
            told = [line.split(maxsplit=3) for line in running.stdout if line.startswith("spent")]
    ((_, seconds, processor, message),) = told
    print(f"  ({message.strip()})", flush=True)
    return Spent(count, float(seconds), float(processor), watch)


def peer(python: str, name: str, home: Path) -> Spent:
    """The articles of the same files, and no claims, by one process of another reader."""
    script = str(Path(__file__).with_name("peer_warc.py"))
    ran = subprocess.run([python, script, name, str(home / "archive")], capture_output=True, text=True, check=True)  # noqa: S603
    articles, pages, seconds, processor = ran.stdout.split()[-4:]
    print(f"  (it finds {articles} articles in {pages} pages)", flush=True)
    return Spent(int(pages), float(seconds), float(processor))


def main() -> None:
    """Print a table: the rates of the bare extractors, of the replay, and of a peer."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, nargs="+", default=[1000])
    options.add_argument(
        "--bare-pages", type=int, default=1000, help="as many are read by the bare extractors, at most"
    )
    options.add_argument("--generated", action="store_true", help="short pages of our own wording")
    options.add_argument("--corpora", type=Path, default=PROJECT.parent / "shared" / "corpora")
    options.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options.add_argument("--peer", metavar="PYTHON", help="a Python that has another reader")
    options.add_argument("--peer-name", choices=PEERS, default=PEERS[0])
    given = options.parse_args()
    for count in given.pages:
        pages = (page_of(number, count) for number in range(count))
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            pack(home, pages if given.generated else itertools.cycle(corpora_pages(given.corpora)), count)
            print(f"{count} pages; pages a second of time, and of the processor", flush=True)
            alone = bare(home, 1, given.bare_pages)
            _tell("bare, 1", alone, alone)
            for workers in given.workers:
                if workers > 1:
                    _tell(f"bare, {workers}", bare(home, workers, given.bare_pages), alone)
                _tell(f"replay, {workers}", replay(home, workers, count), alone)
            if given.peer:
                _tell(given.peer_name, peer(given.peer, given.peer_name, home), alone)


def _tell(what: str, spent: Spent, alone: Spent) -> None:
    clock, processor = spent.pages / spent.seconds, spent.pages / spent.processor
    ratios = f"{clock * alone.seconds / alone.pages:.2f} {processor * alone.processor / alone.pages:.2f}"
    line = f"  {what:12} {clock:6.1f} {processor:6.1f}   x bare {ratios}"
    if spent.watch:
        busy = spent.watch.busy()
        line += f"   {spent.watch.memory:.0f} MB, {spent.watch.with_server:.0f} with Prefect's server"
        line += f", its processes kept busy {busy:.0%}" if busy else ""
    print(line, flush=True)


if __name__ == "__main__":
    main()
