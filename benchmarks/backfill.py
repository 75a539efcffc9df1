"""A backfill of ten years of pages, by sitemap and by a web archive's index, from a site on this machine.

    python benchmarks/backfill.py [--pages 500 5000] [--kinds sitemap wayback]

Of each: pages a second, memory, what the warehouse then holds, and what a second backfill asks the site for.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from pages import FIRST, LAST, day_of, page_of
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from flows.local import QUIET
from flows.newsroom.server import serve_app
from flows.settings import PROJECT
from warehouse.database import open_warehouse

CODE = """
import asyncio, resource, time
from datetime import date
from prefect.testing.utilities import prefect_test_harness
from flows.backfill import backfill
async def main():
    for _ in range(2):
        begun, processor = time.perf_counter(), time.process_time()
        state = await backfill(["acme"], date(2015, 1, 1), date(2024, 12, 31), return_state=True)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print("ran", time.perf_counter() - begun, time.process_time() - processor, memory, state.name, flush=True)
        input()
with prefect_test_harness(server_startup_timeout=300):
    asyncio.run(main())
"""


class Site:
    """So many pages, evenly over the years, as a newsroom and as a web archive name them."""

    def __init__(self, count: int) -> None:
        self.requests: Counter[str] = Counter()
        self.count = count
        self.days = [day_of(number, count) for number in range(count)]

    def path(self, number: int) -> str:
        """Where a page stands."""
        return f"{self.days[number]:/%Y/%m/%d}/report-{number}"

    async def answer(self, request: Request) -> Response:
        """Whatever is asked for."""
        path = request.url.path
        self.requests[path if path != "/cdx" else f"{path}?{request.url.query}"] += 1
        if path == "/robots.txt":
            return PlainTextResponse("")
        if path == "/sitemap.xml":
            parts = (f"<sitemap><loc>/sitemap-{year}.xml</loc></sitemap>" for year in range(FIRST.year, LAST.year + 1))
            return Response(f"<sitemapindex>{''.join(parts)}</sitemapindex>", media_type="application/xml")
        if path.startswith("/sitemap-"):
            named = (self.path(number) for number, day in enumerate(self.days) if f"{day.year}" in path)
            entries = "".join(f"<url><loc>{each}</loc></url>" for each in named)
            return Response(f"<urlset>{entries}</urlset>", media_type="application/xml")
        if path == "/cdx":
            return JSONResponse(self.captures(request.query_params["from"], request.query_params["to"]))
        number = int(path.rpartition("-")[2])
        return HTMLResponse(page_of(number, self.count))

    def captures(self, since: str, until: str) -> list[list[str]]:
        """What the index answers for some days."""
        found = [(f"{day:%Y%m%d}", number) for number, day in enumerate(self.days)]
        rows = [[f"{day}120000", f"http://acme.example{self.path(n)}"] for day, n in found if since <= day <= until]
        return [["timestamp", "original"], *rows]


def measure(kind: str, count: int) -> None:
    """One backfill, and the same again."""
    site = Site(count)
    app = Starlette(routes=[Route("/{path:path}", site.answer)])
    with tempfile.TemporaryDirectory() as folder, serve_app(app) as base_url:
        home = Path(folder)
        (home / "sources").mkdir()
        listing = {"sitemap": "sitemap.xml", "wayback": "cdx?url=acme.example/*"}[kind]
        (home / "sources" / "acme.toml").write_text(
            f'name = "Acme"\nkind = "{kind}"\nurl = "{base_url}/{listing}"\nauthority = "press"\nlanguage = "en"\n'
            "pace_seconds = 0\nconcurrency = 4\nallow_private = true\n"
        )
        environment = (
            os.environ | QUIET | {"UNDISCLOSED_HOME": f"{home}/home", "UNDISCLOSED_SOURCES": f"{home}/sources"}
        )
        with subprocess.Popen(  # noqa: S603 (our own interpreter)
            [sys.executable, "-c", CODE], env=environment, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True,
        ) as process:  # fmt: skip
            assert process.stdin
            assert process.stdout
            for which in ("first", "again"):
                line = next(line for line in process.stdout if line.startswith("ran"))
                seconds, processor, memory, state = line.split()[1:]
                took = f"{float(seconds):.1f} s, {float(processor):.1f} s of the processor, {memory} MB"
                pages = [number for path, number in site.requests.items() if "report-" in path]
                others = site.requests.total() - sum(pages)
                asked = f"{len(pages)} pages, each {max(pages, default=0)} times at most, and {others} other things"
                print(f"{kind} {count} pages, {which}: {state}, {took}; asked for {asked}; {_held(home)}", flush=True)
                site.requests.clear()
                process.stdin.write("\n")
                process.stdin.flush()


def _held(home: Path) -> str:
    sql = (
        "select (select count(*) from pages), (select count(distinct url) from pages), (select count(*) from claims),"
        " (select count(*) from coverage where since_date is not null and outcome_code = 'ok')"
    )
    with open_warehouse(home / "home" / "undisclosed.duckdb", read_only=True) as db:
        return "holds {} pages at {} addresses, {} claims, {} slices".format(*db.execute(sql).fetchall()[0])


def main() -> None:
    """A line for each backfill."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, nargs="+", default=[500, 5000])
    options.add_argument("--kinds", nargs="+", choices=["sitemap", "wayback"], default=["sitemap", "wayback"])
    given = options.parse_args()
    for kind in given.kinds:
        for count in given.pages:
            measure(kind, count)


if __name__ == "__main__":
    main()
