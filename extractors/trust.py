"""How sure a whole claim is: a sum of what speaks for it, as a probability of being right.

What is withheld has weights of its own: it is told by other signs than a figure.
"""

from __future__ import annotations

from collections.abc import Mapping

from extractors.model import Status
from extractors.weights import chance, read_weights, weigh

_WEIGHTS: Mapping[Status, str] = {"disclosed": "trust", "withheld": "trust_withheld"}


def believed(status: Status) -> float:
    """The least probability at which a claim is said."""
    return read_weights(_WEIGHTS[status])["believed"]


def trust(evidence: Mapping[str, float], status: Status = "disclosed") -> float:
    """The probability that a claim is right in every part, in (0, 1)."""
    return round(chance(weigh(evidence, read_weights(_WEIGHTS[status]))), 3)
