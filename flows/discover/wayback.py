"""A web archive's index (CDX): pages as they once stood, those among them that have since been removed."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from extractors.model import Candidate, Page, Source
from flows.discover.question import Answer, DiscoverError, Question, UnseenError, Web, join_remarks
from flows.discover.sitemap_file import date_in_path

_ROWS = 5000
_MAX_REQUESTS = 200
_COLUMNS = ("timestamp", "original")


async def discover_wayback(source: Source, web: Web, asked: Question) -> Answer:
    """The captures that the index names, each version of a page once, as addresses of their untouched bytes.

    The source's address is a query of a CDX server: `https://web.archive.org/cdx/search/cdx?url=acme.example/news/*`.
    Between two days means captured then: a page may be older. Raises UnseenError where the first answer
    cannot be had; what a later one would have named is told in `unseen`.
    """
    found: list[Candidate] = []
    url: str | None = _query(source, asked, None)
    remarks: list[str | None] = []
    seen: set[str] = set()
    while url and url not in seen and len(seen) < _MAX_REQUESTS:
        seen.add(url)
        try:
            page = await web.page(url)
            captures, key = read_captures(source, page)
        except UnseenError as error:
            if len(seen) == 1:
                raise
            remarks.append(f"captures from number {len(found)} on: {error.problem}")
            break
        found += captures
        url = _query(source, asked, key) if key else None
    beyond = f"has more than {len(found)} captures, left out" if url and url not in seen else None
    return Answer(tuple(found), join_remarks(remarks), beyond)


def read_captures(source: Source, page: Page) -> tuple[list[Candidate], str | None]:
    """The captures of one answer, and the key that the next one resumes with. Raises DiscoverError."""
    try:
        rows = json.loads(page.body) if page.body.strip() else []
        heading, *rows = rows or [list(_COLUMNS)]
        key = str(rows[-1][0]) if len(rows) > 1 and rows[-2] == [] else None
        places = [heading.index(column) for column in _COLUMNS]
        captures = [[str(row[place]) for place in places] for row in (rows[:-2] if key else rows)]
    except (ValueError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise DiscoverError(source, page.url, "is no answer of a CDX server in JSON") from error
    replay = urlsplit(page.url)._replace(path="/web/", query="").geturl()
    return [_candidate(source, replay, timestamp, original) for timestamp, original in captures], key


def _candidate(source: Source, replay: str, timestamp: str, original: str) -> Candidate:
    return Candidate(source_id=source.id, url=f"{replay}{timestamp}id_/{original}", published=date_in_path(original))


def _query(source: Source, asked: Question, key: str | None) -> str:
    """The request for the next captures; what the source's own address says comes first."""
    parts = urlsplit(source.url)
    given = dict(parse_qsl(parts.query))
    ours = {
        "output": "json",
        "fl": ",".join(_COLUMNS),
        "filter": "statuscode:200",
        "collapse": "digest",
        "limit": str(_ROWS),
        "showResumeKey": "true",
        "from": re.sub(r"\D", "", str(asked.since or "")),
        "to": re.sub(r"\D", "", str(asked.until or "")),
        "resumeKey": key or "",
    }
    query = {name: value for name, value in (ours | given).items() if value}
    return parts._replace(query=urlencode(query)).geturl()
