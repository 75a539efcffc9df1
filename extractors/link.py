"""The choice: which of a quantity's options is meant. A weighted sum of the features of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractors.candidates import Option
from extractors.weights import read_weights, weigh


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen option and its sum; 0 is as likely as none of them."""

    option: Option
    score: float
    lead: float
    """How far the sum lies above that of the best option of another metric; at most 9."""


def choose(options: Iterable[Option]) -> Choice | None:
    """The best option, or None where there is none; whether it is believed is told by the whole statement."""
    weights = read_weights("link")
    scored = sorted(((weigh(one.features, weights), one) for one in options), key=lambda pair: -pair[0])
    if not scored:
        return None
    score, best = scored[0]
    others = [other for other, option in scored if option.metric.id != best.metric.id]
    return Choice(best, score, min(score - others[0], 9.0) if others else 9.0)
