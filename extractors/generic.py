"""The article of a page that nobody has described: by trafilatura, fast where that finds enough."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from extractors.html_tables import read_table

_ENOUGH = 1100
"""Characters; where the fast reading finds less, the page may not be built as articles are."""
# fmt: off
_UNUSED = (
    "audio", "button", "canvas", "datalist", "embed", "iframe", "img", "input", "link", "map", "meta", "object",
    "option", "picture", "select", "source", "style", "svg", "template", "textarea", "track", "use", "video",
)
# fmt: on
_EMPTY = " | ".join(
    f"//{name}[not(*) and not(normalize-space())]" for name in ("a", "div", "figure", "i", "li", "section", "span")
)
"""What holds nothing to read."""
_NAMES = {"head": "h2", "item": "li", "list": "ul", "quote": "blockquote", "lb": "br", "row": "tr", "cell": "td"}
"""What trafilatura calls an element, and what HTML does."""
_LARGE = 1_000
"""Elements; in a smaller page lists of links cost little, and tell what share of it was found."""
_MARK = re.compile(r"⟦table (\d+)⟧")


def generic_body(tree: HtmlElement) -> HtmlElement | None:
    """A `<body>` that holds the article alone, with the tables that the page has in it; None where there is none.

    The tree is used up: elements are taken from it.
    """
    _reduce(tree)
    tables = dict(_marked(tree))
    body = _read(tree)
    for table in tables.values():
        for cell in table.iter("td", "th"):
            cell.text = cell.text and _MARK.sub("", cell.text, count=1)
            break
    if body is not None:
        for element in list(body.iter(*_NAMES)):
            element.tag = _NAMES[element.tag]
        _restore(body, tables)
    return body


def _reduce(tree: HtmlElement) -> None:
    """Take off what holds no part of an article: who reads a smaller tree is sooner done."""
    etree.strip_elements(tree, *_UNUSED, with_tail=False)
    for element in list(tree.iter("script", "nav", "footer")):
        is_data = element.get("type") == "application/ld+json"
        if not is_data and element.getparent() is not None and element.find(".//p") is None:
            element.drop_tree()
    for element in tree.xpath(_EMPTY):
        element.drop_tree()
    if tree.xpath("count(//*)") < _LARGE:
        return
    for menu in [each for each in tree.iter("ul", "ol") if _is_menu(each)]:
        menu.drop_tree()


def _is_menu(element: HtmlElement) -> bool:
    """Whether a list holds links and nothing else."""
    items = element.findall("li")
    return len(items) > 5 and all(_is_link(item) for item in items)


def _is_link(item: HtmlElement) -> bool:
    """Whether all of an item's text is in a link, or in lists within it."""
    return not (item.text or "").strip() and all(
        part.tag in ("a", "ul", "ol") and not (part.tail or "").strip() for part in item
    )


def _read(tree: HtmlElement) -> HtmlElement | None:
    found = _run(tree, fast=True)
    if found is None or _is_doubtful(found):
        thorough = _run(tree, fast=False)
        return found if thorough is None else thorough
    return found


def _run(tree: HtmlElement, *, fast: bool) -> HtmlElement | None:
    document = bare_extraction(tree, fast=fast, include_comments=False, with_metadata=False)
    return getattr(document, "body", None)


def _is_doubtful(body: HtmlElement) -> bool:
    paragraphs = body.findall(".//p")
    return sum(map(len, body.itertext())) < _ENOUGH or len(body.findall(".//table")) > len(paragraphs)


def _marked(tree: HtmlElement) -> Iterator[tuple[int, HtmlElement]]:
    """The tables that hold no other; their first cells now begin with their number."""
    numbers = count(1)
    for table in tree.iter("table"):
        if table.find(".//table") is not None:
            continue
        for cell in table.iter("td", "th"):
            number = next(numbers)
            cell.text = f"⟦table {number}⟧{cell.text or ''}"
            yield number, table
            break


def _restore(body: HtmlElement, tables: dict[int, HtmlElement]) -> None:
    """The page's own tables of figures in the place of what was made of them; no mark is left."""
    for table in list(body.iter("table")):
        marks = _MARK.findall("".join(table.itertext()))
        own = tables.get(int(marks[0])) if len(marks) == 1 else None  # with several it only lays them out
        if own is not None and read_table(own) is not None:
            own.tail = table.tail
            table.getparent().replace(table, own)
    for element in body.iter("*"):
        element.text = element.text and _MARK.sub("", element.text)
        element.tail = element.tail and _MARK.sub("", element.tail)
