"""The metrics, and where a text speaks of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from extractors.lexicon import read_metrics
from extractors.model import Value
from extractors.phrases import Phrases, SplitVerbs, fold, has_gap

Role = Literal["terms", "losses", "margins", "nouns", "also", "verbs", "counts"]
"""How a phrase speaks of a metric: its name ("net profit"), its name when negative ("net loss"), as a ratio
("EBITDA margin"), what is counted ("shops"), what is also counted where an act
says so ("people"), an act that a quantity completes ("sold"),
or a name that is this metric's only beside a count ("sales" of cars)."""

_ROLES: tuple[Role, ...] = ("terms", "losses", "margins", "nouns", "also", "verbs", "counts")


@dataclass(frozen=True, slots=True)
class Metric:
    """What may be measured: an id of the closed list, and which values are plausible for it."""

    id: str
    name: str
    units: frozenset[str]
    """Kinds of quantity that a level of it has: money, percent, count, emissions; `change` = it is always a change."""
    is_signed: bool
    low: Decimal
    high: Decimal
    is_stock: bool
    """Measured at an instant, not over a period."""
    is_per_share: bool

    def admits(self, value: Value) -> bool:
        """Whether the level is within the metric's plausible range."""
        return all(self.low <= abs(end) <= self.high for end in (value.low, value.high) if end)


@dataclass(frozen=True, slots=True)
class MetricMention:
    """A phrase of a text that speaks of a metric."""

    start: int
    end: int
    metric: str
    role: Role


@cache
def metrics() -> Mapping[str, Metric]:
    """Every metric by its id."""
    return {id_: _metric(id_, table) for id_, table in read_metrics().items()}


def _metric(id_: str, table: Mapping[str, Any]) -> Metric:
    low, high = table["range"]
    return Metric(
        id=id_,
        name=table["name"],
        units=frozenset(table["units"]),
        is_signed=table["sign"] == "any",
        low=max(Decimal(low), Decimal(0)),
        high=Decimal(high),
        is_stock=table.get("stock", False),
        is_per_share=table.get("per_share", False),
    )


def find_metrics(text: str, language: str) -> list[MetricMention]:
    """What a text says of metrics, in order; a phrase that may stand for several gives a mention of each.

    >>> [(mention.metric, mention.role) for mention in find_metrics("Net loss, not turnover", "en")]
    [('net_income', 'losses'), ('revenue', 'terms')]
    """
    folded = fold(text)
    whole, split = _phrases(language)
    found = [*whole.find(folded), *split.find(folded)]
    mentions = [MetricMention(one.start, one.end, metric, role) for one in found for metric, role in one.what]
    return sorted(mentions, key=lambda mention: mention.start)


_Meanings = tuple[tuple[str, Role], ...]


@cache
def _phrases(language: str) -> tuple[Phrases[_Meanings], SplitVerbs[_Meanings]]:
    meanings: dict[str, list[tuple[str, Role]]] = defaultdict(list)
    for id_, table in read_metrics().items():
        words = table.get(language, {})
        for role in _ROLES:
            for phrase in words.get(role, ()):
                meanings[fold(phrase)].append((id_, role))
    whole = {phrase: tuple(dict.fromkeys(what)) for phrase, what in meanings.items() if not has_gap(phrase)}
    split = {phrase: tuple(dict.fromkeys(what)) for phrase, what in meanings.items() if has_gap(phrase)}
    return Phrases(whole), SplitVerbs(split)
