"""When a page says that it was published: in structured data, in its address, or where its reader sees it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from lxml.html import HtmlElement

from extractors.dates import find_date
from extractors.heads import Head
from extractors.model import published_span
from extractors.parts import date_of
from extractors.shown_dates import headline_date, lone_date

# fmt: off
_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "og:pubdate",
    "pubdate", "pub_date", "publishdate", "publish-date", "publish_date", "publication_date", "parsely-pub-date",
    "cxenseparse:recs:publishtime", "sailthru.date", "dc.date.issued", "dcterms.issued", "article.published",
)
# fmt: on
"""What pages call the time of publication in `<meta>`, the surest first."""
_ANY_DATE = ("date", "dc.date", "dcterms.date", "dcterms.created", "dc.date.created", "gentime")
"""What may as well be the time of a page's making or change."""
_IN_URL = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[/-]([01]?\d)[/-]([0-3]?\d)|([01]\d)([0-3]\d))(?!\d)")
_IN_ID = re.compile(r"(?<![\d/])((?:19|20)\d\d)([01]\d)([0-3]\d)(?=[0-2]\d[0-5]\d)")
"""An article's number that begins with the minute of its making."""
_CHANGED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified")
_IN_SCRIPT = re.compile(
    r"\\?[\"'](?:date_?published|published_?(?:at|date|time|on)?|publish_?date|publication_?date|first_?published\w*)"
    r"\\?[\"']\s*:\s*\\?[\"']([^\"'\\]{8,40})",
    re.IGNORECASE,
)
"""The same in the data that a page carries for its scripts."""
_NIGHT = re.compile(r"[T ](?:0[0-6]|2[0-3]):[\d:.]*(?:Z|[+-]00:?00| ?GMT| ?UTC)?\s*$")
"""A moment of UTC on which it is another day in a part of the world."""
_MIDNIGHT = re.compile(r"^\d{4}-\d\d-\d\dT2[23]:00(?::00(?:\.0+)?)?Z$")
"""A day's beginning in Europe, told in UTC."""
_EARLIEST = "1990"


@dataclass(frozen=True, slots=True)
class Published:
    """A publication date and where it was found."""

    label: str
    """`YYYY-MM-DD` or `YYYY-MM`."""
    found: str
    """`json-ld`, `meta`, `json`, `url` or `text`."""


def find_published(head: Head, language: str, latest: date) -> Published | None:
    """The publication date of a page: its structured data's, its address's, or the one shown by its headline.

    `language` is the tag that it declares; what lies after `latest` is none. A night's time in UTC gives way to the day
    beside it that the page shows: its readers live by their own clock. When a page was changed says nothing of it.
    """
    tree, metas, urls = head.tree, head.metas, head.urls
    shown = cache(lambda: headline_date(tree, language, latest))
    in_url = next((day for url in urls if (day := _day_in(url, _IN_URL)) and day <= latest), None)
    marks = [
        Published(_on_the_spot(label, mark, in_url, shown), found)
        for mark, found in _marks(head)
        if (label := _label(mark, language, latest))
    ]
    if marks:
        return _agreed(marks, shown)
    if day := in_url or shown():
        return Published(day.isoformat(), "url" if in_url else "text")
    lone = lone_date(tree, language, latest)
    weak = ((_label(mark, language, latest), found) for mark, found in _weak_marks(tree, metas, urls, lone))
    return next((Published(label, found) for label, found in weak if label), None)


def find_modified(head: Head, latest: date) -> str | None:
    """When a page says that it was last changed: `YYYY-MM-DD` or `YYYY-MM`, as machines write it."""
    told = [head.data.get("dateModified"), *(head.metas.get(name) for name in _CHANGED)]
    changed = (element for element in head.marked if element.get("itemprop") == "dateModified")
    told += [element.get("content") or element.get("datetime") for element in changed][:1]
    return next((label for mark in told if mark and (label := _label(str(mark), "", latest))), None)


def _on_the_spot(label: str, mark: str, in_url: date | None, shown: Callable[[], date | None]) -> str:
    """The day that it was where the page is at home, if its mark is of a night in UTC and the page tells one beside."""
    if not _NIGHT.search(mark) or _MIDNIGHT.search(mark) or len(label) != len("2024-05-16"):
        return label
    local = in_url or shown()
    return local.isoformat() if local and abs(local - date.fromisoformat(label)) == timedelta(days=1) else label


def _agreed(marks: Sequence[Published], shown: Callable[[], date | None]) -> Published:
    """The first of a page's marks; where they are days apart, the one that its reader sees too."""
    first = marks[0]
    if len({mark.label for mark in marks}) == 1:
        return first
    day = shown()
    seen = next((mark for mark in marks if day and mark.label == day.isoformat()), first)
    is_apart = seen is not first and abs(published_span(seen.label)[0] - published_span(first.label)[0]).days > 1
    return seen if is_apart else first


def _label(mark: str, language: str, latest: date) -> str | None:
    label = date_of(mark)
    if label and _MIDNIGHT.search(mark):
        label = (date.fromisoformat(label) + timedelta(days=1)).isoformat()
    if label is None and (day := find_date(mark[:60], language)):
        label = day.isoformat()
    return label if label and _EARLIEST <= label <= latest.isoformat() else None


def _marks(head: Head) -> Iterator[tuple[str, str]]:
    """What machines are told of the publication, the surest first."""
    data, metas = head.data, head.metas
    yield str(data.get("datePublished", "")), "json-ld"
    yield from ((metas[name], "meta") for name in _META if name in metas)
    marked = [element for element in head.marked if _is_published(element)]
    stamps = {element.get("content") or element.get("datetime") or (element.text or "").strip() for element in marked}
    if len({stamp[:10] for stamp in stamps}) == 1:  # else some are of other articles
        yield stamps.pop(), "meta"
    yield str(data.get("dateCreated", "")), "json-ld"


def _is_published(element: HtmlElement) -> bool:
    names = (element.get("itemprop"), element.get("property"))
    return "datePublished" in names or (element.tag == "time" and element.get("pubdate") is not None)


def _weak_marks(
    tree: HtmlElement, metas: Mapping[str, str], urls: Sequence[str], lone: date | None
) -> Iterator[tuple[str, str]]:
    """What may be of something else, or of a page's making: asked where nothing better is found."""
    yield from ((metas[name], "meta") for name in _ANY_DATE if name in metas)
    yield str(lone or ""), "text"
    told = [mark for script in tree.iter("script") for mark in _IN_SCRIPT.findall(script.text or "")]
    if len({mark[:10] for mark in told}) == 1:
        yield told[0], "json"
    yield str(_day_in(metas.get("og:image", ""), _IN_URL) or ""), "url"
    yield from ((str(_day_in(url, _IN_ID) or ""), "url") for url in urls)


def _day_in(url: str, pattern: re.Pattern[str]) -> date | None:
    match = pattern.search(url)
    try:
        return date(*(int(part) for part in match.groups() if part)) if match else None
    except ValueError:
        return None
