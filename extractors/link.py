"""The choice: which of a quantity's options is meant, and how surely. A weighted sum of their features."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp

from extractors.candidates import Option

WEIGHTS: Mapping[str, float] = {
    "bias": 1.0,
    "terms": 1.2,
    "losses": 1.2,
    "margins": 1.6,
    "nouns": 1.0,
    "verbs": 0.2,
    "before": 0.6,
    "distance": -0.22,
    "compared": 1.2,
    "dated_aside": 2.0,
    "strong": -0.8,
    "weak": -0.35,
    "between": -0.5,
    "other_kinds": -0.15,
    "rivals": -1.2,
    "touches_after": 1.6,
    "touches_before": 0.6,
    "length": 0.15,
    "carried": -0.3,
    "carried_far": -0.6,
    "also": 0.4,
    "shares": -1.8,
    "shares_anywhere": -0.4,
    "market": -1.5,
    "market_anywhere": -0.5,
    "hypothetical": -1.2,
    "small": -1.8,
    "not_goods": -1.5,
    "named": 0.3,
    "anaphor": 0.1,
    "deal_value:verbs": -0.2,
    "capex:verbs": 0.1,
    "production:verbs": -0.2,
    "employees:verbs": -0.2,
    "affected_customers:verbs": -0.2,
    "other:terms": -0.2,
}
"""What each feature is worth; a feature that is not named is worth nothing."""

THRESHOLD = 0.6
"""The least sum that is believed."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen option and its sum."""

    option: Option
    score: float


def choose(options: Iterable[Option]) -> Choice | None:
    """The best option, or None where none is believable."""
    scored = [Choice(option, _sum(option.features)) for option in options]
    best = max(scored, key=lambda choice: choice.score, default=None)
    return best if best is not None and best.score >= THRESHOLD else None


def _sum(features: Mapping[str, float]) -> float:
    return sum(value * WEIGHTS.get(name, 0.0) for name, value in features.items())


def confidence(score: float) -> float:
    """A sum as a confidence in (0, 1).

    >>> round(confidence(THRESHOLD), 2), round(confidence(4.0), 2)
    (0.4, 0.93)
    """
    return round(1 / (1 + exp(-0.9 * (score - 1.05))), 3)
