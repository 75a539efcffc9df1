"""Changes that are told as a factor or a fraction: "doubled", "three times as many", "fell by a third"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from extractors.cues import Cue, multiples
from extractors.grammar import grammar
from extractors.lexicon import read_language
from extractors.model import Value
from extractors.phrases import Found, Phrases, fold
from extractors.quantities import Quantity

_BEFORE = 12
"""Characters between a word of rise, or what is compared with, and the factor."""
_MOST = 1000
_FAR = 120
"""Characters between a verb of change and the word for "by" before a fraction."""
_BOUND = 30
"""Characters before a fraction in which words may say that it is a bound."""
_JOINT = 3
"""Characters between a verb of change and a fraction that need no word for "by"."""


def read_factors(
    text: str, language: str, cues: Sequence[Cue], quantities: Sequence[Quantity]
) -> tuple[list[Quantity], list[Cue]]:
    """The quantities with the factors and fractions among them as percentages, and a cue at each factor."""
    words = [cue for cue in cues if "multiple" in cue.kinds]
    whole = [Quantity(cue.start, cue.end, multiples(language)[cue.text], cue.text, "percent", None) for cue in words]
    counted = [(one, _growth(one, cues)) for one in quantities if not any(_overlap(one, cue) for cue in words)]
    told = [one if value is None else replace(one, value=value, kind="percent") for one, value in counted]
    marks = [Cue(one.start, one.end, frozenset(("multiple",)), one.text) for one, value in counted if value is not None]
    others: list[Quantity | Cue] = [*told, *words]
    whole += [one for one in _fractions(text, language, cues) if not any(_overlap(one, each) for each in others)]
    return [*told, *whole], [*cues, *marks]


def _fractions(text: str, language: str, cues: Sequence[Cue]) -> Iterator[Quantity]:
    """The fractions by which something changes: "fell by a third", "a quarter more"."""
    for found in _fraction_phrases(language).find(fold(text)):
        start, value = _bounded(found, fold(text), language)
        moves = [cue for cue in cues if cue.kinds & {"rise", "fall"}]
        if any(_is_moved(cue, place, found.end, cues) for cue in moves for place in (start, found.start)):
            yield Quantity(start, found.end, value, text[start : found.end], "percent", None)


def _bounded(found: Found[Decimal], folded: str, language: str) -> tuple[int, Value]:
    """Where a fraction with the words before it begins, and what it comes to: "more than half" is at least 50."""
    before = grammar(language).phrase_before.match(folded[max(0, found.start - _BOUND) : found.start][::-1])
    role = grammar(language).phrases_before[before["phrase"][::-1]] if before else "about"
    start = found.start - before.end() if before else found.start
    low, high = (None if role == "high" else found.what), (None if role == "low" else found.what)
    return start, Value(low, high, "%", approx=role == "about")


def _is_moved(change: Cue, start: int, end: int, cues: Sequence[Cue]) -> bool:
    """Whether a fraction at start:end is by how much something changed."""
    if 0 <= change.start - end <= 1 or 0 <= start - change.end <= _JOINT:
        return True
    joints = (cue for cue in cues if "by" in cue.kinds and 0 <= start - cue.end <= _BEFORE)
    return any(0 <= joint.start - change.end <= _FAR for joint in joints)


@cache
def _fraction_phrases(language: str) -> Phrases[Decimal]:
    return Phrases({fold(word): Decimal(value) for word, value in read_language(language).get("fractions", {}).items()})


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


def _overlap(quantity: Quantity, other: Quantity | Cue) -> bool:
    return quantity.start < other.end and other.start < quantity.end
