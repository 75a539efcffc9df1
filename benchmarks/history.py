"""The warehouse on a generated history: what a load, a question and a byte cost, beside a bare Arrow insert.

    python benchmarks/history.py --claims 100000 1000000              # tables of figures; two minutes a million
    python benchmarks/history.py --claims 10000000 --keep folder --minutes 5    # in turns: go on with what is kept
    python benchmarks/history.py --kills 200                  # kill -9 at random moments of loading

Times are processor seconds of all threads. Statements of up to 2,000 companies over 15 years, twenty claims each or
more: figures, now and then a refusal, an outlook, a silence.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from uuid import UUID

import duckdb

from extractors.model import Article, Claim, Page, Paragraph, Source, Value
from warehouse.batches import Batch, batch_of
from warehouse.checks import check_warehouse
from warehouse.database import open_warehouse, transaction
from warehouse.derive import derive
from warehouse.load import Reading, load_batch, load_readings, load_sources
from warehouse.questions import read_questions
from warehouse.rows import ARTICLES, CLAIMS, PAGES, SIGHTINGS

BATCH = 100_000
METRICS = [f"metric_{number}" for number in range(20)]
QUARTERS = [f"{year}-Q{quarter}" for year in range(2010, 2025) for quarter in (1, 2, 3, 4)]
RUN = UUID(int=1)
AT = datetime(2026, 1, 1, tzinfo=UTC)
ASKED = {
    "one company's series": ("series", 0.05),
    "who stopped since": ("who-stopped", 0.05),
    "as of, one company": ("as-of", 0.05),
    "all events of a year": (
        "select event_code, count(*) from disclosure_events where known_at >= '2020-01-01' and known_at < '2021-01-01'"
        " group by 1",
        1,
    ),
    "disclosures, aggregated": ("select metric, count(*), sum(value_low) from disclosures group by 1", 1),
    "as of, whole": ("select metric, count(*), sum(value_low) from disclosures_as_of('2018-06-30') group by 1", 5),
}  # fmt: skip
GIVEN = {"company": "Company 7", "metric": None, "since": "2024-01-01", "at": "2018-06-30"}


def source_of(company: int) -> Source:
    return Source(id=f"s{company}", name="n", kind="feed", url="u", authority="company", company=f"Company {company}")


def statement(company: int, quarter: int, chance: random.Random, metrics: Sequence[str] = METRICS) -> Reading:
    """A company's statement on a quarter, thirty days after it."""
    label = QUARTERS[quarter]
    day = date(int(label[:4]), 3 * int(label[-1]), 28) + timedelta(days=30)
    sentences, claims, start = [], [], 0
    for metric in metrics:
        kind = chance.random()
        if kind < 0.02:
            continue
        value = chance.randrange(10**6, 10**9)
        sentence = f"Company {company} said that its {metric.replace('_', ' ')} came to {value:,} euros in {label}."
        figure = None if kind < 0.04 else Value(Decimal(value), Decimal(value), "EUR")
        claims.append(
            Claim(
                company=f"Company {company}", metric=metric, scope=None,
                basis="guidance" if kind > 0.9 else "actual", measure="level",
                status="disclosed" if figure else "withheld",
                period=f"{label}/.." if kind < 0.03 else label, value=figure, quote=sentence, quote_in="text",
                start=start, end=start + len(sentence), confidence=0.9, rule="generated",
            )
        )  # fmt: skip
        sentences.append(Paragraph(sentence))
        start += len(sentence) + 2
    url = f"https://company{company}.example/{label}"
    page = Page(source_id=f"s{company}", url=url, fetched_at=AT, body=url.encode(), headers={})
    article = Article(
        title=f"Company {company}, {label}", paragraphs=tuple(sentences), published=f"{day}", language="en"
    )
    return Reading(page, "a.warc.gz", 0, article, tuple(claims))


def history(claims: int) -> Iterator[Reading]:
    """Quarter by quarter, every company: about as many claims as asked for."""
    companies = max(1, round(claims / (len(QUARTERS) * len(METRICS) * 0.98)))
    chance = random.Random(7)  # noqa: S311 (a repeatable history)
    for quarter in range(len(QUARTERS)):
        for company in range(companies):
            yield statement(company, quarter, chance)


