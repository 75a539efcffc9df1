"""Tables that a conversion to text has spilled, one cell a paragraph, gathered into rows again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractors.cell_texts import is_dash, is_date, is_figure, is_split
from extractors.grid import Cell, lay_out
from extractors.model import Paragraph

_LONGEST_CELL = 300
_LONGEST_HEADING = 60
_LEAST_ROWS = 3
_LEAST_FIGURES = 6
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_LONGEST_CAPTION = 40
_LONGEST_MARK = 20
_LONGEST_CODE = 4
_MOST_LINES = 3
"""A row's label and what may stand above it."""
_AMOUNT = re.compile(r"[^\w\s(.,–—-]|\d[.,]\d{3}(?!\d)")
"""A currency's sign, or digits in groups."""
_DAY = re.compile(r"[^\W\d_]{3,}[.,]? ?\d{1,2},?(?: ?\([^()]*\))?$|^\d{1,2}[-. ] ?[^\W\d_]{3,}\.?$")
"""A day of a month without its year: what a heading in two rows begins with."""


@dataclass(frozen=True, slots=True)
class _Row:
    """What leads to a row of figures, its label last, and the figures."""

    texts: list[str]
    figures: list[str]


def gather_tables(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs, with every run of cells that makes a table as one paragraph of tabbed rows.

    >>> cells = "2024,2023,Revenue,$,12,$,10,Costs,8,7,Profit,4,3".split(",")
    >>> gather_tables([Paragraph(cell) for cell in cells])[0].text.split("\\n")
    ['\\t2024\\t2023', 'Revenue\\t$12\\t$10', 'Costs\\t8\\t7', 'Profit\\t4\\t3']
    """
    gathered: list[Paragraph] = []
    for is_cell, group in groupby(paragraphs, key=_is_cell):
        run = list(group)
        figures = sum(is_figure(paragraph.text) for paragraph in run) if is_cell else 0
        gathered += _gather(run) if figures >= _LEAST_FIGURES else run
    return tuple(gathered)


def _is_cell(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return paragraph.role in ("paragraph", "table") and len(text) <= _LONGEST_CELL and "\n" not in text


def _gather(run: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """A run of cells as tables; each heading begins another."""
    segment: list[_Row] = []
    for row in _rows(_joined([paragraph.text for paragraph in run])):
        if segment and any(map(_is_heading, row.texts[:-1])):
            yield from _paragraphs(segment)
            segment = []
        segment.append(row)
    yield from _paragraphs(segment)


def _joined(texts: Sequence[str]) -> list[str]:
    """The cells with their split figures in one piece each."""
    joined: list[str] = []
    for text in texts:
        words = " ".join(text.split())
        if joined and words and is_split(joined[-1], words):
            joined[-1] += words
        elif words:
            joined.append(words)
    return joined


def _rows(cells: Sequence[str]) -> Iterator[_Row]:
    texts: list[str] = []
    for is_cell, group in groupby(cells, key=lambda cell: is_figure(cell) or is_dash(cell)):
        if is_cell:
            yield _Row(texts, list(group))
            texts = []
        else:
            texts = list(group)
    if texts:
        yield _Row(texts, [])


def _paragraphs(rows: Sequence[_Row]) -> Iterator[Paragraph]:
    """The rows as one table, after the lines above its heading; or each text as it was, where they make none."""
    widths = Counter(len(row.figures) for row in rows if row.texts and row.figures)
    width = max(widths, key=lambda width: (widths[width], width), default=0)
    above, heading, lines = _split(rows[0].texts[:-1], width) if width > 1 else ((), [], ())
    if _is_column(rows, widths):
        yield from (Paragraph(text) for text in rows[0].texts[:-1])
        yield Paragraph("\n".join(_lines(rows)), "table")
        yield from (Paragraph(text) for text in rows[-1].texts if not rows[-1].figures)
        return
    if width < 2 or widths[width] < _LEAST_ROWS - bool(heading):
        yield from (Paragraph(text) for row in rows for text in (*row.texts, *row.figures))
        return
    yield from (Paragraph(text) for text in above)
    table = [*(_spanned(row, width) for row in heading), *([Cell(line)] for line in lines)]
    for number, row in enumerate(rows):
        if row.figures:
            table += [[Cell(line)] for line in row.texts[:-1] if number]
            table += list(_cells(row, width))
    yield Paragraph("\n".join("\t".join(row) for row in lay_out(table)), "table")
    yield from (Paragraph(text) for text in rows[-1].texts if not rows[-1].figures)


def _is_column(rows: Sequence[_Row], widths: Mapping[int, int]) -> bool:
    """Whether texts and amounts take turns: a table with one column of figures."""
    told = [row for row in rows if row.figures]
    amounts = sum(_AMOUNT.search(row.figures[0]) is not None for row in told)
    is_labelled = all(row.texts and len(row.texts) <= _MOST_LINES for row in told[1:]) and told[0].texts
    is_alone = set(widths) == {1} and len(told) >= _LEAST_FIGURES and 2 * amounts > len(told)
    return bool(is_alone and is_labelled and all(len(row.texts[-1]) <= _LONGEST_HEADING for row in told))


def _lines(rows: Sequence[_Row]) -> Iterator[str]:
    for number, row in enumerate(rows):
        if row.figures:
            yield from row.texts[:-1] if number else ()
            yield f"{row.texts[-1]}\t{row.figures[0]}"


def _cells(row: _Row, width: int) -> Iterator[list[Cell]]:
    """A row's cells; figures that go on without a label are rows of their own, a subtotal's."""
    label = row.texts[-1] if row.texts else ""
    for start in range(0, len(row.figures), width):
        yield [Cell(label if not start else ""), *map(Cell, row.figures[start : start + width])]


def _is_heading(text: str) -> bool:
    """Whether a text names a period, in figures at least."""
    is_short = len(text) <= _LONGEST_HEADING and text[0].isalnum() and not text.endswith((":", "."))
    return is_short and (_YEAR.search(text) is not None or _DAY.search(text) is not None)


def _is_mark(text: str) -> bool:
    """Whether a text stands over a column as a unit or a sign does: `USD`, `% change`, `(in tonnes)`."""
    is_short = len(text) <= _LONGEST_MARK and not text.endswith(":") and not _is_heading(text)
    return is_short and (len(text) <= _LONGEST_CODE or not text.replace(" ", "").isalpha())


def _split(texts: Sequence[str], width: int) -> tuple[Sequence[str], list[list[str]], Sequence[str]]:
    """What stands above a heading, the heading's rows, and the lines between it and the first row's label."""
    first, last = _place(texts)
    rows = _heading_rows(texts[first:last], width)
    if not rows:
        return texts, [], ()
    for before in _above(texts[:first], len(rows[0])):
        first -= len(before)
        rows.insert(0, list(before))
    below = texts[last : last + width]
    marks = next((at for at, text in enumerate(below) if not _is_mark(text)), len(below))
    missing = width - len(rows[-1])
    if missing and marks in (missing, 1):
        rows[-1] += below[:marks]
        last += marks
        below = texts[last : last + width]
    if all(map(_is_mark, below)) or len(set(below)) < len(below):
        rows += [list(below)] if len(below) == width else []
        last += width if len(below) == width else 0
    if not all(width % len(row) == 0 or _is_mark(row[-1]) for row in rows):
        return texts, [], ()
    return texts[:first], rows, texts[last:]


def _above(texts: Sequence[str], width: int) -> Iterator[Sequence[str]]:
    """The rows above one of a heading, from below: texts that end in one word ("Quarter ended"), or one over all."""
    before = texts[-width:]
    if len(before) == width > 1 and len({text.split()[-1].casefold() for text in before}) == 1:
        yield before
        if len(set(before)) == 1 and " " not in before[0] and len(texts) >= 2 * width:
            yield texts[-2 * width : -width]
    elif texts and len(texts[-1]) <= _LONGEST_CAPTION and "(" not in texts[-1]:
        yield texts[-1:]


def _place(texts: Sequence[str]) -> tuple[int, int]:
    """Where the last run of texts stands that name periods, short ones among them included; 0, 0 where none does."""
    first = last = 0
    for at, text in enumerate(texts):
        if _is_heading(text):
            is_bridged = at == last or (at == last + 1 and len(texts[last]) <= _LONGEST_MARK and "(" not in texts[last])
            first = first if last and is_bridged else at
            last = at + 1
    return first, last


def _heading_rows(texts: Sequence[str], width: int) -> list[list[str]]:
    """A heading's texts by rows: years stand below months, and both beside what is compared."""
    kinds = [[*group] for _, group in groupby(texts, key=lambda text: is_date(text))]
    if len(texts) == 2 * width and all(len(group) == 1 for group in kinds):
        return [[*texts[::2]], [*texts[1::2]]]
    rows: list[list[str]] = []
    for group in kinds:
        if rows and len(rows[-1]) + len(group) == width and width % len(rows[-1]):
            rows[-1] += group
        elif width % len(group) and len(group) < width:
            rows.append(_whole(group))
        else:
            rows += [group[start : start + width] for start in range(0, len(group), width)]
    return rows


def _whole(texts: Sequence[str]) -> list[str]:
    """Texts over columns, with those in one piece that name a day only together: "Year ended" and "December 31,"."""
    whole: list[str] = []
    for text in texts:
        is_rest = whole and _DAY.fullmatch(text) and not _is_heading(whole[-1]) and not _is_mark(whole[-1])
        whole[-1:] = [f"{whole[-1]} {text}"] if is_rest else [*whole[-1:], text]
    return whole


def _spanned(row: Sequence[str], width: int) -> list[Cell]:
    """A heading's row over all columns: each text over as many as another, but for marks behind them."""
    marks = next((number for number, text in enumerate(reversed(row)) if not _is_mark(text)), 0)
    for behind in (0, marks):
        texts, columns = len(row) - behind, width - behind
        if columns % texts == 0:
            spans = [columns // texts] * texts + [1] * behind
            break
    else:
        spans = [1] * (len(row) - 1) + [width - len(row) + 1]
    return [Cell(""), *(Cell(text, span) for text, span in zip(row, spans, strict=True))]
