"""Stretches of a sentence, and which of them lie in others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from typing import Protocol


class Stretch(Protocol):
    """Something that stands at a place of a sentence."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """Behind its last."""


class Cover:
    """Stretches of a sentence, to ask what lies in them: in time that does not grow with how many they are."""

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        """In any order."""
        spans = sorted((one.start, one.end) for one in stretches)
        self._starts = [start for start, _ in spans]
        self._ends = list(accumulate((end for _, end in spans), max))

    def overlaps(self, one: Stretch) -> bool:
        """Whether any of the stretches has a character of this one."""
        before = bisect_left(self._starts, one.end)
        return before > 0 and self._ends[before - 1] > one.start

    def covers(self, place: int) -> bool:
        """Whether a place lies in one of them."""
        before = bisect_left(self._starts, place + 1)
        return before > 0 and self._ends[before - 1] > place

    def extends(self, one: Stretch) -> bool:
        """Whether one of them has all of this one and more."""
        begun, before = bisect_left(self._starts, one.start + 1), bisect_left(self._starts, one.start)
        is_longer = begun > 0 and self._ends[begun - 1] > one.end
        return is_longer or (before > 0 and self._ends[before - 1] >= one.end)

    def holds(self, one: Stretch) -> bool:
        """Whether one of them goes beyond this one on both sides: a number in a name ("scope 1 and 2 emissions")."""
        before = bisect_left(self._starts, one.start)
        return before > 0 and self._ends[before - 1] > one.end


def overlap(one: Stretch, other: Stretch) -> bool:
    """Whether two stretches have a character in common."""
    return one.start < other.end and other.start < one.end
