"""The metrics, and where a text speaks of one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from extractors.lexicon import read_currency_worth, read_language, read_metrics
from extractors.model import Value
from extractors.patterns import one_of
from extractors.phrases import Found, Phrases, SplitVerbs, fold, has_gap

Role = Literal["terms", "losses", "margins", "nouns", "also", "verbs", "counts", "growth", "has"]
"""How a phrase speaks of a metric: its name ("net profit"), its name when negative ("net loss"), as a ratio
("EBITDA margin"), what is counted ("shops"), what is also counted where an act
says so ("people"), an act that a quantity completes ("sold"),
a name that is this metric's only beside a count ("sales" of cars),
an act that is its growth where the sentence names nothing else ("grew"),
or an act of having ("numbers"), which says no more than what is counted."""

_ROLES: tuple[Role, ...] = ("terms", "losses", "margins", "nouns", "also", "verbs", "counts", "has")
_WEAK = frozenset(("nouns", "also", "counts", "has"))
"""Roles of what is merely counted, or had: it does not say what a sentence is about."""
_PROFIT = "net_income"
_PROFITS = frozenset(("net_income", "operating_income", "ebitda", "gross_profit", "eps"))
"""What a profit is, and an act of earning, where nothing says which."""
_MADE = frozenset(("unit_sales", "production", "deliveries", "orders", "affected_customers", "passengers"))
"""What is done to goods and people, of which an act says more than that a company has them."""
_REACH = 80
"""Characters between such a profit and what says which ("earned 3 million euros before tax"), or a noun and its act."""

NAMES = frozenset(("terms", "losses", "margins"))
"""The roles in which a phrase is a metric's name."""
_ASKED = 30
"""Characters behind "how many" that may name what is counted."""


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
        """Whether the level is plausible; how high it may be depends on what the currency is worth."""
        high = self.high * read_currency_worth().get(value.unit, 1)
        return all(self.low <= abs(end) <= high for end in (value.low, value.high) if end)


@dataclass(frozen=True, slots=True)
class MetricMention:
    """A phrase of a text that speaks of a metric."""

    start: int
    end: int
    metric: str
    role: Role


_Place = MetricMention | Found[Any]


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
    words = _words(language)
    split = list(words.split.find(folded))
    whole = [one for one in words.whole.find(folded) if not any(_is_half(one, half) for half in split)]
    found = sorted([*whole, *split], key=lambda one: one.start)
    mentions = [MetricMention(one.start, one.end, metric, role) for one in found for metric, role in one.what]
    mentions = _acted_on(mentions, folded, words.breaks)
    if all(mention.role in _WEAK for mention in mentions):
        alone = [*words.alone.find(folded), *words.split_alone.find(folded)]
        mentions += [MetricMention(one.start, one.end, *one.what) for one in alone]
        mentions.sort(key=lambda mention: mention.start)
    turns = words.turns.find(folded) if any(mention.metric == _PROFIT for mention in mentions) else []
    mentions = [_turned(mention, turns, folded, words.breaks) for mention in mentions] if turns else mentions
    return list(_margins(mentions, folded))


def asked_metric(words: str, language: str) -> str | None:
    """The metric that "how many" asks for with these words, where their noun counts only when it is asked for.

    >>> asked_metric("patients have started on it", "en")
    'customers'
    """
    found = _asked(language).find(fold(words)[:_ASKED])
    return found[0].what if found else None


@cache
def _asked(language: str) -> Phrases[str]:
    tables = read_metrics().items()
    return Phrases({fold(phrase): id_ for id_, table in tables for phrase in table.get(language, {}).get("asked", ())})


def _is_half(one: Found[Any], half: Found[Any]) -> bool:
    """Whether a phrase is no more than a half of a split verb."""
    return half.start <= one.start and one.end <= half.end


