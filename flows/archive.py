"""Archive: every page becomes a WARC record, on disk, before anything reads it."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from uuid import UUID

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from extractors.model import Page


@dataclass(frozen=True)
class ArchivedPage:
    """A page and where its record stands: a file's name in the archive, and the byte at which the record begins."""

    page: Page
    file: str
    offset: int


class Archive:
    """One run's WARC file, `<start>-<run>.warc.gz`, made when its first page comes; gzip per record."""

    def __init__(self, folder: Path, run_id: UUID, started_at: datetime) -> None:
        """The file will stand in `folder`."""
        self.path = folder / f"{started_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{run_id.hex[:8]}.warc.gz"

    def write_pages(self, pages: Sequence[Page]) -> tuple[ArchivedPage, ...]:
        """Append the pages' records and force them to disk. Raises OSError: then nothing of the batch counts."""
        if not pages:
            return ()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        archived = []
        with self.path.open("ab") as file:
            for page in pages:
                archived.append(ArchivedPage(page, self.path.name, file.tell()))
                file.write(_record(page))
            file.flush()
            os.fsync(file.fileno())
        return tuple(archived)


def read_body(folder: Path, file: str, offset: int) -> bytes:
    """The body of the archived page whose record begins at byte `offset` of `file`.

    Raises OSError where there is no such file, ValueError where no record begins there.
    """
    with (folder / file).open("rb") as stream:
        stream.seek(offset)
        for record in ArchiveIterator(stream):
            return bytes(record.reader.read())
    raise ValueError(f"{file}: no record at byte {offset}")


def _record(page: Page) -> bytes:
    """One gzip member: a `response` record, or a `resource` record for what did not come over HTTP."""
    is_http = page.url.startswith("http")
    record = WarcRecord()
    record.init_headers(record_type=WarcRecordType.response if is_http else WarcRecordType.resource)
    record.headers["WARC-Target-URI"] = page.url
    record.headers["WARC-Date"] = f"{page.fetched_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if is_http:
        record.headers["Content-Type"] = "application/http; msgtype=response"
        record.set_bytes_content(_http_head(page) + page.body)
        record.parse_http()
    else:
        record.headers["Content-Type"] = page.content_type
        record.set_bytes_content(page.body)
    member = io.BytesIO()
    writer = GzipWriter(member, compression_level=6)
    record.write(writer, checksum_data=True)
    writer.finish()
    return member.getvalue()


def _http_head(page: Page) -> bytes:
    phrase = HTTPStatus(page.status).phrase if page.status in set(HTTPStatus) else ""
    lines = [f"HTTP/1.1 {page.status} {phrase}", *(f"{name}: {value}" for name, value in page.headers.items())]
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode("latin-1", "replace")
