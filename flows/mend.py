"""Mend the archive: what a run that was killed left at the end of its file.

A torn record is cut off. A whole one of which the warehouse has not heard stays, and is entered in its index, so that
the page, when it is fetched again, is held once.
"""

from __future__ import annotations

import fcntl
import os
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fastwarc.warc import ArchiveIterator

from flows.records import RecordKind
from warehouse.archive import ArchiveRecord

_CHUNK = 1 << 20
_KINDS: dict[str, RecordKind] = {"response": "response", "resource": "resource"}


@dataclass(frozen=True)
class Mended:
    """What was found behind the last record of a file that the warehouse knows."""

    file: str
    unheard: tuple[ArchiveRecord, ...]
    """Whole records of which the warehouse has not heard; to be entered in its index."""
    cut_bytes: int

    def __str__(self) -> str:
        """One line for a person."""
        told = [
            f"{len(self.unheard)} records of a run that was killed entered" if self.unheard else "",
            f"{self.cut_bytes} torn bytes cut off" if self.cut_bytes else "",
        ]
        return f"archive: {self.file}: {', '.join(filter(None, told))}"


def mend_archive(folder: Path, ends: Mapping[str, int]) -> list[Mended]:
    """Cut torn tails, find unheard records; `ends` = by file, where the last record ends that the warehouse knows.

    A file that a run is writing to is left alone. Raises OSError.
    """
    mended = []
    for path in sorted(folder.glob("*.warc.gz")):
        end = ends.get(path.name, 0)
        if path.stat().st_size <= end:
            continue
        with path.open("r+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            whole = end
            unheard = []
            for offset, length in whole_members(path, end):
                whole = offset + length
                unheard += _unheard(path, offset, length)
            cut = path.stat().st_size - whole
            if cut:
                file.truncate(whole)
                os.fsync(file.fileno())
        if cut or unheard:
            mended.append(Mended(path.name, tuple(unheard), cut))
    return mended


def is_growing(path: Path) -> bool:
    """Whether a run is writing to the file: what stands at its end may be half a record then."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def whole_members(path: Path, start: int) -> Iterator[tuple[int, int]]:
    """Offset and length of each gzip member from `start` on, up to the first that is not whole."""
    with path.open("rb") as file:
        file.seek(start)
        offset, left = start, b""
        while True:
            member, length = zlib.decompressobj(wbits=31), 0
            while not member.eof:
                left = left or file.read(_CHUNK)
                if not left:
                    return
                try:
                    member.decompress(left)
                except zlib.error:
                    return
                length += len(left) - len(member.unused_data)
                left = member.unused_data
            yield offset, length
            offset += length


def _unheard(path: Path, offset: int, length: int) -> list[ArchiveRecord]:
    """The record of a member, where it is one that holds a page."""
    with path.open("rb") as file:
        file.seek(offset)
        for record in ArchiveIterator(file, parse_http=False):
            url, digest = record.headers.get("WARC-Target-URI"), record.headers.get("WARC-Payload-Digest")
            kind = _KINDS.get(str(record.record_type))
            if kind and url and digest:
                return [ArchiveRecord(None, url, kind, path.name, offset, length, digest, record.record_date)]
            break
    return []
