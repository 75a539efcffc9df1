"""Tables: a header that says the periods and the scale, then a metric a row and its figures in the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.cues import find_cues
from extractors.metrics import Metric, MetricMention, find_metrics, metrics
from extractors.model import Measure, Value
from extractors.periods import find_periods
from extractors.quantities import Quantity, decimal_of, find_quantities
from extractors.sentences import Sentence, split_cells

_BRACKETED = re.compile(r"[(（\[]([^()（）\[\]]{2,60})[)）\]]")
_SIGNED = re.compile(r"^[(（][\d.,\s]+[)）]%?$")


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a table, read: its metric, period and value."""

    row: Sentence
    metric: Metric
    scope: str | None
    measure: Measure
    period: str | None
    value: Value


@dataclass
class _Head:
    """What the rows so far have said of the columns and of the whole table."""

    periods: list[str | None] = field(default_factory=list)
    unit: tuple[Decimal, str] | None = None
    """Scale and currency of the amounts."""
    metric: MetricMention | None = None
    """The metric of a table whose rows are segments."""


def read_table(rows: Sequence[Sentence], language: str, published: str, above: str) -> Iterator[Cell]:
    """The figures of a table's rows; `above` is the text that introduces it (its scale, its metric)."""
    head = _Head(unit=_scale(above, language), metric=_only_metric(above, language))
    for row in rows:
        cells = split_cells(row.text)
        if len(cells) == 1:
            head.unit = _scale(cells[0], language) or head.unit
            head.metric = _only_metric(cells[0], language) or head.metric
            continue
        if _reads_as_head(cells, language, published, head):
            continue
        yield from _row(row, cells, head, language, published)


def _reads_as_head(cells: list[str], language: str, published: str, head: _Head) -> bool:
    """Take periods and scale from a header row; False where the row is none."""
    columns = [_period_in(cell, language, published) for cell in cells]
    told = [period for period in columns if period]
    numbers = sum(
        decimal_of(cell, language) is not None and period is None for cell, period in zip(cells, columns, strict=True)
    )
    if (
        (head.periods and (not told or numbers))
        or len(told) < 1
        or numbers > 0
        or (len(cells) > 1 and len(told) < 2 and columns[0])
    ):
        return False
    head.unit = _scale(cells[0], language) or head.unit
    is_labelled = columns[0] is None and len(cells) > len(told)
    head.periods = columns[1:] if is_labelled else columns
    return True


def _period_in(cell: str, language: str, published: str) -> str | None:
    if len(cell) > 60:
        return None
    mentions = find_periods(cell, language, published)
    return mentions[0].period if mentions else None


def _row(row: Sentence, cells: list[str], head: _Head, language: str, published: str) -> Iterator[Cell]:
    label, figures = cells[0], cells[1:]
    mention, scope = _label_metric(label, head, language)
    if mention is None or not head.periods:
        return
    metric = metrics()[mention.metric]
    unit = _scale(label, language) or head.unit
    for column, cell in enumerate(figures):
        period = head.periods[column] if column < len(head.periods) else None
        yield from _cell(row, cell, metric, mention, scope, period, column, unit, head, language)


def _cell(
    row: Sentence, cell: str, metric: Metric, mention: MetricMention, scope: str | None, period: str | None,
    column: int, unit: tuple[Decimal, str] | None, head: _Head, language: str,
) -> Iterator[Cell]:  # fmt: skip
    first = next((one for one in head.periods if one), None)
    is_ratio = mention.role == "margins" or metric.units == {"percent"}
    read = _figure(cell, language)
    if read is None:
        return
    number, kind = read
    if kind in ("percent", "points") and not (is_ratio and kind == "percent" and period):
        if column > 0 and first:
            yield Cell(row, metric, scope, "change", first, Value(number, number, "%" if kind == "percent" else "pp"))
        return
    if period is None:
        return
    if is_ratio:
        value = Value(number, number, "%")
    elif "money" in metric.units and not (unit and not unit[1] and "count" in metric.units):
        scale, currency = unit or (Decimal(1), "")
        if metric.is_per_share:
            scale = Decimal(1)
        if not currency:
            return
        value = Value(number * scale, number * scale, currency)
    else:
        scale = unit[0] if unit and not unit[1] else Decimal(1)
        value = Value(number * scale, number * scale, "count")
    if mention.role == "losses" and value.low is not None and value.low > 0:
        value = Value(-value.low, -value.low, value.unit)
    if metric.units == {"change"}:
        yield Cell(row, metric, scope, "change", period, Value(number, number, "%"))
    elif metric.admits(value):
        yield Cell(row, metric, scope, "level", period, value)


def _figure(cell: str, language: str) -> tuple[Decimal, str] | None:
    """A cell's number, with its sign, and whether it is a percentage or points."""
    if len(cell) > 32 or not any(char.isdigit() for char in cell):
        return None
    quantities = find_quantities(cell, language)
    marked: Quantity | None = next((one for one in quantities if one.kind in ("percent", "points")), None)
    if marked is not None and marked.value.low is not None:
        number = marked.value.low
        return (-abs(number) if _SIGNED.match(cell.replace(" ", "")) else number), marked.kind
    number_ = decimal_of(cell, language)
    return (number_, "number") if number_ is not None else None


def _label_metric(label: str, head: _Head, language: str) -> tuple[MetricMention | None, str | None]:
    """The metric that a row's label names, else the table's; a label that names none is then the scope."""
    mentions = [one for one in find_metrics(label, language) if one.role != "verbs"]
    if mentions:
        best = max(mentions, key=lambda one: (one.role in ("terms", "margins", "losses"), one.end - one.start))
        return best, None
    is_total = any(cue.end - cue.start >= len(label) - 1 for cue in find_cues(label, language) if "total" in cue.kinds)
    return head.metric, label if head.metric and not is_total else None


def _only_metric(text: str, language: str) -> MetricMention | None:
    mentions = [one for one in find_metrics(text[:200], language) if one.role == "terms"]
    return mentions[0] if len({one.metric for one in mentions}) == 1 else None


def _scale(text: str, language: str) -> tuple[Decimal, str] | None:
    """The scale and currency that a header names: "(in millions of euros)" is 1,000,000 and EUR; a count has none.

    A scale without a number is read by putting one before it.
    """
    for match in _BRACKETED.finditer(text[:400]):
        words = match.group(1).replace(",", " , ").split()
        for start in range(len(words)):
            for trial in (f"1 {' '.join(words[start:])}", f"{words[0]} 1 {' '.join(words[start:])}"):
                found = _one(trial, language)
                if found is not None:
                    return found
    return None


def _one(trial: str, language: str) -> tuple[Decimal, str] | None:
    for quantity in find_quantities(trial, language):
        low = quantity.value.low
        if quantity.kind == "money" and low:
            return low, quantity.value.unit
        if quantity.kind == "count" and low and low >= 1000:
            return low, ""
    return None
