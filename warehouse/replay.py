"""What a replay asks of the warehouse and tells it: held pages, what was read in them, that they were read again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import duckdb
import pyarrow as pa

from extractors.model import Source
from warehouse import rows
from warehouse.database import append, execute
from warehouse.load import Loaded, Reading, load_readings, not_before

_REREADINGS = pa.schema(
    {
        "page_id": rows.ID, "extractor_version": rows.TEXT, "result_code": rows.TEXT, "recorded_at": rows.AT,
        "run_id": rows.ID,
    }
)  # fmt: skip


@dataclass(frozen=True)
class HeldPage:
    """A page that is held: where its record stands, and what its last reading was; None where it had none."""

    page_id: UUID
    url: str
    source_id: str
    file: str
    offset: int
    article_id: UUID | None
    extractor_version: str | None
    published: str | None
    title: str | None
    issuer: str | None


@dataclass(frozen=True)
class Said:
    """A claim as it is compared with another reading's: what it is of, and what it says of it."""

    company: str
    metric: str
    scope: str | None
    basis: str
    measure: str
    period: str | None
    status: str
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    quote: str

    @property
    def subject(self) -> tuple[str | None, ...]:
        """What it is of."""
        return (self.company, self.metric, self.scope, self.basis, self.measure, self.period)

    @property
    def content(self) -> tuple[object, ...]:
        """What it says of it."""
        return (self.status, self.low, self.high, self.unit)


def pages_to_read(
    db: duckdb.DuckDBPyConnection,
    version: str,
    *,
    sources: Sequence[str] | None = None,
    companies: Sequence[str] | None = None,
    since: date | None = None,
    again: bool = False,
) -> list[UUID]:
    """The pages that these extractors have not read, in the order in which they are archived.

    `sources`, `companies` (their own pages, and those with a claim of them), `since` (published, or fetched where
    nothing dates it) narrow them down; `again`: also those that these extractors have read.
    """
    found = execute(
        db,
        "replay/pages_to_read.sql",
        version=version,
        sources=list(sources) if sources else None,
        companies=[company.lower() for company in companies] if companies else None,
        since=since,
        again=again,
    )
    return [page_id for (page_id,) in found]


def held_pages(db: duckdb.DuckDBPyConnection, page_ids: Sequence[UUID]) -> list[HeldPage]:
    """The pages with these ids, in the order in which they are archived."""
    found = execute(db, "replay/held_pages.sql", page_ids=list(page_ids))
    return [HeldPage(*row) for row in found]


def claims_before(db: duckdb.DuckDBPyConnection, article_ids: Iterable[UUID]) -> Mapping[UUID, list[Said]]:
    """The claims of readings."""
    said: defaultdict[UUID, list[Said]] = defaultdict(list)
    for article_id, *claim in execute(db, "replay/claims_before.sql", article_ids=list(article_ids)):
        said[article_id].append(Said(*claim))
    return said


def load_rereadings(
    db: duckdb.DuckDBPyConnection,
    readings: Sequence[Reading],
    others: Mapping[UUID, str],
    *,
    version: str,
    run_id: UUID,
) -> Loaded:
    """Load what these extractors read otherwise in held pages, and record of the others that they have read them.

    `others`: by page, `same` as before, or `failed` (no article any more). What rests on them is left to whoever comes
    last, as of `load_batch`.
    """
    now = not_before(db, datetime.now(UTC))
    loaded = load_readings(
        db, readings, run_id=run_id, extractor_version=version, recorded_at=now, is_more_to_come=True
    )
    stamp = {"extractor_version": version, "recorded_at": now, "run_id": run_id.bytes}
    new = [{"page_id": page_id.bytes, "result_code": result} | stamp for page_id, result in others.items()]
    append(db, "replay/append_rereadings.sql", rows.as_batch(new, _REREADINGS))
    return loaded


def is_same(held: HeldPage, reading: Reading) -> bool:
    """Whether a reading is, but for the version of its extractors, the last one of its page."""
    if reading.article is None or held.article_id is None or held.extractor_version is None:
        return reading.article is None and held.article_id is None
    row, _, _ = rows.reading_rows(reading.page, reading.article, reading.claims, held.extractor_version)
    return bool(row["article_id"] == held.article_id.bytes)


def said_in(reading: Reading) -> list[Said]:
    """A reading's claims, to be compared."""
    return [
        Said(
            claim.company,
            claim.metric,
            claim.scope,
            claim.basis,
            claim.measure,
            claim.period,
            claim.status,
            claim.value.low if claim.value else None,
            claim.value.high if claim.value else None,
            claim.value.unit if claim.value else None,
            claim.quote,
        )
        for claim in reading.claims
    ]


def forgotten_sources(db: duckdb.DuckDBPyConnection, known: Iterable[str]) -> dict[str, Source]:
    """The sources that pages are held of and that no file describes any more, as the last file did."""
    found = execute(db, "replay/forgotten_sources.sql", known=list(known))
    return {
        id_: Source(
            id=id_, name=name, kind=kind, url=url, authority=authority, company=company, publisher=publisher,
            language=language,
        )
        for id_, name, kind, url, authority, company, publisher, language in found
    }  # fmt: skip
