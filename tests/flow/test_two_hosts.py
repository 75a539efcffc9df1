"""Prefect's server on PostgreSQL and two workers with homes of their own: what one that dies leaves, the other does.

It takes a minute or two: the server finds a run that was killed by its silence.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect.client.schemas.objects import FlowRun

from flows.settings import PROJECT
from tests.postgres import lacking, serving

from .test_deployed import Installation, holder_of, states_of, wait_for

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(bool(lacking()), reason=f"no PostgreSQL here: {lacking()}"),
]
HELD = "select url, company, metric, value_low, status_code from claims inner join pages using (page_id) order by all"
SILENCE_SECONDS = 45
"""A heartbeat comes each 30 s."""


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with serving() as postgres:
        url = postgres.make().replace("postgresql://", "postgresql+asyncpg://")
        one = Installation(tmp_path, PREFECT_SERVER_DATABASE_CONNECTION_URL=url, PREFECT_WORKER_QUERY_SECONDS="2")
        with one.process("prefect", "server", "start", "--port", str(one.port)):
            wait_for(lambda: True if one.client.api_healthcheck() is None else None, "server")
            one.call("prefect", "work-pool", "create", "local", "--type", "process")
            one.call("prefect", "deploy", "--all", "--no-prompt", "--prefect-file", str(without_schedules(tmp_path)))
            one.call("prefect", "automation", "create", "--from-file", str(quick_automations(tmp_path)))
            yield one


def without_schedules(folder: Path) -> Path:
    whole = yaml.safe_load((PROJECT / "prefect.yaml").read_text())
    for deployment in whole["deployments"]:
        deployment.pop("schedules", None)
    file = folder / "prefect.yaml"
    file.write_text(yaml.safe_dump(whole))
    return file


def quick_automations(folder: Path) -> Path:
    whole = yaml.safe_load((PROJECT / "deploy" / "automations.yaml").read_text())
    for automation in whole["automations"]:
        if "within" in automation["trigger"]:
            automation["trigger"]["within"] = SILENCE_SECONDS
    file = folder / "automations.yaml"
    file.write_text(yaml.safe_dump(whole))
    return file


def host(folder: Path) -> dict[str, str]:
    """Where a worker's own things stand; the installation's home is on a disk that both see."""
    folder.mkdir()
    return {"HOME": str(folder), "TMPDIR": str(folder), "PREFECT_HOME": str(folder / "prefect")}


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()[1])


def test_a_run_whose_host_dies_is_run_by_the_other_and_the_warehouse_ends_equal(
    installation: Installation, tmp_path: Path
) -> None:
    never = installation.folder / "inbox" / "zzz-never.txt"
    os.mkfifo(never)  # a read of it never ends

    def first(state: str) -> Any:
        def found() -> FlowRun | None:
            return next((run for run in installation.runs() if run.state_name == state), None)

        return found

    start = ("prefect", "worker", "start", "--pool", "local", "--type", "process")
    with (
        installation.process(*start, "--name", "one", **host(tmp_path / "one")) as one,
        installation.process(*start, "--name", "two", **host(tmp_path / "two")) as two,
    ):
        installation.call("prefect", "deployment", "run", "monitor/monitor")
        run = wait_for(first("Running"), "run")
        pid = wait_for(lambda: holder_of(run), "process")
        (dead,) = [worker for worker in (one, two) if worker.pid in (parent_of(pid), parent_of(parent_of(pid)))]
        dead.kill()
        os.kill(pid, signal.SIGKILL)
        never.unlink()
        done = wait_for(first("Completed"), "run that was completed")
        assert (done.id, done.run_count) == (run.id, 2)
        assert {"Crashed", "AwaitingRetry"} <= set(states_of(installation, run))
    after = installation.call("undisclosed", "query", "--format", "csv", HELD)
    installation.environment["UNDISCLOSED_HOME"] = str(tmp_path / "quiet")
    del installation.environment["PREFECT_API_URL"]
    installation.call("undisclosed", "monitor")
    assert "Xiaomi" in after
    assert installation.call("undisclosed", "query", "--format", "csv", HELD) == after
