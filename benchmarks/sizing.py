"""What an installation of some size takes: `python benchmarks/sizing.py [--pages 500] [--corpora ../shared/corpora]`.

Measures what a page costs on pages of real newsrooms, each stage for itself, and computes from that the table of
docs/scale.md, by the formulas in `Size`. With `--pages 0` nothing is measured, and the constants are those below.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from uuid import uuid4

from fetching import Site, a_source
from replay import SOURCE, corpora_pages

from extractors.model import Candidate, Page
from flows.archive import Archive, ArchivedPage
from flows.coverage import record_of
from flows.fetch import Fetcher, fetch_pages
from flows.read import extract_readings, parse_pages
from flows.settings import PROJECT
from warehouse.database import open_warehouse, transaction
from warehouse.derive import derive
from warehouse.load import load_readings, load_sources
from warehouse.runs import start_run

BATCH = 50
BUSY = 0.7
"""As much of a core is counted on."""
LOOKS = 24
"""A day, at each source."""
DOLLARS_A_CORE_HOUR, DOLLARS_A_GB_MONTH = 0.04, 0.02
"""Assumed: about what machines and object storage are let for. Not measured."""
SIZES = {
    "a desk": (100, 2_000),
    "a sector": (1_000, 20_000),
    "a country": (10_000, 200_000),
    "CC-NEWS": (50_000, 1_000_000),
}
"""Sources, and new pages a day."""


@dataclass(frozen=True)
class Costs:
    """What one page costs, on the machine that measured it."""

    fetch_ms: float
    parse_ms: float
    extract_ms: float
    load_ms: float
    derive_ms: float
    archive_bytes: float
    warehouse_bytes: float
    claims: float
    publish_seconds_a_gb: float = 4.0
    look_ms: float = 20.0
    """A look at a listing that is as it was, with its task run: benchmarks/overhead.py."""

    @property
    def page_ms(self) -> float:
        return self.fetch_ms + self.parse_ms + self.extract_ms + self.load_ms + self.derive_ms


MEASURED = Costs(
    fetch_ms=1.6,
    parse_ms=27.6,
    extract_ms=33.2,
    load_ms=3.3,
    derive_ms=0.6,
    archive_bytes=30_100,
    warehouse_bytes=10_500,
    claims=0.012,
)
"""Of 500 pages, on two cores that others used too."""


@dataclass(frozen=True)
class Size:
    sources: int
    pages: int
    """A day."""
    costs: Costs

    @property
    def requests(self) -> int:
        return self.pages + LOOKS * self.sources

    @property
    def cores(self) -> float:
        spent_ms = self.pages * self.costs.page_ms + LOOKS * self.sources * self.costs.look_ms
        return spent_ms / 86_400_000 / BUSY

    @property
    def archive_gb(self) -> float:
        return self.pages * self.costs.archive_bytes / 1e9

    @property
    def warehouse_gb(self) -> float:
        return self.pages * self.costs.warehouse_bytes / 1e9

    @property
    def days_to_slow_copies(self) -> float:
        """After so many days the copy that each run publishes takes five minutes."""
        return 300 / self.costs.publish_seconds_a_gb / self.warehouse_gb

    @property
    def dollars_a_month(self) -> float:
        """The cores, and a year's archive and warehouse."""
        held = 365 * (self.archive_gb + self.warehouse_gb)
        return 730 * self.cores * DOLLARS_A_CORE_HOUR + held * DOLLARS_A_GB_MONTH

    def row(self, name: str) -> str:
        cells = (
            *(name, f"{self.sources:,}", f"{self.pages:,}", f"{self.pages * self.costs.claims:,.0f}"),
            *(f"{self.requests:,}", f"{self.cores:.2f}", f"{self.archive_gb:.2f}", f"{self.warehouse_gb:.2f}"),
            *(f"{self.days_to_slow_copies:,.0f}", f"{self.dollars_a_month:,.0f}"),
        )
        return f"| {' | '.join(cells)} |"


