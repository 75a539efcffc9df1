"""Events as Atom and as JSON Feed; an event's id is the warehouse's own, so that a reader shows it once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from feedgen.feed import FeedGenerator
from markupsafe import Markup, escape

from flows.event_text import event_text
from flows.site.pages import is_web
from flows.site.slugs import slug_of
from warehouse.site import Row

LENGTH = 50
"""Events in a feed."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def write_atom(title: str, path: str, events: Sequence[Row], site_url: str) -> bytes:
    """An Atom feed (RFC 4287) that stands at a path of the site."""
    feed = FeedGenerator()
    feed.id(site_url + path)
    feed.title(title)
    feed.link(href=site_url + path, rel="self")
    feed.link(href=site_url + "changes.html", rel="alternate")
    feed.author(name="Undisclosed")
    feed.generator("Undisclosed")
    feed.updated(max((event["first_recorded_at"] for event in events), default=_EPOCH))
    for event in events:
        entry = feed.add_entry(order="append")
        entry.id(f"urn:uuid:{event['event_id']}")
        entry.title(_clean(event_text(event)))
        entry.published(event["known_at"])
        entry.updated(event["first_recorded_at"])
        entry.link(href=_page_of(event, site_url), rel="alternate")
        if is_web(event["url"]):
            entry.link(href=_clean(event["url"]), rel="via")
        entry.content(_clean(str(_html(event))), type="html")
        for term in (event["event"], event["company"], event["metric"]):
            entry.category(term=_clean(term))
    return bytes(feed.atom_str(pretty=True))


def write_json_feed(title: str, path: str, events: Sequence[Row], site_url: str) -> str:
    """A JSON Feed (version 1.1) that stands at a path of the site."""
    items = [
        {
            "id": f"urn:uuid:{event['event_id']}",
            "url": _page_of(event, site_url),
            **({"external_url": event["url"]} if is_web(event["url"]) else {}),
            "title": event_text(event),
            "content_html": str(_html(event)),
            "date_published": event["known_at"].isoformat(),
            "date_modified": event["first_recorded_at"].isoformat(),
            "tags": [event["event"], event["company"], event["metric"]],
        }
        for event in events
    ]
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": site_url + "changes.html",
        "feed_url": site_url + path,
        "authors": [{"name": "Undisclosed"}],
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _page_of(event: Row, site_url: str) -> str:
    return f"{site_url}companies/{slug_of(event['company'])}.html#{event['event_id']}"


def _html(event: Row) -> Markup:
    """The event's sentence, and where it stands."""
    quote = Markup("<blockquote>{}</blockquote>").format(event["quote"]) if event["quote"] else Markup()
    shown = event["title"] or event["url"] or ""
    place = Markup('<a href="{}">{}</a>').format(event["url"], shown) if is_web(event["url"]) else escape(shown)
    return quote + Markup("<p>{}</p>").format(place)


def _clean(text: str) -> str:
    """Without the characters that XML has no way to write."""
    return "".join(char for char in text if char in "\t\n\r" or (ord(char) >= 32 and not 0xD800 <= ord(char) < 0xE000))
