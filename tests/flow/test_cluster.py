"""A replay and a backfill on a Dask cluster, a scheduler and two workers: they leave what one process would."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path

import pytest
from starlette.responses import HTMLResponse, Response

from flows.backfill import backfill
from flows.replay import replay
from flows.settings import PROJECT, SettingsError
from flows.workers import WorkerError, Workers, open_workers

from .conftest import Site, rows

distributed = pytest.importorskip("distributed", reason="the extra `dask` is not installed")
pytestmark = [pytest.mark.usefixtures("prefect"), pytest.mark.timeout(300)]
DAYS = [date(2023, month, day) for month in (1, 2, 3) for day in range(1, 21)]
ARTICLE = (
    '<html lang="en"><head><meta name="date" content="{day}"></head><body><article>'
    "<p>Boat builder Harbourline said that its revenue came to {day.month}2.{day.day} million euros in 2022.</p>"
    "</article></body></html>"
)
CLAIMS = "select url, company, metric, value_low from claims inner join pages using (page_id) order by all"


@contextmanager
def process(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """One of Dask's, which ends with the block."""
    dask = [sys.executable, "-W", "ignore", "-m", "distributed.cli." + command[0], *command[1:]]
    environment = os.environ | {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    one = subprocess.Popen(dask, env=environment, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield one
    finally:
        one.send_signal(signal.SIGTERM)
        one.wait(30)


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The setting names a scheduler; gives its two workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    own = ("--local-directory", str(tmp_path / "dask"))
    here = ("--host", "127.0.0.1", "--no-dashboard", "--nthreads", "1", "--no-nanny", *own)
    with ExitStack() as stack:
        stack.enter_context(process("dask_scheduler", "--host", address, "--no-dashboard", "--no-show"))
        workers = [stack.enter_context(process("dask_worker", address, *here)) for _ in range(2)]
        client = distributed.Client(address, timeout=60, set_as_default=False)
        client.wait_for_workers(2, timeout=60)
        client.close()
        monkeypatch.setenv("UNDISCLOSED_DASK", address)
        yield workers


@pytest.fixture
def boats(home: Path, site: Site) -> Path:
    urls = ""
    for day in DAYS:
        site.answers[f"/{day:%Y/%m/%d}/boats"] = HTMLResponse(ARTICLE.format(day=day))
        urls += f"<url><loc>{site.base_url}/{day:%Y/%m/%d}/boats</loc></url>"
    site.answers["/map"] = Response(f"<urlset>{urls}</urlset>")
    (home / "sources" / "boats.toml").write_text(
        f'name = "Boats"\nkind = "sitemap"\nurl = "{site.base_url}/map"\nauthority = "press"\n'
        "pace_seconds = 0\nallow_private = true\n"
    )
    return home


async def test_a_cluster_reads_the_past_and_again_though_one_of_it_dies(
    boats: Path, cluster: list[subprocess.Popen[bytes]]
) -> None:
    assert (await backfill(["boats"], DAYS[0], DAYS[-1], return_state=True)).name == "Completed"
    first = rows(boats, CLAIMS)
    assert len(first) == len(DAYS)
    cluster[0].kill()
    again = await replay(again=True, return_state=True)
    assert (again.name, (await again.aresult()).pages) == ("Completed", {"same": len(DAYS)})
    assert rows(boats, CLAIMS) == first


async def test_work_that_ends_the_process_that_tries_it_is_told_and_the_others_go_on(
    cluster: list[subprocess.Popen[bytes]],
) -> None:
    with open_workers() as workers:
        assert workers.count == len(cluster)
        with pytest.raises(WorkerError):
            await workers.do(os._exit, 1)
        assert await workers.do(os.getpid) in [worker.pid for worker in cluster]


async def test_a_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.cluster.CONNECT_SECONDS", 1)
    with pytest.raises(SettingsError, match="no scheduler is there"):
        Workers(1, cluster="tcp://127.0.0.1:9")
