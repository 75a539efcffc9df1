"""Prefect's share of a monitor run: `python benchmarks/overhead.py [--sources 100] [--pages 10] [--times 3]`.

The same run twice, each in a process of its own over the same loopback newsrooms and an empty warehouse: the flow's
functions called bare, and the flow, with its task runs, events, logs and artifacts, against a Prefect server. Then an
hour later, when every tenth source has a new page, and once more, when nothing is new. Time counts from when everything
is imported until the process is over, so that what Prefect sends at the end counts. Beside it the processor's time, the
server's too, which is steadier on a machine that does other things.
"""

from __future__ import annotations

import argparse
import multiprocessing
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from processes import clean_environment, prefect_server, processor_seconds
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from flows.newsroom.server import serve_app

PROJECT = Path(__file__).resolve().parents[1]
MOST = 1000
BARE = """
from flows import audit, line, look, monitor, tell

async def nothing(*args, **more):
    return 0

monitor.discover, monitor.TASKS = look.look_at, line.STAGES
audit.acreate_table_artifact = tell.acreate_table_artifact = tell.announce_events = nothing
run = monitor.monitor.fn
"""
FLOW = """
from flows import monitor

async def run():
    return await monitor.monitor(return_state=True)
"""
TIMED = """
import asyncio, sys, time
import flows.read, extractors.article, extractors.claims, warehouse.load, apprise
{imported}
print("ready", flush=True)
sys.stdin.readline()
state = asyncio.run(run())
print(state.type.value, state.message, time.process_time(), sep="|", flush=True)
"""
ARTICLE = (
    '<html lang="en"><head><title>Boats {n}</title><meta name="date" content="2024-05-{day:02}"></head><body><article>'
    "<h1>Boats {n}</h1><p>Boat builder Harbourline{s} said on Thursday that its revenue came to {n}.4 million euros "
    "in 2023, up from {n}.1 million a year earlier.</p>{more}</article></body></html>"
)
MORE = "".join(
    f"<p>The yard on the northern quay, its {number} slipways and the people who work there were shown to visitors on "
    "the day of the report, and the mayor spoke of the harbour as the heart of the town.</p>"
    for number in range(2, 14)
)


def _serve(pipe: Any) -> None:
    """The newsrooms: a feed of as many pages as were told last, and the pages."""
    pages = [0] * MOST

    async def answer(request: Request) -> Response:
        _, name, page = f"{request.url.path}/".split("/", 2)
        if not name.startswith("s"):
            return Response(status_code=404)
        number, tag = int(name[1:]), f'"{pages[int(name[1:])]}"'
        if page:
            n = int(page.strip("/"))
            body = ARTICLE.format(n=n + 1, s=number, day=1 + n % 28, more=MORE)
            return Response(body, media_type="text/html")
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304)
        items = "".join(f"<item><link>/{name}/{n}</link></item>" for n in range(pages[number]))
        body = f'<rss version="2.0"><channel>{items}</channel></rss>'
        return Response(body, media_type="text/xml", headers={"etag": tag})

    with serve_app(Starlette(routes=[Route("/{path:path}", answer)])) as url:
        pipe.send(url)
        while told := pipe.recv():
            pages[: len(told)] = told
            pipe.send(True)


def install(home: Path, url: str, sources: int) -> None:
    (home / "sources").mkdir(parents=True)
    for number in range(sources):
        (home / "sources" / f"s{number:03}.toml").write_text(
            f'name = "S{number}"\nkind = "feed"\nurl = "{url}/s{number}"\nauthority = "company"\n'
            f'company = "Harbourline{number}"\npace_seconds = 0\nconcurrency = 10\nallow_private = true\n'
        )


def run(imported: str, home: Path, api: str) -> tuple[float, float, str]:
    """Seconds, of them the process's own, and what the run says."""
    environment = clean_environment(home / "prefect") | {
        "UNDISCLOSED_HOME": f"{home}/home",
        "UNDISCLOSED_SOURCES": f"{home}/sources",
        "PREFECT_API_URL": api,
        "PREFECT_LOGGING_LEVEL": "WARNING",
    }
    command = [sys.executable, "-c", TIMED.format(imported=imported)]
    with subprocess.Popen(  # noqa: S603
        command, env=environment, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        begun = time.monotonic()
        process.stdin.write("\n")
        process.stdin.flush()
        told = process.stdout.read().strip().split("|")
        process.wait()
        seconds = time.monotonic() - begun
    assert told[0] == "COMPLETED", told
    return seconds, float(told[2]), told[1]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sources", type=int, default=100)
    parser.add_argument("--pages", type=int, default=10)
    parser.add_argument("--times", type=int, default=3)
    given = parser.parse_args()
    cases = {
        f"a first look, {given.pages} pages a source": [given.pages] * given.sources,
        "an hour later, a page at every tenth": [given.pages + (n % 10 == 0) for n in range(given.sources)],
        "nothing new": [given.pages + (n % 10 == 0) for n in range(given.sources)],
    }
    least: dict[tuple[str, str, str], float] = {}
    pipe, other = multiprocessing.Pipe()
    site = multiprocessing.get_context("fork").Process(target=_serve, args=(other,), daemon=True)
    site.start()
    url = pipe.recv()
    with tempfile.TemporaryDirectory() as folder, prefect_server(Path(folder)) as (api, server):
        for turn in range(given.times):
            homes = {name: Path(folder) / f"{name}{turn}" for name in ("bare", "flow")}
            for home in homes.values():
                install(home, url, given.sources)
            for case, pages in cases.items():
                pipe.send(pages)
                pipe.recv()
                for name, home in homes.items():
                    before = processor_seconds(server)
                    seconds, own, told = run({"bare": BARE, "flow": FLOW}[name], home, api)
                    own += processor_seconds(server) - before if name == "flow" else 0
                    for clock, spent in (("wall", seconds), ("processor", own)):
                        least[case, clock, name] = min(spent, least.get((case, clock, name), spent))
                    print(f"  {case}: {name}: {seconds:.2f} s, processor {own:.2f} s: {told}", flush=True)
    pipe.send(None)
    site.join()
    for case in cases:
        for clock in ("wall", "processor"):
            bare, flow = least[case, clock, "bare"], least[case, clock, "flow"]
            print(f"{case}, {clock}: bare {bare:.2f} s, a flow {flow:.2f} s: Prefect's share is {1 - bare / flow:.0%}")


if __name__ == "__main__":
    main()
