"""Which period a figure is about: told beside it, told by a comparison, or carried over from before."""

from __future__ import annotations

from extractors.model import Basis
from extractors.periods import PeriodMention, previous_year
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


def period_of(reading: Reading, quantity: Quantity, carried: str | None, basis: Basis, *, compared: bool) -> str | None:
    """The period of a figure; `carried` is what the text was about so far."""
    if compared and basis == "actual":
        return _compared_period(reading, quantity, carried)
    told = list(reading.coming if basis == "guidance" else reading.periods)
    told = [mention for mention in told if not mention.comparison]
    if basis == "guidance":  # a target is set in a month, but seldom for one
        told = [mention for mention in told if mention.kind not in ("month", "day")] or told
    own = _nearest(reading, quantity, told)
    return own.period if own else carried


def _compared_period(reading: Reading, quantity: Quantity, carried: str | None) -> str | None:
    left, right = reading.segment(quantity.start, quantity.end)
    inside = [mention for mention in reading.periods if left <= mention.start < right + 1]
    behind = [mention for mention in inside if mention.start >= quantity.end]
    if behind:
        return behind[0].period
    before = [mention for mention in inside if mention.end <= quantity.start and mention.start > left]
    if before and (before[-1].comparison or quantity.start - before[-1].end <= 20):
        return before[-1].period
    comparing = [mention for mention in reading.periods if mention.comparison]
    if comparing:
        return min(comparing, key=lambda mention: abs(mention.start - quantity.start)).period
    plain = _nearest(reading, quantity, [mention for mention in reading.periods if mention.end <= quantity.start])
    main = plain.period if plain else carried
    return _year_before(main)


def _year_before(period: str | None) -> str | None:
    if period is None:
        return None
    try:
        return previous_year(period)
    except ValueError:
        return None


def _nearest(reading: Reading, quantity: Quantity, mentions: list[PeriodMention]) -> PeriodMention | None:
    """The mention that is nearest; one before the figure counts as nearer, a separator as a long way."""

    def cost(mention: PeriodMention) -> float:
        is_date = 30 if mention.kind in ("month", "day") else 0  # often when it was said, not what it is about
        if mention.end <= quantity.start:
            strong, weak = reading.separators(mention.end, quantity.start)
            return (quantity.start - mention.end) + 25 * strong + 8 * weak + is_date
        return 10 + 1.5 * max(0, mention.start - quantity.end)

    reachable = [one for one in mentions if _reaches(reading, quantity, one)]
    return min(reachable, key=cost, default=None)


def _reaches(reading: Reading, quantity: Quantity, mention: PeriodMention) -> bool:
    """Whether a period may belong to the figure: not in an aside, not behind a break, not what it is compared with."""
    if reading.is_aside(mention.start, quantity.start):
        return False
    if mention.end <= quantity.start:
        return not any(mention.start - cue.end <= 8 for cue in reading.cues_of("compare", 0, mention.start))
    start, end = quantity.end, max(quantity.end, mention.start)
    return reading.separators(start, end) == (0, 0) and not reading.has("compare", start, end)
