"""A JSON Feed, versions 1 and 1.1."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from extractors.model import Candidate, Page, Source
from flows.discover.paging import Part, without_address
from flows.discover.question import DiscoverError, join_remarks, web_address


def read_json_feed(source: Source, page: Page) -> Part:
    """The items of one page of a JSON Feed. Raises DiscoverError where it is none."""
    try:
        feed = json.loads(page.body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DiscoverError(source, page.url, f"feed is ill-formed JSON ({error})") from error
    items = feed.get("items")
    if not isinstance(items, list):
        raise DiscoverError(source, page.url, "feed is JSON without a list of items")
    candidates = [_candidate(source, page.base_url, item) for item in items]
    return Part(
        tuple(candidate for candidate in candidates if candidate),
        join_remarks(
            [
                None if items else "feed has no entries",
                without_address("feed", candidates.count(None), len(items)),
            ]
        ),
        older_url=web_address(_text(feed, "next_url"), page.base_url),
    )


def _candidate(source: Source, base: str, item: Any) -> Candidate | None:
    if not isinstance(item, dict):
        return None
    url = web_address(_text(item, "url") or _text(item, "external_url") or _text(item, "id"), base)
    if url is None:
        return None
    updated_at = _moment(_text(item, "date_modified"))
    published_at = _moment(_text(item, "date_published")) or updated_at
    return Candidate(
        source_id=source.id,
        url=url,
        title=" ".join((_text(item, "title") or "").split()) or None,
        published=published_at.date().isoformat() if published_at else None,
        updated_at=updated_at,
    )


def _text(table: dict[str, Any], key: str) -> str | None:
    value = table.get(key)
    return value if isinstance(value, str) else None


def _moment(text: str | None) -> datetime | None:
    """A moment as RFC 3339 writes it, in UTC; None where it is none."""
    try:
        moment = datetime.fromisoformat(text or "")
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
