"""The date that a reader sees by a page's headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from datetime import date
from itertools import islice, takewhile

from lxml.html import HtmlElement

from extractors.dates import find_date

_SHOWS_DATE = re.compile(
    r"dat(?:e|um|a)\b|date|time|fecha|publish|pubdate|publi[eé]|posted|submitted|byline|meta|created|lastmod|erschienen",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"comment|related|teaser|sidebar|recommend|popular|widget|archive|copyright|more-|latest|event", re.IGNORECASE
)
_MAY_BE_DATE = re.compile(r"\d\d?\D{1,20}\d\d|\d{8}")
_EARLIEST = 1990
"""Pages show no older date as their own."""
_NEAR = 20
"""Elements behind a headline that are its own, whatever they are called."""
_LOOKED_AT = 15_000
"""Elements of a page that shows no date at its headline."""
_ENOUGH = 1.2
"""Of what `_score` counts."""


def shown_date(tree: HtmlElement, language: str, latest: date) -> date | None:
    """The date that stands by the headline, as far as one does; else the one that all short texts agree on."""
    heading = _heading(tree)
    outer = frozenset(heading.iterancestors()) if heading is not None else frozenset()
    best: tuple[float, date] = (_ENOUGH, date.min)
    for distance, element in _around(heading) if heading is not None else ():
        for text, is_time in _texts(element):
            day = _readable(text, language, latest)
            if day is None:
                continue
            score = _score(element, text or "", is_time, distance)
            if not -_NEAR // 2 <= distance < _NEAR and _is_of_others(element, outer):
                continue
            if score > best[0]:
                best = score, day
    if best[1] > date.min:
        return best[1]
    days = set()
    for element in islice(tree.iter("*"), _LOOKED_AT):
        for text, _ in _texts(element):
            if (
                text
                and len(text) < 60
                and (element.tag == "time" or _shows_date(element))
                and (day := _readable(text, language, latest))
            ):
                days |= set() if _is_of_others(element, outer) else {day}
    return days.pop() if len(days) == 1 else None


def _texts(element: HtmlElement) -> Iterator[tuple[str | None, bool]]:
    """What an element says, its few parts taken together, and whether machines are meant."""
    yield element.get("datetime"), True
    is_small = 0 < len(element) < 4 and not any(len(part) for part in element)
    yield " ".join(element.itertext()) if is_small else element.text, False
    yield element.tail, False


def _readable(text: str | None, language: str, latest: date) -> date | None:
    if not text or len(text) > 300 or not _MAY_BE_DATE.search(text):
        return None
    day = find_date(text, language)
    return day if day and day.year >= _EARLIEST and day <= latest else None


def _heading(tree: HtmlElement) -> HtmlElement | None:
    """The headline: the heading that most of the page's title is of, or else the first of the first rank."""
    title = " ".join((tree.findtext(".//title") or "").split()).casefold()
    best, headings = (0, None), list(islice(tree.iter("h1", "h2", "h3"), 60))
    for heading in headings:
        words = " ".join(" ".join(heading.itertext()).split()).casefold()
        weight = len(words) if words in title else 8 if title.startswith(words[:25]) else 0
        if len(words) > 8 and weight > best[0]:
            best = weight, heading
    return best[1] if best[1] is not None else next((each for each in headings if each.tag == "h1"), None)


def _around(heading: HtmlElement) -> Iterator[tuple[int, HtmlElement]]:
    """The elements of the headline, after it and before it, with their distance: below zero before it."""
    yield from enumerate(islice(_following(heading), 250))
    yield from ((-number - 1, element) for number, element in enumerate(islice(_preceding(heading), 60)))


def _following(element: HtmlElement | None) -> Iterator[HtmlElement]:
    if element is not None:
        yield from element.iter("*")
    while element is not None:
        for sibling in element.itersiblings("*"):
            yield from sibling.iter("*")
        element = element.getparent()


def _preceding(element: HtmlElement | None) -> Iterator[HtmlElement]:
    for _ in range(4):
        for sibling in element.itersiblings("*", preceding=True) if element is not None else ():
            yield from islice(sibling.iter("*"), 30)
        element = element.getparent() if element is not None else None


def _score(element: HtmlElement, text: str, is_time: bool, distance: int) -> float:
    """How much speaks for a date's being the article's own."""
    length = len(" ".join(text.split()))
    score = 4.0 if is_time or element.tag == "time" else 0.0
    score += 3 * _shows_date(element) + (3 if length < 40 else 1.5 if length < 80 else -2)
    return score - (min(distance / 30, 6) if distance >= 0 else 1 - distance / 30)


def _shows_date(element: HtmlElement) -> bool:
    outer = element.getparent()
    return any(each is not None and _is_marked(each, _SHOWS_DATE) for each in (element, outer))


def _is_marked(element: HtmlElement, words: re.Pattern[str]) -> bool:
    return bool(words.search(f"{element.get('class', '')} {element.get('id', '')}"))


def _is_of_others(element: HtmlElement, outer: Set[HtmlElement]) -> bool:
    """Whether it stands in a part of the page that is not the article; what is `outer` to its headline is none."""
    inner = takewhile(lambda each: each not in outer, islice(element.iterancestors(), 8))
    return any(each.tag in ("aside", "footer", "nav") or _is_marked(each, _OF_OTHERS) for each in (element, *inner))
