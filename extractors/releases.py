"""What a press release opens with: its headline, the place and day of its dateline, and the company that announces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from extractors.dates import first_date
from extractors.model import Paragraph

_OPENING, _SHORT_LINES = 40, 14
"""Paragraphs among which a dateline is looked for; and a date on a line of its own, as a letter has it."""
_BODY = 250
"""Characters of a paragraph that no longer stands above the text."""
_LONGEST_PLACE, _LONGEST_LINE = 90, 90
_WIRE = r"[(/][^()/\n]{2,40}[)/]"
_DASH = r"(?:--+|[-–—])"
_BEHIND = re.compile(
    rf"\s*[)\]]?,?\s*(?:@[^—–\n]{{0,40}})?(?:(?:{_WIRE}\s*)?{_DASH}\s*(?:{_WIRE}\s*{_DASH}?)?|{_WIRE}|/\s)\s*"
)
"""What ends a dateline: a dash, the name of a wire in brackets or slashes, or both."""
_UNDATED = re.compile(
    rf"[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{{2,40}}(?:,[^,.–—-]{{2,20}}\.?)?(?:\s*--+|\s?[–—]|\s-)\s(?:{_WIRE}\s*{_DASH}?)?\s*"
)
_FORM = re.compile(r"date of (?:earliest|report)", re.IGNORECASE)
"""On the cover of a filing with the SEC: the dates there are of what it reports."""
_NOTICE = re.compile(r"exhibit\b|.*\bimmediate release\b", re.IGNORECASE)
_LEAST_WORDS, _LONGEST_HEADLINE = 4, 300
_FILE_NAME = re.compile(r"document|[\w.-]*\d[\w.-]*|\S+\.html?|form \S{1,6}|", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report is said to come from, and when."""

    day: date | None
    paragraph: int
    end: int
    """Characters of the paragraph that are not yet the report."""


def find_dateline(paragraphs: Sequence[Paragraph], language: str) -> Dateline | None:
    """The dateline of a release ("ZWOLLE, 31 oktober 2024 - ..."), or the date that stands alone above its text.

    >>> find_dateline([Paragraph("ST. LOUIS, Mo., March 8, 2024 /PRNewswire/ -- 4Q sales rose.")], "en")
    Dateline(day=datetime.date(2024, 3, 8), paragraph=0, end=46)
    """
    opening = [
        part if part.role != "table" or "\n" not in part.text else Paragraph("") for part in paragraphs[:_OPENING]
    ]
    dated = [(number, found) for number, part in enumerate(opening) if (found := _dateline(part.text, language))]
    number, (day, end) = next((each for each in dated if each[1][0]), dated[0] if dated else (-1, (None, 0)))
    if day is None:
        is_form = any(_FORM.search(part.text) for part in opening)
        above = () if is_form else list(takewhile(lambda part: len(part.text) < _BODY, opening[:_SHORT_LINES]))
        day = next(_lone_dates(above, language), None)
    return Dateline(day, number, end) if day or number >= 0 else None


def find_headline(paragraphs: Sequence[Paragraph], dateline: Dateline | None) -> str | None:
    """The first of the lines right above a dateline that say something; None where there are none."""
    headline = None
    for part in reversed(paragraphs[: dateline.paragraph] if dateline and dateline.paragraph > 0 else ()):
        if part.text.startswith(("-", "•")) or part.role == "list_item":
            continue
        if not _is_headline(part.text):
            break
        headline = part.text
    return headline


def names_nothing(title: str | None) -> bool:
    """Whether a title is that of a file or a form, as exhibits of filings have it.

    >>> [names_nothing(title) for title in ("Document", "jwn-20230301", "8-K", "", "3M to split")]
    [True, True, True, True, False]
    """
    return _FILE_NAME.fullmatch((title or "").strip()) is not None


def _dateline(text: str, language: str) -> tuple[date | None, int] | None:
    head = text[: 2 * _LONGEST_PLACE]
    found = first_date(head, language)
    if (
        found
        and found[1] <= _LONGEST_PLACE
        and _is_place(text[: found[1]])
        and (behind := _BEHIND.match(head, found[2]))
    ):
        until = first_date(head[behind.end() :], language)
        return None if until and until[1] == 0 else (found[0], behind.end())
    undated = _UNDATED.match(head)
    return (None, undated.end()) if undated else None


def _lone_dates(lines: Sequence[Paragraph], language: str) -> Iterator[date]:
    """The dates that stand on lines of their own, or behind a place or a word or two that lead to them."""
    for text in (part.strip() for line in lines for part in line.text.split("\n")):
        found = first_date(text, language) if len(text) <= _LONGEST_LINE else None
        if found and not text[found[2] :].strip(" .,)–—-"):
            lead = text[: found[1]].strip()
            is_told = lead.endswith(":") and "(" not in lead and len(lead.split()) <= _LEAST_WORDS
            if is_told or not lead or (lead[-1] in ",–—-(" and _is_place(lead)):
                yield found[0]


def _is_place(lead: str) -> bool:
    """Whether what stands before a date can be a place: names, with hardly a word in small letters."""
    small = [word for word in re.findall(r"[^\W\d_]+", lead) if word[0].islower()]
    is_apart = not lead.strip() or any(mark in lead for mark in ",–—-(/:")
    return is_apart and not any(map(str.isdigit, lead)) and len(small) < 2 and all(len(word) < 4 for word in small)


def _is_headline(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    is_long = len(text.split()) >= _LEAST_WORDS and len(text) <= _LONGEST_HEADLINE
    is_line = "@" not in text and not text.endswith((".", ":")) and not _NOTICE.match(text)
    return is_long and is_line and letters > 0.7 * len("".join(text.split()))
