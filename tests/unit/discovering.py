"""What the tests of discovery share: a source, a page, and a `Web` of given pages."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extractors.model import Page, Source, SourceKind
from flows.discover import Answer, GetError, Question, discover_source

BASE = "https://acme.example/listing.xml"
NOW = datetime(2026, 5, 1, tzinfo=UTC)


def a_source(kind: SourceKind, *, url: str = BASE, **fields: Any) -> Source:
    return Source(id="acme", name="Acme", kind=kind, url=url, **{"authority": "press"} | fields)


def a_page(body: str | bytes, url: str = BASE, **headers: str) -> Page:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    data = body.encode() if isinstance(body, str) else body
    return Page(source_id="acme", url=url, fetched_at=NOW, body=data, headers=named)


class AWeb:
    """Pages by URL; what was asked for stands in `log`, and those in `unchanged` are as they were."""

    def __init__(self, pages: Mapping[str, str | bytes | Page], unchanged: Sequence[str] = ()) -> None:
        self.pages, self.unchanged = pages, unchanged
        self.log: list[str] = []
        self.changed_at: dict[str, datetime | None] = {}

    async def page(self, url: str, *, changed_at: datetime | None = None) -> Page:
        self.log.append(url)
        self.changed_at[url] = changed_at
        if url not in self.pages:
            raise GetError("answered 500")
        page = self.pages[url]
        if not isinstance(page, Page):
            page = a_page(page, url)
        return Page(**{**vars(page), "is_unchanged": True}) if url in self.unchanged else page

    async def file(self, url: str) -> Path:
        raise GetError("answered 500")


def ask(source: Source, web: AWeb, known: Sequence[str] = (), **asked: Any) -> Answer:
    return asyncio.run(discover_source(source, web, Question(dict.fromkeys(known, NOW), **asked)))
