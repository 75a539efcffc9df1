"""HTML into a draft, by BeautifulSoup: structured data first, then the article's own elements."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, Tag

from extractors.draft import ArticleError, Draft, date_of
from extractors.model import Paragraph, Role

_BOILERPLATE = "script, style, noscript, template, svg, nav, header nav, footer, aside, form, iframe, [hidden]"
_BLOCKS: dict[str, Role] = {
    "p": "paragraph",
    "li": "list_item",
    "blockquote": "quote",
    "table": "table",
    "pre": "paragraph",
    "h2": "headline",
    "h3": "headline",
    "h4": "headline",
}
_DATES = (
    'meta[property="article:published_time"]',
    'meta[itemprop="datePublished"]',
    'meta[name="date"]',
    'meta[name="dcterms.date"]',
)


def read_html(html: str) -> Draft:
    """An HTML page's title, date, language, publisher and blocks.

    The body is the `<article>` with the most text, or else `<main>`, or else the whole page; navigation, footers,
    asides and forms are left out. Raises ArticleError where the page is nested too deeply to be read.
    """
    try:
        soup = BeautifulSoup(html, "lxml")
        data = _structured_data(soup)
        language, published, title = _language(soup, data), _published(soup, data), _title(soup, data)
        publisher = _publisher(soup, data)
        for tag in soup.select(_BOILERPLATE):
            tag.decompose()
        root = max(soup.select("article"), key=lambda tag: len(tag.get_text()), default=None)
        root = root or soup.find("main") or soup.body or soup
        paragraphs = tuple(_paragraphs(root, title))
    except RecursionError as error:
        raise ArticleError("is nested too deeply to be read") from error
    return Draft(paragraphs=paragraphs, title=title, published=published, language=language, publisher=publisher)


def _paragraphs(root: Tag, title: str | None) -> Iterator[Paragraph]:
    for tag in root.find_all(list(_BLOCKS)):
        is_table = tag.name == "table"
        if tag.find_parent("table") or (not is_table and tag.find(list(_BLOCKS))):
            continue  # a table is read whole, any other block by the blocks inside it
        text = _table_text(tag) if is_table else _words(tag)
        if text and text != title:
            yield Paragraph(text, _role(tag))


def _role(tag: Tag) -> Role:
    outer = tag.find_parent(["blockquote", "li"])
    return _BLOCKS[outer.name if outer and tag.name == "p" else tag.name]


def _table_text(table: Tag) -> str:
    """A row a line, cells separated by tabs; a cell that spans several columns is followed by empty ones."""
    lines = []
    for row in table.find_all("tr"):
        cells: list[str] = []
        for cell in row.find_all(["td", "th"]):
            span = str(cell.get("colspan", "1"))
            cells += [_words(cell)] + [""] * (min(int(span), 50) - 1 if span.isdigit() else 0)
        if any(cells):
            lines.append("\t".join(cells))
    return "\n".join(lines)


def _words(tag: Tag) -> str:
    for line_break in tag.find_all("br"):
        line_break.replace_with(" ")
    return " ".join(tag.get_text().split())


def _structured_data(soup: BeautifulSoup) -> dict[str, Any]:
    """The page's JSON-LD object that has a `datePublished` or a headline; empty where none can be read."""
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            data = json.loads(script.get_text())
        except ValueError:
            continue  # broken structured data is common; the page's other marks are read instead
        for item in data if isinstance(data, list) else [data]:
            graph = item.get("@graph", [item]) if isinstance(item, dict) else []
            for node in graph if isinstance(graph, list) else [graph]:
                if isinstance(node, dict) and ("datePublished" in node or "headline" in node):
                    return node
    return {}


def _published(soup: BeautifulSoup, data: dict[str, Any]) -> str | None:
    marks = [str(data.get("datePublished", ""))]
    marks += [str(tag.get("content", "")) for selector in _DATES for tag in soup.select(selector)]
    marks += [str(tag.get("datetime", "")) for tag in soup.select("article time[datetime], main time[datetime]")]
    return next((label for mark in marks if (label := date_of(mark))), None)


def _title(soup: BeautifulSoup, data: dict[str, Any]) -> str | None:
    heading = soup.select_one("article h1, main h1") or soup.find("h1")
    if isinstance(heading, Tag) and (words := _words(heading)):
        return words
    meta = soup.select_one('meta[property="og:title"]')
    named = data.get("headline") or (meta and meta.get("content")) or (soup.title and soup.title.get_text()) or ""
    return " ".join(str(named).split())[:500] or None


def _language(soup: BeautifulSoup, data: dict[str, Any]) -> str | None:
    html = soup.find("html")
    named = str(html.get("lang") or "") if isinstance(html, Tag) else ""
    code = (named or str(data.get("inLanguage") or "")).replace("_", "-").partition("-")[0].strip().lower()
    return code if len(code) == 2 else None


def _publisher(soup: BeautifulSoup, data: dict[str, Any]) -> str | None:
    publisher = data.get("publisher")
    if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
        return str(publisher["name"])
    meta = soup.select_one('meta[property="og:site_name"]')
    return str(meta.get("content") or "") or None if meta else None
