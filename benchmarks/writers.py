"""Writers and readers of one warehouse at once, in a file and on a lake: loads a second, and how long each waits.

    python benchmarks/writers.py --seconds 60

Eight processes load batches of ten pages with fifteen claims each, of a company each; every fourth batch its neighbour
loads too. One of them publishes each 20 s, as runs do at their end. Four processes ask for the rows of all companies.
Afterwards each page and claim must be there once, and the warehouse's own checks must hold. The lake's catalogue is a
PostgreSQL server that is started for it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from threading import Barrier

from tests.postgres import lacking, serving
from tests.warehouse.given import NEWSROOM, claim, reading
from warehouse.checks import check_warehouse
from warehouse.database import Lake, Place, open_warehouse
from warehouse.load import Reading, load_readings, load_sources
from warehouse.publish import open_published, publish
from warehouse.runs import start_run

WRITERS, READERS, PAGES, CLAIMS = 8, 4, 10, 15
PUBLISH_SECONDS = 20
QUERY = "select count(*), count(distinct company), max(known_at) from disclosures"


@dataclass
class Done:
    """What one process did, and how many seconds each of its works took."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    batches: set[tuple[int, int]] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)

    @contextmanager
    def timed(self, work: str) -> Iterator[None]:
        begun = time.perf_counter()
        try:
            yield
        except Exception as error:
            self.errors.append(f"{work}: {type(error).__name__}: {error}")
        else:
            self.seconds.setdefault(work, []).append(time.perf_counter() - begun)


def batch(writer: int, number: int) -> list[Reading]:
    """The same pages whenever it is asked for."""
    company = f"Company {writer}"
    claims = [
        claim("unit_sales", str(2000 + year), f"{number + year} count", company=company) for year in range(CLAIMS)
    ]
    days = [(PAGES * number + page) % 3000 for page in range(PAGES)]
    return [
        reading(
            f"{2016 + day // 300}-{day % 300 // 28 + 1:02d}-{day % 28 + 1:02d}",
            claims,
            url=f"https://company{writer}.example/{PAGES * number + page}",
            issuer=company,
        )
        for page, day in enumerate(days)
    ]


def write(live: Place, published: Place, writer: int, seconds: float, start: Barrier) -> Done:
    done, number = Done(), 0
    with open_warehouse(live) as db:
        run_id = start_run(db, "benchmark", datetime.now(UTC))
    start.wait()
    published_at = time.time()
    until = published_at + seconds
    while time.time() < until:
        of_whom = [writer, (writer + 1) % WRITERS] if number % 4 == 0 else [writer]
        for whose in of_whom:
            readings, asked = batch(whose, number), time.perf_counter()
            with done.timed("load"), open_warehouse(live, timeout_seconds=120) as db:
                done.seconds.setdefault("wait to open", []).append(time.perf_counter() - asked)
                load_readings(
                    db,
                    readings,
                    run_id=run_id,
                    extractor_version="1",
                    recorded_at=datetime.now(UTC),
                    is_more_to_come=True,
                )
                done.batches.add((whose, number))
        number += 1
        if writer == 0 and time.time() - published_at > PUBLISH_SECONDS:
            with done.timed("publish"):
                publish(live, published)
            published_at = time.time()
    return done


def read(live: Place, published: Place, seconds: float, start: Barrier) -> Done:
    done, held = Done(), 0
    with open_published(live, published):
        start.wait()
    until = time.time() + seconds
    while time.time() < until:
        with done.timed("read"), open_published(live, published) as db:
            ((count, *_),) = db.execute(QUERY).fetchall()
            if count < held:
                done.errors.append(f"{held} rows were there, now {count}")
            held = count
        time.sleep(0.05)
    return done


def measure(engine: str, live: Place, published: Place, seconds: float) -> bool:
    """Print what was measured; gives whether nothing failed, is lost or there twice."""
    with open_warehouse(live) as db:
        load_sources(db, [NEWSROOM])
    publish(live, published)
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, context.Pool(WRITERS + READERS) as pool:
        start = manager.Barrier(WRITERS + READERS)
        works = [pool.apply_async(write, (live, published, writer, seconds, start)) for writer in range(WRITERS)]
        works += [pool.apply_async(read, (live, published, seconds, start)) for _ in range(READERS)]
        done = [work.get() for work in works]
    publish(live, published)
    batches = set[tuple[int, int]]().union(*(each.batches for each in done))
    errors = [error for each in done for error in each.errors]
    with open_warehouse(live) as db:
        held = [db.execute(f"select count(*) from {table}").fetchone() for table in ("pages", "claims")]  # noqa: S608
        errors += [f"check: {name}" for name, broken in check_warehouse(db) if broken]
    expected = [(PAGES * len(batches),), (PAGES * CLAIMS * len(batches),)]
    loads = sum(len(each.batches) for each in done)
    print(f"{engine}: {loads} loads in {seconds:.0f} s, {loads / seconds:.2f} a second; {len(batches)} batches")
    for work in ("load", "wait to open", "publish", "read"):
        took = [one for each in done for one in each.seconds.get(work, [])]
        if len(took) > 1:
            print(f"    {work:12} {len(took):6}  median {median(took):6.2f} s  p95 {quantiles(took, n=20)[18]:6.2f} s")
    print(f"    pages and claims {held}, expected {expected}; {len(errors)} errors")
    for error in errors[:5]:
        print(f"    {error[:300]}")
    return held == expected and not errors


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--engine", choices=["file", "lake"])
    given = parser.parse_args()
    print(f"{WRITERS} writers, {READERS} readers, {len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.1f}")
    is_well = True
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="undisclosed-writers-")))
        if given.engine != "lake":
            is_well &= measure("file", folder / "live.duckdb", folder / "published.duckdb", given.seconds)
        if given.engine != "file":
            if missing := lacking():
                raise SystemExit(f"no lake without PostgreSQL: {missing}")
            lake = Lake(stack.enter_context(serving()).make(), str(folder / "lake"))
            is_well &= measure("lake", lake, lake, given.seconds)
    raise SystemExit(0 if is_well else 1)


if __name__ == "__main__":
    main()
