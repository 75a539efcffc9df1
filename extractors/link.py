"""The choice: which of a quantity's options is meant. A weighted sum of the features of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractors.bases import Outlook
from extractors.candidates import Option
from extractors.model import Basis
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


def choose_basis(outlooks: Iterable[Outlook]) -> tuple[Basis, float]:
    """The basis that most speaks for, `actual` where nothing speaks for another; and how clearly, at most 4."""
    weights = read_weights("basis")
    scored = [("actual", 0.0), *((one.basis, weigh(one.features, weights)) for one in outlooks)]
    (basis, score), (_, other), *_ = sorted(scored, key=lambda pair: -pair[1])
    return basis, min(score - other, 4.0)
