"""A disclosure event is on the Prefect server once, whatever is killed; a look at the past puts none there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from flows import announce
from flows.announce import announce_events
from flows.backfill import backfill
from flows.monitor import monitor
from flows.replay import replay
from flows.settings import read_settings

from .conftest import Site

TODAY = datetime.now(UTC).date()
ARTICLE = (
    '<html lang="en"><head><meta name="date" content="{day}"></head><body><article><h1>Harbourline on {day}</h1>'
    "<p>Boat builder {company} said that its revenue came to 12.4 million euros in 2023. It will no longer say how "
    "many boats it sells.</p></article></body></html>"
)
pytestmark = pytest.mark.usefixtures("prefect")


def publish(site: Site, company: str, day: date) -> None:
    """A page of the site, and a sitemap of all its pages."""
    path = f"/{day:%Y/%m/%d}/{company.lower()}"
    site.answers[path] = HTMLResponse(ARTICLE.format(day=day, company=company))
    urls = "".join(f"<url><loc>{site.base_url}{path}</loc></url>" for path in site.answers if path.count("/") == 4)
    site.answers["/robots.txt"] = PlainTextResponse("")
    site.answers["/sitemap.xml"] = Response(
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>', media_type="application/xml"
    )


@pytest.fixture
def boats(home: Path, site: Site) -> Path:
    (home / "sources" / "boats.toml").write_text(
        f'name = "Boats"\nkind = "sitemap"\nurl = "{site.base_url}/sitemap.xml"\nauthority = "press"\n'
        "pace_seconds = 0\nallow_private = true\n"
    )
    return home


async def emitted() -> list[tuple[str, str]]:
    """Our events on the server: what happened, and to whom."""
    async with get_client() as client:
        asked = {"filter": {"event": {"prefix": ["disclosures."]}}}
        answer = await client.request("POST", "/events/filter", json=asked)
        return sorted((each["event"], each["resource"]["prefect.resource.id"]) for each in answer.json()["events"])


def of(company: str, events: list[tuple[str, str]]) -> list[str]:
    return [event for event, resource in events if resource == f"disclosures.company.{company}"]


async def table(key: str) -> Any:
    async with get_client() as client:
        found = await client.read_artifacts(artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=[key])))
        return max(found, key=lambda artifact: str(artifact.created)).data


async def test_a_run_emits_what_became_known_and_tells_what_it_did(boats: Path, site: Site) -> None:
    publish(site, "Harbourline", TODAY)
    assert (await monitor(return_state=True)).name == "Completed"
    assert of("harbourline", await emitted()) == ["disclosures.first_disclosed", "disclosures.stopped"]
    events = await table("new-events")
    assert "Harbourline no longer discloses unit sales" in events
    assert "It will no longer say how many boats it sells." in events
    assert '"source": "boats", "found": 1, "read": 1, "claims": 2, "withheld": 1, "failed": 0' in await table("sources")

    assert (await monitor(return_state=True)).name == "Completed"
    await replay(again=True, return_state=True)
    assert len(of("harbourline", await emitted())) == 2


async def test_the_past_is_no_news(boats: Path, site: Site) -> None:
    publish(site, "Tidewater", TODAY - timedelta(days=40))
    publish(site, "Breakwater", TODAY - timedelta(days=1))
    await backfill(["boats"], TODAY - timedelta(days=60), return_state=True)
    await monitor(return_state=True)
    assert [of(company, await emitted()) for company in ("tidewater", "breakwater")] == [[], []]


async def test_what_a_killed_run_had_emitted_is_not_emitted_again(
    boats: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise RuntimeError("killed")

    publish(site, "Quayside", TODAY)
    monkeypatch.setattr(announce, "record_deliveries", killed)
    assert (await monitor(return_state=True)).name == "Failed"
    monkeypatch.undo()
    monkeypatch.setenv("UNDISCLOSED_HOME", str(boats / "home"))

    posted: list[Any] = []
    request = PrefectClient.request

    async def watched(self: PrefectClient, method: Any, path: Any, **how: Any) -> Any:
        posted.extend([how["json"]] if path == "/events" else [])
        return await request(self, method, path, **how)

    monkeypatch.setattr(PrefectClient, "request", watched)
    assert await announce_events(read_settings()) == 2
    assert await announce_events(read_settings()) == 0
    assert posted == []
    assert len(of("quayside", await emitted())) == 2
