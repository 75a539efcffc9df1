from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID
from xml.etree import ElementTree

import feedparser
import pytest

from flows.event_text import event_text
from flows.site.feeds import write_atom, write_json_feed
from tests.site.given import URL
from warehouse.database import open_warehouse
from warehouse.site import Row, read_events

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def events(warehouse: Path) -> list[Row]:
    with open_warehouse(warehouse, read_only=True) as db:
        return read_events(db)


def test_every_kind_of_event_has_a_line_of_its_own(events: list[Row]) -> None:
    kinds = {event["event"] for event in events}
    assert {"first_disclosed", "withheld", "fell_silent", "guidance_set", "guidance_cut"} <= kinds
    assert all(event_text(event).startswith(event["company"]) for event in events)


def test_an_atom_feed_reads_back_with_every_field(events: list[Row]) -> None:
    read = feedparser.parse(write_atom("All", "feeds/events.atom", events, URL))
    assert not read.bozo
    assert [entry.id for entry in read.entries] == [UUID(int=int(event["event_id"])).urn for event in events]
    assert [entry.title for entry in read.entries] == [event_text(event) for event in events]
    for entry, event in zip(read.entries, events, strict=True):
        assert entry.published.startswith(f"{event['known_at']:%Y-%m-%dT%H:%M:%S}")
        links = {link.rel: link.href for link in entry.links}
        assert links["alternate"].startswith(f"{URL}companies/")
        assert links.get("via") == (event["url"] if event["url"].startswith("http") else None)
        assert {tag.term for tag in entry.tags} == {event["event"], event["company"], event["metric"]}


def test_an_atom_feed_has_what_rfc_4287_asks_for(events: list[Row]) -> None:
    feed = ElementTree.fromstring(write_atom("All", "feeds/events.atom", events, URL))  # noqa: S314 (our own)
    for name in ("id", "title", "updated"):
        assert len(feed.findall(ATOM + name)) == 1
        assert all(len(entry.findall(ATOM + name)) == 1 for entry in feed.findall(f"{ATOM}entry"))
    assert feed.find(f"{ATOM}author") is not None
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) == len(events)


def test_a_json_feed_has_what_its_version_asks_for(events: list[Row]) -> None:
    feed = json.loads(write_json_feed("All", "feeds/events.json", events, URL))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in feed["items"]] == [UUID(int=int(event["event_id"])).urn for event in events]
    assert all(item["content_html"] and item["url"].startswith(URL) for item in feed["items"])
    assert not any("javascript:" in item.get("external_url", "") for item in feed["items"])


def test_a_feed_of_nothing_is_a_feed() -> None:
    assert not feedparser.parse(write_atom("None", "feeds/none.atom", [], URL)).bozo
    assert json.loads(write_json_feed("None", "feeds/none.json", [], URL))["items"] == []


def test_characters_that_xml_cannot_hold_cost_only_themselves(events: list[Row]) -> None:
    odd = {**events[0], "company": "A\x00c\x0bme", "quote": "a \ud800 b"}
    read = feedparser.parse(write_atom("All", "feeds/events.atom", [odd], URL))
    assert (read.bozo, read.entries[0].title.startswith("Acme")) == (False, True)
