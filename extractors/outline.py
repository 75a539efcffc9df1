"""What an article as a whole is made of: who is named in it and how often, and how much of it is of metrics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.features import NAMES, Features
from extractors.readings import Reading
from extractors.registry import registry


@dataclass(frozen=True)
class Outline:
    """Counts over all sentences of an article."""

    named: Counter[str] = field(default_factory=Counter)
    """How often each company is named."""
    titled: frozenset[str] = frozenset()
    """Those in the title."""
    measured: float = 0.0
    """The part of the figures whose sentence names a metric."""
    figures: int = 0

    def of_company(self, company: str) -> Features:
        """What speaks for a company as one that the article is about."""
        times, total = self.named[company], sum(self.named.values())
        return {
            f"named{min(times, 4)}": 1.0,
            "named_share": times / total if total else 0.0,
            "titled": float(company in self.titled),
            "registered": float(company in registry().canonical),
            "measured": self.measured,
            "figures": min(self.figures, 40) / 20,
        }


def read_outline(readings: Sequence[Reading]) -> Outline:
    """Count what the sentences of an article hold."""
    names = [(one.name, reading) for reading in readings for one in reading.companies if one.kind != "anaphor"]
    measured = [any(one.role in NAMES for one in reading.metrics) for reading in readings for _ in reading.quantities]
    return Outline(
        named=Counter(name for name, _ in names),
        titled=frozenset(name for name, reading in names if reading.sentence.where == "title"),
        measured=sum(measured) / max(len(measured), 1),
        figures=len(measured),
    )
