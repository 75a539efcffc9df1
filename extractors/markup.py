"""HTML into an article's parts, by BeautifulSoup: structured data first, then the article's own elements."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from itertools import groupby
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from extractors.html_tables import read_table
from extractors.model import Paragraph, Role
from extractors.parts import ArticleError, Parts, date_of, language_code

_BOILERPLATE = "script, style, noscript, template, svg, nav, footer, aside, iframe, button, select, [hidden]"
_ROLES: dict[str, Role] = {
    "li": "list_item",
    "blockquote": "quote",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "headline"),
}
# fmt: off
_BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "html", "li", "main", "ol",
    "p", "pre", "section", "summary", "table", "td", "th", "tr", "ul",
})
# fmt: on
"""Elements that begin a paragraph of their own; all others run on within one."""
_DATES = (
    'meta[property="article:published_time"]',
    'meta[itemprop="datePublished"]',
    'meta[name="date"]',
    'meta[name="dcterms.date"]',
)


def read_html(html: str) -> Parts:
    """An HTML page's title, date, language, publisher and blocks.

    The body is the `<article>` with the most text, or else `<main>`, or else the whole page; navigation, footers
    and asides are left out. Raises ArticleError where the page is nested too deeply to be read.
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
    return Parts(paragraphs=paragraphs, title=title, published=published, language=language, publisher=publisher)


def _paragraphs(root: Tag, title: str | None) -> Iterator[Paragraph]:
    """The root's text, cut where a block begins or ends; a table of figures is one paragraph."""
    tables = {id(table): rows for table in root.find_all("table") if (rows := read_table(table)) is not None}
    for block, nodes in groupby(_texts(root, tables), key=lambda found: found[0]):
        rows = tables.get(id(block))
        text = " ".join("".join(words for _, words in nodes).split()) if rows is None else _lines(rows)
        if text and text != title:
            yield Paragraph(text, _role(block) if rows is None else "table")


def _lines(rows: list[list[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def _texts(root: Tag, tables: Container[int]) -> Iterator[tuple[Tag, str]]:
    """Every piece of text with the block that it stands in: the table of figures, or else the nearest element."""
    blocks: dict[int, Tag] = {id(root): root}
    for node in root.descendants:
        parent = node.parent
        if parent is None:
            continue
        outer = blocks[id(parent)]
        if isinstance(node, Tag):
            is_block = node.name in _BLOCKS and id(outer) not in tables
            blocks[id(node)] = node if is_block else outer
            if node.name == "br":
                yield outer, " "
        elif type(node) is NavigableString:
            yield outer, str(node)


def _role(block: Tag) -> Role:
    outer = block if block.name in _ROLES else block.find_parent(list(_ROLES))
    return _ROLES[outer.name] if outer else "paragraph"


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
    return language_code(named) or language_code(str(data.get("inLanguage") or ""))


def _publisher(soup: BeautifulSoup, data: dict[str, Any]) -> str | None:
    publisher = data.get("publisher")
    if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
        return str(publisher["name"])
    meta = soup.select_one('meta[property="og:site_name"]')
    return str(meta.get("content") or "") or None if meta else None
