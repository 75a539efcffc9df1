"""Newsrooms on loopback that publish through a day and fail some requests, and a webhook that fails some, too."""

# ruff: noqa: S311

from __future__ import annotations

import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FAILING = 0.05
"""Of all requests."""
_FIRST = ("Harbour", "Tide", "Break", "Quay", "Storm", "Silver", "North", "Elm", "Raven", "Marsh", "Copper", "Amber")
_MIDDLE = ("line", "gate", "ford", "mere", "wick", "holm", "stead", "fell", "combe")
_LAST = ("", " Marine")
NAMES = [first + middle + last for last in _LAST for middle in _MIDDLE for first in _FIRST]
STORIES = (
    "Boat builder {name} said on {day} that its revenue came to {figure}.4 million euros in 2023.",
    "Boat builder {name} said on {day} that its revenue came to {figure}.6 million euros in 2024.",
    "Boat builder {name} said on {day} that it will no longer say how many boats it sells.",
)
"""What each newsroom publishes, one after the other."""
EVENTS = {("first_disclosed", "revenue"), ("stopped", "unit_sales")}
"""What becomes known by it, each once."""
_PAGE = (
    '<html lang="en"><head><title>{name}: {number}</title><meta name="date" content="{day}"></head><body><article>'
    "<h1>{name} on {day}, report {number}</h1><p>{text}</p></article></body></html>"
)


@dataclass
class Newsrooms:
    """What they publish when, and what was asked of them; the day lasts so many hours, each so many seconds."""

    count: int
    hours: float
    seconds_an_hour: float
    seed: int
    told: list[tuple[str, str, str]] = field(default_factory=list)
    """What the webhook took: the message's id, the event's headline, its link."""
    requests: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    _begun: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        chance = random.Random(self.seed)
        self.appears = [sorted(chance.uniform(0, self.hours) for _ in STORIES) for _ in range(self.count)]
        """By newsroom: the hours at which its stories appear."""

    @property
    def hour(self) -> float:
        return (time.monotonic() - self._begun) / self.seconds_an_hour

    def paths(self) -> list[str]:
        return [f"/s{number}/{story}" for number in range(self.count) for story in range(len(STORIES))]

    def app(self) -> Starlette:
        return Starlette(
            routes=[Route("/hook", self._hear, methods=["POST"]), Route("/{path:path}", self._answer, methods=["GET"])]
        )

    def install(self, root: Path, url: str) -> None:
        """Their source files, in three groups as by those who speak, and a watch list that wants everything."""
        for folder in ("sources", "watches"):
            (root / folder).mkdir()
        for number in range(self.count):
            speaker = ("company", "press", "wire")[number % 3]
            own = f'company = "{NAMES[number]}"\n' if speaker == "company" else ""
            (root / "sources" / f"s{number}.toml").write_text(
                f'name = "{NAMES[number]}"\nkind = "feed"\nurl = "{url}/s{number}"\n'
                f'authority = "{speaker}"\n{own}'
                "pace_seconds = 0\nconcurrency = 4\nallow_private = true\n"
            )
        hook = url.replace("http://", "json://") + "/hook"
        (root / "watches" / "all.toml").write_text(f'send_to = ["{hook}"]\n')

    def _fails(self, path: str) -> bool:
        """Whether this request is one of those that fail; the same ones for the same seed."""
        self.requests[path] += 1
        fails = random.Random(f"{self.seed} {path} {self.requests[path]}").random() < FAILING
        self.failed += fails
        return fails

    async def _hear(self, request: Request) -> Response:
        if self._fails("/hook"):
            return Response(status_code=503)
        for paragraph in json.loads(await request.body())["message"].split("\n\n"):
            headline, _, link, _ = paragraph.split("\n")
            self.told.append((request.headers["x-undisclosed-id"], headline, link))
        return Response(status_code=204)

    async def _answer(self, request: Request) -> Response:
        path = request.url.path
        if self._fails(path):
            return Response(status_code=random.Random(path).choice((500, 502, 503)))
        _, name, story = f"{path}/".split("/", 2)
        if not name[1:].isdigit():
            return Response(status_code=404)
        number = int(name[1:])
        if story:
            return Response(page(number, int(story.strip("/"))), media_type="text/html")
        there = sum(hour <= self.hour for hour in self.appears[number])
        if request.headers.get("if-none-match") == f'"{there}"':
            return Response(status_code=304)
        items = "".join(f"<item><link>/{name}/{story}</link></item>" for story in range(there))
        feed = f'<rss version="2.0"><channel>{items}</channel></rss>'
        return Response(feed, media_type="text/xml", headers={"etag": f'"{there}"'})


def page(number: int, story: int) -> str:
    """A newsroom's story, published today."""
    day = datetime.now(UTC).date().isoformat()
    text = STORIES[story].format(name=NAMES[number], day=day, figure=10 + number % 80)
    return _PAGE.format(name=NAMES[number], number=story, day=day, text=text)
