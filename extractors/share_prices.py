"""Which figures are those of a share: its price, and by how much it moved."""

from __future__ import annotations

from itertools import pairwise

from extractors.moves import way_of
from extractors.quantities import Quantity
from extractors.readings import Reading, once

_MOST = 10_000
"""The least amount that is no share's price."""
_PER_SHARE = frozenset(("eps", "dividend", "arpu", "average_price"))
_NEXT = 4
"""Characters between a name, the verb behind it, its figure and the price that it leads to."""
_MOVED = 12
"""Characters between a verb of change and how far the price moved."""


@once
def is_of_share(reading: Reading, quantity: Quantity) -> bool:
    """Whether a figure is a share's price or move: "Acme shares rose 12 cents", "Acme rose 2 percent to $8.40".

    Of a price told behind words for the share no more than a profit or a dividend per share may be named between.
    """
    if _is_small(quantity) and (_is_moved(reading, quantity) or _is_reached(reading, quantity)):
        last = max((cue.end for cue in reading.cues_of("shares", 0, quantity.start)), default=None)
        if last is not None and not any(one.metric in _PER_SHARE for one in reading.metrics_within(last, quantity.end)):
            return not reading.has("per", quantity.end, quantity.end + _MOVED)
    return any(quantity in pair and _is_name_moved(reading, *pair) for pair in pairwise(reading.quantities))


def _is_small(quantity: Quantity) -> bool:
    return quantity.kind == "money" and quantity.value.low == quantity.value.high and (quantity.value.low or 0) < _MOST


def _is_moved(reading: Reading, quantity: Quantity) -> bool:
    cues = reading.cues_within(quantity.start - _MOVED, quantity.start)
    return any(way_of(cue.kinds) for cue in cues)


def _is_reached(reading: Reading, quantity: Quantity) -> bool:
    return reading.has("to", quantity.start - _NEXT, quantity.start)


def _is_name_moved(reading: Reading, move: Quantity, price: Quantity) -> bool:
    """Whether a company itself moved by a percentage to a price: "Acme rose 2.8 percent to $91.01"."""
    is_pair = move.kind == "percent" and _is_small(price) and price.start - move.end <= 2 * _NEXT
    if not is_pair or not _is_reached(reading, price):
        return False
    verbs = [one for one in reading.cues_within(move.start - _MOVED, move.start) if way_of(one.kinds)]
    names = [one for one in reading.companies if one.end <= move.start]
    return bool(verbs and names) and 0 <= verbs[0].start - names[-1].end <= _NEXT
