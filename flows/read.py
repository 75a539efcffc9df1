"""Parse and extract, a batch at a time: archived pages in, readings with their claims out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from extractors.article import ArticleError, parse_article
from extractors.claims import extract_claims
from extractors.lexicon import languages
from extractors.model import Page, Source
from extractors.registry import company_named
from flows.failure import Batch, Failure
from warehouse.load import Reading


class Archived(Protocol):
    """A page and where its record stands."""

    @property
    def page(self) -> Page:
        """The page."""

    @property
    def file(self) -> str:
        """The archive's file."""

    @property
    def offset(self) -> int:
        """Where in the file, in bytes."""


def parse_pages(source: Source, archived: Sequence[Archived]) -> Batch[Reading]:
    """Each page's reading; one that is no article, or that breaks the reader, goes on without one and is told."""
    done, failures = [], []
    for item in archived:
        article = None
        try:
            article = parse_article(item.page, source)
            if article.note:
                failures.append(Failure(source.id, "parse", article.note, item.page.url, "partial"))
            if article.issuer:  # as claims name it
                article = replace(article, issuer=company_named(article.issuer))
        except ArticleError as error:
            failures.append(Failure(source.id, "parse", str(error), item.page.url))
        except Exception as error:  # whatever one page holds, the next one is read
            failures.append(Failure(source.id, "parse", f"{type(error).__name__}: {error}", item.page.url))
        done.append(Reading(item.page, item.file, item.offset, article, ()))
    return Batch(tuple(done), tuple(failures))


def extract_readings(source: Source, readings: Sequence[Reading]) -> Batch[Reading]:
    """The readings with the claims of their articles; a language that is not read is told, with no claims."""
    done, failures = [], []
    for reading in readings:
        article, url = reading.article, reading.page.url
        if article and article.language not in languages():
            reason = f"is in a language that is not read ({article.language})"
            failures.append(Failure(source.id, "extract", reason, url, "unread"))
        elif article:
            try:
                reading = replace(reading, claims=tuple(extract_claims(article)))
            except Exception as error:  # whatever one article holds, the next one is read
                failures.append(Failure(source.id, "extract", f"{type(error).__name__}: {error}", url))
        done.append(reading)
    return Batch(tuple(done), tuple(failures))
