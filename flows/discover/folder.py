"""A folder of documents that somebody puts there: text, Markdown, HTML."""

from __future__ import annotations

import re
from pathlib import Path

from extractors.model import Candidate, Source
from extractors.parts import date_of
from flows.discover.question import Answer, DiscoverError, Question, Web
from flows.files import CONTENT_TYPES

_HEAD = re.compile(r"\d[\d-]*\d")


async def discover_folder(source: Source, _: Web, asked: Question) -> Answer:
    """The `.txt`, `.md` and `.html` files directly in a folder, by name, as `file://` candidates.

    A name that begins with a date ("2026-05-03 Acme.txt") gives it as a hint. Raises DiscoverError where the folder
    cannot be read.
    """
    folder = Path(source.url)
    if not folder.exists():
        raise DiscoverError(source, str(folder), "folder does not exist")
    try:
        documents = sorted(path for path in folder.iterdir() if _is_document(path))
    except OSError as error:
        raise DiscoverError(source, str(folder), f"folder cannot be read ({error.strerror})") from error
    candidates = (
        Candidate(source_id=source.id, url=path.as_uri(), published=_date_in(path.name)) for path in documents
    )
    return Answer(tuple(candidate for candidate in candidates if asked.covers(candidate.published)))


def _date_in(name: str) -> str | None:
    head = _HEAD.match(name)
    return date_of(head[0]) if head else None


def _is_document(path: Path) -> bool:
    return path.suffix.lower() in CONTENT_TYPES and not path.name.startswith(".") and path.is_file()
