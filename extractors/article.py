"""Parse: a page in, an article out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from extractors.decoding import decode_body
from extractors.issuers import release_issuer
from extractors.language import UNDECIDED, detect_language
from extractors.model import Article, Layout, Page, Source
from extractors.parts import ArticleError, Parts, paragraphs_of
from extractors.plain import read_markdown, read_text
from extractors.releases import find_dateline, find_headline, names_nothing

__all__ = ["ArticleError", "article_of_text", "language_of", "parse_article", "read_page"]

_PDF = b"%PDF-"
_EARLIEST = date(1990, 1, 1)
_TELLING = 200
"""Characters that tell their language better than the page does."""
_HTML = {"text/html", "application/xhtml+xml"}
_WRAPPER = re.compile(
    r"\s*(?:<DOCUMENT>\s*)?<TYPE>[^<]*(?:<(?:SEQUENCE|FILENAME|DESCRIPTION)>[^<]*)*<TEXT>\s*(.*?)\s*"
    r"(?:</TEXT>\s*(?:</DOCUMENT>\s*)?)?",
    re.DOTALL,
)
"""What the SEC puts around each document of a filing."""
_TELLS_OF_OTHERS = ("wire", "regulator")
"""What carries the statements of companies as they are."""
_OPENING, _LEAST_LEAD = 20, 40
"""Paragraphs among which the lead stands; bytes that it has."""
_SENTENCE_END = re.compile(r"[.!?:…。！？][\"'”’»)]*$")
_READERS = {"text/plain": read_text, "text/markdown": read_markdown}


def read_page(page: Page, layouts: Sequence[Layout] = ()) -> Parts:
    """The parts of an article that a page itself has, with no hint but where in HTML its source keeps them.

    Where nothing else dates or names it, the dateline and the headline of a press release do. They go before the day
    on which a PDF was made.

    Raises ArticleError where the page cannot be read: an unknown type, an encoding that does not fit, nothing at all.
    """
    body, kind = page.body, page.content_type
    if not body.strip():
        raise ArticleError("is empty")
    if body.startswith(_PDF):
        return _with_lead(_as_release(_read_pdf(body), _latest(page), is_dated=False))
    if kind not in _HTML and kind not in _READERS:
        raise ArticleError(f"is {kind or 'of no declared type'}, not HTML, PDF or text")
    text = decode_body(page)
    if wrapped := _WRAPPER.fullmatch(text):
        text = wrapped[1]
    parts = _read_html(text, page, layouts) if kind in _HTML else _READERS[kind](text)
    is_dated = parts.published is not None
    return _with_lead(_as_release(parts, _latest(page), is_dated=is_dated, is_named=kind not in _HTML))


def _with_lead(parts: Parts) -> Parts:
    """The parts, the first whole sentence of whose text opens it as the lead."""
    opening = parts.paragraphs[:_OPENING]
    first = next((at for at, part in enumerate(opening) if part.role == "paragraph" and _is_lead(part.text)), None)
    if first is None:
        return parts
    lead = replace(parts.paragraphs[first], role="lead")
    return replace(parts, paragraphs=(*parts.paragraphs[:first], lead, *parts.paragraphs[first + 1 :]))


def _is_lead(text: str) -> bool:
    return len(text.encode()) >= _LEAST_LEAD and _SENTENCE_END.search(text) is not None


def _latest(page: Page) -> date:
    """The last day on which it can have been published."""
    return page.fetched_at.date() + timedelta(days=1)


def _as_release(parts: Parts, latest: date, *, is_dated: bool, is_named: bool = False) -> Parts:
    """The parts with the date and the headline that a release has in its text, where better ones are missing."""
    is_named = is_named or not names_nothing(parts.title)
    if is_dated and is_named:
        return parts
    dateline = find_dateline(parts.paragraphs, language_of(parts, parts.title))
    if not is_dated and dateline and dateline.day and _EARLIEST <= dateline.day <= latest:
        parts = replace(parts, published=dateline.day.isoformat(), published_in="text")
    if not is_named:
        title = find_headline(parts.paragraphs, dateline)
        rest = tuple(part for part in parts.paragraphs if part.text != title)
        parts = replace(parts, title=title, paragraphs=rest)
    return parts


def parse_article(page: Page, source: Source) -> Article:
    """The article that a page holds; what it does not say of itself comes from its listing and its source.

    Raises ArticleError where the page is no article, or nothing dates it.
    """
    parts, candidate = read_page(page, source.layouts), page.candidate
    if not parts.has_text:
        raise ArticleError("holds no article text")
    published = parts.published or (candidate.published if candidate else None)
    if published is None:
        raise ArticleError('names no publication date (a text may begin with " date 2017-01 " or " date 2017-01-12 ")')
    title = parts.title or (candidate.title if candidate else None)
    language = source.language or language_of(parts, title)
    issuer = source.company or (candidate.issuer if candidate else None)
    if issuer is None and source.authority in _TELLS_OF_OTHERS:
        issuer = release_issuer(title, parts.paragraphs, language)
    return Article(
        title=title,
        paragraphs=parts.paragraphs,
        published=published,
        language=language,
        issuer=issuer,
        publisher=parts.publisher or source.publisher or source.company,
        subtitle=parts.subtitle,
        byline=parts.byline,
        published_in=parts.published_in if parts.published else "listing",
        modified=parts.modified,
        canonical_url=parts.canonical_url,
        note=parts.note,
    )


def language_of(parts: Parts, title: str | None) -> str:
    """The language of a page's text; where that is short, the one that the page declares goes before.

    Many pages declare the language of what they were made with.
    """
    if parts.language and len(parts.text) < _TELLING:
        return parts.language
    detected = detect_language(f"{title or ''}\n{parts.text}")
    return parts.language or detected if detected == UNDECIDED else detected


def _read_pdf(body: bytes) -> Parts:
    from extractors.pdf import read_pdf  # pypdf: only who reads a PDF waits for it

    return read_pdf(body)


def _read_html(html: str, page: Page, layouts: Sequence[Layout]) -> Parts:
    from extractors.markup import read_html  # lxml: only who reads HTML waits for it

    return read_html(html, page.url, latest=_latest(page), layouts=layouts)


def article_of_text(text: str, *, published: str, title: str | None = None, language: str | None = None) -> Article:
    """A document that is all text, as an article: `article.text == text`."""
    language = language or detect_language(f"{title or ''}\n{text}")
    return Article(title=title, paragraphs=paragraphs_of(text), published=published, language=language)
