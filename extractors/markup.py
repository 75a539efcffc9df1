"""HTML into an article's parts: one tree, of which structured data, title, date and body are read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from extractors.blocks import read_blocks
from extractors.parts import Parts, date_of, language_code
from extractors.trees import parse_html

_DATES = (
    '//meta[@property = "article:published_time"]/@content',
    '//meta[@itemprop = "datePublished"]/@content',
    '//meta[@name = "date"]/@content',
    '//meta[@name = "dcterms.date"]/@content',
    "//article//time/@datetime",
    "//main//time/@datetime",
)


def read_html(html: str) -> Parts:
    """An HTML page's title, date, language, publisher and blocks. Raises ArticleError where it cannot be read."""
    tree = parse_html(html)
    data = _structured_data(tree)
    title = _title(tree, data)
    return Parts(
        title=title,
        published=_published(tree, data),
        language=language_code(tree.get("lang") or "") or language_code(str(data.get("inLanguage") or "")),
        publisher=_publisher(tree, data),
        paragraphs=tuple(part for part in read_blocks(_body(tree)) if part.text != title),
    )


def _body(tree: HtmlElement) -> HtmlElement:
    """The element that holds the article; the tree is used up.

    A page without scripts and navigation is a document, such as a filing: all of it counts, or its `<article>`.
    """
    if not tree.xpath('boolean(//nav | //script[not(@type = "application/ld+json")])'):
        root = max(tree.iter("article"), key=lambda element: len(element.text_content()), default=None)
        root = root if root is not None else tree.find(".//main")
        return tree if root is None else root
    from extractors.generic import generic_body  # trafilatura: only who needs it waits for it

    body = generic_body(tree)
    return tree if body is None else body


def _words(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _structured_data(tree: HtmlElement) -> dict[str, Any]:
    """The page's JSON-LD object that has a `datePublished` or a headline; empty where none can be read."""
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue  # broken structured data is common; the page's other marks are read instead
        for node in _nodes(data):
            if "datePublished" in node or "headline" in node:
                return node
    return {}


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    for item in data if isinstance(data, list) else [data]:
        graph = item.get("@graph", [item]) if isinstance(item, dict) else []
        yield from (node for node in (graph if isinstance(graph, list) else [graph]) if isinstance(node, dict))


def _published(tree: HtmlElement, data: dict[str, Any]) -> str | None:
    marks = [str(data.get("datePublished", ""))]
    marks += [str(mark) for path in _DATES for mark in tree.xpath(path)]
    return next((label for mark in marks if (label := date_of(mark))), None)


def _title(tree: HtmlElement, data: dict[str, Any]) -> str | None:
    headings = tree.xpath("//article//h1 | //main//h1") or tree.xpath("//h1")
    if headings and (words := _words(headings[0])):
        return words
    named = data.get("headline") or tree.xpath('string(//meta[@property = "og:title"]/@content)')
    return " ".join(str(named or tree.findtext(".//title") or "").split())[:500] or None


def _publisher(tree: HtmlElement, data: dict[str, Any]) -> str | None:
    publisher = data.get("publisher")
    if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
        return str(publisher["name"])
    return str(tree.xpath('string(//meta[@property = "og:site_name"]/@content)')) or None
