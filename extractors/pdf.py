"""A PDF into an article's parts: text as it is laid out on the page, so that columns of figures stay columns."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby

from pypdf import PdfReader

from extractors.cell_texts import is_figure
from extractors.grid import Cell, lay_out
from extractors.model import Paragraph
from extractors.parts import ArticleError, Parts, date_of

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what it makes of a broken file is ours to tell

_MOST_PAGES = 200
_MOST_SHOWN = 10_000
"""Pieces of text on a page, which may be single letters; a page of more is a drawing, or meant to harm."""
_MOST_SHOWN_IN_ALL = 200_000
"""An annual report's; what comes after is not read."""
_SHOW = re.compile(rb"T[jJ]\b")
_LONGEST_TITLE = 200
_LEAST_TEXT = 40
_PIECE = re.compile(r"\S+(?: \S+)*")
_NUMBER = re.compile(r"\d+")
_FILE_NAME = re.compile(r"\.(?:docx?|pdf|indd|pptx?|xlsx?|qxd|rtf|odt)$|^(?:microsoft|untitled)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:。！？][\"'”’»)]*$")
_EDGE = 2
"""Lines at the top and the bottom of a page that may be its running head or foot."""
_LEAST_REPEATS = 3


def read_pdf(body: bytes) -> Parts:
    """A PDF's title, date and text, its tables as rows.

    The date is that of the file's making: where its text has no better one, a release is made on the day it appears.
    Raises ArticleError where it is no PDF, is locked, or has pictures of pages and no text.
    """
    try:
        reader = PdfReader(BytesIO(body))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArticleError("is a PDF that is locked with a password")
        pages = list(_read_lines(reader))
        metadata = reader.metadata
        title, made = (metadata.title, metadata.creation_date_raw) if metadata else (None, None)
    except ArticleError:
        raise
    except Exception as error:  # whatever a broken or a hostile file makes its reader stumble over
        raise ArticleError(f"is no PDF that can be read: {error}") from error
    first, *others = list(_paragraphs(_without_edges(pages))) or [Paragraph("")]
    if len(first.text) + sum(len(paragraph.text) for paragraph in others) < _LEAST_TEXT:
        raise ArticleError("is a scanned PDF: pictures of its pages, and no text")
    is_title = len(first.text) < _LONGEST_TITLE and not _SENTENCE_END.search(first.text) and first.role != "table"
    text = others if is_title else [first, *others]
    return Parts(
        paragraphs=tuple(text),
        title=first.text if is_title else _named(title),
        published=_day(made),
        published_in="file" if _day(made) else None,
    )


def _read_lines(reader: PdfReader) -> Iterator[list[str]]:
    """Each page's lines, until a release would long be over."""
    left = _MOST_SHOWN_IN_ALL
    for number in range(min(len(reader.pages), _MOST_PAGES)):
        page = reader.pages[number]
        contents = page.get_contents()
        shown = len(_SHOW.findall(contents.get_data())) if contents is not None else 0
        left -= shown
        if left < 0:
            return
        if 0 < shown <= _MOST_SHOWN:
            yield page.extract_text(extraction_mode="layout").replace("\x00", "").splitlines()


def _without_edges(pages: Sequence[list[str]]) -> Iterator[list[str]]:
    """The pages' lines but for running heads and feet: what stands, but for its numbers, on the edge of several."""
    edges = Counter(edge for lines in pages for edge in {_edge(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])})
    for lines in pages:
        last = len(lines) - _EDGE
        yield [
            line
            for number, line in enumerate(lines)
            if _EDGE <= number < last or edges[_edge(line)] < _LEAST_REPEATS or not line.strip()
        ]


def _edge(line: str) -> str:
    return _NUMBER.sub("0", line.strip())


def _paragraphs(pages: Iterator[list[str]]) -> Iterator[Paragraph]:
    """Blocks between blank lines; one that a page's end cut in two is whole again."""
    held = ""
    for lines in pages:
        for is_blank, block in groupby(lines, key=lambda line: not line.strip()):
            for paragraph in () if is_blank else _block(list(block)):
                if paragraph.role == "table":
                    yield from _told(held)
                    held = ""
                    yield paragraph
                elif held and not _SENTENCE_END.search(held) and paragraph.text[:1].islower():
                    held = _joined([held, paragraph.text])
                else:
                    yield from _told(held)
                    held = paragraph.text
    yield from _told(held)


def _told(text: str) -> Iterator[Paragraph]:
    if text:
        yield Paragraph(text)


def _block(lines: Sequence[str]) -> Iterator[Paragraph]:
    """A block's lines as tables, where several stand in columns and have figures, and as running text."""
    for is_row, group in groupby(lines, key=lambda line: len(_PIECE.findall(line)) > 1):
        part = list(group)
        if is_row and len(part) > 1 and any(is_figure(piece) for line in part for piece in _PIECE.findall(line)[1:]):
            yield Paragraph("\n".join("\t".join(row) for row in lay_out(map(_cells, part))), "table")
        else:
            yield Paragraph(_joined(part))


def _cells(line: str) -> list[Cell]:
    """A line's pieces, each as wide as its characters."""
    cells: list[Cell] = []
    end = 0
    for piece in _PIECE.finditer(line):
        if piece.start() > end:
            cells.append(Cell("", piece.start() - end))
        cells.append(Cell(piece.group(), len(piece.group())))
        end = piece.end()
    return cells


def _joined(lines: Sequence[str]) -> str:
    """Lines as one text; a word that was divided at a line's end is whole again."""
    text = ""
    for line in lines:
        words = " ".join(line.split())
        is_divided = text.endswith("-") and text[-2:-1].isalpha() and words[:1].islower()
        text = text[:-1] + words if is_divided else f"{text} {words}".strip()
    return text


def _named(title: str | None) -> str | None:
    """The title that a PDF's maker gave it, unless it is a file's name."""
    words = " ".join((title or "").split())
    return words if len(words) > 8 and not _FILE_NAME.search(words) else None


def _day(made: str | None) -> str | None:
    """The day of a PDF's date.

    >>> _day("D:20241031080000+01'00'")
    '2024-10-31'
    """
    digits = (made or "").removeprefix("D:")[:8]
    return date_of(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}") if digits.isdecimal() and len(digits) == 8 else None
