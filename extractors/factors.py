"""Changes that are told as a factor: "doubled", "rose 20 times", "three times as many"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.cues import Cue, multiples
from extractors.model import Value
from extractors.quantities import Quantity

_BEFORE = 12
"""Characters between a word of rise, or what is compared with, and the factor."""
_MOST = 1000


def read_factors(
    language: str, cues: Sequence[Cue], quantities: Sequence[Quantity]
) -> tuple[list[Quantity], list[Cue]]:
    """The quantities with the factors among them as percentages, and a cue at each of those."""
    words = [cue for cue in cues if "multiple" in cue.kinds]
    whole = [Quantity(cue.start, cue.end, multiples(language)[cue.text], cue.text, "percent", None) for cue in words]
    counted = [(one, _growth(one, cues)) for one in quantities if not any(_overlap(one, cue) for cue in words)]
    told = [one if value is None else replace(one, value=value, kind="percent") for one, value in counted]
    marks = [Cue(one.start, one.end, frozenset(("multiple",)), one.text) for one, value in counted if value is not None]
    return [*told, *whole], [*cues, *marks]


def _growth(quantity: Quantity, cues: Sequence[Cue]) -> Value | None:
    """A number of times as a change in per cent; None where it is none ("18 times earnings")."""
    if quantity.kind != "other":
        return None
    times = next((cue for cue in cues if cue.end == quantity.end and "times" in cue.kinds), None)
    if times is None:
        return None
    is_risen = any((_ends_before(cue, quantity) or _is_next(cue, quantity)) and "rise" in cue.kinds for cue in cues)
    is_compared = any(
        (_is_next(cue, quantity) and "as_many" in cue.kinds) or (_ends_before(cue, quantity) and "compare" in cue.kinds)
        for cue in cues
    )
    if not is_risen and not is_compared:
        return None
    is_reached = is_compared or any(_ends_before(cue, quantity) for cue in cues if "to" in cue.kinds)
    less = 0 if "times_more" in times.kinds and not is_reached else 1
    low, high = (_in_percent(end, less) for end in (quantity.value.low, quantity.value.high))
    is_growth = all(0 < end < _MOST * 100 for end in (low, high) if end is not None)
    return replace(quantity.value, low=low, high=high, unit="%") if is_growth else None


def _ends_before(cue: Cue, quantity: Quantity) -> bool:
    return 0 <= quantity.start - cue.end <= _BEFORE


def _is_next(cue: Cue, quantity: Quantity) -> bool:
    return 0 <= cue.start - quantity.end <= 1


def _in_percent(times: Decimal | None, less: int) -> Decimal | None:
    if times is None:
        return None
    percent = (times - less) * 100
    whole = percent.to_integral_value()
    return whole if whole == percent else percent


def _overlap(quantity: Quantity, cue: Cue) -> bool:
    return quantity.start < cue.end and cue.start < quantity.end
