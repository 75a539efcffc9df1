"""What an article as a whole is made of: who is named in it, where and how often, and how much of it is of metrics."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from extractors.companies import Names
from extractors.features import Features
from extractors.metrics import NAMES
from extractors.readings import Reading
from extractors.registry import registry

_OPENING = 2
"""The sentences, from the title on, that say what an article is about."""
_ISSUER = 4
"""How often an issuer counts as named, beyond what the article says."""
_MANY = 40
"""Figures beyond which an article has no more to it."""


@dataclass(frozen=True)
class Outline:
    """Counts over all sentences of an article."""

    named: Counter[str] = field(default_factory=Counter)
    """How often each company is named."""
    titled: frozenset[str] = frozenset()
    """Those in the title."""
    first: Mapping[str, int] = field(default_factory=dict)
    """The sentence, from 0, that names each company first."""
    sentences: int = 0
    measured: float = 0.0
    """The part of the figures whose sentence names a metric."""
    figures: int = 0
    metrics: int = 0
    """The metrics that are named, each once."""
    outsiders: float = 0.0
    """The part of the sentences that begin with a subject that is no company: a government, households, a market."""
    amounts: float = 0.0
    """The part of the amounts and counts that are amounts."""
    silent: float = 0.0
    """The part of the sentences with a figure that name no company, and point back to none."""
    spoken: Counter[str] = field(default_factory=Counter)
    """How often phrases that mean one metric alone speak of each."""

    def of_company(self, company: str) -> Features:
        """What speaks for a company as one that the article is about."""
        times, total = self.named[company], sum(self.named.values())
        first = self.first.get(company, self.sentences)
        return {
            f"named{min(times, 4)}": 1.0,
            "named_share": times / total if total else 0.0,
            "named_density": min(times / max(self.sentences, 1), 0.5),
            "named_late": float(first > _OPENING),
            "named_place": first / max(self.sentences, 1),
            "companies": min(len(self.named), 8) / 4,
            "titled": float(company in self.titled),
            "registered": float(company in registry().canonical),
            **self._of_whole(),
        }

    def of_metric(self, metric: str, role: str) -> Features:
        """How much of the article is of a metric, which a phrase of this role speaks of."""
        times = self.spoken[metric]
        share = times / max(self.spoken.total(), 1)
        return {
            "spoken": share,
            f"spoken/{role}": share,
            f"spoken:{metric}": share,
            "unspoken": float(not times),
            "spoken_most": float(0 < times == max(self.spoken.values(), default=0)),
        }

    def _of_whole(self) -> Features:
        """What the whole says, whichever company is meant."""
        return {
            "measured": self.measured,
            "figures": min(self.figures, _MANY) / 20,
            "metrics": min(self.metrics, 8) / 4,
            "outsiders": self.outsiders,
            "silent_figures": self.silent,
        }


def read_outline(readings: Sequence[Reading], names: Names, issuer: str | None = None) -> Outline:
    """Count what the sentences of an article hold; its issuer is named by the page itself."""
    told = [(one.name, number) for number, reading in enumerate(readings) for one in reading.companies if one.name]
    issuers = [names.main] * _ISSUER if issuer and names.main else []
    measured = [any(one.role in NAMES for one in reading.metrics) for reading in readings for _ in reading.quantities]
    figures = [one for reading in readings for one in reading.quantities]
    figured = [reading for reading in readings if reading.quantities]
    return Outline(
        named=Counter([*issuers, *(name for name, _ in told)]),
        titled=frozenset(name for name, number in told if readings[number].sentence.where == "title"),
        first={**dict(reversed(told)), **dict.fromkeys(issuers, 0)},
        sentences=len(readings),
        measured=sum(measured) / max(len(measured), 1),
        figures=len(measured),
        metrics=len({one.metric for reading in readings for one in reading.metrics if one.role in NAMES}),
        outsiders=_part(names.begins_with_outsider(reading.folded) for reading in figured),
        amounts=_part(one.kind == "money" for one in figures if one.kind in ("money", "count")),
        silent=_part(not reading.companies for reading in figured),
        spoken=_spoken(readings),
    )


def _spoken(readings: Iterable[Reading]) -> Counter[str]:
    """How often each metric is spoken of; a phrase that may mean several says nothing."""
    spoken = Counter[str]()
    for reading in readings:
        meanings: dict[tuple[int, int], set[str]] = defaultdict(set)
        for one in reading.metrics:
            meanings[one.start, one.end].add(one.metric)
        spoken.update(metric for some in meanings.values() if len(some) == 1 for metric in some)
    return spoken


def _part(each: Iterable[bool]) -> float:
    all_of_them = list(each)
    return sum(all_of_them) / max(len(all_of_them), 1)
