"""Events as Atom and as JSON Feed; an event's id is the warehouse's own, so that a reader shows it once."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from markupsafe import Markup, escape

from flows.event_text import event_text
from flows.site.pages import is_web, render
from flows.site.slugs import slug_of
from warehouse.site import Row

LENGTH = 50
"""Events in a feed."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_atom(title: str, path: str, events: Sequence[Row], site_url: str) -> str:
    """An Atom feed (RFC 4287) that stands at a path of the site."""
    updated = max((event["first_recorded_at"] for event in events), default=_EPOCH)
    entries = [_entry(event, site_url) for event in events]
    feed = render("events.atom", path, path=path, title=title, site_url=site_url, updated=updated, entries=entries)
    return _NOT_IN_XML.sub("", feed)


def write_json_feed(title: str, path: str, events: Sequence[Row], site_url: str) -> str:
    """A JSON Feed (version 1.1) that stands at a path of the site."""
    items = [
        {
            "id": entry["id"],
            "url": entry["page"],
            **({"external_url": entry["source"]} if entry["source"] else {}),
            "title": entry["title"],
            "content_html": str(entry["html"]),
            "date_published": entry["event"]["known_at"].isoformat(),
            "date_modified": entry["event"]["first_recorded_at"].isoformat(),
            "tags": entry["tags"],
        }
        for entry in (_entry(event, site_url) for event in events)
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": site_url + "changes.html",
        "feed_url": site_url + path,
        "authors": [{"name": "Undisclosed"}],
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _entry(event: Row, site_url: str) -> dict[str, Any]:
    quote = Markup("<blockquote>{}</blockquote>").format(event["quote"]) if event["quote"] else Markup()
    shown = event["title"] or event["url"] or ""
    source = event["url"] if is_web(event["url"]) else None
    place = Markup('<a href="{}">{}</a>').format(source, shown) if source else escape(shown)
    return {
        "event": event,
        "id": UUID(int=int(event["event_id"])).urn,
        "title": event_text(event),
        "page": f"{site_url}companies/{slug_of(event['company'])}.html#{event['event_id']}",
        "source": source,
        "html": quote + Markup("<p>{}</p>").format(place),
        "tags": [event["event"], event["company"], event["metric"]],
    }
