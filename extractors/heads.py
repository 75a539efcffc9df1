"""What a page says of its article to machines: title, publisher, author, address, in structured data and `<meta>`."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement

_ARTICLE = re.compile(r"Article|Posting|Report|Release")
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl")
_SUBTITLE = re.compile(r"sub[-_]?(?:title|head|line)|stand-?first|\bde[ck]k?\b|chapo|\blede\b|tagline", re.IGNORECASE)
_LONGEST_NAME, _LONGEST_TITLE, _LONGEST_SUBTITLE = 80, 500, 400
_BY = re.compile(r"^(?:by|von|door|par|por|di|da|af|av)\s+(?=[^\W\d_])", re.IGNORECASE)
_NO_NAME = re.compile(r"//|@|^[\d\W]*$")
_NEAR = 12
"""Elements behind a headline among which its second line stands."""


@dataclass(frozen=True)
class Head:
    """A page's tree, its address, and what it tells machines."""

    tree: HtmlElement
    url: str

    @cached_property
    def metas(self) -> dict[str, str]:
        """The first content of each `<meta>`, by its name in small letters."""
        metas: dict[str, str] = {}
        for meta in self.tree.iter("meta"):
            name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
            metas.setdefault(name.strip().lower(), meta.get("content") or "")
        return metas

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """The JSON-LD object of an article, or else one that has a `datePublished` or a headline; else empty."""
        found: list[dict[str, Any]] = []
        for script in self.tree.iterfind('.//script[@type="application/ld+json"]'):
            try:
                data = json.loads(script.text or "", strict=False)
            except (ValueError, RecursionError):
                continue  # broken structured data is common; the page's other marks are read instead
            found += [node for node in _nodes(data) if "datePublished" in node or "headline" in node]
        return max(found, key=lambda node: bool(_ARTICLE.search(str(node.get("@type")))), default={})

    @cached_property
    def heading(self) -> HtmlElement | None:
        """The first heading of the first rank, within the article where that has one."""
        headings = self.tree.xpath("//article//h1 | //main//h1") or self.tree.xpath("//h1")
        return headings[0] if headings else None

    @cached_property
    def title(self) -> str | None:
        """The headline that a reader sees, or else the one that machines are told."""
        if self.heading is not None and (words := _words(self.heading)):
            return words
        named = self.data.get("headline") or self.metas.get("og:title") or self.tree.findtext(".//title")
        return _line(named, _LONGEST_TITLE)

    @cached_property
    def subtitle(self) -> str | None:
        """The line right below the headline that is marked as its second, or is a heading of the second rank."""
        if self.heading is None:
            return _line(self.data.get("alternativeHeadline"), _LONGEST_SUBTITLE)
        before = self.heading
        for element in islice(_behind(self.heading), _NEAR):
            is_marked = _SUBTITLE.search(f"{element.get('class', '')} {element.get('itemprop', '')}")
            if is_marked or (element.tag == "h2" and element.getprevious() is before):
                words = _words(element)
                return words if words and words != self.title and len(words) <= _LONGEST_SUBTITLE else None
        return _line(self.data.get("alternativeHeadline"), _LONGEST_SUBTITLE)

    @cached_property
    def byline(self) -> str | None:
        """Who wrote it, several separated by commas; an address or a number is no name."""
        told = list(_names(self.data.get("author"))) or [self.metas[name] for name in _AUTHORS if self.metas.get(name)]
        if not told:
            marked = [element for element in self.marked if element.get("itemprop") == "author"]
            marked += self.tree.xpath('//a[@rel = "author"]')
            told = [element.get("content") or _words(element) for element in marked[:3]]
        names = [_BY.sub("", " ".join(name.split()), count=1) for name in told]
        names = [name for name in names if 1 < len(name) <= _LONGEST_NAME and not _NO_NAME.search(name)]
        return ", ".join(dict.fromkeys(names)) or None

    @cached_property
    def publisher(self) -> str | None:
        """The name of who publishes it."""
        names = list(_names(self.data.get("publisher")))
        return names[0] if names else self.metas.get("og:site_name", "").strip() or None

    @cached_property
    def marked(self) -> list[HtmlElement]:
        """The elements that bear a name for machines, in `itemprop`, `property` or `pubdate`."""
        return list(self.tree.xpath("//*[@itemprop or @property or @pubdate]"))

    @cached_property
    def _own_link(self) -> str:
        links = (link.get("href") for link in self.tree.iter("link") if link.get("rel") == "canonical")
        return next((link for link in links if link), "")

    @cached_property
    def urls(self) -> list[str]:
        """Where the page is, and where it says that it is."""
        told = (self.url, self._own_link, self.metas.get("og:url", ""))
        return [each for each in told if each.startswith(("http:", "https:"))]

    @cached_property
    def canonical_url(self) -> str | None:
        """The address that it says to be its own, whole; None where it says none."""
        own = self._own_link or self.metas.get("og:url", "")
        try:
            whole = urljoin(self.url, own.strip())
        except ValueError:
            return None
        return whole if own.strip() and whole.startswith(("http:", "https:")) else None


def _behind(element: HtmlElement) -> Iterator[HtmlElement]:
    """The elements that follow one, and those that follow the one around it."""
    for each in (element, element.getparent()):
        for sibling in each.itersiblings("*") if each is not None else ():
            yield from sibling.iter("*")


def _names(told: Any) -> Iterator[str]:
    """The names in an author or a publisher of structured data."""
    for one in told if isinstance(told, list) else [told]:
        name = one.get("name") if isinstance(one, dict) else one
        yield from (
            str(each) for each in (name if isinstance(name, list) else [name]) if isinstance(each, str) and each
        )


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


def _words(element: HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _line(told: Any, longest: int) -> str | None:
    return " ".join(str(told or "").split())[:longest] or None
