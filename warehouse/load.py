"""Write to the warehouse: rows in, numbers out. Every call is one transaction, and doing it again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import duckdb

from extractors.model import Article, Claim, Page, Source, content_id
from warehouse import rows
from warehouse.archive import ArchiveRecord, record_archive
from warehouse.database import read_sql, transaction
from warehouse.derive import derive


@dataclass(frozen=True)
class Reading:
    """A page, where its bytes are archived, and what was read in it."""

    page: Page
    archive_file: str
    archive_offset: int
    """Where the record begins in the file, in bytes."""
    article: Article | None
    """None: fetched and archived, but no article."""
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Loaded:
    """How many rows were new, and what was refused."""

    pages: int
    articles: int
    claims: int
    refused: tuple[tuple[str, str], ...] = ()
    """An article or a claim that the tables cannot hold as it is: its URL and why."""

    def __add__(self, other: Loaded) -> Loaded:
        """Both together."""
        return Loaded(
            self.pages + other.pages,
            self.articles + other.articles,
            self.claims + other.claims,
            self.refused + other.refused,
        )


@dataclass(frozen=True)
class Look:
    """One look at a source's listing, or at one of its pages, and what came of it."""

    source_id: str
    url: str | None
    """None: the source's own listing."""
    stage: str
    outcome: str
    """`ok`, `unchanged`, `failed`."""
    found: int
    read: int
    error: str | None
    looked_at: datetime
    etag: str | None
    last_modified: str | None
    since: date | None = None
    """First and last day of the time that was asked about; None: it was asked what is new."""
    until: date | None = None


def load_sources(db: duckdb.DuckDBPyConnection, sources: Iterable[Source]) -> None:
    """Record what the source files say; one that says something else than before gets a new row."""
    now = datetime.now(UTC)
    with transaction(db):
        before = _authorities(db)
        _append(db, "sources", rows.SOURCES, [rows.source_row(source, now) for source in sources])
        changed = [source_id for source_id, who in _authorities(db).items() if before.get(source_id) != who]
        _execute(db, "load/mark_sources.sql", source_ids=changed)
        derive(db)


def load_registry(
    db: duckdb.DuckDBPyConnection,
    companies: Iterable[Mapping[str, object]],
    metrics: Iterable[Mapping[str, object]],
) -> None:
    """Record the registry; an entry that says something else than before gets a new row.

    A company has `name` and may have `country`, `ticker`, `cik`, `lei`; a metric has `metric_id` and may have `name`,
    `unit` or a list of `units`, `description`; other keys are the extractors' own business. Raises KeyError where a
    company's name or a metric's id lacks.
    """
    now = datetime.now(UTC)
    with transaction(db):
        _append(db, "companies", rows.COMPANIES, [rows.company_row(company, now) for company in companies])
        _append(db, "metrics", rows.METRICS, [rows.metric_row(metric, now) for metric in metrics])


def load_readings(
    db: duckdb.DuckDBPyConnection,
    readings: Sequence[Reading],
    *,
    run_id: UUID,
    extractor_version: str,
    recorded_at: datetime,
    records: Iterable[ArchiveRecord] = (),
) -> Loaded:
    """Append pages, articles and claims that the warehouse does not hold yet, in one transaction.

    With them go the `records` that were archived for them into the archive's index.

    A claim whose figure has more than 32 digits before the point or 6 after it, or a reading with text that is no
    Unicode, is not bent into shape: it is left out and named in `refused`; the others are loaded.
    """
    # a clock that runs back does not bring an earlier reading to the front
    (latest,) = db.execute("select max(recorded_at) from articles").fetchone() or (None,)
    stamp = {"recorded_at": max(recorded_at, latest or recorded_at), "run_id": run_id.bytes}
    pages: list[rows.Row] = []
    sightings: list[rows.Row] = []
    articles: list[rows.Row] = []
    claims: list[rows.Row] = []
    refused: list[tuple[str, str]] = []
    for reading in readings:
        try:
            page = rows.page_row(reading.page, reading.archive_file, reading.archive_offset)
            pages.append(page | stamp)
            sightings.append(rows.sighting_row(reading.page) | stamp)
            if reading.article is None:
                continue
            said, failed = rows.claim_rows(reading.claims)
            article = rows.article_row(reading.page, reading.article, extractor_version, said)
        except ValueError as error:
            refused.append((reading.page.url, str(error)))
            continue
        refused += [(reading.page.url, reason) for reason in failed]
        articles.append(article | stamp)
        claims += [rows.claim_of_article(claim, article) | stamp for claim in said]
    with transaction(db):
        record_archive(db, run_id, records)
        loaded = Loaded(
            pages=_append(db, "pages", rows.PAGES, pages),
            articles=_append(db, "articles", rows.ARTICLES, articles),
            claims=_append(db, "claims", rows.CLAIMS, claims),
            refused=tuple(refused),
        )
        if _append(db, "sightings", rows.SIGHTINGS, sightings) + loaded.articles:
            _derive(db, sightings)
    return loaded