def measure(count: int, corpora: Path) -> Costs:
    """Every stage over so many pages, in batches as a run takes them; processor time of all its threads."""
    given, now = cycle(corpora_pages(corpora)), datetime.now(UTC)
    pages = [
        Page(
            source_id=SOURCE.id,
            url=f"https://packed.example/{number}",
            fetched_at=now,
            body=next(given),
            headers={"content-type": "text/html"},
            candidate=Candidate(source_id=SOURCE.id, url=f"https://packed.example/{number}", published="2024-05-01"),
        )
        for number in range(count)
    ]
    spent = dict.fromkeys(("parse", "extract", "load", "derive"), 0.0)
    with tempfile.TemporaryDirectory() as folder:
        warehouse, archive = Path(folder) / "live.duckdb", Archive(Path(folder) / "archive", uuid4(), now)
        with open_warehouse(warehouse) as db:
            load_sources(db, [SOURCE])
            run_id = start_run(db, "monitor", now)
        middle, claims = 0, 0
        extract_readings(SOURCE, parse_pages(SOURCE, _unarchived(pages[:20])).done)  # everything is imported
        for start in range(0, count, BATCH):
            archived = archive.write_pages(pages[start : start + BATCH])
            begun = time.process_time()
            articles = parse_pages(SOURCE, archived).done
            spent["parse"] += time.process_time() - begun
            begun = time.process_time()
            readings = extract_readings(SOURCE, articles).done
            spent["extract"] += time.process_time() - begun
            records = [record_of(each) for each in archived]
            begun = time.process_time()
            with open_warehouse(warehouse) as db:
                loaded = load_readings(
                    db, readings, run_id=run_id, extractor_version="1", recorded_at=now, records=records,
                    is_more_to_come=True,
                )  # fmt: skip
            spent["load"] += time.process_time() - begun
            if start + BATCH <= count // 2:  # a small file is mostly room
                middle = warehouse.stat().st_size
            claims += loaded.claims
        begun = time.process_time()
        with open_warehouse(warehouse) as db, transaction(db):
            derive(db)
        spent["derive"] = time.process_time() - begun
        archive.close()
        size = warehouse.stat().st_size
        kept = sum(path.stat().st_size for path in (Path(folder) / "archive").iterdir())
    each = {name: 1000 * seconds / count for name, seconds in spent.items()}
    return Costs(
        fetch_ms=asyncio.run(fetching(1000)),
        parse_ms=each["parse"],
        extract_ms=each["extract"],
        load_ms=each["load"],
        derive_ms=each["derive"],
        archive_bytes=kept / count,
        warehouse_bytes=(size - middle) / (count / 2),
        claims=claims / count,
    )


def _unarchived(pages: list[Page]) -> list[ArchivedPage]:
    with tempfile.TemporaryDirectory() as folder:
        return list(Archive(Path(folder), uuid4(), datetime.now(UTC)).write_pages(pages))


async def fetching(count: int) -> float:
    """Milliseconds of the processor that a page takes to fetch, from loopback."""
    with Site() as url:
        source = a_source(url, concurrency=10)
        candidates = [Candidate(source_id="s", url=f"{url}/{number}") for number in range(count)]
        async with Fetcher() as fetcher:
            await fetch_pages(source, candidates[:BATCH], fetcher)
            begun = time.process_time()
            for start in range(BATCH, count, BATCH):
                batch = await fetch_pages(source, candidates[start : start + BATCH], fetcher)
                assert not batch.failures, batch.failures[0]
            return 1000 * (time.process_time() - begun) / (count - BATCH)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--corpora", type=Path, default=PROJECT.parent / "shared" / "corpora")
    given = parser.parse_args()
    costs = measure(given.pages, given.corpora) if given.pages else MEASURED
    print(costs)
    names = ("size", "sources", "pages a day", "claims a day", "requests a day", "cores", "archive, GB a day")
    print(f"| {' | '.join((*names, 'warehouse, GB a day', 'days until a copy takes 5 min', 'dollars a month'))} |")
    print("| --- |" + " ---: |" * 9)
    for name, (sources, pages) in SIZES.items():
        print(Size(sources, pages, costs).row(name))


if __name__ == "__main__":
    main()
