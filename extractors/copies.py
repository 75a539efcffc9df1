"""Which texts are copies of one another: a release on three wires is one statement with three pages."""

from __future__ import annotations

import re

from rensa import RMinHash, RMinHashLSH

_PERMUTATIONS, _BANDS, _SEED = 128, 32, 1
"""Texts that are alike by half share a band with a chance of 87 in 100, by three quarters with one of 99.999."""
_ALIKE = 0.75
"""The share of shingles that copies have in common: wires add a line of their own and cut the end."""
_SHINGLE = 4
"""Words."""
_LEAST_WORDS = 40
"""Shorter texts are alike by chance."""
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


class Copies:
    """The texts so far, by MinHash and locality-sensitive hashing: a search costs the same however many there are."""

    def __init__(self) -> None:
        """None yet."""
        self._index = RMinHashLSH(threshold=_ALIKE, num_perm=_PERMUTATIONS, num_bands=_BANDS)
        self._known: dict[int, tuple[RMinHash, frozenset[str]]] = {}
        self._count = 0

    def first_of(self, text: str) -> int:
        """The number, from 0, of the first text of which this one is a copy; its own where it is none.

        The figures of a copy are those of the other: a report of the next quarter in the same words is none.

        >>> copies, text = Copies(), "Zonnedauw sold 4.1 million crates. " + " ".join(map(chr, range(0x4E00, 0x4E40)))
        >>> copies.first_of(text), copies.first_of(f"(Wire) {text}"), copies.first_of(text.replace("4.1", "4.3"))
        (0, 0, 2)
        """
        number, self._count = self._count, self._count + 1
        words = _WORD.findall(text.casefold())
        if len(words) < _LEAST_WORDS:
            return number
        figures = frozenset(_FIGURE.findall(text))
        sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        sketch.update([" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)])
        candidates: list[int] = sorted(self._index.query(sketch))
        for other in candidates:
            known, told = self._known[other]
            if sketch.jaccard(known) >= _ALIKE and _are_same(figures, told):
                return other
        self._index.insert(number, sketch)
        self._known[number] = sketch, figures
        return number


def _are_same(figures: frozenset[str], others: frozenset[str]) -> bool:
    """Whether one text has all figures of the other: what a wire cuts or adds is on one side."""
    return figures <= others or others <= figures
