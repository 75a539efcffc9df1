"""What becomes of an answer as it comes: a page in memory, or a large file on disk."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Literal, Protocol

import httpx

from flows.bodies import MAX_BYTES

MAX_FILE_BYTES = 5_000_000_000
"""What a file may be that is not a page: a WARC file of a crawl has one gigabyte."""
FILE_SECONDS = 3600.0
"""How long one answer may take that is a file."""
_UNREAD = ("image", "audio", "video", "font")


class FetchError(Exception):
    """A URL could not be fetched; the message says why, in words for the user."""

    outcome: Literal["failed", "unread", "refused"] = "failed"


class UnreadError(FetchError):
    """What stands there is of a type that is not read."""

    outcome = "unread"


class PassingError(Exception):
    """What may be over at the next try; the message reads after "the page"."""


class Want(Protocol):
    """What is asked for, from the first request to the last try."""

    deadline_seconds: float
    """How long one answer may take."""

    @property
    def headers(self) -> Mapping[str, str]:
        """What the next request says besides what all of them say."""

    async def read(self, response: httpx.Response) -> bytes:
        """The body of an answer as it was sent, where it is wanted in memory. Raises FetchError or PassingError."""


class PageWant:
    """A page: into memory, if it is of a type that is read, and not too large."""

    def __init__(self, headers: Mapping[str, str], deadline_seconds: float) -> None:
        """`headers`: the validators of a copy that is held."""
        self.headers, self.deadline_seconds = headers, deadline_seconds

    async def read(self, response: httpx.Response) -> bytes:
        """See `Want.read`."""
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if response.is_success and kind.partition("/")[0] in _UNREAD:
            raise UnreadError(f"is {kind}, which is not read")
        told = response.headers.get("content-length", "")
        if told.isdecimal() and int(told) > MAX_BYTES:
            raise FetchError(f"is larger than {MAX_BYTES:,} bytes")
        return b"".join([piece async for piece in _pieces(response, MAX_BYTES)])


class FileWant:
    """A file: to disk as it comes; where it was cut, the next request asks for what is left (RFC 9110, Range)."""

    deadline_seconds = FILE_SECONDS

    def __init__(self, path: Path) -> None:
        """`path`: which is written from its beginning; what stands there from before may be of another version."""
        self._path, self._size, self._validator = path, 0, ""
        path.write_bytes(b"")

    @property
    def headers(self) -> Mapping[str, str]:
        """As it stands on the server, unpacked by nobody; what is left only if it is the same version still."""
        whole = {"accept-encoding": "identity"}
        if not (self._size and self._validator):
            return whole
        return whole | {"range": f"bytes={self._size}-", "if-range": self._validator}

    async def read(self, response: httpx.Response) -> bytes:
        """See `Want.read`: nothing is wanted in memory."""
        if response.status_code not in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT):
            return b""
        if response.status_code == httpx.codes.OK:
            self._size, self._validator = 0, _validator(response)
        elif not re.match(rf"bytes {self._size}-", response.headers.get("content-range", "")):
            self._size, self._validator = 0, ""
            raise PassingError("answered another part than it was asked for")
        with self._path.open("r+b") as file:
            file.truncate(self._size)
            file.seek(self._size)
            async for piece in _pieces(response, MAX_FILE_BYTES - self._size):
                file.write(piece)
                self._size += len(piece)
        return b""


def _validator(response: httpx.Response) -> str:
    """What tells this version from others; a weak ETag may stand for several."""
    etag = str(response.headers.get("etag", ""))
    return etag if etag.startswith('"') else str(response.headers.get("last-modified", ""))


async def _pieces(response: httpx.Response, limit: int) -> AsyncIterator[bytes]:
    """The body as it comes. Raises FetchError where it is larger than `limit` bytes."""
    size = 0
    assert isinstance(response.stream, httpx.AsyncByteStream)  # noqa: S101 (what an async transport gives)
    async for piece in response.stream:
        size += len(piece)
        if size > limit:
            raise FetchError(f"is larger than {limit:,} bytes")
        yield piece
