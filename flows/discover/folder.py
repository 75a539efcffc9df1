"""A folder of documents that somebody puts there: text, Markdown, HTML."""

from __future__ import annotations

import re
from pathlib import Path

from extractors.model import Candidate, Source, period_span
from flows.discover.listing import DiscoverError, Listing
from flows.files import CONTENT_TYPES

_DATED = re.compile(r"\d{4}-\d\d(?:-\d\d)?(?!\d)")


def discover_folder(source: Source) -> Listing:
    """The `.txt`, `.md` and `.html` files directly in a folder, by name, as `file://` candidates.

    A name that begins with a date ("2026-05-03 Acme.txt") gives
    it as a hint. Raises DiscoverError where the folder cannot be read.
    """
    folder = Path(source.url)
    if not folder.exists():
        raise DiscoverError(source, str(folder), "folder does not exist")
    try:
        documents = sorted(path for path in folder.iterdir() if _is_document(path))
    except OSError as error:
        raise DiscoverError(source, str(folder), f"folder cannot be read ({error.strerror})") from error
    return Listing(
        tuple(
            Candidate(source_id=source.id, url=path.as_uri(), published=_date_in_name(path.name)) for path in documents
        )
    )


def _is_document(path: Path) -> bool:
    return path.suffix.lower() in CONTENT_TYPES and not path.name.startswith(".") and path.is_file()


def _date_in_name(name: str) -> str | None:
    """The date that a file's name begins with.

    >>> _date_in_name("2026-05 Acme.txt")
    '2026-05'
    >>> _date_in_name("2026-13-01.txt") is None
    True
    """
    match = _DATED.match(name)
    try:
        return match[0] if match and period_span(match[0]) else None
    except ValueError:
        return None
