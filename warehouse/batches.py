"""Readings as Arrow tables: what a load appends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pyarrow as pa

from extractors.model import Article, Claim, Page
from warehouse import rows


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
class Batch:
    """Tables as `rows` has their columns; each article and claim once."""

    pages: pa.Table
    sightings: pa.Table
    articles: pa.Table
    claims: pa.Table
    refused: tuple[tuple[str, str], ...] = ()
    """An article or a claim that the tables cannot hold as it is: its URL and why."""


def batch_of(readings: Iterable[Reading], run_id: UUID, extractor_version: str, recorded_at: datetime) -> Batch:
    """Readings as one batch.

    A claim whose figure has more than 32 digits before the point or 6 after it, or a reading with text that is no
    Unicode, is not bent into shape: it is left out and named in `refused`; the others stay.
    """
    stamp = {"recorded_at": recorded_at, "run_id": run_id.bytes}
    pages: list[rows.Row] = []
    sightings: list[rows.Row] = []
    articles: dict[bytes, rows.Row] = {}
    claims: list[rows.Row] = []
    refused: list[tuple[str, str]] = []
    for each in readings:
        try:
            pages.append(rows.page_row(each.page, each.archive_file, each.archive_offset) | stamp)
            sightings.append(rows.sighting_row(each.page) | stamp)
            if each.article is None:
                continue
            article, said, failed = rows.reading_rows(each.page, each.article, each.claims, extractor_version)
        except ValueError as error:
            refused.append((each.page.url, str(error)))
            continue
        refused += [(each.page.url, reason) for reason in failed]
        if article["article_id"] not in articles:
            articles[article["article_id"]] = article | stamp
            for claim in said:
                claim.update(stamp)
            claims += said
    return Batch(
        rows.as_batch(pages, rows.PAGES),
        rows.as_batch(sightings, rows.SIGHTINGS),
        rows.as_table(list(articles.values()), rows.ARTICLES),
        rows.as_table(claims, rows.CLAIMS),
        tuple(refused),
    )
