"""An element's text as paragraphs, cut where a block begins or ends, each with its role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count, groupby
from typing import NamedTuple
from unicodedata import normalize

from lxml import etree
from lxml.html import HtmlElement

from extractors.html_tables import read_table
from extractors.model import Paragraph, Role
from extractors.parts import paragraphs_of

# fmt: off
_UNREAD = frozenset({
    "aside", "button", "canvas", "datalist", "footer", "head", "iframe", "math", "nav", "noscript", "object",
    "script", "select", "style", "svg", "template", "textarea",
})
_BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol",
    "p", "pre", "section", "summary", "table", "td", "th", "tr", "ul",
})
# fmt: on
"""Elements that begin a paragraph of their own; all others run on within one."""
_ROLES: dict[str, Role] = {
    "li": "list_item",
    "blockquote": "quote",
    "figcaption": "caption",
    "caption": "caption",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "headline"),
}
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_BREAK = "\N{LINE SEPARATOR}"
_BREAKS = re.compile(rf"{_BREAK}\s*{_BREAK}")
"""Two `<br>`: what follows is another paragraph."""


class _Block(NamedTuple):
    number: int
    role: Role = "paragraph"
    has_lines: bool = False


def read_blocks(root: HtmlElement) -> Iterator[Paragraph]:
    """The root's text in order; a table of figures is one paragraph, `<pre>` keeps its lines."""
    for block, pieces in groupby(_pieces(root), key=lambda piece: piece[0]):
        text = normalize("NFC", _INVISIBLE.sub("", "".join(words for _, words in pieces)))
        if block.role == "table":
            yield Paragraph(text, "table")
        elif block.has_lines:
            yield from (part for part in paragraphs_of(text.replace(_BREAK, "\n").strip("\n")) if part.text.strip())
        else:
            for part in _BREAKS.split(text):
                if words := " ".join(part.split()):
                    yield Paragraph(words, block.role)


def _pieces(root: HtmlElement) -> Iterator[tuple[_Block, str]]:
    """Every piece of text with its block."""
    numbers = count(1)
    block, outer = _Block(0), []
    skipped = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end" and element is skipped:
            skipped = None
        elif skipped is not None:
            continue
        elif event == "start" and _is_unread(element):
            skipped = element
            continue
        elif event == "start" and element.tag == "table" and (rows := read_table(element)) is not None:
            caption = element.find("caption")
            yield _Block(next(numbers), "caption"), "" if caption is None else " ".join(caption.itertext())
            yield _Block(next(numbers), "table"), "\n".join("\t".join(row) for row in rows)
            block, skipped = block._replace(number=next(numbers)), element
            continue
        elif event == "start":
            outer.append(block)
            block = _inner(block, element, numbers)
            yield block, _BREAK if element.tag == "br" else element.text or ""
            continue
        else:
            block = outer.pop()
            if element.tag in _BLOCKS:
                block = block._replace(number=next(numbers))
        if element is not root:
            yield block, element.tail or ""


def _inner(block: _Block, element: HtmlElement, numbers: Iterator[int]) -> _Block:
    if element.tag not in _BLOCKS:
        return block
    return _Block(next(numbers), _ROLES.get(element.tag, block.role), block.has_lines or element.tag == "pre")


def _is_unread(element: HtmlElement) -> bool:
    return (
        element.tag in _UNREAD or element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))
    )