def _acted_on(mentions: list[MetricMention], folded: str, breaks: re.Pattern[str]) -> list[MetricMention]:
    """Without what a counted word else stands for, where an act near it says what is done to it ("sold 30 planes")."""
    acts = [mention for mention in mentions if mention.role in ("verbs", "has")]
    bound = {
        (one.start, one.end): one.metric
        for one in mentions
        if one.role == "also" and any(act.metric == one.metric and _are_near(one, act, folded, breaks) for act in acts)
    }
    made = [act for act in acts if act.metric in _MADE]
    return [
        one
        for one in mentions
        if bound.get((one.start, one.end), one.metric) == one.metric
        and not (
            one.metric == "other" and one.role == "counts" and any(_are_near(one, act, folded, breaks) for act in made)
        )
    ]


def _are_near(one: _Place, other: _Place, folded: str, breaks: re.Pattern[str]) -> bool:
    """Whether two phrases stand in one clause, not far from each other."""
    start, end = min(one.end, other.end), max(one.start, other.start)
    return end - start <= _REACH and not breaks.search(folded, start, max(start, end))


def _turned(mention: MetricMention, turns: list[Found[str]], folded: str, breaks: re.Pattern[str]) -> MetricMention:
    """A profit as the one that the nearest word in its clause makes of it."""
    if mention.metric != _PROFIT:
        return mention
    for one in sorted(turns, key=lambda one: max(one.start - mention.end, mention.start - one.end)):
        if _are_near(mention, one, folded, breaks):
            return replace(mention, metric=one.what)
    return mention


def _margins(mentions: list[MetricMention], folded: str) -> Iterator[MetricMention]:
    """A margin that no word says more of, behind the EBITDA, is its margin: "EBITDA of 9 million, a margin of 8%"."""
    profit = None
    for mention in mentions:
        is_plain = folded[mention.start : mention.end].isalpha()
        if mention.metric == "operating_margin" and mention.role == "terms" and is_plain and profit == "ebitda":
            yield replace(mention, metric="ebitda", role="margins")
            continue
        profit = mention.metric if mention.metric in _PROFITS and mention.role in NAMES else profit
        yield mention


_Meanings = tuple[tuple[str, Role], ...]


@dataclass(frozen=True)
class _Words:
    """A language's phrases for all metrics."""

    whole: Phrases[_Meanings]
    split: SplitVerbs[_Meanings]
    alone: Phrases[tuple[str, Role]]
    """What speaks of a metric only where nothing else does ("grew")."""
    split_alone: SplitVerbs[tuple[str, Role]]
    turns: Phrases[str]
    """What says which profit is meant ("before tax")."""
    breaks: re.Pattern[str]
    """What ends a clause."""


@cache
def _words(language: str) -> _Words:
    meanings: dict[str, dict[tuple[str, Role], None]] = defaultdict(dict)
    alone: dict[str, tuple[str, Role]] = {}
    turns: dict[str, str] = {}
    for id_, table in read_metrics().items():
        words = table.get(language, {})
        for role in _ROLES:
            for phrase in words.get(role, ()):
                meanings[fold(phrase)][id_, role] = None
        alone |= {fold(phrase): (id_, "verbs") for phrase in words.get("alone", ())}
        alone |= {fold(phrase): (id_, "growth") for phrase in words.get("growth", ())}
        turns |= {fold(phrase): id_ for phrase in words.get("turns", ())}
    said = {phrase: tuple(what) for phrase, what in meanings.items()}
    cues = read_language(language).get("cues", {})
    joints = [word for kind in ("and", "to", "compare") for word in cues.get(kind, ())]
    return _Words(
        whole=Phrases({phrase: what for phrase, what in said.items() if not has_gap(phrase)}),
        split=SplitVerbs({phrase: what for phrase, what in said.items() if has_gap(phrase)}, joints),
        alone=Phrases({phrase: what for phrase, what in alone.items() if not has_gap(phrase)}),
        split_alone=SplitVerbs({phrase: what for phrase, what in alone.items() if has_gap(phrase)}, joints),
        turns=Phrases(turns),
        breaks=re.compile(rf"[;:()，；]|,(?!\d)| {one_of(cues.get('and', ()))} "),
    )
