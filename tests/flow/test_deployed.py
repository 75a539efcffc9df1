"""The deployments on a real Prefect server: run by their schedule, by hand, by an automation; a killed run is found.

It takes a minute or two, most of it Prefect's own start-up and the time after which a silent run counts as killed.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import pytest
import yaml
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import PrefectHTTPStatusError
from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL, temporary_settings

from flows.settings import PROJECT

BIN = Path(sys.executable).parent
T = TypeVar("T")
PASSWORD = "desk:open sesame"  # noqa: S105 (of the test's own server)
pytestmark = pytest.mark.timeout(600)


def wait_for(found: Callable[[], T | None], what: str, seconds: float = 300) -> T:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if (it := found()) is not None:
            return it
        time.sleep(0.5)
    raise AssertionError(f"no {what} in {seconds} s")


class Installation:
    """An installation with one source, a folder, and a Prefect server of its own."""

    def __init__(self, folder: Path, **environment: str) -> None:
        """`environment`: of the server, and of all others."""
        self.folder = folder
        for name in ("sources", "inbox"):
            (folder / name).mkdir()
        source = 'name = "Inbox"\nkind = "folder"\nurl = "inbox"\nauthority = "press"\n'
        (folder / "sources" / "inbox.toml").write_text(source)
        golden = PROJECT / "tests" / "golden" / "xiaomi_retold" / "article.txt"
        (folder / "inbox" / "xiaomi.txt").write_bytes(golden.read_bytes())
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        url = f"http://127.0.0.1:{self.port}/api"
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")} | {
            "UNDISCLOSED_HOME": str(folder / "home"),
            "UNDISCLOSED_SOURCES": str(folder / "sources"),
            "PREFECT_HOME": str(folder / "prefect"),
            "PREFECT_API_URL": url,
            "PREFECT_SERVER_API_AUTH_STRING": PASSWORD,
            "PREFECT_API_AUTH_STRING": PASSWORD,
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            **environment,
        }
        with temporary_settings({PREFECT_API_URL: url, PREFECT_API_AUTH_STRING: PASSWORD}):
            self.client: SyncPrefectClient = get_client(sync_client=True)
        with temporary_settings({PREFECT_API_URL: url, PREFECT_API_AUTH_STRING: None}):
            self.stranger: SyncPrefectClient = get_client(sync_client=True)

    def call(self, *command: str) -> str:
        done = subprocess.run(
            [BIN / command[0], *command[1:]], env=self.environment, cwd=PROJECT, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        return done.stdout

    @contextmanager
    def process(self, *command: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
        """A process that ends with the block; `environment`: its own, beside the installation's."""
        with (self.folder / f"{'-'.join(command[:2])}.log").open("ab") as log:
            process = subprocess.Popen(
                [BIN / command[0], *command[1:]],
                env=self.environment | environment,
                cwd=PROJECT,
                stdout=log,
                stderr=log,
            )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()
            process.wait()

    def runs(self) -> list[FlowRun]:
        return self.client.read_flow_runs(limit=100)

    def run_of(self, way: str, state: str = "Completed") -> Callable[[], FlowRun | None]:
        """The first run that came about in a way (CREATED, AUTOMATION, SCHEDULE) and is in a state."""

        def found() -> FlowRun | None:
            of_it = [run for run in self.runs() if way_of(run) == way and run.state_name == state]
            return of_it[0] if of_it else None

        return found


def way_of(run: FlowRun) -> str:
    if run.auto_scheduled:
        return "SCHEDULE"
    return str(run.created_by.type) if run.created_by else "CREATED"


def declared(folder: Path) -> Path:
    """prefect.yaml, with the schedule of the press due each minute and no other, and room for all on a slow machine."""
    whole = yaml.safe_load((PROJECT / "prefect.yaml").read_text())
    for deployment in whole["deployments"]:
        deployment["concurrency_limit"]["limit"] = 20
        for schedule in deployment.get("schedules", ()):
            schedule |= {"active": schedule["slug"] == "press", "cron": "* * * * *"}
    file = folder / "prefect.yaml"
    file.write_text(yaml.safe_dump(whole))
    return file


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A server, and every deployment on it."""
    one = Installation(tmp_path_factory.mktemp("deployed"), PREFECT_SERVER_METRICS_ENABLED="true")
    with one.process("prefect", "server", "start", "--port", str(one.port)):
        wait_for(lambda: True if one.client.api_healthcheck() is None else None, "server")
        one.call("prefect", "work-pool", "create", "local", "--type", "process")
        one.call("prefect", "deploy", "--all", "--no-prompt", "--prefect-file", str(declared(one.folder)))
        one.call("prefect", "automation", "create", "--from-file", "deploy/automations.yaml")
        yield one


def holder_of(run: FlowRun) -> int | None:
    """The process that a run runs in."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"PREFECT__FLOW_RUN_ID={run.id}".encode() in (folder / "environ").read_bytes():
                return int(folder.name)
    return None


def states_of(installation: Installation, run: FlowRun) -> list[str | None]:
    """Every state that a run was in."""
    return [state.name for state in installation.client.read_flow_run_states(run.id)]


def test_who_has_no_password_is_told_nothing(installation: Installation) -> None:
    with pytest.raises(PrefectHTTPStatusError, match="401"):
        installation.stranger.read_flow_runs()


def test_the_server_tells_its_metrics_to_prometheus(installation: Installation) -> None:
    told = installation.client.request("GET", "/metrics").text
    assert "# TYPE process_resident_memory_bytes gauge" in told


def test_a_worker_runs_what_is_due_what_is_asked_for_and_what_an_event_asks_for(installation: Installation) -> None:
    with installation.process("prefect", "worker", "start", "--pool", "local"):
        installation.call("prefect", "deployment", "run", "monitor/monitor")
        emitted = ("disclosures.fell_silent", "--resource-id", "disclosures.company.acme")
        installation.call("prefect", "events", "emit", *emitted)
        for way in ("SCHEDULE", "CREATED", "AUTOMATION"):
            run = wait_for(installation.run_of(way), f"run of the kind {way}")
            assert "undisclosed" in run.tags
    assert "Xiaomi" in installation.call("undisclosed", "query", "select company from claims")


def test_one_process_serves_them_all_and_a_run_that_was_killed_frees_its_place(installation: Installation) -> None:
    os.mkfifo(installation.folder / "inbox" / "never.txt")  # a read of it never ends
    seen = {run.id for run in installation.runs()}

    def running() -> FlowRun | None:
        return next((run for run in installation.runs() if run.id not in seen and run.state_name == "Running"), None)

    def state(run: FlowRun) -> Any:
        return installation.client.read_flow_run(run.id).state_name

    with installation.process("undisclosed", "serve", "--now") as server:
        run = wait_for(running, "run")
        pid = wait_for(lambda: holder_of(run), "process")
        server.kill()  # or it would tell itself
        os.kill(pid, signal.SIGKILL)
    (installation.folder / "inbox" / "never.txt").unlink()
    assert state(run) == "Running"
    wait_for(lambda: "Crashed" in states_of(installation, run) or None, "crash")
    with installation.process("undisclosed", "serve", "--now"):
        seen |= {run.id}
        wait_for(
            lambda: next((r for r in installation.runs() if r.id not in seen and r.state_name == "Completed"), None),
            "run",
        )
