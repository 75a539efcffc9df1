"""Documents in files: which kinds are read, and a file, or a record in a WARC file, as a page."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from extractors.model import Candidate, Page
from flows.records import read_record

CONTENT_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".pdf": "application/pdf",
}


def content_type(path: Path) -> str:
    """The media type that a file's name tells; plain text where it tells none."""
    return CONTENT_TYPES.get(path.suffix.lower(), "text/plain")


def read_file(path: Path, candidate: Candidate) -> Page:
    """A file as a page. Raises OSError."""
    return Page(
        source_id=candidate.source_id,
        url=candidate.url,
        fetched_at=datetime.now(UTC),
        body=path.read_bytes(),
        headers={"content-type": content_type(path)},
        candidate=candidate,
    )


def read_held(candidate: Candidate) -> Page:
    """The page of a candidate that is on this machine. Raises OSError, or ValueError where a record is not whole."""
    if candidate.held_in is None:
        return read_file(_path(candidate.url), candidate)
    offset = int(urlsplit(candidate.held_in).fragment)
    page = read_record(_path(candidate.held_in), offset, source_id=candidate.source_id, url=candidate.url)
    return replace(page, candidate=candidate)


def _path(url: str) -> Path:
    return Path(os.fsdecode(unquote_to_bytes(urlsplit(url).path)))
