"""The choices: which of its options a figure is of, and its basis, period and company. Weighted sums of features."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.bases import Outlook
from extractors.candidates import Option
from extractors.datings import Dating
from extractors.disclosers import Discloser
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


def choose_period(datings: Sequence[Dating]) -> tuple[str | None, float]:
    """The period that most speaks for, the first of equals, None where there is none; and how clearly, at most 4."""
    if not datings:
        return None, 0.0
    weights = read_weights("period")
    scored = [(weigh(one.features, weights), one.period) for one in datings]
    (score, period), *others = sorted(scored, key=lambda pair: -pair[0])
    return period, min(score - others[0][0], 4.0) if others else 4.0


def choose_discloser(disclosers: Sequence[Discloser]) -> tuple[str, float]:
    """The company that most speaks for, the first of equals; and how clearly, at most 4."""
    weights = read_weights("discloser")
    scored = [(weigh(one.features, weights), one.name) for one in disclosers]
    (score, name), *others = sorted(scored, key=lambda pair: -pair[0])
    return name, min(score - others[0][0], 4.0) if others else 4.0
