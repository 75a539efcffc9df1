"""What a run tells at its end: events to the Prefect server, alerts to who watches, tables of what it did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from prefect import Task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.tasks import exponential_backoff

from flows.alerts import Message, send_alerts, send_message
from flows.announce import CHANNEL, announce_events
from flows.failure import Failure
from flows.run import Run
from flows.show_news import headline
from flows.watches import read_watches
from warehouse import news
from warehouse.database import open_warehouse
from warehouse.health import claims_of_run

TRIES = 3
send = Task(
    send_message,
    name="send",
    retries=TRIES - 1,
    retry_delay_seconds=exponential_backoff(2),
    cache_policy=NO_CACHE,
)


def open_channels(run: Run) -> None:
    """Whoever is told from this run on: the Prefect server and the addresses of the watch lists, as they stand now."""
    watches, _ = read_watches(run.settings.watches)
    channels = [watch.channel(address) for watch in watches for address in watch.send_to]
    with open_warehouse(run.settings.warehouse) as db:
        news.open_channels(db, [CHANNEL, *channels], run.run_id)


async def tell_news(run: Run, send: Callable[[Message], None] = send) -> list[Failure]:
    """Emit and send what is news; what cannot be told is a failure of this run, and told by the next one."""
    failures = []
    try:
        await announce_events(run.settings)
    except Exception as error:  # whatever the server says, who watches is still told
        failures.append(Failure("prefect", "announce", f"{type(error).__name__}: {error}"))
    failures += await send_alerts(run.settings, send, datetime.now(UTC))
    await _publish_tables(run)
    return failures


async def _publish_tables(run: Run) -> None:
    with open_warehouse(run.settings.warehouse) as db:
        told = news.announced_by(db, run.run_id, run.settings.news_days)
        claims = claims_of_run(db, run.run_id)
    looked = []
    for source in run.sources:
        tally, (said, withheld) = run.tallies[source.id], claims.get(source.id, (0, 0))
        failed = [failure for failure in tally.failures if failure.outcome == "failed"]
        looked.append(
            {
                "source": source.id,
                "found": len(tally.found.candidates),
                "read": tally.loaded.articles,
                "claims": said,
                "withheld": withheld,
                "failed": len(failed),
                "first failure": str(failed[0]) if failed else "",
            }
        )
    events = [{"event": headline(each), "quote": each.quote or "", "link": each.url} for each in told]
    await acreate_table_artifact(looked, key="sources", description="What the run looked at, and what came of it")
    await acreate_table_artifact(events, key="new-events", description="What became known")
