"""The archive's index: where the record of each page stands, and what the listings of each source were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import duckdb
import pyarrow as pa

from extractors.model import content_id
from warehouse import rows
from warehouse.database import append, execute

_RECORDS = pa.schema(
    {
        "record_id": rows.ID, "page_id": rows.ID, "url": rows.TEXT, "record_kind_code": rows.TEXT,
        "archive_file": rows.TEXT, "archive_offset": pa.int64(), "archive_bytes": pa.int64(),
        "payload_digest": rows.TEXT, "fetched_at": rows.AT, "recorded_at": rows.AT, "run_id": rows.ID,
    }
)  # fmt: skip
_LISTINGS = pa.schema(
    {
        "listing_id": rows.ID, "source_id": rows.TEXT, "url": rows.TEXT, "fetched_at": rows.AT, "etag": rows.TEXT,
        "last_modified": rows.TEXT, "archive_file": rows.TEXT, "archive_offset": pa.int64(),
        "is_complete": pa.bool_(), "recorded_at": rows.AT, "run_id": rows.ID,
    }
)  # fmt: skip


@dataclass(frozen=True)
class ArchiveRecord:
    """One WARC record: what it holds and where it stands."""

    page_id: UUID | None
    """None: found in a file of a run that was killed, and of no page yet."""
    url: str
    kind: str
    """`response`, `resource`, `revisit`."""
    file: str
    offset: int
    length: int
    payload_digest: str
    fetched_at: datetime


@dataclass(frozen=True)
class HeldListing:
    """The latest copy of one page of a source's listing, and the record that has its body."""

    url: str
    fetched_at: datetime
    """When it was last asked for, with this answer."""
    etag: str | None
    last_modified: str | None
    file: str | None
    offset: int | None
    archived_at: datetime | None
    payload_digest: str | None
    archived_url: str | None
    is_complete: bool
    """Whether everything that it named was had."""


@dataclass(frozen=True)
class ArchivedVersion:
    """One version of a page, and the place of its record."""

    page_id: UUID
    url: str
    source_id: str
    fetched_at: datetime
    file: str
    offset: int
    body_sha256: str


def record_archive(db: duckdb.DuckDBPyConnection, run_id: UUID, records: Iterable[ArchiveRecord]) -> None:
    """Enter records in the index; what stands there already is left as it is. Within a transaction or by itself."""
    now = datetime.now(UTC)
    append(
        db,
        "archive/append_archive_records.sql",
        rows.as_batch([_record_row(record, run_id, now) for record in records], _RECORDS),
    )


def record_listings(db: duckdb.DuckDBPyConnection, run_id: UUID, listings: Iterable[tuple[str, HeldListing]]) -> None:
    """Append what the listings of sources (by their ids) were at a look."""
    now = datetime.now(UTC)
    append(
        db,
        "archive/append_listings.sql",
        rows.as_batch([_listing_row(each, id_, run_id, now) for id_, each in listings], _LISTINGS),
    )


def held_listings(db: duckdb.DuckDBPyConnection, source_ids: Iterable[str]) -> dict[str, dict[str, HeldListing]]:
    """By source: the latest copy of each page of its listing, by URL, since the source is as it is now."""
    held: dict[str, dict[str, HeldListing]] = {source_id: {} for source_id in source_ids}
    for source_id, url, *row in execute(db, "archive/held_listings.sql", source_ids=list(held)):
        held[source_id][url] = HeldListing(url, *row)
    return held


def held_records(
    db: duckdb.DuckDBPyConnection, digests: Iterable[tuple[str, str]]
) -> Mapping[tuple[str, str], tuple[str, int, datetime]]:
    """Of those addresses and payload digests that the archive has: file, offset and time of the first record."""
    urls, wanted = zip(*digests, strict=True) if (digests := list(digests)) else ((), ())
    found = execute(db, "archive/held_records.sql", urls=list(urls), digests=list(wanted))
    return {(url, digest): (file, offset, at) for url, digest, file, offset, at in found}


def archive_ends(db: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """By file: where, in bytes, the last record ends that the warehouse knows."""
    return dict(execute(db, "archive/ends.sql"))


def archived_versions(db: duckdb.DuckDBPyConnection, page: str) -> list[ArchivedVersion]:
    """The page with this id, or the versions at this URL, the latest first; eight digits of an id are enough."""
    return [ArchivedVersion(*row) for row in execute(db, "archive/archived_page.sql", page=page)]


def archived_pages(db: duckdb.DuckDBPyConnection) -> list[ArchivedVersion]:
    """Every page, in the order in which they stand in the archive."""
    return [ArchivedVersion(*row) for row in execute(db, "archive/archived_pages.sql")]


def _record_row(record: ArchiveRecord, run_id: UUID, now: datetime) -> rows.Row:
    return {
        "record_id": content_id(record.file, str(record.offset)).bytes,
        "page_id": record.page_id.bytes if record.page_id else None,
        "url": record.url,
        "record_kind_code": record.kind,
        "archive_file": record.file,
        "archive_offset": record.offset,
        "archive_bytes": record.length,
        "payload_digest": record.payload_digest,
        "fetched_at": record.fetched_at,
        "recorded_at": now,
        "run_id": run_id.bytes,
    }


def _listing_row(listing: HeldListing, source_id: str, run_id: UUID, now: datetime) -> rows.Row:
    said = {
        "source_id": source_id,
        "url": listing.url,
        "fetched_at": listing.fetched_at,
        "etag": listing.etag,
        "last_modified": listing.last_modified,
        "archive_file": listing.file,
        "archive_offset": listing.offset,
        "is_complete": listing.is_complete,
    }
    listing_id = content_id(run_id.bytes, *map(repr, said.values())).bytes
    return {"listing_id": listing_id, **said, "recorded_at": now, "run_id": run_id.bytes}
