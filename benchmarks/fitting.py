"""Linear models, fitted by stochastic gradients: a choice among options, or yes and no."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

RARE = 4
"""A feature that fewer examples have is left out."""

Features = Mapping[str, float]
Weights = dict[str, float]


@dataclass(frozen=True)
class Group:
    """The options of one quantity; at most some are right."""

    options: Sequence[Features]
    right: Sequence[bool]


def known(rows: Iterable[Features]) -> dict[str, int]:
    seen = Counter(name for row in rows for name, value in row.items() if value)
    return {name: number for number, name in enumerate(sorted(name for name, times in seen.items() if times >= RARE))}


def numbered(row: Features, names: Mapping[str, int]) -> list[tuple[int, float]]:
    return [(names[name], value) for name, value in row.items() if value and name in names]


def fit_groups(groups: Sequence[Group], *, epochs: int = 14, rate: float = 0.15, decay: float = 3e-3) -> Weights:
    """A conditional logit: the options of a quantity and "none of them" share the probability of one."""
    names = known(option for group in groups for option in group.options)
    data = [([numbered(option, names) for option in group.options], group.right) for group in groups]
    values, squares = [0.0] * len(names), [1e-2] * len(names)
    order = random.Random(7)  # noqa: S311
    for _ in range(epochs):
        order.shuffle(data)
        for options, right in data:
            sums = [min(20.0, sum(values[number] * value for number, value in option)) for option in options]
            powers = [math.exp(total) for total in sums]
            whole = 1 + sum(powers)
            good = sum(power for power, is_good in zip(powers, right, strict=True) if is_good) or 0.0
            for option, power, is_good in zip(options, powers, right, strict=True):
                slope = power / whole - (power / good if is_good and good else 0.0)
                step(values, squares, option, slope, rate, decay)
    return {name: round(values[number], 3) for name, number in names.items()}


def fit_single(rows: Sequence[tuple[Features, bool]], *, epochs: int = 40, decay: float = 3e-3) -> Weights:
    """A logistic regression."""
    return fit_groups([Group([row], [is_good]) for row, is_good in rows], epochs=epochs, rate=0.05, decay=decay)


def step(
    values: list[float], squares: list[float], row: list[tuple[int, float]], slope: float, rate: float, decay: float
) -> None:
    for number, value in row:
        gradient = slope * value + decay * values[number]
        squares[number] += gradient * gradient
        values[number] -= rate * gradient / math.sqrt(squares[number])
