"""Words that say which way something moved, and the one that belongs to a quantity."""

from __future__ import annotations

from extractors.quantities import Quantity
from extractors.readings import Reading, once

_NEAR = 16
"""Characters between a quantity and a change word behind it: "20% more", "6 per cent in June lower"."""
_FAR = 200
"""Characters before a figure within which a word may still say that it rose or fell."""


@once
def direction(reading: Reading, quantity: Quantity) -> int | None:
    """+1 or -1 as the change word that belongs to the quantity says; None where there is none near."""
    left, right = reading.segment(quantity.start, quantity.end)
    after = first_move(reading, quantity.end, min(right, quantity.end + _NEAR))
    if after is not None and after[0] - quantity.end <= 2 and not leads_on(reading, after[2]):
        return after[1]
    before = last_move(reading, left, quantity.start)
    if before is not None:
        return before[1]
    behind = first_move(reading, quantity.end, right)
    if behind is not None:
        return behind[1]
    far = max(0, quantity.start - 160)
    earlier = last_move(reading, far, quantity.start)
    if earlier is None:
        return None
    strong, _ = reading.separators(earlier[2], quantity.start)
    return earlier[1] if strong == 0 or reading.folded[max(0, quantity.start - 1)] in "(（" else None


def leads_on(reading: Reading, place: int) -> bool:
    """Whether a change word belongs to a figure that follows it ("3,659 up 35%")."""
    return any(0 <= one.start - place <= 8 for one in reading.quantities)


def first_move(reading: Reading, start: int, end: int) -> tuple[int, int, int] | None:
    """The first change word of a stretch: where it starts, +1 or -1, where it ends."""
    for cue in reading.cues_within(start, min(end, start + _FAR)):
        if way := way_of(cue.kinds) or _place(cue.kinds):
            return cue.start, way, cue.end
    return None


def last_move(reading: Reading, start: int, end: int) -> tuple[int, int, int] | None:
    """The last one; a word that is one only behind a figure, or that compares, is none."""
    for cue in reversed(reading.cues_within(max(start, end - _FAR), end)):
        if cue.end <= end and "compare" not in cue.kinds and (way := way_of(cue.kinds)):
            return cue.start, way, cue.end
    return None


def way_of(kinds: frozenset[str]) -> int:
    """+1 or -1 as a word's kinds say; 0 where they say neither."""
    return 1 if "rise" in kinds else -1 if "fall" in kinds else 0


def _place(kinds: frozenset[str]) -> int:
    """The sign of a word that is a change only behind a figure: "5% above", "über", "por debajo"."""
    return 1 if "above" in kinds else -1 if "below" in kinds else 0
