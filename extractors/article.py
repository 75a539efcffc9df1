"""Parse: a page in, an article out."""

from __future__ import annotations

from collections.abc import Callable

from extractors.decoding import decode_body
from extractors.language import detect_language
from extractors.model import Article, Page, Source
from extractors.parts import ArticleError, Parts, paragraphs_of
from extractors.plain import read_markdown, read_text

__all__ = ["ArticleError", "article_of_text", "language_of", "parse_article", "read_page"]

_LEAST_BYTES = 40
"""Of text in UTF-8: forty Latin letters or a dozen Chinese characters."""
_PDF = b"%PDF-"
_HTML = {"text/html", "application/xhtml+xml"}
_READERS = {"text/plain": read_text, "text/markdown": read_markdown}


def read_page(page: Page) -> Parts:
    """The parts of an article that a page itself has, with no hint from its listing or its source.

    Raises ArticleError where the page is none: an unknown type, an encoding that does not fit, no text.
    """
    if not page.body.strip():
        raise ArticleError("is empty")
    if page.body.startswith(_PDF):
        return _pdf_reader()(page.body)
    reader = _html_reader() if page.content_type in _HTML else _READERS.get(page.content_type)
    if reader is None:
        raise ArticleError(f"is {page.content_type or 'of no declared type'}, not HTML, PDF or text")
    parts = reader(decode_body(page))
    if len(parts.text.encode()) < _LEAST_BYTES:
        raise ArticleError("holds no article text")
    return parts


def parse_article(page: Page, source: Source) -> Article:
    """The article that a page holds; what it does not say of itself comes from its listing and its source.

    Raises ArticleError where the page is no article, or nothing dates it.
    """
    parts, candidate = read_page(page), page.candidate
    published = parts.published or (candidate.published if candidate else None)
    if published is None:
        raise ArticleError('names no publication date (a text may begin with " date 2017-01 " or " date 2017-01-12 ")')
    title = parts.title or (candidate.title if candidate else None)
    return Article(
        title=title,
        paragraphs=parts.paragraphs,
        published=published,
        language=source.language or language_of(parts, title),
        issuer=source.company or (candidate.issuer if candidate else None),
        publisher=parts.publisher or source.publisher or source.company,
    )


def language_of(parts: Parts, title: str | None) -> str:
    """The language that a page declares, or else the one of its text."""
    return parts.language or detect_language(f"{title or ''}\n{parts.text}")


def _pdf_reader() -> Callable[[bytes], Parts]:
    from extractors.pdf import read_pdf  # pypdf: only who reads a PDF waits for it

    return read_pdf


def _html_reader() -> Callable[[str], Parts]:
    from extractors.markup import read_html  # BeautifulSoup: only who reads HTML waits for it

    return read_html


def article_of_text(text: str, *, published: str, title: str | None = None, language: str | None = None) -> Article:
    """A document that is all text, as an article: `article.text == text`."""
    language = language or detect_language(f"{title or ''}\n{text}")
    return Article(title=title, paragraphs=paragraphs_of(text), published=published, language=language)
