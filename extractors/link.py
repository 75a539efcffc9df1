"""The choices: what an article reports on; which of its options a figure is of, its basis, period and company.

Each by weighted sums of features.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from extractors.bases import Outlook
from extractors.candidates import Option
from extractors.datings import Dating
from extractors.disclosers import Discloser
from extractors.model import Basis
from extractors.reported import Reported
from extractors.weights import read_weights, weigh

T = TypeVar("T")


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
    """The basis that most speaks for, `actual` where nothing speaks for another; and how clearly."""
    weights = read_weights("basis")
    return _clearest([(0.0, "actual"), *((weigh(one.features, weights), one.basis) for one in outlooks)])


def choose_period(datings: Iterable[Dating]) -> tuple[str | None, float]:
    """The period that most speaks for, None where there is none; and how clearly."""
    weights = read_weights("period")
    scored = [(weigh(one.features, weights), one.period) for one in datings]
    return _clearest(scored) if scored else (None, 0.0)


def choose_discloser(disclosers: Iterable[Discloser]) -> tuple[str, float]:
    """The company that most speaks for; and how clearly."""
    weights = read_weights("discloser")
    return _clearest([(weigh(one.features, weights), one.name) for one in disclosers])


def choose_reported(periods: Iterable[Reported]) -> str | None:
    """The period that an article most likely reports on; None where none is likelier than that it reports on none."""
    weights = read_weights("reported")
    best = max(
        ((weigh(one.features, weights), one.period) for one in periods), default=(0.0, ""), key=lambda one: one[0]
    )
    return best[1] if best[0] > 0 else None


def _clearest(scored: Iterable[tuple[float, T]]) -> tuple[T, float]:
    """What has the greatest sum, the first of equals; and by how much, at most 4."""
    (score, best), *others = sorted(scored, key=lambda pair: -pair[0])
    return best, min(score - others[0][0], 4.0) if others else 4.0
