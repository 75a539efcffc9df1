"""Linear models: a choice among options, or yes and no; each fitted to its one optimum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

RARE = 4
"""A feature that fewer examples have is left out."""
STEPS = 200
"""The most that the search takes; nothing is gained by more."""
CEILING = 20.0
"""What a sum counts for at most."""

Features = Mapping[str, float]
Weights = dict[str, float]
Vector = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Group:
    """The options of one quantity; at most some are right."""

    options: Sequence[Features]
    right: Sequence[bool]


def fit_groups(groups: Sequence[Group], *, decay: float = 3e-3) -> Weights:
    """A conditional logit: the options of a quantity and "none of them" share the probability of one.

    `decay` holds a weight down as often as an example has its feature.
    """
    groups = [group for group in groups if group.options]
    names = known(option for group in groups for option in group.options)
    if not names:
        return {}
    options = matrix([option for group in groups for option in group.options], names)
    transposed = options.T.tocsr()
    held_down = decay * options.getnnz(axis=0)
    sizes = [len(group.options) for group in groups]
    starts = np.cumsum([0, *sizes[:-1]])
    group_of = np.repeat(np.arange(len(groups)), sizes)
    right = np.array([is_right for group in groups for is_right in group.right], dtype=bool)
    is_answered = np.logical_or.reduceat(right, starts)

    def loss(weights: Vector) -> tuple[float, Vector]:
        sums = np.minimum(options @ weights, CEILING)
        highest = np.maximum(np.maximum.reduceat(sums, starts), 0)  # taken off, that no power overflows
        none = np.exp(-highest)
        powers = np.exp(sums - highest[group_of])
        whole = np.add.reduceat(powers, starts) + none
        good = np.where(is_answered, np.add.reduceat(np.where(right, powers, 0), starts), none)
        good = np.maximum(good, np.finfo(float).tiny)
        slope = powers / whole[group_of] - np.where(right, powers / good[group_of], 0)
        penalty = (held_down * weights) @ weights / 2
        return float(np.log(whole / good).sum() + penalty), transposed @ slope + held_down * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return {name: round(float(found.x[number]), 3) for name, number in names.items()}


def fit_single(rows: Sequence[tuple[Features, bool]], *, decay: float = 3e-3) -> Weights:
    """A logistic regression."""
    return fit_groups([Group([row], [is_good]) for row, is_good in rows], decay=decay)


def known(rows: Iterable[Features]) -> dict[str, int]:
    """The features that are not rare, each with its column."""
    seen = Counter(name for row in rows for name, value in row.items() if value)
    return {name: number for number, name in enumerate(sorted(name for name, times in seen.items() if times >= RARE))}


def matrix(rows: Sequence[Features], names: Mapping[str, int]) -> csr_matrix:
    """A row an option, a column a feature."""
    cells = [
        (number, names[name], value)
        for number, row in enumerate(rows)
        for name, value in row.items()
        if value and name in names
    ]
    numbers, columns, values = zip(*cells, strict=True)
    return csr_matrix((np.array(values, dtype=float), (numbers, columns)), shape=(len(rows), len(names)))
