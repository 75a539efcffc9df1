"""A company for a terminal: a line a metric, with its last figures as a sparkline, and its last refusal or silence."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from flows.event_text import figure_of
from flows.printable import printable
from warehouse.site import Row

BARS = "▁▂▃▄▅▆▇█"
LEGEND = "▁▂▃ reported, lowest to highest   ✕ withheld   ○ fell silent"
_FACT = ("metric", "scope_key", "basis", "measure", "first_day", "last_day")
_WIDTH = 12
"""Periods of a sparkline."""


def current_words(words: Sequence[Row]) -> list[Row]:
    """Of each fact the best word that still counts, in the order of the words."""
    best: dict[tuple[Any, ...], Row] = {}
    for word in words:
        if word["known_until"] is None:
            best.setdefault(tuple(word[name] for name in _FACT), word)
    return list(best.values())


def company_text(name: str, words: Sequence[Row], silences: Sequence[Row]) -> RenderableType:
    """The company's reported levels, a row a metric, scope and cadence; says so where there are none."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column in ("metric", "by", "last periods", "last figure", "of", "withheld, silent"):
        table.add_column(column, overflow="fold", no_wrap=column in ("last periods", "last figure"))
    levels = [word for word in current_words(words) if word["basis"] == "actual" and word["measure"] == "level"]
    for metric, cadence, label, group in _series(levels):
        missing = [one for one in silences if _is_of(one, metric, group[0]["scope"])]
        last = next((word for word in reversed(group) if word["status"] == "disclosed"), None)
        refused = [word["period"] or "undated" for word in group if word["status"] == "withheld"]
        silent = [one["period"] for one in missing if one["cleared_on"] is None]
        absent = [f"✕ {refused[-1]}"] if refused else []
        absent += [f"○ {silent[-1]}"] if silent else []
        table.add_row(
            printable(label), cadence, sparkline(group), figure_of(last) if last else "",
            (last["period"] or "undated") if last else "", ", ".join(absent),
        )  # fmt: skip
    title = Text(printable(name), style="bold")
    if not table.row_count:
        return Group(title, Text("Nothing reported or refused is held of it."))
    return Group(title, table, Text(LEGEND, style="dim"))


def sparkline(words: Sequence[Row]) -> str:
    """The last figures as bars, oldest first; a refusal as a cross.

    >>> sparkline([{"status": "disclosed", "low": Decimal(n), "high": Decimal(n)} for n in (1, 3, 2)])
    '▁█▄'
    """
    shown = list(words)[-_WIDTH:]
    values = [_value(word) for word in shown]
    told = [value for value in values if value is not None]
    low, high = (min(told), max(told)) if told else (Decimal(0), Decimal(0))
    return "".join("✕" if value is None else _bar(value, low, high) for value in values)


def _bar(value: Decimal, low: Decimal, high: Decimal) -> str:
    return BARS[int((value - low) / (high - low) * (len(BARS) - 1))] if high > low else BARS[3]


def _value(word: Row) -> Decimal | None:
    if word["status"] == "withheld":
        return None
    ends = [end for end in (word["low"], word["high"]) if end is not None]
    return sum(ends, Decimal(0)) / len(ends) if ends else None


def _series(levels: Sequence[Row]) -> list[tuple[str, str, str, list[Row]]]:
    """Metric, cadence, label and words in the order of their periods; what narrows a metric comes after the whole."""

    def key(word: Row) -> tuple[str, str, str]:
        return word["metric"], word["scope_key"], word["cadence"]

    found = []
    for (metric, _, cadence), words in groupby(sorted(levels, key=key), key=key):
        group = sorted(words, key=lambda word: str(word["last_day"] or word["first_day"] or ""))
        scope = f" ({group[-1]['scope']})" if group[-1]["scope"] else ""
        found.append((metric, cadence, metric.replace("_", " ") + scope, group))
    return found


def _is_of(silence: Row, metric: str, scope: str | None) -> bool:
    return bool(silence["metric"] == metric and (silence["scope"] or "") == (scope or ""))
