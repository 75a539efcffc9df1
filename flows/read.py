"""Parse and extract, a batch at a time: archived pages in, readings with their claims out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.article import ArticleError, parse_article
from extractors.claims import extract_claims
from extractors.model import Source
from flows.archive import ArchivedPage
from flows.failure import Batch, Failure
from warehouse.load import Reading


def parse_pages(source: Source, archived: Sequence[ArchivedPage]) -> Batch[Reading]:
    """Each page's reading; one that is no article goes on without one, and is told as a failure."""
    done, failures = [], []
    for item in archived:
        article = None
        try:
            article = parse_article(item.page, source)
        except ArticleError as error:
            failures.append(Failure(source.id, "parse", str(error), item.page.url))
        done.append(Reading(item.page, item.file, item.offset, article, ()))
    return Batch(tuple(done), tuple(failures))


def extract_readings(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings with the claims of their articles."""
    return tuple(
        replace(reading, claims=tuple(extract_claims(reading.article))) if reading.article else reading
        for reading in readings
    )
