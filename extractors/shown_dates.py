"""The date that a reader sees by a page's headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from datetime import date
from itertools import islice, takewhile

from lxml.html import HtmlElement

from extractors.dates import find_date

_SHOWS_DATE = re.compile(
    r"dat(?:e|um|a)\b|date|time|fecha|publish|pubdate|publi[eé]|posted|submitted|byline|author|meta|created|erschienen",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"comment|related|teaser|sidebar|recommend|popular|widget|archive|copyright|more-|latest|event|menu|joined|lastmod|last-mod|modified",
    re.IGNORECASE,
)
_NO_WORD = re.compile(r"[\W_]+")
_MAY_BE_DATE = re.compile(r"\d\d?\D{1,20}\d\d|\d{8}")
_EARLIEST = 1990
"""Pages show no older date as their own."""
_NEAR = 20
"""Elements behind a headline that are its own, whatever they are called."""
_LOOKED_AT = 15_000
"""Elements of a page that shows no date at its headline."""
_LONGEST_DATE, _LONGEST_NAME = 30, 20
"""Characters of a link; what is longer than a date, or than an author's name, is a title."""
_FEW_PARTS = 4
_SHORT = 60
"""Characters of a text that is a date and little else."""
_LOOKED_FOR, _LONGEST = 2000, 300
"""Characters of a text that may have a date, with its blanks and without them."""
_ENOUGH = 1.2
"""Of what `_score` counts."""


def headline_date(tree: HtmlElement, language: str, latest: date) -> date | None:
    """The date that stands by the headline; None where none does, or there is no headline."""
    heading = _heading(tree)
    if heading is None:
        return None
    outer = _outer(heading)
    best: tuple[float, date | None] = (_ENOUGH, None)
    for distance, element in _around(heading):
        for text, is_time in _texts(element):
            day = _readable(text, language, latest)
            score = _score(element, text or "", is_time, distance) if day else 0.0
            is_own = -_NEAR // 2 <= distance < _NEAR
            if score > best[0] and (is_own or not _is_of_others(element, outer)):
                best = score, day
    return best[1]


def lone_date(tree: HtmlElement, language: str, latest: date) -> date | None:
    """The date that all short texts of a page agree on, where they are marked as dates."""
    days, outer = set(), _outer(_heading(tree))
    for element in islice(tree.iter("*"), _LOOKED_AT):
        for text, _ in _texts(element):
            if (
                text
                and len(text) < _SHORT
                and _MAY_BE_DATE.search(text)
                and (element.tag == "time" or _shows_date(element) or _SHOWS_DATE.match(text.lstrip()))
                and not _is_of_others(element, outer)
                and (day := _readable(text, language, latest))
            ):
                days.add(day)
    return days.pop() if len(days) == 1 else None


def _outer(heading: HtmlElement | None) -> Set[HtmlElement]:
    return frozenset(heading.iterancestors() if heading is not None else ())


def _texts(element: HtmlElement) -> Iterator[tuple[str | None, bool]]:
    """What an element says, its few parts taken together, and whether machines are meant."""
    yield element.get("datetime"), True
    if 0 < len(element) < _FEW_PARTS and not any(len(part) for part in element):
        yield " ".join(element.itertext()), False
    yield element.text, False
    yield element.tail, False


def _readable(text: str | None, language: str, latest: date) -> date | None:
    words = " ".join(text[:_LOOKED_FOR].split()) if text else ""
    if not words or len(words) > _LONGEST or not _MAY_BE_DATE.search(words):
        return None
    day = find_date(words, language)
    return day if day and day.year >= _EARLIEST and day <= latest else None


def _heading(tree: HtmlElement) -> HtmlElement | None:
    """The headline: the heading that most of the page's title is of, or else the first of the first rank.

    What is only a small part of the title is the site's name.
    """
    title = _plain(tree.findtext(".//title") or "")
    best, headings = (0, None), list(islice(tree.iter("h1", "h2", "h3"), 60))
    names: set[HtmlElement] = set()
    for heading in headings:
        words = _plain(" ".join(heading.itertext()))
        weight = len(words) if words in title else _shared(words, title)
        is_logo = heading.find('.//a[@href="/"]') is not None
        if is_logo or (words and words in title and weight < len(title) / 4):
            names.add(heading)
        elif weight > max(best[0], 8):
            best = weight, heading
    first = (each for each in headings if each.tag == "h1" and each not in names)
    return best[1] if best[1] is not None else next(first, None)


def _shared(left: str, right: str) -> int:
    """How many characters two texts begin alike with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))


def _plain(text: str) -> str:
    """A text's letters and digits, in small letters."""
    return " ".join(_NO_WORD.sub(" ", text).split()).casefold()


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
    score += 3 * (_shows_date(element) or _SHOWS_DATE.match(text.lstrip()) is not None) + (
        3 if length < 40 else 1.5 if length < 80 else -2
    )
    return score - (min(distance / 30, 6) if distance >= 0 else 1 - distance / 30)


def _shows_date(element: HtmlElement) -> bool:
    outer = element.getparent()
    return any(each is not None and _is_marked(each, _SHOWS_DATE) for each in (element, outer))


def _is_marked(element: HtmlElement, words: re.Pattern[str]) -> bool:
    return bool(words.search(f"{element.get('class', '')} {element.get('id', '')}"))


def _is_of_others(element: HtmlElement, outer: Set[HtmlElement]) -> bool:
    """Whether it stands in a part of the page that is not the article; what is `outer` to its headline is none."""
    inner = takewhile(lambda each: each not in outer, islice(element.iterancestors(), 8))
    return any(
        each.tag in ("aside", "footer", "nav") or _is_marked(each, _OF_OTHERS) or _leads_away(each)
        for each in (element, *inner)
    )


def _leads_away(element: HtmlElement) -> bool:
    """Whether it is a link with more than a date to read, or the item of a list that has one: another page's title."""
    if element.tag == "li":
        return any(len(_plain("".join(link.itertext()))) > _LONGEST_NAME for link in element.iter("a"))
    return element.tag == "a" and len(_plain("".join(element.itertext()))) > _LONGEST_DATE
