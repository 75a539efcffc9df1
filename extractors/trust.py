"""How sure a whole claim is: a sum of what speaks for it, as a probability of being right."""

from __future__ import annotations

from collections.abc import Mapping

from extractors.weights import chance, read_weights, weigh


def believed() -> float:
    """The least probability at which a claim is said."""
    return read_weights("trust")["believed"]


def trust(evidence: Mapping[str, float]) -> float:
    """The probability that a claim is right in every part, in (0, 1)."""
    return round(chance(weigh(evidence, read_weights("trust"))), 3)
