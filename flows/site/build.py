"""Bring a site up to date with the published warehouse: only what changed is made again."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from extractors.lexicon import read_metrics
from flows.site.assets import built_assets
from flows.site.board import board_of, latest_only
from flows.site.feeds import LENGTH, write_atom, write_json_feed
from flows.site.files import SiteFolder
from flows.site.pages import columns_of, embedded, json_file, render
from flows.site.questions import browser_questions
from flows.site.slugs import slug_of
from warehouse.database import Connection
from warehouse.exports import PACKAGE, described_tables, write_exports
from warehouse.site import (
    Row,
    read_cells,
    read_companies,
    read_events,
    read_health,
    read_metric_states,
    read_silences,
    read_stamp,
    read_words,
)

NEWEST = 300
"""Events on the page of what changed."""
FIRST_VIEW = 24
"""Periods that the board shows before the rest of its data has come."""
CHUNK = 50
"""Companies whose statements are held in memory at one time."""
_RECORD = "site.json"
_WORD = (
    "metric", "scope", "basis", "measure", "status", "period", "cadence", "first_day", "last_day", "low", "high",
    "unit", "is_approx", "is_own", "known_on", "known_until", "quote", "title", "url", "source_id", "confidence",
    "claim_id",
)  # fmt: skip
_SILENCE = (
    "metric",
    "scope",
    "period",
    "first_day",
    "last_day",
    "last_period",
    "known_on",
    "cleared_on",
    "title",
    "url",
)


@dataclass(frozen=True)
class Built:
    """What a build has done."""

    companies: int
    """Company pages made or made again."""
    written: Sequence[str]
    """Files that differ from before, relative to the site."""


@dataclass(frozen=True)
class Site:
    """A build under way."""

    db: Connection
    folder: SiteFolder
    url: str
    """Where the site will stand, with a slash at its end: feeds need whole addresses."""
    known_on: str

    def page(self, template: str, at: str, **shown: object) -> None:
        """Render a page and put it in its place."""
        self.folder.write(at, render(template, at, known_on=self.known_on, **shown))

    def feed(self, title: str, name: str, events: Sequence[Row]) -> None:
        """Both feeds of some events, `feeds/NAME.atom` and `.json`."""
        newest = events[:LENGTH]
        self.folder.write(f"feeds/{name}.atom", write_atom(title, f"feeds/{name}.atom", newest, self.url))
        self.folder.write(f"feeds/{name}.json", write_json_feed(title, f"feeds/{name}.json", newest, self.url))


def build_site(
    db: Connection,
    root: Path,
    url: str,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Built:
    """Make the site of the published warehouse in the folder `root`; what did not change is left alone.

    A build that is stopped leaves whole files; the next one goes on. Raises OSError and WarehouseError.
    """
    before = _record(root)
    maker = code_digest()
    stamp = hashlib.sha256(f"{maker}{url}{read_stamp(db)}".encode()).hexdigest()
    if before.get("stamp") == stamp:
        return Built(0, ())
    companies = read_companies(db)
    known_on = str(max((row["known_on"] for row in companies), default=""))
    site = Site(db, SiteFolder(root), url, known_on)
    marks = {row["company"]: f"{maker[:12]}{row['mark']}" for row in companies}
    held = before.get("companies", {}) if before.get("url") == url else {}
    changed = [row for row in companies if held.get(row["company"]) != marks[row["company"]]]
    site.folder.remove(_RECORD)  # until the end the site is not known to be of one piece
    _write_companies(site, changed, progress)
    for gone in held.keys() - marks.keys():
        for name in (f"companies/{slug_of(gone)}.html", *_feed_files(f"companies/{slug_of(gone)}")):
            site.folder.remove(name)
    _write_metrics(site)
    _write_pages(site, companies)
    _write_exports(site)
    for name, data in built_assets().items():
        site.folder.write(f"assets/{name}", data)
    site.folder.write(_RECORD, json_file({"stamp": stamp, "url": url, "companies": marks}))
    return Built(len(changed), tuple(site.folder.written))


def _write_companies(site: Site, rows: Sequence[Row], progress: Callable[[int, int], None]) -> None:
    for start in range(0, len(rows), CHUNK):
        chunk = {row["company"]: row for row in rows[start : start + CHUNK]}
        missing, events = read_silences(site.db, list(chunk)), defaultdict(list)
        for event in read_events(site.db, list(chunk)):
            events[event["company"]].append(event)
        for company, words in read_words(site.db, list(chunk)):
            _write_company(site, chunk[company], words, missing.get(company, []), events[company])
        progress(start + len(chunk), len(rows))


def _write_company(site: Site, row: Row, words: Sequence[Row], missing: Sequence[Row], events: Sequence[Row]) -> None:
    slug = slug_of(row["company"])
    shown = {
        "names": {name: metric["name"] for name, metric in read_metrics().items()},
        "word_fields": _WORD, "words": columns_of(words, _WORD),
        "silence_fields": _SILENCE, "silences": columns_of(missing, _SILENCE),
    }  # fmt: skip
    site.page("company.html", f"companies/{slug}.html", company=row, events=events, data=embedded(shown))
    site.feed(f"Undisclosed: {row['company']}", f"companies/{slug}", events)


def _write_metrics(site: Site) -> None:
    known, events = read_metrics(), defaultdict(list)
    for event in read_events(site.db, limit_by_metric=LENGTH):
        events[event["metric"]].append(event)
    shown = []
    for metric, states in read_metric_states(site.db).items():
        named = {"id": metric, "name": known.get(metric, {}).get("name", metric.replace("_", " "))}
        told = sum(row["state"] == "disclosed" for row in states)
        site.page("metric.html", f"metrics/{metric}.html", metric=named, states=states, told=told)
        site.feed(f"Undisclosed: {named['name']}", f"metrics/{metric}", events[metric])
        shown.append((named, states))
    site.page("metrics.html", "metrics.html", metrics=shown)
    _write_boards(site, [metric for metric, _ in sorted(shown, key=lambda one: -len(one[1]))])


def _write_boards(site: Site, metrics: Sequence[Mapping[str, str]]) -> None:
    first: object = ""
    for metric, cells in read_cells(site.db):
        board = board_of(site.db, metric, cells)
        site.folder.write(f"data/board/{metric}.json", json_file(board))
        if metric == metrics[0]["id"]:
            first = embedded(latest_only(board, FIRST_VIEW))
    site.page("board.html", "index.html", metrics=metrics, data=first)


def _write_pages(site: Site, companies: Sequence[Row]) -> None:
    events = read_events(site.db, limit=NEWEST)
    kinds = sorted({event["event"] for event in events})
    site.page("changes.html", "changes.html", events=events, kinds=kinds)
    site.feed("Undisclosed: what changed", "events", events)
    site.page("sources.html", "sources.html", sources=read_health(site.db))
    site.page("method.html", "method.html", accuracy=_accuracy())
    tables = [
        {"name": name, "path": f"exports/{name}.parquet", "description": about, "schema": {"fields": fields}}
        for name, (about, fields) in described_tables(site.db).items()
    ]
    asked = browser_questions()
    shown = {"questions": {one["name"]: one["sql"] for one in asked}, "tables": [one["name"] for one in tables]}
    site.page("ask.html", "ask.html", questions=asked, tables=tables, data=embedded(shown))
    found = [[row["company"], f"companies/{slug_of(row['company'])}.html"] for row in companies]
    found += [[metric["name"], f"metrics/{name}.html"] for name, metric in read_metrics().items()]
    site.folder.write("data/search.json", json_file(found))


def _write_exports(site: Site) -> None:
    with tempfile.TemporaryDirectory(dir=site.folder.root, prefix=".exports.") as made:
        files = write_exports(site.db, Path(made))
        # a DuckDB file is never twice the same: while all that it is made of is, the one of before stands
        if not site.folder.holds(Path(made) / PACKAGE, f"exports/{PACKAGE}"):
            for file in files:
                site.folder.take(file, f"exports/{file.name}")


def _feed_files(name: str) -> Iterator[str]:
    return (f"feeds/{name}.{kind}" for kind in ("atom", "json"))


def _record(root: Path) -> dict[str, Any]:
    try:
        found = json.loads((root / _RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


@cache
def code_digest() -> str:
    """Another whenever the pages might be made otherwise: of the code, its templates and assets, and metrics' names."""
    digest = hashlib.sha256()
    for folder in (files("flows"), files("warehouse"), files("extractors") / "data" / "metrics"):
        for file in sorted(Path(str(folder)).rglob("*")):
            if file.is_file() and "node_modules" not in file.parts and "__pycache__" not in file.parts:
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def _accuracy() -> dict[str, Any]:
    found = json.loads((files("flows.site") / "accuracy.json").read_text(encoding="utf-8"))
    return dict(found)
