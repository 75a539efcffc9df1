"""The pipeline's nouns as rows of the warehouse's tables: the columns of each, as Arrow, and how each is filled."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Context, Decimal, DecimalException, Inexact, InvalidOperation
from typing import Any

import pyarrow as pa

from extractors.model import Article, Claim, Page, Source, content_id, known_at, published_span

Row = dict[str, Any]

ID = pa.uuid()
TEXT = pa.string()
AT = pa.timestamp("us", tz="UTC")
FIGURE = pa.decimal128(38, 6)

_EXACT = Context(prec=38, traps=[Inexact, InvalidOperation])
_STEP = Decimal(1).scaleb(-FIGURE.scale)

SOURCES = pa.schema(
    {
        "version_id": ID, "source_id": TEXT, "source_name": TEXT, "kind_code": TEXT, "listing_url": TEXT,
        "authority_code": TEXT, "company": TEXT, "publisher": TEXT, "language_code": TEXT,
        "is_enabled": pa.bool_(), "recorded_at": AT,
    }
)  # fmt: skip
COMPANIES = pa.schema(
    {
        "version_id": ID, "company": TEXT, "country_code": TEXT, "ticker": TEXT, "cik": TEXT, "lei": TEXT,
        "fiscal_year_end_month": pa.int32(), "recorded_at": AT,
    }
)  # fmt: skip
METRICS = pa.schema(
    {
        "version_id": ID, "metric": TEXT, "metric_name": TEXT, "usual_units": TEXT, "description": TEXT,
        "recorded_at": AT,
    }
)  # fmt: skip
COVERAGE = pa.schema(
    {
        "look_id": ID, "run_id": ID, "source_id": TEXT, "url": TEXT, "stage_code": TEXT, "outcome_code": TEXT,
        "found_count": pa.int64(), "read_count": pa.int64(), "error": TEXT, "looked_at": AT, "etag": TEXT,
        "last_modified": TEXT, "since_date": pa.date32(), "until_date": pa.date32(),
    }
)  # fmt: skip
PAGES = pa.schema(
    {
        "page_id": ID, "url": TEXT, "source_id": TEXT, "fetched_at": AT, "http_status": pa.int32(),
        "content_type": TEXT, "etag": TEXT, "last_modified": TEXT, "archive_file": TEXT, "archive_offset": pa.int64(),
        "body_bytes": pa.int64(), "body_sha256": TEXT, "recorded_at": AT, "run_id": ID,
    }
)  # fmt: skip
SIGHTINGS = pa.schema(
    {
        "sighting_id": ID, "page_id": ID, "url": TEXT, "source_id": TEXT, "sighted_at": AT, "recorded_at": AT,
        "run_id": ID,
    }
)  # fmt: skip
ARTICLES = pa.schema(
    {
        "article_id": ID, "page_id": ID, "title": TEXT, "text": TEXT, "published": TEXT,
        "published_date": pa.date32(), "published_precision_code": TEXT, "language_code": TEXT, "issuer": TEXT,
        "publisher": TEXT, "extractor_version": TEXT, "known_at": AT, "recorded_at": AT, "run_id": ID,
    }
)  # fmt: skip
CLAIMS = pa.schema(
    {
        "article_id": ID, "number": pa.int32(), "page_id": ID, "company": TEXT, "metric": TEXT, "scope": TEXT,
        "basis_code": TEXT, "measure_code": TEXT, "status_code": TEXT, "period": TEXT,
        "period_start_date": pa.date32(), "period_end_date": pa.date32(), "value_low": FIGURE, "value_high": FIGURE,
        "unit_code": TEXT, "is_approx": pa.bool_(), "quote": TEXT, "quote_in": TEXT, "quote_start": pa.int64(),
        "quote_end": pa.int64(), "confidence": pa.float64(), "rule": TEXT, "known_at": AT, "recorded_at": AT,
        "run_id": ID,
    }
)  # fmt: skip


def as_batch(rows: Iterable[Row], schema: pa.Schema) -> pa.Table:
    """Rows as an Arrow table, each id once; the id is the schema's first column."""
    return as_table(list({row[schema.names[0]]: row for row in rows}.values()), schema)