class Generated:
    """The same as Arrow tables, made by SQL: a batch of about `BATCH` claims at a time."""

    def __init__(self, claims: int) -> None:
        quarter = claims / len(QUARTERS) / 0.98
        self.companies = max(1, min(2000, round(quarter / len(METRICS))))
        self.metrics = max(1, round(quarter / self.companies))
        self.step = max(1, round(BATCH / quarter))
        self.db = duckdb.connect(config={"memory_limit": "1GB"})
        self.db.execute("set timezone = 'UTC'; set arrow_lossless_conversion = true")
        self.scripts = (Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")).split("---\n")

    def batches(self, held: int) -> Iterator[Batch]:
        """From the first on that is not among the claims that are held already."""
        for first in range(0, len(QUARTERS), self.step):
            batch = self.batch(first, min(first + self.step, len(QUARTERS)))
            held -= batch.claims.num_rows
            if held < 0:
                yield batch

    def batch(self, first: int, last: int) -> Batch:
        """Some quarters of the history, or such as come after it."""
        given = {"first": first, "last": last, "companies": self.companies, "metrics": self.metrics}
        self.db.execute(self.scripts[0], given)
        pages, sightings, articles, claims = (
            self.db.sql(script).to_arrow_table().select(schema.names).cast(schema)
            for script, schema in zip(self.scripts[1:], (PAGES, SIGHTINGS, ARTICLES, CLAIMS), strict=True)
        )
        return Batch(pages, sightings, articles, claims)


def seconds(work: Callable[[], object], repeats: int = 1) -> float:
    """Processor seconds of all threads, the least of a few: what else the machine does counts little."""
    return min(times(work, repeats))


def times(work: Callable[[], object], repeats: int) -> list[float]:
    """Processor seconds of all threads, each time, in rising order."""
    taken = []
    for _ in range(repeats):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return sorted(taken)


def load(db: duckdb.DuckDBPyConnection, readings: list[Reading], *, is_more_to_come: bool = False) -> None:
    load_readings(
        db, readings, run_id=RUN, extractor_version="1", recorded_at=AT, is_more_to_come=is_more_to_come
    )  # fmt: skip


def load_facts(db: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    with transaction(db):
        load_batch(db, batch, is_more_to_come=True)


def bare_insert(folder: Path, batch: Batch) -> float:
    """The same rows as they are, appended to tables without a key: what a load is measured against."""

    def insert() -> None:
        for name in ("pages", "sightings", "articles", "claims"):
            db.register("batch", getattr(batch, name))
            db.execute(f"insert into {name} from batch")
            db.unregister("batch")

    with duckdb.connect(str(folder / "bare.duckdb")) as db:
        for name in ("pages", "sightings", "articles", "claims"):
            db.register("batch", getattr(batch, name))
            db.execute(f"create or replace table {name} as from batch limit 0")
            db.unregister("batch")
        return seconds(insert, 2)


def build(claims: int, folder: Path, minutes: float) -> bool:
    """Load and derive a history, or go on with that, for so many minutes; gives whether it is complete."""
    generated, until = Generated(claims), time.monotonic() + 60 * minutes
    with open_warehouse(folder / f"{claims}.duckdb") as db:
        load_sources(db, [source_of(company) for company in range(generated.companies)])
        ((held,),) = db.execute("select count(*) from claims").fetchall()
        for batch in generated.batches(held):
            took = seconds(lambda batch=batch: load_facts(db, batch))
            if held == 0:
                bare = bare_insert(folder, batch)
                print(f"\n{batch.claims.num_rows:,} claims, a bare Arrow insert {bare:25.2f} s")
                print(f"  their facts into an empty warehouse     {took:8.2f} s  {took / bare:5.1f} x (2 x)")
            held += batch.claims.num_rows
            if time.monotonic() > until:
                return False
        took, is_left = 0.0, True
        while is_left and time.monotonic() < until:
            begun = time.process_time()
            with transaction(db):
                is_left = derive(db)
            took += time.process_time() - begun
        print(f"  all that rests on them, this turn       {took:8.2f} s  {1e5 * took / held:.1f} a 100,000 claims")
    return not is_left


def measure(claims: int, folder: Path) -> None:
    generated = Generated(claims)
    with open_warehouse(folder / f"{claims}.duckdb") as db:
        ((held, quotes),) = db.execute("select count(*), sum(octet_length(encode(quote))) from claims").fetchall()
        print(f"  {held:,} claims of {generated.companies} companies")
        names = [f"metric_{number}" for number in range(generated.metrics)]
        some = range(max(1, 1000 // len(names)))
        small = []
        for quarter in (59, 58, 57):  # of each the least of three, as of questions
            news = [statement(company, quarter, random.Random(1), names) for company in some]  # noqa: S311
            small.append(seconds(lambda: load(db, news)))  # noqa: B023
        print(f"  load of {sum(len(one.claims) for one in news):5} claims, views current    {min(small):8.2f} s  (1 s)")
        for what, (asked, target) in ASKED.items():
            question = read_questions().get(asked)
            sql, given = (question.sql, question.bind(GIVEN)) if question else (asked, {})
            taken = times(lambda sql=sql, given=given: db.execute(sql, given).fetchall(), 20)
            print(f"  {what:39} {taken[18]:8.3f} s  ({target} s), 19 of 20 within it")
        db.execute("checkpoint")
        ((size,),) = db.execute("select used_blocks * block_size from pragma_database_size()").fetchall()
        print(f"  bytes a claim above its quote           {(size - quotes) / held:8.0f}    (150)")
        batch = generated.batch(len(QUARTERS), len(QUARTERS) + generated.step)
        took, bare = seconds(lambda: load_facts(db, batch)), bare_insert(folder, batch)
        print(f"  the facts of one more batch             {took:8.2f} s  {took / bare:5.1f} x (4 x)")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"  most memory, this process               {memory:8.2f} GB (4 GB)")


def readings_as_rows() -> None:
    """What the flows' own readings cost before they are rows."""
    readings = list(history(BATCH))
    took = seconds(lambda: batch_of(readings, RUN, "1", AT), 2)
    print(f"\n{BATCH:,} claims of readings as Arrow tables {took:.2f} s")


def load_until_killed(path: Path, start: int) -> None:
    """Statement after statement from one on; each is told on standard output once it is in."""
    for number, one in islice(enumerate(history(20_000)), start, None):
        with open_warehouse(path) as db:
            load(db, [one])
        print(number, flush=True)


def kill_at_random(times: int, folder: Path) -> None:
    path, chance, told = folder / "killed.duckdb", random.Random(1), 0  # noqa: S311
    with open_warehouse(path) as db:
        load_sources(db, [source_of(company) for company in range(20)])
    for _ in range(times):
        command = [sys.executable, __file__, "--load-into", str(path), "--start", str(told)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 (ourselves)
            assert process.stdout
            first = process.stdout.readline()  # it has begun
            time.sleep(chance.uniform(0, 1.0))
            os.kill(process.pid, signal.SIGKILL)
            numbers = [int(line) for line in [first, *process.stdout] if line.endswith("\n")]
        told = max([told, *(number + 1 for number in numbers)])
        with open_warehouse(path) as db:
            (held,) = db.execute("select count(*) from articles").fetchone() or (0,)
            broken = [name for name, found in check_warehouse(db) if found]
            stale = db.execute("select url from stale_urls union all select company from stale_cells").fetchall()
        assert held >= told, f"{told} were acknowledged, {held} are held"
        assert not broken, broken
        assert not stale
    print(f"killed {times} times: {told} statements acknowledged, none lost, none twice")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--claims", type=int, nargs="*", default=[])
    options.add_argument("--keep", type=Path, help="the folder of the warehouses, which stay there")
    options.add_argument("--minutes", type=float, default=1e6, help="to build for; what is kept is gone on with")
    options.add_argument("--kills", type=int, default=0)
    options.add_argument("--load-into", type=Path)
    options.add_argument("--start", type=int, default=0)
    given = options.parse_args()
    if given.load_into:
        load_until_killed(given.load_into, given.start)
        return
    with tempfile.TemporaryDirectory() as folder:
        if given.claims:
            readings_as_rows()
        for claims in given.claims:
            if build(claims, given.keep or Path(folder), given.minutes):
                measure(claims, given.keep or Path(folder))
        if given.kills:
            kill_at_random(given.kills, Path(folder))


if __name__ == "__main__":
    main()
