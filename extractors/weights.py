"""Weights fitted from marked documents, and what a sum of them says."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from math import exp

_DATA = files("extractors") / "data" / "weights"


_IN_USE: dict[str, Mapping[str, float]] = {}


def read_weights(name: str) -> Mapping[str, float]:
    """What each feature of a model is worth, by the feature's name; `#` begins a comment.

    Raises FileNotFoundError where there is no such model.
    """
    if name in _IN_USE:
        return _IN_USE[name]
    lines = (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    _IN_USE[name] = {feature: float(weight) for feature, weight in pairs}
    return _IN_USE[name]


def use_weights(name: str, weights: Mapping[str, float]) -> None:
    """Read with these weights from now on, in place of the file's: for fitting them."""
    _IN_USE[name] = weights


def weigh(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The weighted sum; a feature without a weight is worth nothing."""
    get = weights.get
    total = 0.0
    for name, value in features.items():
        if value:
            total += value * get(name, 0.0)
    return total


def chance(total: float) -> float:
    """A sum as a probability.

    >>> chance(0.0), round(chance(2.0), 2)
    (0.5, 0.88)
    """
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))
