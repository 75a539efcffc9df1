"""Lists told side by side: "sales and profit rose 8 and 15 per cent" gives each figure the metric of its turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, TypeVar

from extractors.metrics import MetricMention

if TYPE_CHECKING:
    from extractors.readings import Reading
    from extractors.stretches import Stretch

_JOINT = 20
"""Characters between two members of a list."""
_NAMES = ("terms", "losses", "margins", "counts")

T = TypeVar("T", bound="Stretch")


def read_turns(reading: Reading) -> Mapping[tuple[int, int], bool]:
    """Whether a figure and a metric, by where they start, have the same turn in two lists of equal length."""
    if len(reading.quantities) < 2 or len(reading.metrics) < 2:
        return {}
    turns: dict[tuple[int, int], bool] = {}
    named = list(_lists(reading, _names(reading)))
    for kind in ("money", "percent", "count"):
        for figures in _lists(reading, [one for one in reading.quantities if one.kind == kind]):
            names = next((one for one in reversed(named) if one[-1].end <= figures[0].start), [])
            if len(names) == len(figures):
                pairs = product(enumerate(figures), enumerate(names))
                turns |= {(figure.start, name.start): one == other for (one, figure), (other, name) in pairs}
    return turns


def _names(reading: Reading) -> Sequence[MetricMention]:
    """The metrics that are named, one at each place."""
    return list({one.start: one for one in reading.metrics if one.role in _NAMES}.values())


def _lists(reading: Reading, members: Sequence[T]) -> Iterator[list[T]]:
    """Two or more that follow each other with nothing but joints between."""
    run: list[T] = []
    for one in members:
        if run and not _is_joint(reading, run[-1].end, one.start):
            if len(run) > 1:
                yield run
            run = []
        run.append(one)
    if len(run) > 1:
        yield run


def _is_joint(reading: Reading, start: int, end: int) -> bool:
    """Whether a comma or an "and" stands between two places, and a few letters at most: "8% and by 15%"."""
    gap = reading.folded[start:end]
    is_joined = reading.has("and", start, end) or any(mark in gap for mark in ",，、")
    strong, _ = reading.separators(start, end)
    return is_joined and not strong and end - start <= _JOINT and not any(char.isdigit() for char in gap)
