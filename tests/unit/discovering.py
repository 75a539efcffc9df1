"""What the tests of discovery share: a source, a page, and a `get` over given pages."""

from datetime import UTC, datetime

from extractors.model import Page, Source, SourceKind
from flows.discover import Get

BASE = "https://acme.example/listing.xml"


def a_source(kind: SourceKind, *, url: str = BASE, include: str | None = None) -> Source:
    return Source(id="acme", name="Acme", kind=kind, url=url, authority="press", include=include)


def a_page(body: str | bytes, url: str = BASE, **headers: str) -> Page:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    data = body.encode() if isinstance(body, str) else body
    return Page(source_id="acme", url=url, fetched_at=datetime(2026, 5, 1, tzinfo=UTC), body=data, headers=named)


def getting(pages: dict[str, str | bytes], log: list[str] | None = None) -> Get:
    async def get(url: str) -> Page:
        if log is not None:
            log.append(url)
        if url not in pages:
            raise LookupError("answered 500")
        return a_page(pages[url], url)

    return get
