"""Pages in files, parsed: one JSON object each, whatever one of them holds."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from extractors.article import ArticleError, language_of, read_page
from extractors.copies import Copies
from extractors.model import Candidate
from extractors.parts import Parts
from flows.files import content_type, read_file

_GZIP = b"\x1f\x8b"
_MOST_BYTES = 60_000_000


def parsed_lines(
    files: Iterable[Path], url: str | None = None, *, with_copies: bool = False, with_details: bool = False
) -> Iterator[tuple[str, str | None]]:
    """For each file, in order, its JSON object, and what was wrong with it.

    The object has `file`, `title`, `published` (`YYYY-MM-DD` or `YYYY-MM`), `language`, `publisher`, `text` (paragraphs
    separated by a blank line, tables among them), `tables` (each a list of rows, each a list of cells) and `error`;
    what a page does not say is null.

    `with_details` adds `subtitle`, `byline`, `canonical_url`, `modified`, `published_in` (where the date was found) and
    `paragraphs`, each a role and a text; `with_copies` adds `copy_of`: the first of the files that tells the same.
    """
    copies, seen = Copies() if with_copies else None, list[str]()
    for file in files:
        answer: dict[str, Any] = dict.fromkeys(("file", "title", "published", "language", "publisher", "text"))
        answer |= {"file": str(file), "tables": [], "error": None}
        try:
            parts = _parse(file, url)
            answer |= _told(parts) | (_details(parts) if with_details else {})
        except Exception as error:  # whatever one file holds, the next one is read
            answer["error"] = _words(error)
        if copies:
            seen.append(answer["file"])
            first = copies.first_of(answer["text"] or "")
            answer["copy_of"] = seen[first] if first < len(seen) - 1 else None
        yield json.dumps(answer), answer["error"] and f"{file}: {answer['error']}"


def _parse(file: Path, url: str | None) -> Parts:
    """Raises OSError, ArticleError."""
    page = read_file(file, Candidate(source_id="parse", url=url or file.absolute().as_uri()))
    if page.body.startswith(_GZIP):
        kind = content_type(file.with_suffix("")) if file.suffix == ".gz" else page.content_type
        page = replace(page, body=_unpacked(page.body), headers={"content-type": kind})
    return read_page(page)


def _told(parts: Parts) -> dict[str, Any]:
    return {
        "title": parts.title,
        "published": parts.published,
        "language": language_of(parts, parts.title),
        "publisher": parts.publisher,
        "text": parts.text,
        "error": None if parts.has_text else "holds no article text",
        "tables": [_rows(paragraph.text) for paragraph in parts.paragraphs if paragraph.role == "table"],
    }


def _details(parts: Parts) -> dict[str, Any]:
    return {
        "subtitle": parts.subtitle,
        "byline": parts.byline,
        "canonical_url": parts.canonical_url,
        "modified": parts.modified,
        "published_in": parts.published_in,
        "paragraphs": [[paragraph.role, paragraph.text] for paragraph in parts.paragraphs],
    }


def _unpacked(body: bytes) -> bytes:
    """Raises ArticleError where it is broken or becomes larger than any page."""
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        unpacked = unpacker.decompress(body, _MOST_BYTES)
    except zlib.error as error:
        raise ArticleError("is no whole gzip file") from error
    if unpacker.unconsumed_tail:
        raise ArticleError(f"unpacks to more than {_MOST_BYTES:,} bytes")
    return unpacked


def _rows(table: str) -> list[list[str]]:
    return [row.split("\t") for row in table.split("\n")]


def _words(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return str(error) if isinstance(error, ArticleError) else f"{type(error).__name__}: {error}"
