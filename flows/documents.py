"""Documents as JSON lines: what stands outside the pipeline, read and answered as `extract --jsonl` has it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractors.article import ArticleError, article_of_text, parse_article
from extractors.claims import extract_claims
from extractors.model import Article, Candidate, Claim, Page, Source, published_span
from flows.files import content_type


class DocumentError(Exception):
    """A file or line that is no document; the message says what is wrong, and names the line."""


def read_document(path: str, body: bytes, *, published: str | None, language: str | None) -> Article:
    """A file's document; what is given here goes before what the document says of itself.

    Raises DocumentError where it is no article, or has no publication date and none is given.
    """
    source = Source(id="document", name=path, kind="folder", url=path, authority="press", language=language)
    page = Page(
        source_id=source.id,
        url=path,
        fetched_at=datetime.now(UTC),
        body=body,
        headers={"content-type": content_type(Path(path))},
        candidate=Candidate(source_id=source.id, url=path, published=published),
    )
    try:
        if published:
            published_span(published)
        article = parse_article(page, source)
    except (ArticleError, ValueError) as error:
        raise DocumentError(str(error)) from error
    return replace(article, published=published or article.published)


def answer_lines(lines: Iterable[bytes], least_confidence: float = 0.0) -> Iterator[tuple[str, DocumentError | None]]:
    """For each line that is not blank, in order: `{"id": ..., "claims": [...]}`, and what was wrong with the line.

    A faulty document is answered with no claims; it never stops the ones after it.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        document_id, claims, fault = None, [], None
        try:
            document = json.loads(line)
            document_id = document["id"] if isinstance(document, dict) else None
            claims = [claim_json(claim) for claim in _read(document) if claim.confidence >= least_confidence]
        except Exception as error:  # whatever one document holds, the next one is read
            name = "" if document_id is None else f" ({document_id})"
            fault = DocumentError(f"line {number}{name}: {_words(error)}")
        yield json.dumps({"id": document_id, "claims": claims}), fault


def _read(document: dict[str, Any]) -> list[Claim]:
    if not isinstance(document["text"], str) or not isinstance(document.get("title") or "", str):
        raise TypeError("'text' and 'title' must be strings")
    published_span(document["published"])
    article = article_of_text(
        document["text"],
        published=document["published"],
        title=document.get("title"),
        language=document.get("lang"),
    )
    return extract_claims(article)


def _words(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"is not JSON: {error.msg} at character {error.pos + 1}"
    if isinstance(error, KeyError):
        return f"has no field {error}"
    return str(error) or type(error).__name__


def claim_json(claim: Claim) -> dict[str, Any]:
    """A claim as JSON: its fields, the place of its evidence, and its confidence."""
    value = claim.value
    return {
        "company": claim.company,
        "metric": claim.metric,
        "scope": claim.scope,
        "basis": claim.basis,
        "measure": claim.measure,
        "status": claim.status,
        "period": claim.period,
        "value": value
        and {"low": _number(value.low), "high": _number(value.high), "unit": value.unit, "approx": value.approx},
        "quote": claim.quote,
        "quote_in": claim.quote_in,
        "start": claim.start,
        "end": claim.end,
        "confidence": round(claim.confidence, 3),
        "rule": claim.rule,
    }


def _number(number: Decimal | None) -> int | float | None:
    """JSON has one kind of number: whole ones are written without a point."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)
