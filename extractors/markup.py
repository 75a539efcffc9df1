"""HTML into an article's parts: one tree, of which structured data, title, date and body are read."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from lxml.html import HtmlElement

from extractors.blocks import read_blocks
from extractors.language import detect_language
from extractors.model import Layout
from extractors.parts import Parts, language_code
from extractors.published import find_published
from extractors.selected import selected_body
from extractors.trees import parse_html

_ARTICLE = re.compile(r"Article|Posting|Report|Release")

_MOST_ELEMENTS, _MOST_CHILDREN, _DEEPEST = 15_000, 2_000, 150
"""Of a page that somebody wrote: the largest of 1,300 real ones had 10,106 elements, and 1,125 in one."""


def read_html(html: str, url: str, latest: date, layouts: Sequence[Layout] = ()) -> Parts:
    """An HTML page's title, date, language, publisher and blocks; nothing can have been published after `latest`.

    The body is where the `layouts` find it, or else where a generic reader does.

    Raises ArticleError where it cannot be read.
    """
    tree = parse_html(html)
    declared = (tree.get("lang") or tree.get("xml:lang") or "").strip()
    language = declared or detect_language(" ".join(tree.xpath("//title/text() | //h1//text() | //p/text()")[:40]))
    data = _structured_data(tree)
    title = _title(tree, data)
    published = find_published(tree, data, _urls(tree, url), language, latest)
    body = selected_body(html, layouts, published.label if published else None)
    return Parts(
        title=title,
        published=published.label if published else None,
        language=language_code(declared) or language_code(str(data.get("inLanguage") or "")),
        publisher=_publisher(tree, data),
        note="is built as none of its source's layouts says" if layouts and body is None else None,
        paragraphs=tuple(part for part in read_blocks(_body(tree) if body is None else body) if part.text != title),
    )


def _body(tree: HtmlElement) -> HtmlElement:
    """The element that holds the article; the tree is used up.

    A page without scripts and navigation is a document, such as a filing: all of it counts, or its `<article>`. So it
    is with a page beyond all measure, which the generic reader would take minutes over.
    """
    if _is_vast(tree) or not tree.xpath('boolean(//nav | //script[not(@type = "application/ld+json")])'):
        root = max(tree.iter("article"), key=lambda element: len(element.text_content()), default=None)
        root = root if root is not None else tree.find(".//main")
        return tree if root is None else root
    from extractors.generic import generic_body  # trafilatura: only who needs it waits for it

    body = generic_body(tree)
    return tree if body is None else body


def _is_vast(tree: HtmlElement) -> bool:
    beyond = (
        f"count(//*) > {_MOST_ELEMENTS}",
        f"//*/*[{_MOST_CHILDREN}]",
        "/*" * _DEEPEST,
        f"sum(//@rowspan[. > 1]) > {_MOST_ELEMENTS}",
    )
    return bool(tree.xpath(f"boolean({' or '.join(beyond)})"))


def _urls(tree: HtmlElement, url: str) -> list[str]:
    """Where the page is, and where it says that it is."""
    own = tree.xpath('//link[@rel = "canonical"]/@href | //meta[@property = "og:url"]/@content')
    return [str(each) for each in (url, *own) if each.startswith(("http:", "https:"))]


def _words(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _structured_data(tree: HtmlElement) -> dict[str, Any]:
    """The page's JSON-LD object of an article, or else one that has a `datePublished` or a headline; else empty."""
    found: list[dict[str, Any]] = []
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue  # broken structured data is common; the page's other marks are read instead
        found += [node for node in _nodes(data) if "datePublished" in node or "headline" in node]
    return max(found, key=lambda node: bool(_ARTICLE.search(str(node.get("@type")))), default={})


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Every object in the data, the outer before the inner."""
    waiting = deque([data])
    while waiting:
        node = waiting.popleft()
        if isinstance(node, dict):
            yield node
            waiting += [part for part in node.values() if isinstance(part, dict | list)]
        elif isinstance(node, list):
            waiting += node


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
