"""Archive: what came over the wire becomes WARC records, on disk, before anything reads it."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from uuid import UUID

from extractors.model import Exchange, Page
from flows.records import (
    RecordKind,
    info_record,
    payload_digest,
    request_record,
    resource_record,
    response_record,
    revisit_record,
)

SOFTWARE = "undisclosed/0.1"
MAX_BYTES = 1_000_000_000
"""A file that has grown to this is closed, and the next one begun."""

Digest = tuple[str, str]
"""An address and the payload digest of what it answered."""


@dataclass(frozen=True)
class Place:
    """Where a record stands: a file's name in the archive, and its first byte; when it was fetched."""

    file: str
    offset: int
    fetched_at: datetime


@dataclass(frozen=True)
class ArchivedPage:
    """A page, the place of the record that has its body, and what was written for it now."""

    page: Page
    file: str
    offset: int
    kind: RecordKind
    written: Place
    length: int
    digest: Digest

    @property
    def place(self) -> Place:
        """Where the record with the body stands."""
        return Place(self.file, self.offset, self.page.fetched_at)


class Archive:
    """One run's WARC files, `<start>-<run>-<number>.warc.gz`, gzip per record; no other run ever writes to them."""

    def __init__(self, folder: Path, run_id: UUID, started_at: datetime, *, max_bytes: int = MAX_BYTES) -> None:
        """The files will stand in `folder`; the first is made when its first page comes."""
        self._folder, self._max_bytes, self._started_at = folder, max_bytes, started_at
        self._stem = f"{started_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{run_id.hex[:8]}"
        self._number = 0
        self._file: FileIO | None = None
        self._turn = threading.Lock()

    def write_pages(
        self, pages: Sequence[Page], held: Mapping[Digest, Place] | None = None
    ) -> tuple[ArchivedPage, ...]:
        """Append the pages' records and force them to disk; what is `held` already gets a revisit record.

        Raises OSError: then nothing of the batch counts.
        """
        if not pages:
            return ()
        with self._turn:
            file = self._open()
            start = file.tell()
            known = dict(held or {})
            try:
                archived = [self._write(file, page, known) for page in pages]
                os.fsync(file.fileno())
            except BaseException:
                with suppress(OSError):  # e.g. a full disk: what is left is a tail that the next run cuts
                    file.truncate(start)
                    file.seek(start)
                raise
            if file.tell() >= self._max_bytes:
                self._close()
        return tuple(archived)

    def close(self) -> None:
        """Let go of the file: it is complete."""
        with self._turn:
            self._close()

    def _write(self, file: FileIO, page: Page, held: dict[Digest, Place]) -> ArchivedPage:
        """Redirects and requests come first: the record with the answer ends what belongs to a page."""
        *redirects, last = page.exchanges or (None,)
        for exchange in redirects:
            if exchange:
                _append(file, response_record(exchange) + request_record(exchange))
        digest = digest_of(page)
        if last is None:
            return self._append(file, page, digest, "resource", resource_record(page))
        _append(file, request_record(last))
        first = (
            held.get(digest) if page.status != 304 else next((held[key] for key in held if key[0] == last.url), None)
        )
        if first is None:
            archived = self._append(file, page, digest, "response", response_record(last))
            held[digest] = archived.place
            return archived
        return self._append(file, page, digest, "revisit", _revisit(last, held, first), first)

    def _append(
        self, file: FileIO, page: Page, digest: Digest, kind: RecordKind, record: bytes, first: Place | None = None
    ) -> ArchivedPage:
        written = Place(Path(str(file.name)).name, file.tell(), page.fetched_at)
        _append(file, record)
        place = first or written
        return ArchivedPage(page, place.file, place.offset, kind, written, len(record), digest)

    def _open(self) -> FileIO:
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{self._stem}-{self._number:05}.warc.gz"
            file = FileIO(path, "xb")
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # who mends archives leaves it alone
            _append(file, info_record(path.name, self._started_at, SOFTWARE))
            _sync_folder(self._folder)
            self._file, self._number = file, self._number + 1
        return self._file

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def digest_of(page: Page) -> Digest:
    """Under what the archive knows what a page's server sent."""
    if page.exchanges:
        return page.exchanges[-1].url, payload_digest(page.exchanges[-1].body)
    return page.url, payload_digest(page.body)


def _revisit(exchange: Exchange, held: Mapping[Digest, Place], first: Place) -> bytes:
    digest = next(key[1] for key, place in held.items() if place == first)
    return revisit_record(exchange, digest, first.fetched_at)


def _append(file: FileIO, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]


def _sync_folder(folder: Path) -> None:
    """Force a new file's name to disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
