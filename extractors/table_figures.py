"""The figures of a table: each with its label, its column's heading and period, its sign and its unit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.model import Value
from extractors.quantities import decimal_of, find_quantities
from extractors.sentences import Sentence, split_cells
from extractors.table_heads import Column, period_in, read_columns, says
from extractors.table_scales import Scale, read_scale

_SIGNED = re.compile(r"^\W?[(（][^()（）]+[)）]%?$")
_SCALED = re.compile(r"\d\s?(?:[^\W\d_]{4,}|[bmk](?:n|ln|io|rd)?\b|[万亿萬億兆])", re.IGNORECASE)
"""A number with its own scale: "4.8 billion", "$12m", "3亿"; in "($1,234)" there is none."""
_NOTE = re.compile(r"^[*†]|(?<=\d)\s?(?:[*†]|\[\w\]|\(\w\))$")
"""A mark that points to a footnote."""
_LONGEST_FIGURE = 40
_LONGEST_LABEL = 200
_LARGEST_RATIO = 100
"""Per cent; a larger number whose label speaks of a margin is its amount."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell that holds a number, and all that its table says of it."""

    row: Sentence
    label: str
    section: str
    """The line above that groups rows ("Earnings per share:"); empty where there is none."""
    column: Column
    low: Decimal
    """As it stands there, with its sign; `high` differs where the cell holds a range."""
    high: Decimal
    unit: str
    """Of the cell, its column or its row: `%`, `pp` or a currency; empty where none of them says."""
    scale: Scale
    currency: str
    """Of the table's amounts; empty where nothing tells."""
    is_per_share: bool
    is_count: bool
    """Its label counts things, in a table of money."""

    @property
    def value(self) -> Value:
        """The number written out in full, in its unit; a number of which nothing is told is a `count`."""
        if self.unit in ("%", "pp"):
            return Value(self.low, self.high, self.unit)
        factor = 1 if self.is_per_share else self.scale.factor
        unit = self.unit or ("" if self.is_count else self.currency) or "count"
        return Value(self.low * factor, self.high * factor, unit)


@dataclass
class _Head:
    """What the rows so far have said."""

    scale: Scale = field(default_factory=Scale)
    currency: str = ""
    columns: tuple[Column, ...] = ()
    section: str = ""


def read_figures(
    rows: Sequence[Sentence], language: str, published: str, above: str, usual: Scale | None = None
) -> Iterator[Figure]:
    """The figures of a table's rows, row by row.

    `above` are the lines that introduce it and may say its scale; where neither they nor the table do, it is the usual
    one, that of the tables before.
    """
    table = [(row, split_cells(row.text)) for row in rows]
    usual = usual or Scale()
    head = _Head(scale=usual, currency=_currency(table, language) or usual.currency)
    _read_scale(above, head, language)
    has_begun = False
    for at, (row, cells) in enumerate(table):
        if len(cells) == 1:
            _read_line(cells[0], head, language)
        elif _is_heading(cells, has_begun, language, published):
            below = next((len(later) for _, later in table[at + 1 :] if len(later) > 1), len(cells))
            _read_heading(cells, below, head, language, published)
        else:
            has_begun = True
            yield from _row(row, cells, head, language)


def _currency(table: Sequence[tuple[Sentence, list[str]]], language: str) -> str:
    """The currency that most of a table's own cells bear."""
    found = Counter(
        quantity.value.unit
        for _, cells in table
        for cell in cells[1:]
        if len(cell) < _LONGEST_FIGURE and not cell[:1].isdigit()
        for quantity in find_quantities(cell, language)
        if quantity.kind == "money"
    )
    return found.most_common(1)[0][0] if found else ""


def _read_scale(text: str, head: _Head, language: str) -> bool:
    """Take the scale that a text tells; whether it tells one."""
    if told := read_scale(text, language):
        head.scale = told if told.factor > 1 else Scale(head.scale.factor, told.currency)
        head.currency = told.currency or head.currency
    return told is not None


def _read_line(line: str, head: _Head, language: str) -> None:
    is_scale = _read_scale(line, head, language) and not any(mark in line for mark in "(（[")
    head.section = "" if is_scale else line[:_LONGEST_LABEL]


def _is_heading(cells: Sequence[str], has_begun: bool, language: str, published: str) -> bool:
    """Whether a row says what stands below it: it has no figure, and stands on top or has periods behind its label."""
    numbers = (cell for cell in cells if decimal_of(cell, language) is not None)
    if any(period_in(cell, language, published) is None for cell in numbers):
        return False  # most rows end here, at their first figure
    told = [period_in(cell, language, published) is not None for cell in cells]
    says_something = any(told) or any(char.isalpha() for cell in cells[1:] for char in cell)
    return says_something if not has_begun else sum(told) > 1 or (any(told) and not told[0])


def _read_heading(cells: Sequence[str], below: int, head: _Head, language: str, published: str) -> None:
    """Take the columns, and the scale that stands over the labels."""
    is_labelled = len(cells) >= below
    for cell in cells:
        _read_scale(cell, head, language)
    head.columns = read_columns(cells[1:] if is_labelled else cells, language, published)


def _row(row: Sentence, cells: Sequence[str], head: _Head, language: str) -> Iterator[Figure]:
    label = cells[0][:_LONGEST_LABEL]
    own = read_scale(label, language)
    is_per_share, is_count = _nature(label, head.section, language)
    is_count = is_count or (own is not None and not own.currency and bool(head.scale.currency))
    scale = own or (Scale() if is_count and head.scale.currency else head.scale)
    currency = (own and own.currency) or head.currency
    for number, cell in enumerate(cells[1:]):
        read = _number(cell, language)
        if read is None:
            continue
        column = head.columns[number] if number < len(head.columns) else Column("", None, None)
        is_ratio = abs(read.high) <= _LARGEST_RATIO and says(
            f"{label} {head.section} {column.heading}", language, "ratios"
        )
        unit = read.unit or column.unit or ("%" if is_ratio else "")
        yield Figure(
            row=row, label=label, section=head.section, column=column, low=read.low, high=read.high, unit=unit,
            scale=Scale() if read.is_full else scale, currency=currency, is_per_share=is_per_share, is_count=is_count,
        )  # fmt: skip


def _nature(label: str, section: str, language: str) -> tuple[bool, bool]:
    """Whether a row's figures are amounts a share, and whether they count things; its section says it for it."""
    for words in (label, section):
        if says(words, language, "counts"):
            return False, True
        if says(words, language, "per_share"):
            return True, False
    return False, False


@dataclass(frozen=True, slots=True)
class _Number:
    low: Decimal
    high: Decimal
    unit: str = ""
    is_full: bool = False
    """It says its own scale: "4.8 billion"."""


def _number(cell: str, language: str) -> _Number | None:
    """A cell's number or range with its sign, and its own unit."""
    if len(cell) >= _LONGEST_FIGURE or not any(char.isdigit() for char in cell):
        return None
    cell = _NOTE.sub("", cell)
    plain = decimal_of(cell, language)
    for quantity in find_quantities(cell, language):
        low, high = quantity.value.low, quantity.value.high
        if quantity.kind in ("percent", "points", "money") and low is not None and high is not None:
            if plain is not None:
                whole = low.copy_sign(plain)  # of pence that is pounds
                return _Number(whole, whole, quantity.value.unit, is_full=whole != plain)
            if _SIGNED.match(cell.replace(" ", "")):
                low, high = -abs(high), -abs(low)
            return _Number(
                low, high, quantity.value.unit, is_full=quantity.kind == "money" and _SCALED.search(cell) is not None
            )
    return _Number(plain, plain) if plain is not None else None
