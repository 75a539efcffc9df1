"""Documents in files: which kinds are read, and a file as a page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from extractors.model import Candidate, Page

CONTENT_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
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
