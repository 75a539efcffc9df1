"""Which period a figure is about: told beside it, told by a comparison, or carried over from before."""

from __future__ import annotations

from extractors.periods import PeriodMention, previous_year
from extractors.quantities import Quantity
from extractors.readings import Reading

_NEAR = 12
"""Characters between a comparing word and the figure it compares with."""


def is_compared(reading: Reading, quantity: Quantity) -> bool:
    """Whether the figure is what another is compared with: "from 10", "against 10", "(2015: 10)"."""
    for cue in reading.cues_of("compare", max(0, quantity.start - _NEAR - 24), quantity.start + 8):
        gap = reading.folded[cue.end : quantity.start] if cue.end <= quantity.start else ""
        is_near = len(gap) <= 2 or (len(gap) <= _NEAR and " " in gap and len(gap.split()) <= 2)
        if cue.start <= quantity.start and is_near and "," not in gap:
            return True
    return False


def period_of(reading: Reading, quantity: Quantity, carried: str | None, *, compared: bool) -> str | None:
    """The period of a figure; `carried` is what the text was about so far."""
    if compared:
        return _compared_period(reading, quantity, carried)
    own = _nearest(reading, quantity, [mention for mention in reading.periods if not mention.comparison])
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
        if mention.end <= quantity.start:
            strong, weak = reading.separators(mention.end, quantity.start)
            return (quantity.start - mention.end) + 25 * strong + 8 * weak
        return 10 + 1.5 * max(0, mention.start - quantity.end)

    reachable = [one for one in mentions if one.end <= quantity.start or _same_clause(reading, quantity, one)]
    return min(reachable, key=cost, default=None)


def _same_clause(reading: Reading, quantity: Quantity, mention: PeriodMention) -> bool:
    """Whether a period that is told behind a figure belongs to it: nothing separates them."""
    return reading.separators(quantity.end, max(quantity.end, mention.start)) == (0, 0)
