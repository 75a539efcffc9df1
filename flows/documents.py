"""Documents as JSON lines: what stands outside the pipeline, read and answered as `extract --jsonl` has it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extractors.article import ArticleError, article_of_text, parse_article
from extractors.claims import extract_claims
from extractors.lexicon import languages
from extractors.model import Article, Candidate, Claim, Page, Source, published_span
from flows.figures import json_number
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
        article = parse_article(page, source)
    except ArticleError as error:
        raise DocumentError(str(error)) from error
    return replace(article, published=published or article.published)


def answer_lines(lines: Iterable[bytes], least_confidence: float = 0.0) -> Iterator[tuple[str, DocumentError | None]]:
    """For each line that is not blank, in order: `{"id": ..., "claims": [...]}`, and what was wrong with the line.

    A faulty document is answered with no claims; it never stops the ones after it. One in a language that is not read
    has no claims either, and a `note` that says so.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        answer: dict[str, Any] = {"id": None, "claims": []}
        fault = None
        try:
            document = json.loads(line)
            answer["id"] = document.get("id") if isinstance(document, dict) else None
            article = _read(document)
            if article.language not in languages():
                answer["note"] = f"is in a language that is not read ({article.language})"
            sure = (claim for claim in extract_claims(article) if claim.confidence >= least_confidence)
            answer["claims"] = [claim_json(claim) for claim in sure]
        except Exception as error:  # whatever one document holds, the next one is read
            name = "" if answer["id"] is None else f" ({answer['id']})"
            fault = DocumentError(f"line {number}{name}: {_words(error)}")
        yield json.dumps(answer), fault


def _read(document: object) -> Article:
    """The document that a line holds. Raises ValueError with what is wrong."""
    if not isinstance(document, dict):
        raise ValueError("is no JSON object")
    for field, may_be_missing in (("text", False), ("published", False), ("title", True), ("lang", True)):
        if not (isinstance(document.get(field), str) or (may_be_missing and document.get(field) is None)):
            raise ValueError(f"has no {field!r} that is a string")
    published_span(document["published"])
    return article_of_text(
        document["text"],
        published=document["published"],
        title=document.get("title"),
        language=document.get("lang"),
    )


def _words(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"is not JSON: {error.msg} at character {error.pos + 1}"
    if isinstance(error, UnicodeDecodeError):
        return "is not UTF-8"
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
        and {
            "low": json_number(value.low),
            "high": json_number(value.high),
            "unit": value.unit,
            "approx": value.approx,
        },
        "quote": claim.quote,
        "quote_in": claim.quote_in,
        "start": claim.start,
        "end": claim.end,
        "confidence": round(claim.confidence, 3),
        "rule": claim.rule,
    }
