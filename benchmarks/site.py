"""The site of a large board: how long it takes to make, how heavy and how quick its first view is.

    python benchmarks/site.py [--companies 500] [--warehouse FILE]     # FILE is made where it is not there

Seconds of the clock; run it on a quiet machine. The first view is what Chromium has asked for when the board stands,
packed as a web server packs it.
"""

from __future__ import annotations

import argparse
import gzip
import random
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from history import AT, QUARTERS, RUN, load, source_of, statement
from playwright.sync_api import sync_playwright

from flows.site.build import build_site
from tests.browser.conftest import CHROMIUM, OPTIONS, Quiet
from warehouse.database import open_warehouse
from warehouse.load import load_readings, load_sources

LATEST = 40
"""Quarters of the board."""
READY = "#board tbody tr"


def write_history(file: Path, companies: int) -> None:
    chance = random.Random(7)  # noqa: S311 (a repeatable history)
    with open_warehouse(file) as db:
        load_sources(db, [source_of(company) for company in range(companies)])
        for quarter in range(len(QUARTERS) - LATEST, len(QUARTERS)):
            told = [statement(company, quarter, chance) for company in range(companies)]
            load(db, told, is_more_to_come=quarter < len(QUARTERS) - 1)
            print(f"  loaded {QUARTERS[quarter]}", file=sys.stderr, flush=True)


def tell_one_more(file: Path) -> None:
    with open_warehouse(file) as db:
        one = statement(7, len(QUARTERS) - 1, random.Random(time.time_ns()))  # noqa: S311
        load_readings(db, [one], run_id=RUN, extractor_version="2", recorded_at=AT)


def seconds_of_build(file: Path, root: Path) -> tuple[float, int, int]:
    begun = time.perf_counter()
    with open_warehouse(file, read_only=True) as db:
        built = build_site(db, root, "https://site.example/")
    return time.perf_counter() - begun, built.companies, len(built.written)


def first_view(root: Path) -> tuple[float, int]:
    """Seconds until the board stands in a fresh browser, the least of three; bytes of the files it took, packed."""
    times, asked = [], set[str]()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
            for _ in range(3):
                page = browser.new_context().new_page()
                seen: list[str] = []
                page.on("request", lambda request, seen=seen: seen.append(request.url.split("/", 3)[3]))
                begun = time.perf_counter()
                page.goto(f"http://127.0.0.1:{server.server_port}/index.html", wait_until="commit")
                page.locator(READY).first.wait_for()
                times.append(time.perf_counter() - begun)
                asked = {name for name in seen if not name.startswith("data/board")}
            browser.close()
        server.shutdown()
    return min(times), sum(len(gzip.compress((root / name).read_bytes())) for name in asked)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--companies", type=int, default=500)
    options.add_argument("--warehouse", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = given.warehouse or Path(folder) / "warehouse.duckdb"
        if not file.exists():
            write_history(file, given.companies)
        root = Path(folder) / "site"
        print(f"{given.companies} companies x 20 metrics x {LATEST} quarters")
        for what, target in (("build", "60 s"), ("build again, nothing new", "2 s")):
            took, companies, written = seconds_of_build(file, root)
            print(f"  {what:28} {took:7.2f} s ({target}): {companies} company pages, {written} files")
        tell_one_more(file)
        took, companies, written = seconds_of_build(file, root)
        print(f"  {'build, one company told more':28} {took:7.2f} s: {companies} company pages, {written} files")
        interactive, weight = first_view(root)
        print(f"  {'board stands in Chromium':28} {interactive:7.2f} s (1 s)")
        print(f"  {'first view, packed':28} {weight / 1000:7.0f} KB (300 KB)")


if __name__ == "__main__":
    main()
