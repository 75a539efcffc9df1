"""The archive on the command line: a page's bytes, and whether every record is what its digest says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType

from flows.mend import is_growing, whole_members
from flows.records import read_record
from flows.settings import Settings
from warehouse.archive import ArchivedVersion, archived_pages, archived_versions
from warehouse.database import is_made, open_warehouse


class PageError(Exception):
    """The page that was asked for is not there; the message says why."""


@dataclass(frozen=True)
class Verified:
    """What a look through the archive found."""

    files: int
    records: int
    pages: int
    problems: tuple[str, ...]


def show_page(settings: Settings, page: str) -> tuple[ArchivedVersion, int, bytes]:
    """The latest version of a page, by its id, the beginning of it, or its URL; how many are held, and its body.

    Raises PageError where there is none, and where its record cannot be read.
    """
    with open_warehouse(settings.warehouse, read_only=True) as db:
        versions = archived_versions(db, page)
    if not versions:
        raise PageError(f"no page {page}: give its id, eight digits of it or more, or its address")
    if len({version.url for version in versions}) > 1:
        raise PageError(f"{page} is the beginning of several ids: {', '.join(str(each.page_id) for each in versions)}")
    try:
        body = read_record(settings.archive / versions[0].file, versions[0].offset).body
    except (OSError, ValueError) as error:
        raise PageError(f"{versions[0].url}: cannot be read from the archive: {error}") from error
    return versions[0], len(versions), body


def verify_archive(settings: Settings) -> Verified:
    """Every record against its digest, every page of the warehouse against its place."""
    files = sorted(settings.archive.glob("*.warc.gz"))
    records, problems = 0, []
    for path in files:
        read, found = _verify_file(path)
        records += read
        problems += found
    pages = []
    if is_made(settings.warehouse):
        with open_warehouse(settings.warehouse, read_only=True) as db:
            pages = archived_pages(db)
    problems += _verify_pages(settings.archive, pages)
    return Verified(len(files), records, len(pages), tuple(problems))


def _verify_file(path: Path) -> tuple[int, list[str]]:
    """How many records a file has, and what is wrong with them."""
    problems = []
    growing = is_growing(path)
    whole = sum(length for _, length in whole_members(path, 0))
    if whole < path.stat().st_size and not growing:
        problems.append(f"{path.name}: no whole record at byte {whole}, {path.stat().st_size - whole} bytes follow")
    records = 0
    with path.open("rb") as stream:
        try:
            for record in ArchiveIterator(stream, parse_http=False):
                if record.stream_pos >= whole:
                    break
                records += 1
                if not record.verify_block_digest(consume=False):
                    problems.append(f"{path.name}: byte {record.stream_pos}: not what its digest says")
                elif record.record_type == WarcRecordType.response:
                    record.parse_http()
                    if "WARC-Payload-Digest" in record.headers and not record.verify_payload_digest():
                        problems.append(f"{path.name}: byte {record.stream_pos}: body is not what its digest says")
        except OSError as error:
            problems.append(f"{path.name}: cannot be read on: {error}")
    return records, problems


def _verify_pages(folder: Path, pages: list[ArchivedVersion]) -> Iterator[str]:
    for page in pages:
        try:
            body = read_record(folder / page.file, page.offset).body
        except (OSError, ValueError) as error:
            yield f"page {page.page_id}: {error}"
            continue
        if hashlib.sha256(body).hexdigest() != page.body_sha256:
            yield f"page {page.page_id}: {page.file}: byte {page.offset}: holds another body"