def note_sightings(db: duckdb.DuckDBPyConnection, pages: Iterable[Page], run_id: UUID) -> None:
    """Record that a source shows pages which are held: they are its own too."""
    stamp = {"recorded_at": datetime.now(UTC), "run_id": run_id.bytes}
    new = [rows.sighting_row(page) | stamp for page in pages]
    with transaction(db):
        if _append(db, "sightings", rows.SIGHTINGS, new, script="note_sightings"):
            _derive(db, new)


def start_run(db: duckdb.DuckDBPyConnection, flow: str, started_at: datetime) -> UUID:
    """Record that a run has begun; gives its id."""
    run_id = uuid4()
    _execute(db, "load/start_run.sql", run_id=run_id, flow=flow, started_at=started_at)
    return run_id


def finish_run(
    db: duckdb.DuckDBPyConnection, run_id: UUID, *, status: str, finished_at: datetime, summary: str | None = None
) -> None:
    """Record how a run ended (`completed`, `failed`, `crashed`) and count what it brought; a recorded end is kept."""
    _execute(db, "load/finish_run.sql", run_id=run_id, status=status, finished_at=finished_at, summary=summary)


def record_coverage(db: duckdb.DuckDBPyConnection, run_id: UUID, looks: Iterable[Look]) -> None:
    """Append what a run looked at."""
    with transaction(db):
        _append(db, "coverage", rows.COVERAGE, [look_row(run_id, look) for look in looks])


def known_urls(db: duckdb.DuckDBPyConnection, source_ids: Iterable[str]) -> dict[str, dict[str, datetime]]:
    """By source: the URLs that were fetched, or are not to be, and when that was last tried."""
    known: dict[str, dict[str, datetime]] = {source_id: {} for source_id in source_ids}
    for source_id, url, at in _execute(db, "load/known_urls.sql", source_ids=list(known), now=datetime.now(UTC)):
        known[source_id][url] = at
    return known


def covered_windows(db: duckdb.DuckDBPyConnection, source_id: str) -> set[tuple[date, date]]:
    """The times that a source was asked about when they were over, with nothing left out: first and last day each."""
    return set(_execute(db, "load/covered_windows.sql", source_id=source_id))


def mean_body_bytes(db: duckdb.DuckDBPyConnection, source_id: str) -> float:
    """How many bytes a page of a source usually has."""
    ((size,),) = _execute(db, "load/mean_body_bytes.sql", source_id=source_id)
    return float(size)


def known_pages(db: duckdb.DuckDBPyConnection, page_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the pages that are held, in this very version."""
    return {page_id for (page_id,) in _execute(db, "load/known_pages.sql", page_ids=list(page_ids))}


def look_row(run_id: UUID, look: Look) -> rows.Row:
    """A look as a row of `coverage`."""
    row = {
        "run_id": run_id.bytes,
        "source_id": look.source_id,
        "url": look.url,
        "stage_code": look.stage,
        "outcome_code": look.outcome,
        "found_count": look.found,
        "read_count": look.read,
        "error": look.error,
        "looked_at": look.looked_at,
        "etag": look.etag,
        "last_modified": look.last_modified,
        "since_date": look.since,
        "until_date": look.until,
    }
    return {"look_id": content_id(*map(repr, row.values())).bytes, **row}


def _append(
    db: duckdb.DuckDBPyConnection, table: str, schema: Any, new: list[rows.Row], *, script: str | None = None
) -> int:
    """Append the rows whose id (the first column) the table lacks; gives their number."""
    if not new:
        return 0
    db.register("batch", rows.as_batch(new, schema))
    try:
        ((inserted,),) = db.execute(read_sql(f"load/{script or f'append_{table}'}.sql")).fetchall()
    finally:
        db.unregister("batch")
    return int(inserted)


def _derive(db: duckdb.DuckDBPyConnection, sightings: Iterable[rows.Row]) -> None:
    """Bring what rests on the pages at these addresses up to date."""
    _execute(db, "load/mark_urls.sql", urls=list({row["url"] for row in sightings}))
    derive(db)


def _authorities(db: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str | None]]:
    """Of each source, who speaks in it and for which company."""
    found = db.execute("select source_id, authority_code, lower(company) from current_sources").fetchall()
    return {source_id: (authority, company) for source_id, authority, company in found}


def _execute(db: duckdb.DuckDBPyConnection, file: str, **parameters: Any) -> list[Any]:
    return db.execute(read_sql(file), parameters).fetchall()
