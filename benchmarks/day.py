"""A day of an installation, its clock scaled: `python benchmarks/day.py [--sources 200] [--seconds-an-hour 60]`.

With `--postgres` the Prefect server keeps its state in PostgreSQL, as where many runs are on at once, else in SQLite.

Each newsroom is looked at each hour, by the deployment `monitor` with its three schedules, on a real Prefect server and
a real worker. The server is killed twice and the worker ten times, as often as not with the runs that it runs, at hours
that the seed decides, and started again as systemd would; one request in twenty fails. At the end every article must
stand in the warehouse once, every event must have been told once, and no process may have grown. Ends with 1 where
anything is not so, and says what.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import httpx
import yaml
from hosts import Host, Kept
from newsrooms import EVENTS, NAMES, Newsrooms
from processes import BIN, clean_environment, free_port, wait_until

from flows.newsroom.server import serve_app
from flows.settings import PROJECT
from tests.postgres import serving

SERVER_DEATHS, WORKER_DEATHS = 2, 10
PATIENCE_HOURS = 10
"""After the day is over, what is missing may take so long to come in, in scaled hours."""
GROWTH = 1.15
"""A process that is larger by more at the end than in the middle has grown."""


def declared(root: Path, seconds_an_hour: float) -> Path:
    """prefect.yaml with the monitor alone, each of its schedules due once a scaled hour, one after the other."""
    whole = yaml.safe_load((PROJECT / "prefect.yaml").read_text())
    (monitor,) = whole["deployments"] = [each for each in whole["deployments"] if each["name"] == "monitor"]
    del monitor["triggers"]
    # What was killed keeps its place for a few scaled hours, where it would for minutes.
    monitor["concurrency_limit"]["limit"] = 9
    now = datetime.now(UTC).replace(microsecond=0)
    for number, schedule in enumerate(monitor["schedules"]):
        del schedule["cron"]
        schedule["interval"] = seconds_an_hour
        schedule["anchor_date"] = (now + timedelta(seconds=number * seconds_an_hour / 3)).isoformat()
    file = root / "prefect.yaml"
    file.write_text(yaml.safe_dump(whole))
    return file


def automations(root: Path) -> Path:
    """Those of an installation, as quick to find a run that never began as one that has fallen silent."""
    whole = yaml.safe_load((PROJECT / "deploy" / "automations.yaml").read_text())
    for automation in whole["automations"]:
        if "within" in automation["trigger"]:
            automation["trigger"]["within"] = min(90, automation["trigger"]["within"])
    file = root / "automations.yaml"
    file.write_text(yaml.safe_dump(whole))
    return file


def plan(seed: int, hours: float) -> list[tuple[float, str, bool]]:
    """When what dies, and whether it takes its children along; nothing in the last quarter of the day."""
    chance = random.Random(seed)  # noqa: S311
    until = 0.75 * hours
    deaths = []
    for name, count in (("worker", WORKER_DEATHS), ("server", SERVER_DEATHS)):
        count = max(1, round(count * hours / 24))
        step = (until - 1) / count
        deaths += [
            (1 + (number + chance.random()) * step, name, name == "server" or number % 2 == 0)
            for number in range(count)
        ]
    return sorted(deaths)


def live(host: Host, newsrooms: Newsrooms, deaths: list[tuple[float, str, bool]]) -> None:
    """The day, hour by hour, and then as long as it takes until all is in."""
    told, due = 0, list(deaths)
    while newsrooms.hour < newsrooms.hours + PATIENCE_HOURS:
        host.watch(newsrooms.hour)
        while due and due[0][0] <= newsrooms.hour:
            _, name, whole = due.pop(0)
            host.kill(name, whole=whole)
        if newsrooms.hour >= told:
            held = len(articles(host.root))
            print(f"hour {told:2}: {held} articles, {len(newsrooms.told)} events told; {host.sizes()}", flush=True)
            told += 1
            everything = len(newsrooms.paths()), newsrooms.count * len(EVENTS)
            if newsrooms.hour >= newsrooms.hours and (held, len({each[1:] for each in newsrooms.told})) == everything:
                return
        time.sleep(0.5)


def rows(root: Path, sql: str) -> list[tuple[Any, ...]]:
    path = root / "home" / "undisclosed.duckdb"
    if not path.exists():
        return []
    with duckdb.connect(str(path), read_only=True) as db:
        return db.execute(sql).fetchall()


def articles(root: Path) -> list[tuple[Any, ...]]:
    return rows(root, "select url from pages inner join articles using (page_id)")


def faults(host: Host, newsrooms: Newsrooms, api: str, url: str) -> Iterator[str]:
    """The reckoning: everything that is not as it should be."""
    held = Counter(path for (path,) in articles(host.root))
    planned = {url + path for path in newsrooms.paths()}
    yield from (f"is missing: {path}" for path in planned - held.keys())
    yield from (f"was never published: {path}" for path in held.keys() - planned)
    yield from (f"stands {count} times: {path}" for path, count in held.items() if count > 1)
    announced = rows(host.root, "select company, event_code, metric, announcement_id::varchar from announcements")
    known = Counter(row[:3] for row in announced)
    expected = {(name, *event) for name in NAMES[: newsrooms.count] for event in EVENTS}
    yield from (f"is no event: {event}" for event in expected - known.keys())
    yield from (f"is an event {known[event]} times: {event}" for event in known if known[event] > (event in expected))
    messages = {(headline, link): set[str]() for _, headline, link in newsrooms.told}
    for message_id, headline, link in newsrooms.told:
        messages[headline, link].add(message_id)
    yield from (f"was told in {len(ids)} messages: {event}" for event, ids in messages.items() if len(ids) > 1)
    if len(messages) != len(expected):
        yield f"{len(messages)} events were told of {len(expected)}"
    emitted = Counter(emitted_events(api))
    yield from (f"is not on the Prefect server: {row}" for row in announced if row[3] not in emitted)
    yield from (f"is {count} times on the Prefect server: {id_}" for id_, count in emitted.items() if count > 1)
    yield from host.grown(GROWTH)


def emitted_events(api: str) -> Iterator[str]:
    """The ids of our events, as the Prefect server tells them."""
    asked = {"filter": {"event": {"prefix": ["disclosures."]}}, "limit": 50}
    answer = httpx.post(f"{api}/events/filter", json=asked, timeout=300).json()
    while True:
        yield from (event["id"] for event in answer["events"])
        if not answer["next_page"]:
            return
        answer = httpx.get(answer["next_page"], timeout=60).json()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--seconds-an-hour", type=float, default=60)
    parser.add_argument("--hours", type=float, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    port = free_port()
    api = f"http://127.0.0.1:{port}/api"
    with tempfile.TemporaryDirectory() as folder, serving() if given.postgres else nullcontext() as postgres:
        root = Path(folder)
        environment = clean_environment(root / "prefect") | {
            "UNDISCLOSED_HOME": f"{root}/home",
            "UNDISCLOSED_SOURCES": f"{root}/sources",
            "UNDISCLOSED_WATCHES": f"{root}/watches",
            "PREFECT_API_URL": api,
            "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "5",
            "PREFECT_WORKER_QUERY_SECONDS": "2",
        }
        if postgres:
            url = postgres.make().replace("postgresql://", "postgresql+asyncpg://")
            environment["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = url
        server = Kept("server", (BIN / "prefect", "server", "start", "--port", str(port)))
        worker = Kept("worker", (BIN / "prefect", "worker", "start", "--pool", "local", "--type", "process"))
        with Host(root, environment) as host:
            host.keep(server)
            wait_until(lambda: httpx.get(f"{api}/health").is_success, root / "server.log")
            for command in (
                ("work-pool", "create", "local", "--type", "process"),
                ("automation", "create", "--from-file", str(automations(root))),
                ("deploy", "--all", "--no-prompt", "--prefect-file", str(declared(root, given.seconds_an_hour))),
            ):
                host.call("prefect", *command)
            newsrooms = Newsrooms(given.sources, given.hours, given.seconds_an_hour, given.seed)
            with serve_app(newsrooms.app()) as url:
                newsrooms.install(root, url)
                host.keep(worker)
                deaths = plan(given.seed, given.hours)
                live(host, newsrooms, deaths)
                states = Counter(run["state_name"] for run in runs(api))
                wrong = list(faults(host, newsrooms, api, url))
            ids = Counter(message for message, *_ in newsrooms.told)
            twice = Counter(newsrooms.told)
            print(
                f"{given.sources} sources, {len(newsrooms.paths())} articles, {len(set(newsrooms.told))} events in "
                f"{len(ids)} messages ({sum(count > 1 for count in twice.values())} of them came again, by their id), "
                f"{sum(newsrooms.requests.values())} requests, {newsrooms.failed} of which failed; "
                f"deaths: {dict(host.deaths)}; runs: {dict(states)}"
            )
            print(host.memory())
    for fault in wrong[:50]:
        print(f"WRONG: {fault}")
    print(f"{len(wrong)} faults" if wrong else "all as it should be")
    return 1 if wrong else 0


def runs(api: str) -> Iterator[dict[str, Any]]:
    """The runs that were due until now."""
    offset = 0
    while True:
        asked = {"offset": offset, "flow_runs": {"expected_start_time": {"before_": datetime.now(UTC).isoformat()}}}
        page = httpx.post(f"{api}/flow_runs/filter", json=asked, timeout=300).json()
        yield from page
        offset += len(page)
        if len(page) < 200:
            return


if __name__ == "__main__":
    sys.exit(main())
