"""Paragraphs into sentences, tables into rows: pieces of an article that know where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractors.lexicon import read_language
from extractors.model import Article

Where = Literal["title", "text"]

_CLOSERS = "\"'”’»）)】」』]"
_END = re.compile(
    rf"[.!?…]+[{re.escape(_CLOSERS)}]*(?=\s)|[。！？]+[{re.escape(_CLOSERS)}]*|(?<=.)】|\n+(?=\s*[-–•*·◦▪] )|\n\s*\n"
)
_NEXT = re.compile(r"\s+[\"'“‘«„(\[]*(\S)")
_NEXT_WORD = re.compile(r"\s+[\"'“‘«„(\[]*([\w-]*)")
_CELL = re.compile(r"\t|[ \u00a0]+[|—](?=[ \u00a0]|$)|\|[ \u00a0]+| {2,}|\u3000+|[ \u00a0]*｜[ \u00a0]*")
_LINE = re.compile(r"[^\n]+")
_LAST_WORD = re.compile(r"[^\s(\"'“‘«]{1,30}$")
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]")
_BRACKETS = "([（"
_LONGEST = 3000
"""Characters; a longer piece is no sentence but a wall of text, and is read in parts."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a table's row, and where it stands."""

    text: str
    start: int
    """`article.text[start:end] == text`, or of the title."""
    end: int
    where: Where
    paragraph: int
    """Which of the article's paragraphs; -1 for the title."""
    row: int | None = None
    """Which of the table's rows; None outside tables."""


def read_sentences(article: Article) -> Iterator[Sentence]:
    """The article's title, then its sentences and table rows in order; every one stands verbatim in it."""
    if article.title:
        yield from _pieces(article.title, 0, "title", -1, article.language)
    offset = 0
    for number, paragraph in enumerate(article.paragraphs):
        if paragraph.role == "table" or _holds_rows(paragraph.text):
            yield from _rows(paragraph.text, offset, number)
        else:
            yield from _pieces(paragraph.text, offset, "text", number, article.language)
        offset += len(paragraph.text) + 2


def looks_like_row(line: str) -> bool:
    """Whether a line has a label and, in cells behind it, figures.

    >>> looks_like_row("Revenue\\t1,080\\t1,164"), looks_like_row("Revenue was 1,080 | Source: Acme")
    (True, False)
    """
    cells = split_cells(line[:400])
    return len(cells) >= 3 and all(any(char.isdigit() for char in cell) and len(cell) <= 32 for cell in cells[1:3])


def split_cells(line: str) -> list[str]:
    """A row's cells: between tabs, where an empty one keeps its place, or else between bars or runs of blanks.

    >>> split_cells("Revenue\\t1,080\\t1,164"), split_cells("Stores\\t\\t40")
    (['Revenue', '1,080', '1,164'], ['Stores', '', '40'])
    """
    if "\t" in line:
        return [cell.strip() for cell in line.split("\t")]
    return [cell.strip() for cell in _CELL.split(line) if cell.strip()]


def _holds_rows(text: str) -> bool:
    """Whether a paragraph is a table that plain text has kept by tabs, bars or blanks alone."""
    if not any(mark in text for mark in ("\t", "|", "｜", "   ", " — ", "\u3000")):
        return False
    return sum(looks_like_row(line) for line in text.split("\n", 200)) >= 2


def _rows(text: str, offset: int, paragraph: int) -> Iterator[Sentence]:
    for row, line in enumerate(_LINE.finditer(text)):
        start, end = line.start(), line.end()
        if "\t" not in line.group():  # which may stand for an empty first cell
            start, end = _trim(text, start, end)
        if text[start:end].strip():
            yield Sentence(text[start:end], offset + start, offset + end, "text", paragraph, row)


def _pieces(text: str, offset: int, where: Where, paragraph: int, language: str) -> Iterator[Sentence]:
    for start, end in split_sentences(text, language):
        yield Sentence(text[start:end], offset + start, offset + end, where, paragraph)


def split_sentences(text: str, language: str) -> list[tuple[int, int]]:
    """Where the sentences of a text stand: (start, end) each, blanks around them left out.

    >>> [text[start:end] for text in ["It sold 4.5 m. Dr. Lee left."] for start, end in split_sentences(text, "en")]
    ['It sold 4.5 m.', 'Dr. Lee left.']
    >>> len(split_sentences("Acme, Inc. (NYSE: ACM) sold more.", "en"))
    1
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        end = match.end()
        if match.group()[0] == "." and not _is_end(text, start, match, language):
            continue
        _add(spans, text, start, end)
        start = end
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = cut if cut > 0 else start + _LONGEST
        spans.append(_trim(text, start, cut))
        start = cut
    span = _trim(text, start, end)
    if span[0] < span[1]:
        spans.append(span)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_end(text: str, start: int, stop: re.Match[str], language: str) -> bool:
    """Whether a full stop ends a sentence, rather than an abbreviation, an initial or an ordinal."""
    follow = _NEXT.match(text, stop.end())
    if follow is None:
        return True
    following = follow[1]
    if following.islower():
        return False
    if len(stop.group()) > 1:
        return True
    word = _LAST_WORD.search(text, max(start, stop.start() - 30), stop.start())
    if word is None:
        return True
    before = word.group()
    if not _may_end(before, text, stop.end(), language):
        return False
    abbreviations = _words(language, "abbreviations")
    is_bracketed = follow.group()[-2] in _BRACKETS
    if is_bracketed and f"{before.casefold()}." in abbreviations:  # "Acme Inc. (NYSE: ACM)"
        return False
    if before.casefold() in abbreviations:
        return following.isupper() and before.casefold() + "." in abbreviations
    if len(before) == 1 and before.isupper():
        return False
    return not (before.isdigit() and len(before) <= 2 and _is_ordinal(abbreviations))


def _may_end(before: str, text: str, end: int, language: str) -> bool:
    """Whether a sentence may end behind the word, as what follows has it: "J.P. Morgan" and "Co. Ltd." go on."""
    follow = _NEXT_WORD.match(text, end)
    following = follow[1].casefold() if follow else ""
    openers = _words(language, "openers")
    if openers and _INITIALS.fullmatch(before):
        return following in openers
    return f"{before.casefold()}." not in _words(language, "abbreviations") or (
        following not in _words(language, "continues")
    )


def _is_ordinal(abbreviations: frozenset[str]) -> bool:
    return "#." in abbreviations


@cache
def _words(language: str, kind: str) -> frozenset[str]:
    """Those of a language's table of sentences.

    `abbreviations` are in small letters, without the stop; one that may also end a sentence has its stop, and
    `continues` are words that go on behind it; `#.` = ordinals have one. `openers` begin a sentence behind initials.
    """
    try:
        words = read_language(language).get("sentences", {}).get(kind, [])
    except FileNotFoundError:
        return frozenset()
    return frozenset(word.casefold() for word in words)