def as_table(rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    """Rows as an Arrow table, column by column: several times as fast as `from_pylist`."""
    columns = [pa.array([row.get(field.name) for row in rows], field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def source_row(source: Source, recorded_at: datetime) -> Row:
    """A row of `sources`."""
    said = {
        "source_id": source.id,
        "source_name": source.name,
        "kind_code": source.kind,
        "listing_url": source.url,
        "authority_code": source.authority,
        "company": source.company,
        "publisher": source.publisher,
        "language_code": source.language,
        "is_enabled": source.enabled,
    }
    return _version(said, recorded_at)


def company_row(company: Mapping[str, object], recorded_at: datetime) -> Row:
    """A row of `companies`. Raises KeyError where `name` lacks."""
    said = {
        "company": company["name"],
        "country_code": company.get("country"),
        "ticker": company.get("ticker"),
        "cik": company.get("cik"),
        "lei": company.get("lei"),
    }
    said = {column: None if value is None else str(value) for column, value in said.items()}
    if month := company.get("fiscal_year_end_month"):
        said["fiscal_year_end_month"] = month
    return _version(said, recorded_at)


def metric_row(metric: Mapping[str, object], recorded_at: datetime) -> Row:
    """A row of `metrics`. Raises KeyError where `metric_id` lacks."""
    units = metric.get("unit") or metric.get("units")
    said = {
        "metric": metric["metric_id"],
        "metric_name": metric.get("name"),
        "usual_units": ", ".join(units) if isinstance(units, list | tuple) else units,
        "description": metric.get("description"),
    }
    return _version({column: None if value is None else str(value) for column, value in said.items()}, recorded_at)


def page_row(page: Page, archive_file: str, archive_offset: int) -> Row:
    """A row of `pages`. Raises UnicodeError where address or headers are no Unicode."""
    row = {
        "page_id": page.page_id.bytes,
        "url": page.url,
        "source_id": page.source_id,
        "fetched_at": page.fetched_at,
        "http_status": page.status,
        "content_type": page.content_type,
        "etag": page.headers.get("etag"),
        "last_modified": page.headers.get("last-modified"),
        "archive_file": archive_file,
        "archive_offset": archive_offset,
        "body_bytes": len(page.body),
        "body_sha256": hashlib.sha256(page.body).hexdigest(),
    }
    _must_be_unicode(row)
    return row


def sighting_row(page: Page) -> Row:
    """A row of `sightings`: this source showed this version of the page at that moment."""
    row = {"page_id": page.page_id.bytes, "url": page.url, "source_id": page.source_id, "sighted_at": page.fetched_at}
    return {"sighting_id": content_id(*map(repr, row.values())).bytes, **row}


def reading_rows(
    page: Page, article: Article, claims: Iterable[Claim], extractor_version: str
) -> tuple[Row, list[Row], list[str]]:
    """One reading of a page: its row of `articles`, its rows of `claims`, and why other claims cannot be rows.

    The article's id is also of the claims that were read in it. A claim stands once, at its place in the article, and
    is known when that is. Raises ValueError: no date of publication, or text that is no Unicode.
    """
    said, failed = claim_rows(claims)
    words = [repr(claim) for claim in said]
    row = _article_row(page, article, extractor_version)
    read = (repr(value) for column, value in row.items() if column != "known_at")
    row = {"article_id": content_id(*read, *words).bytes, **row}
    of_article = {column: row[column] for column in ("article_id", "page_id", "known_at")}
    once = list(dict(zip(words, said, strict=True)).values())
    for number, claim in enumerate(once):
        claim.update(of_article, number=number)
    return row, once, failed


def claim_rows(claims: Iterable[Claim]) -> tuple[list[Row], list[str]]:
    """The claims of one article as rows, without what the article adds; and why others cannot be rows."""
    done, failed = [], []
    for claim in claims:
        try:
            done.append(_claim_row(claim))
        except ValueError as error:
            failed.append(f"{claim.company}, {claim.metric}, {claim.period}: {error}")
    return done, failed


def _article_row(page: Page, article: Article, extractor_version: str) -> Row:
    row = {
        "page_id": page.page_id.bytes,
        "title": article.title,
        "text": article.text,
        "published": article.published,
        "published_date": published_span(article.published)[0],
        "published_precision_code": "month" if len(article.published) == 7 else "day",
        "language_code": article.language,
        "issuer": article.issuer,
        "publisher": article.publisher,
        "extractor_version": extractor_version,
        "known_at": known_at(article.published, page.fetched_at),
    }
    _must_be_unicode(row)
    return row


def _claim_row(claim: Claim) -> Row:
    if not 0 <= claim.confidence <= 1:
        raise ValueError(f"confidence {claim.confidence} is not within 0 and 1")
    span, value = claim.span, claim.value
    row = {
        "company": claim.company,
        "metric": claim.metric,
        "scope": claim.scope,
        "basis_code": claim.basis,
        "measure_code": claim.measure,
        "status_code": claim.status,
        "period": claim.period,
        "period_start_date": span.first,
        "period_end_date": span.last,
        "value_low": _figure(value.low) if value else None,
        "value_high": _figure(value.high) if value else None,
        "unit_code": value.unit if value else None,
        "is_approx": value.approx if value else None,
        "quote": claim.quote,
        "quote_in": claim.quote_in,
        "quote_start": claim.start,
        "quote_end": claim.end,
        "confidence": claim.confidence,
        "rule": claim.rule,
    }
    _must_be_unicode(row)
    return row


def _figure(value: Decimal | None) -> Decimal | None:
    """The same number with six decimals. Raises ValueError where that would not be the same number."""
    if value is None:
        return None
    try:
        exact = value.quantize(_STEP, context=_EXACT)
    except DecimalException as error:
        raise ValueError(f"{value} does not fit 32 digits before the point and 6 after it") from error
    if not exact.is_finite():
        raise ValueError(f"{value} is no number")
    return exact.copy_abs() if exact.is_zero() else exact  # no negative zero


def _version(said: Row, recorded_at: datetime) -> Row:
    return {"version_id": content_id(*map(repr, said.values())).bytes, **said, "recorded_at": recorded_at}


def _must_be_unicode(row: Row) -> None:
    """Raises UnicodeEncodeError where a text holds half of a surrogate pair, which no file can hold."""
    for value in row.values():
        if isinstance(value, str):
            value.encode()
