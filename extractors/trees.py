"""HTML text into a tree: parsed once, within bounds, and shared by all who read the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from extractors.parts import ArticleError

_MOST_ATTRIBUTES = 2_000
"""Of one tag: they cost the parser the square of their number."""
_LONG_TAG = re.compile(r"<[a-zA-Z][^>]{8000}")
_SCRIPT, _SCRIPT_END = re.compile(r"<script\b", re.IGNORECASE), re.compile(r"</script", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_CONTROLS = bytes({*range(0x20)} - set(b"\t\n\r")) + b"\x7f"


def parse_html(text: str) -> html.HtmlElement:
    """The tree of a page, its comments left out; nothing in it is fetched, expanded or run.

    Raises ArticleError where the page holds no element, or is nested or crowded beyond what browsers read.
    """
    if _LONG_TAG.search(text) and any(len(tag.split()) > _MOST_ATTRIBUTES for tag in _long_tags(text)):
        raise ArticleError(f"has a tag with more than {_MOST_ATTRIBUTES:,} attributes")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace").translate(None, _CONTROLS), parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise ArticleError("holds no article text") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ArticleError("is nested too deeply to be read")
    return tree


def _long_tags(text: str) -> Iterator[str]:
    """The long tags outside scripts, without the values in quotes."""
    for part in _SCRIPT_END.split(text):
        markup = _QUOTED.sub("", _SCRIPT.split(part, 1)[0])
        yield from (match[0] for match in re.finditer(r"<[a-zA-Z][^>]{4000,}", markup))
