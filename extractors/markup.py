"""HTML into an article's parts: one tree, of which its head, its dates and its body are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from lxml.html import HtmlElement

from extractors.blocks import read_blocks
from extractors.heads import Head
from extractors.language import detect_language
from extractors.model import Layout
from extractors.parts import Parts, language_code
from extractors.published import find_modified, find_published
from extractors.selected import selected_body
from extractors.trees import parse_html

_MOST_ELEMENTS, _MOST_CHILDREN, _DEEPEST = 15_000, 2_000, 150
"""Of a page that somebody wrote: the largest of 1,300 real ones had 10,106 elements, and 1,125 in one."""


def read_html(html: str, url: str, latest: date, layouts: Sequence[Layout] = ()) -> Parts:
    """An HTML page's head and blocks; nothing can have been published after `latest`.

    The body is where the `layouts` find it, or else where a generic reader does.

    Raises ArticleError where it cannot be read.
    """
    tree = parse_html(html)
    declared = (tree.get("lang") or tree.get("xml:lang") or "").strip()
    language = declared or detect_language(" ".join(tree.xpath("//title/text() | //h1//text() | //p/text()")[:40]))
    head = Head(tree, url)
    published, modified = find_published(head, language, latest), find_modified(head, latest)
    body = selected_body(html, layouts, published.label if published else None)
    told = Parts(
        title=head.title,
        subtitle=head.subtitle,
        byline=head.byline,
        published=published.label if published else None,
        published_in=published.found if published else None,
        modified=modified,
        language=language_code(declared) or language_code(str(head.data.get("inLanguage") or "")),
        publisher=head.publisher,
        canonical_url=head.canonical_url,
        note="is built as none of its source's layouts says" if layouts and body is None else None,
        paragraphs=(),
    )
    blocks = read_blocks(_body(tree) if body is None else body)  # last: the tree is used up
    return replace(told, paragraphs=tuple(part for part in blocks if part.text != told.title))


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
