"""Write to the warehouse: rows in, numbers out. Every call is one transaction, and doing it again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

import duckdb
import pyarrow as pa

from extractors.model import Page, Source
from warehouse import rows
from warehouse.archive import ArchiveRecord, record_archive
from warehouse.batches import Batch, Reading, batch_of
from warehouse.database import append, catch_up, execute, transaction
from warehouse.derive import DERIVED, derive

__all__ = [
    "Loaded",
    "Reading",
    "known_pages",
    "known_urls",
    "load_batch",
    "load_readings",
    "load_registry",
    "load_sources",
    "mean_body_bytes",
    "note_sightings",
]

_REGISTRY = "registry"
"""The turn of those who write what sources, companies and metrics are."""


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


def load_sources(db: duckdb.DuckDBPyConnection, sources: Iterable[Source]) -> None:
    """Record what the source files say; one that says something else than before gets a new row."""
    now = datetime.now(UTC)
    with transaction(db, _REGISTRY, beside=[DERIVED]):
        before = _authorities(db)
        append(
            db,
            "load/append_sources.sql",
            rows.as_batch([rows.source_row(source, now) for source in sources], rows.SOURCES),
        )
        changed = [source_id for source_id, who in _authorities(db).items() if before.get(source_id) != who]
        execute(db, "load/mark_sources.sql", source_ids=changed)
    catch_up(db)


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
    with transaction(db, _REGISTRY):
        told = rows.as_batch((rows.company_row(company, now) for company in companies), rows.COMPANIES)
        append(db, "load/append_companies.sql", told)
        append(
            db, "load/append_metrics.sql", rows.as_batch((rows.metric_row(one, now) for one in metrics), rows.METRICS)
        )


def load_readings(
    db: duckdb.DuckDBPyConnection,
    readings: Iterable[Reading],
    *,
    run_id: UUID,
    extractor_version: str,
    recorded_at: datetime,
    records: Iterable[ArchiveRecord] = (),
    is_more_to_come: bool = False,
) -> Loaded:
    """Append pages, articles and claims that the warehouse does not hold yet, in one transaction.

    With them go the `records` that were archived for them into the archive's index. What the tables cannot hold as it
    is, is left out and named in `refused`. For `is_more_to_come` see `load_batch`.
    """
    batch = batch_of(readings, run_id, extractor_version, not_before(db, recorded_at))
    alone, beside = ((), (DERIVED,)) if is_more_to_come else ((DERIVED,), ())
    with transaction(db, *_hosts(batch.pages), *alone, beside=beside):
        record_archive(db, run_id, records)
        loaded = load_batch(db, batch, is_more_to_come=is_more_to_come)
    if not is_more_to_come:
        catch_up(db)  # of a large batch, or of one that was killed, there may be more than a transaction takes
    return loaded


def load_batch(db: duckdb.DuckDBPyConnection, batch: Batch, *, is_more_to_come: bool = False) -> Loaded:
    """Append what the warehouse does not hold yet, within the caller's transaction.

    Where `is_more_to_come`, what rests on it is left to whoever comes last, a load or `publish`: a company's history is
    then worked through once a run, not once a batch.
    """
    append(db, "news/append_fresh_pages.sql", batch.pages)
    reinstated = append(db, "load/reinstate.sql", batch.articles)
    loaded = Loaded(
        pages=append(db, "load/append_pages.sql", batch.pages),
        claims=append(db, "load/append_claims.sql", batch.claims),
        articles=append(db, "load/append_articles.sql", batch.articles),
        refused=batch.refused,
    )
    if append(db, "load/append_sightings.sql", batch.sightings) + loaded.articles + reinstated:
        append(db, "load/mark_urls.sql", batch.sightings)
        if not is_more_to_come:
            derive(db)
    return loaded


def not_before(db: duckdb.DuckDBPyConnection, moment: datetime) -> datetime:
    """The moment, or the first after all that was read: a clock that runs back brings no old reading to the front."""
    ((latest,),) = execute(db, "load/last_read_at.sql")
    return moment if latest is None or moment >= latest else latest + timedelta(microseconds=1)


def note_sightings(db: duckdb.DuckDBPyConnection, pages: Iterable[Page], run_id: UUID) -> None:
    """Record that a source shows pages which are held: they are its own too."""
    stamp = {"recorded_at": datetime.now(UTC), "run_id": run_id.bytes}
    new = rows.as_batch((rows.sighting_row(page) | stamp for page in pages), rows.SIGHTINGS)
    with transaction(db, *_hosts(new), beside=[DERIVED]):
        is_new = append(db, "load/note_sightings.sql", new)
        if is_new:
            append(db, "load/mark_urls.sql", new)
    if is_new:
        catch_up(db)


def known_urls(db: duckdb.DuckDBPyConnection, source_ids: Iterable[str]) -> dict[str, dict[str, datetime]]:
    """By source: the URLs that were fetched, or are not to be, and when that was last tried."""
    known: dict[str, dict[str, datetime]] = {source_id: {} for source_id in source_ids}
    for source_id, url, at in execute(db, "load/known_urls.sql", source_ids=list(known), now=datetime.now(UTC)):
        known[source_id][url] = at
    return known


def mean_body_bytes(db: duckdb.DuckDBPyConnection, source_id: str) -> float:
    """How many bytes a page of a source usually has."""
    ((size,),) = execute(db, "load/mean_body_bytes.sql", source_id=source_id)
    return float(size)


def known_pages(db: duckdb.DuckDBPyConnection, page_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the pages that are held, in this very version."""
    return {page_id for (page_id,) in execute(db, "load/known_pages.sql", page_ids=list(page_ids))}


def _hosts(batch: pa.Table) -> set[str]:
    """Whose pages they are: what two would append to a lake at the same time, each would find missing."""
    return {urlsplit(url).netloc for url in batch["url"].to_pylist()}


def _authorities(db: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, str | None]]:
    """Of each source, who speaks in it and for which company."""
    found = db.execute("select source_id, authority_code, lower(company) from current_sources").fetchall()
    return {source_id: (authority, company) for source_id, authority, company in found}
