"""A table's cells, as a page lays them out, into rows that can be read: one header, a label, a figure a cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from extractors.cell_texts import is_closing, is_date, is_figure, is_split

_WIDEST = 400
"""Columns; what stands further right is not read."""
_TALLEST_SPAN = 200
"""Rows that one cell may cover."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one element of a table, and how many columns and rows it covers."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class _Piece:
    """A cell with text, and the columns that it covers: from `start` up to `end`."""

    text: str
    start: int
    end: int


def lay_out(rows: Iterable[Sequence[Cell]]) -> list[list[str]]:
    """A table's rows as texts: spacer columns gone, split figures joined, header rows joined into one path a column.

    A row that has one text only (a caption, a section's name) is a list of one; all others are equally long, their
    first text the row's label.

    >>> lay_out([[Cell(""), Cell("Quarter ended", 4)], [Cell(""), Cell("2024", 2), Cell("2023", 2)],
    ...          [Cell("Loss"), Cell("$"), Cell("(12"), Cell(")"), Cell("$"), Cell("8")]])[-1]
    ['Loss', '$(12)', '$8']
    """
    laid = [_joined(row) for row in _placed(rows)]
    laid = [row for row in laid if row]
    columns = _columns(laid)
    if not columns:
        return [[piece.text for piece in row] for row in laid]
    return list(_read(laid, columns))


def _placed(rows: Iterable[Sequence[Cell]]) -> Iterator[list[_Piece]]:
    """Every row's texts at the columns that they cover, those that reach down from a row above among them."""
    hanging: list[tuple[_Piece, int]] = []
    for row in rows:
        above = sorted((piece for piece, _ in hanging), key=lambda piece: piece.start)
        pieces = above[:]
        hanging = [(piece, left - 1) for piece, left in hanging if left > 1]
        column = passed = 0
        for cell in row:
            while passed < len(above) and above[passed].start <= column:
                column = max(column, above[passed].end)
                passed += 1
            if column >= _WIDEST:
                break
            piece = _Piece(cell.text, column, min(column + max(cell.columns, 1), _WIDEST))
            pieces.append(piece)
            if cell.rows > 1:
                hanging.append((piece, min(cell.rows, _TALLEST_SPAN) - 1))
            column = piece.end
        yield sorted((piece for piece in pieces if piece.text), key=lambda piece: piece.start)


def _joined(row: Sequence[_Piece]) -> list[_Piece]:
    """The row with its split figures in one piece each: `$`, `(12` and `)` are `$(12)`."""
    joined: list[_Piece] = []
    for piece in row:
        if joined and is_split(joined[-1].text, piece.text):
            before = joined.pop()
            end = before.end if is_closing(piece.text) else piece.end
            joined.append(_Piece(before.text + piece.text, before.start, end))
        else:
            joined.append(piece)
    return joined


def _columns(rows: Sequence[Sequence[_Piece]]) -> list[tuple[int, int]]:
    """Where the columns of a table stand that holds figures: what overlaps in its figure rows is one column.

    Narrow pieces are laid first; one that would join two columns is a caption and joins none.
    """
    body = [piece for row in rows if _is_body(row) for piece in row]
    columns: list[tuple[int, int]] = []
    for width, start in sorted({(piece.end - piece.start, piece.start) for piece in body}):
        end = start + width
        touched = [column for column in columns if start < column[1] and column[0] < end]
        if not touched:
            columns.append((start, end))
        elif len(touched) == 1:
            columns.remove(touched[0])
            columns.append((min(start, touched[0][0]), max(end, touched[0][1])))
    return sorted(columns)


def _read(rows: Sequence[Sequence[_Piece]], columns: Sequence[tuple[int, int]]) -> Iterator[list[str]]:
    head: list[Sequence[_Piece]] = []
    has_begun = False
    for row in rows:
        if _is_head(row, has_begun, columns):
            head.append(row)
            continue
        if head:
            yield _path(head, columns)
            head = []
        if len(row) == 1:
            yield [row[0].text]
        else:
            has_begun = True
            yield _cells(row, columns)
    if head:
        yield _path(head, columns)


def _is_body(row: Sequence[_Piece]) -> bool:
    return len(row) > 1 and any(is_figure(piece.text) for piece in row[1:])


def _is_head(row: Sequence[_Piece], has_begun: bool, columns: Sequence[tuple[int, int]]) -> bool:
    """Whether a row says what stands below it: no figure, and no label or nothing but dates behind it."""
    if any(is_figure(piece.text) for piece in row):
        return False
    behind = [piece for piece in row if piece.start >= columns[0][1]]
    if not behind:
        return False
    return not has_begun or len(behind) == len(row) or all(is_date(piece.text) for piece in behind)


def _path(head: Sequence[Sequence[_Piece]], columns: Sequence[tuple[int, int]]) -> list[str]:
    """For each column what the header rows say above it, from the top down, each text once."""
    paths: list[list[str]] = [[] for _ in columns]
    for row in head:
        for piece in row:
            for k in _over(piece, columns):
                if piece.text not in paths[k]:
                    paths[k].append(piece.text)
    return [" ".join(path) for path in paths]


def _cells(row: Sequence[_Piece], columns: Sequence[tuple[int, int]]) -> list[str]:
    texts = [""] * len(columns)
    for piece in row:
        k = _over(piece, columns)[0]
        texts[k] = f"{texts[k]} {piece.text}".strip()
    return texts


def _over(piece: _Piece, columns: Sequence[tuple[int, int]]) -> Sequence[int]:
    """The columns, which are in order and apart, that a piece covers a part of; else the nearest one."""
    first = bisect_right(columns, piece.start, key=lambda column: column[1])
    over = list(takewhile(lambda k: columns[k][0] < piece.end, range(first, len(columns))))
    beside = [k for k in (first - 1, first) if 0 <= k < len(columns)]
    return over or [min(beside, key=lambda k: max(columns[k][0] - piece.end, piece.start - columns[k][1]))]
