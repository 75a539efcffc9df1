"""WARC records: what went over the wire as gzip members, and a record as the page that it holds."""

from __future__ import annotations

import base64
import hashlib
import io
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Literal

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from extractors.model import Exchange, Page
from flows.bodies import unpack

RecordKind = Literal["response", "resource", "revisit"]
_SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_LEVEL = 6


def payload_digest(body: bytes) -> str:
    """As WARC writes it: SHA-1 in base 32 of the body as it was sent."""
    return f"sha1:{base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()}"


def response_record(exchange: Exchange) -> bytes:
    """An answer, with its status line, its headers and its body as they came."""
    record = _record(WarcRecordType.response, exchange.url, exchange.sent_at)
    record.headers["Content-Type"] = "application/http; msgtype=response"
    record.headers["WARC-Payload-Digest"] = payload_digest(exchange.body)
    record.set_bytes_content(_head(exchange) + exchange.body)
    return _member(record)


def request_record(exchange: Exchange) -> bytes:
    """What was asked."""
    record = _record(WarcRecordType.request, exchange.url, exchange.sent_at)
    record.headers["Content-Type"] = "application/http; msgtype=request"
    target = exchange.url.split("/", 3)[3:] or [""]
    lines = [f"GET /{target[0]} HTTP/1.1", *(f"{name}: {value}" for name, value in exchange.request_headers), "", ""]
    record.set_bytes_content("\r\n".join(lines).encode("utf-8", "replace"))
    return _member(record)


def revisit_record(exchange: Exchange, digest: str, first_at: datetime) -> bytes:
    """That an answer was the one that was archived at `first_at` with this payload digest."""
    record = _record(WarcRecordType.revisit, exchange.url, exchange.sent_at)
    is_304 = exchange.status == HTTPStatus.NOT_MODIFIED
    record.headers["WARC-Profile"] = _NOT_MODIFIED if is_304 else _SAME_PAYLOAD
    record.headers["WARC-Refers-To-Target-URI"] = exchange.url
    record.headers["WARC-Refers-To-Date"] = _date(first_at)
    record.headers["WARC-Payload-Digest"] = digest
    record.headers["Content-Type"] = "application/http; msgtype=response"
    record.set_bytes_content(_head(exchange))
    return _member(record)


def resource_record(page: Page) -> bytes:
    """What did not come over HTTP: a file."""
    record = _record(WarcRecordType.resource, page.url, page.fetched_at)
    record.headers["Content-Type"] = page.content_type
    record.headers["WARC-Payload-Digest"] = payload_digest(page.body)
    record.set_bytes_content(page.body)
    return _member(record)


def info_record(name: str, made_at: datetime, software: str) -> bytes:
    """The first record of a file: what made it."""
    record = WarcRecord()
    record.init_headers(record_type=WarcRecordType.warcinfo)
    record.headers["WARC-Date"] = _date(made_at)
    record.headers["WARC-Filename"] = name
    record.headers["Content-Type"] = "application/warc-fields"
    record.set_bytes_content(f"software: {software}\r\nformat: WARC File Format 1.1\r\n".encode())
    return _member(record)


def read_record(path: Path, offset: int, *, source_id: str = "", url: str | None = None) -> Page:
    """The page whose record begins at byte `offset` of a WARC file, under its own address or under `url`.

    Raises OSError where there is no such file, ValueError where no whole record begins there, or one that is not
    what its digest was made of.
    """
    with path.open("rb") as stream:
        stream.seek(offset)
        try:
            record = next(iter(ArchiveIterator(stream, parse_http=False)), None)
            block = bytes(record.reader.read()) if record else b""
        except OSError as error:  # what the library says of bytes that are no record
            raise ValueError(f"{path.name}: no record at byte {offset}: {error}") from error
    if record is None or record.stream_pos != offset or len(block) != record.content_length:
        raise ValueError(f"{path.name}: no whole record at byte {offset}")
    told, found = record.headers.get("WARC-Block-Digest") or "", payload_digest(block)
    if len(told) == len(found) and told.startswith("sha1:") and told != found:  # others write other digests
        raise ValueError(f"{path.name}: the record at byte {offset} is not what its digest was made of")
    return _page(record, block, source_id, url)


def _page(record: WarcRecord, block: bytes, source_id: str, url: str | None) -> Page:
    status, headers, body = 200, {"content-type": record.headers.get("Content-Type") or ""}, block
    if record.record_type == WarcRecordType.response:
        head, _, body = block.partition(b"\r\n\r\n")
        status_line, *lines = head.decode("latin-1").split("\r\n")
        status = int(status_line.split(" ")[1])
        named = (line.partition(":") for line in lines if ":" in line)
        headers = {name.strip().lower(): value.strip() for name, _, value in named}
        body = unpack(body, headers.get("content-encoding", ""))
    return Page(
        source_id=source_id,
        url=url or record.headers.get("WARC-Target-URI") or "",
        fetched_at=record.record_date.astimezone(UTC),
        body=body,
        status=status,
        headers=headers,
    )


def _record(kind: WarcRecordType, url: str, at: datetime) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(record_type=kind)
    record.headers["WARC-Target-URI"] = url
    record.headers["WARC-Date"] = _date(at)
    return record


def _member(record: WarcRecord) -> bytes:
    """One record as one gzip member."""
    member = io.BytesIO()
    writer = GzipWriter(member, compression_level=_LEVEL)
    record.write(writer, checksum_data=True)
    writer.finish()
    return member.getvalue()


def _head(exchange: Exchange) -> bytes:
    """Status line and headers; of chunks it is not said any more, as they were joined."""
    lines = [f"HTTP/1.1 {exchange.status} {exchange.reason}"]
    for name, value in exchange.headers:
        kept = f"X-Archive-{name}" if name.lower() == "transfer-encoding" else name
        lines.append(f"{kept}: {value}")
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode("latin-1", "replace")


def _date(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
