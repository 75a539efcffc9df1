"""What "how many", "how much" and "the number of" ask for, and the products or regions that it is asked of."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.cues import Cue
from extractors.readings import Reading
from extractors.stretches import Stretch

_NOUN = 25
"""Characters between "how many" and the name of what it is asked of."""
_OPENING = 2
"""Characters before a question that opens its sentence."""
_LINK = 14
"""Characters between two names of a list."""
_NAME = r"[^\W\d_a-zß-öø-ÿ\u3040-\u9fff][\w.+'’-]*(?: (?:[^\W\d_a-zß-öø-ÿ\u3040-\u9fff][\w.+'’-]*|\d{1,3}\b))*"
_NAMED = re.compile(_NAME)


def questions_near(reading: Reading, start: int, end: int, first: int, last: int) -> list[Cue]:
    """The questions that a refusal at start:end may leave open: behind it, before ("how many, it would not say")."""
    counts = list(reading.cues_of("howmany", first, last))
    plain = next(reading.cues_of("what", max(start, end - 4), min(last, end + 12)), None)
    if plain is None and not counts:  # "what is left of it, the firm does not say"
        plain = next((one for one in reading.cues_of("what", first, start) if one.start <= _OPENING), None)
    return [*counts, plain] if plain is not None and plain not in counts else counts


def named_after(reading: Reading, start: int, last: int, *, several: bool) -> tuple[str, ...]:
    """The products, brands or regions that stand behind a place: one close by, or those of a list."""
    names: list[str] = []
    place = start
    while names == [] or several:
        found = _next_name(reading, place, last, is_first=not names)
        if found is None:
            break
        names.append(reading.sentence.text[found[0] : found[1]])
        place = found[1]
    return tuple(dict.fromkeys(names))


def products_before(reading: Reading, first: int, place: int) -> tuple[str, ...]:
    """The products of a list that stands before a place: "of the one, the other and the third it never told sales"."""
    products = [one for one in reading.companies if one.kind == "product" and first <= one.start < place]
    linked = all(
        later.start - earlier.end <= _LINK and _is_linked(reading, earlier.end, later.start)
        for earlier, later in pairwise(products)
    )
    return tuple(dict.fromkeys(one.text for one in products)) if len(products) > 1 and linked else ()


def _is_linked(reading: Reading, start: int, end: int) -> bool:
    return reading.separators(start, end) != (0, 0) or reading.has("and", start, end)


def _next_name(reading: Reading, place: int, last: int, *, is_first: bool) -> tuple[int, int] | None:
    """Where the next name of a list stands: right behind or joined on, and no company, period or figure."""
    limit = min(last, place + (_NOUN if is_first else _LINK))
    match = _NAMED.search(reading.sentence.text, place, last)
    spans = [match.span()] if match else []
    spans += [(one.start, one.end) for one in reading.companies if one.kind == "product" and place <= one.start < limit]
    start, end = min(spans, default=(limit, limit))
    if start >= limit or _is_taken(reading, start, end):
        return None
    is_near = _is_about(reading, place, start) if is_first else _is_linked(reading, place, start)
    return (start, end) if is_near else None


def _is_about(reading: Reading, place: int, start: int) -> bool:
    """Whether a name stands directly behind, or behind an "of" or "for"."""
    if reading.separators(place, start) != (0, 0):
        return False
    return start - place <= 1 or any(reading.has(kind, place, start) for kind in ("of", "about"))


def _is_taken(reading: Reading, start: int, end: int) -> bool:
    taken = [one for one in reading.companies if one.kind != "product"]
    things: tuple[Stretch, ...] = (
        *taken,
        *reading.periods,
        *reading.quantities,
        *reading.metrics_within(max(0, start - 1), end),
    )
    return any(one.start < end and start < one.end for one in things)


def noun_phrase(reading: Reading, start: int, last: int) -> str | None:
    """The words that follow a question, up to a break: what an unknown metric is called; None for a pronoun."""
    is_pronoun = any(
        one.kind == "anaphor" and 0 <= one.start - start <= 2 and " " not in one.text for one in reading.companies
    )
    if is_pronoun:  # asked of something told before: "how high it was"
        return None
    cut = min((*reading.cuts_within(start, last), last))
    words = reading.sentence.text[start:cut].strip(" .。").split()
    return " ".join(words[:8]) or None
