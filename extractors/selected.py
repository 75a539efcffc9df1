"""The article where a source says that it stands: by CSS selectors, with BeautifulSoup."""

from __future__ import annotations

from collections.abc import Iterable

from bs4 import BeautifulSoup
from lxml.html import HtmlElement, fragment_fromstring

from extractors.model import Layout


def selected_body(html: str, layouts: Iterable[Layout], published: str | None) -> HtmlElement | None:
    """An element with all that the first fitting layout finds in a page; None where none of them does.

    Those fit that were valid when the page was `published` (`YYYY-MM-DD` or `YYYY-MM`, None = not known).
    """
    fitting = [each for each in layouts if _is_valid(each, published)]
    soup = BeautifulSoup(html, "lxml") if fitting else None
    for each in fitting:
        found = soup.select(each.body) if soup else []
        for tag in (tag for body in found for tag in body.select(each.leave_out or "template")):
            tag.decompose()
        if any(tag.get_text().strip() for tag in found):
            return fragment_fromstring("".join(str(tag) for tag in found), create_parent="div")
    return None


def _is_valid(layout: Layout, published: str | None) -> bool:
    return not (layout.valid_until and published) or published <= layout.valid_until.isoformat()
