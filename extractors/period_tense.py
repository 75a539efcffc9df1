"""Whether a period is over, or has begun, when something is published."""

from __future__ import annotations

from extractors.model import period_span


def is_over(period: str, published: str) -> bool:
    """Whether the period has ended by the month of publication; an open one never has."""
    try:
        last = period_span(period).last
    except ValueError:
        return False
    return last is not None and last.isoformat()[:7] <= published[:7]


def has_begun(period: str, published: str) -> bool:
    """Whether the period has begun by the month of publication."""
    try:
        first = period_span(period).first
    except ValueError:
        return False
    return first is not None and first.isoformat()[:7] <= published[:7]
