"""Which figures are those that others are compared with."""

from __future__ import annotations

from extractors.quantities import Quantity
from extractors.readings import Reading

_NEAR = 12
"""Characters between a comparing word and the figure it compares with."""


def is_compared(reading: Reading, quantity: Quantity) -> bool:
    """Whether the figure is what another is compared with: "against 10", "from 8 to 10", "12 (10)"."""
    for cue in reading.cues_of("compare", max(0, quantity.start - _NEAR - 24), quantity.start + 8):
        gap = reading.folded[cue.end : quantity.start] if cue.end <= quantity.start else ""
        is_near = len(gap) <= 2 or (len(gap) <= _NEAR and " " in gap and len(gap.split()) <= 2)
        is_near = is_near or any(cue.end <= one.start and one.end <= quantity.start for one in reading.metrics)
        if cue.start <= quantity.start and is_near and "," not in gap:
            return True
    return _is_start(reading, quantity) or _is_bracketed(reading, quantity)


def _is_start(reading: Reading, quantity: Quantity) -> bool:
    """Whether the figure is the first of "from 8 to 10", or the second of "to 10 from 8"."""
    if not any(0 <= quantity.start - cue.end <= 3 for cue in reading.cues_of("from", 0, quantity.start)):
        return False
    for other in reading.quantities:
        first, last = sorted((quantity, other), key=lambda one: one.start)
        if other is quantity or other.kind != quantity.kind or last.start - first.end > 60:
            continue
        if any(-8 <= cue.end - other.start <= 3 for cue in reading.cues_of("to", 0, other.start + 8)):
            return True
    return False


def _is_bracketed(reading: Reading, quantity: Quantity) -> bool:
    """Whether the figure stands alone in brackets behind another of its kind: "412.3 (398.7)"."""
    before, after = reading.folded[: quantity.start].rstrip(), reading.folded[quantity.end :].lstrip()
    opens = before[-1:] in ("(", "（") or reading.folded[quantity.start] in "(（"
    closes = after[:1] in (")", "）") or any(mark in quantity.text for mark in ")）")
    if not (opens and closes):
        return False
    others = [one for one in reading.quantities if one.end <= quantity.start and quantity.start - one.end <= 12]
    return bool(others) and others[-1].kind == quantity.kind and others[-1].value.unit == quantity.value.unit
