"""Which of the periods that a sentence tells is a figure's own, or the one of what it is compared with."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.labels import months_of
from extractors.model import Measure
from extractors.periods import PeriodMention, previous_year
from extractors.quantities import Quantity
from extractors.readings import Reading

_BESIDE = 14
"""Characters between a figure and a period that directly follows it."""
_BEFORE = 20
"""Characters between a period and the compared figure behind it."""
_BEHIND = 8
"""Characters between a figure and "a year earlier" that says when it was."""
_OF = 30
"""The same where a word like "of" leads to it: "the 10 million in losses of a year earlier"."""
_COMPARING = 12
"""Characters between a comparing word and the period compared with: "than in the same"."""
_DATE = 30.0
"""A day or month is often when something was said."""
_ARTICLE = 4
"""Letters of an article before a period that is compared with."""
_FRONT = -25.0
"""For a period that opens the sentence."""
_OWNED = 40.0
"""For a period that directly follows another figure."""


def own_period(
    reading: Reading, quantity: Quantity, mentions: Iterable[PeriodMention], measure: Measure, ahead: str | None = None
) -> PeriodMention | None:
    """The mention nearest to a figure that may be its period; None where there is none.

    A period after `ahead`, the year of a target's publication, is not one to compare with: "tegen 2021" is "by 2021".
    """
    costs = (
        (_cost(reading, quantity, mention), mention)
        for mention in mentions
        if _reaches(reading, quantity, mention)
        and (_is_after(mention, ahead) or _is_own(reading, quantity, mention, measure))
    )
    return min(costs, key=lambda one: one[0], default=(0.0, None))[1]


def _is_after(mention: PeriodMention, year: str | None) -> bool:
    return year is not None and mention.period > year


def is_told_as_compared(reading: Reading, quantity: Quantity) -> bool:
    """Whether "a year earlier" stands right behind the figure, before the next one: "after 47% a year earlier"."""
    _, right = reading.segment(quantity.start, quantity.end)
    behind = [one for one in reading.periods if one.comparison and quantity.end <= one.start < right]
    return bool(behind) and not _between(reading, quantity.end, behind[0].start)


def compared_period(reading: Reading, quantity: Quantity, main: str | None) -> str | None:
    """The period of a figure that another, of the period `main`, is compared with."""
    mention = _beside_compared(reading, quantity)
    if mention is None:
        return _year_before(main)
    others = [one for one in reading.quantities if one is not quantity and one.kind == quantity.kind]
    is_newer_told = any(one.end < quantity.start and one.period > mention.period for one in reading.periods)
    is_between = quantity.end <= mention.start and any(mention.start < one.start for one in others)  # "10 in 2015, 12"
    is_of_both = bool(others) and not is_newer_told and not is_between
    if mention.period == main and not mention.comparison and is_of_both:  # told behind both: "12 (10) in 2015"
        return _year_before(main)
    return mention.period if mention.comparison else as_long_as(main, mention)


def as_long_as(main: str | None, mention: PeriodMention) -> str:
    """The part of an earlier year that a quarter's or half's figure is compared with: "(2013: 8.6%)", "last year"."""
    known = months_of(main) if main else None
    is_part = (known is not None and known[1] < 12) or (main is not None and "/" in main and ".." not in main)
    if mention.kind != "year" or main is None or not is_part or not mention.period < main[:4]:
        return mention.period
    shifted = main
    for _ in range(int(main[:4]) - int(mention.period)):
        shifted = previous_year(shifted)
    return shifted


def _beside_compared(reading: Reading, quantity: Quantity) -> PeriodMention | None:
    """The period told with the compared figure: behind it, or between it and the comparing word."""
    left, right = reading.segment(quantity.start, quantity.end)
    inside = [mention for mention in reading.periods if left <= mention.start < right + 1]
    behind = [one for one in inside if one.start >= quantity.end]
    if behind and (behind[0].comparison or not _between(reading, quantity.end, behind[0].start)):
        return behind[0]
    before = [one for one in inside if one.end <= quantity.start and one.start > left]
    if before and (before[-1].comparison or _is_beside_compared(reading, quantity, before[-1])):
        return before[-1]
    comparing = [one for one in reading.periods if one.comparison]
    if comparing:
        return min(comparing, key=lambda one: abs(one.start - quantity.start))
    return None


def _is_beside_compared(reading: Reading, quantity: Quantity, mention: PeriodMention) -> bool:
    """Whether a period before the compared figure is its own: behind the comparing word, or in the same brackets."""
    if quantity.start - mention.end > _BEFORE:
        return False
    near = max(0, mention.start - 3 * _COMPARING)
    is_led = any(reading.has(kind, near, mention.start + 1) for kind in ("compare", "from"))
    is_inside = reading.is_aside(quantity.start, -1) and not reading.is_aside(quantity.start, mention.start)
    return is_led or is_inside


def _year_before(period: str | None) -> str | None:
    if period is None:
        return None
    try:
        return previous_year(period)
    except ValueError:
        return None


def _between(reading: Reading, start: int, end: int) -> tuple[Quantity, ...]:
    return reading.quantities_within(start, end)


def _cost(reading: Reading, quantity: Quantity, mention: PeriodMention) -> float:
    """How far a mention stands; one before the figure counts as nearer, a separator as a long way."""
    is_date = _DATE if mention.kind == "month" or mention.way == "date" else 0.0
    if mention.end <= quantity.start:
        strong, weak = reading.separators(mention.end, quantity.start)
        cost = (quantity.start - mention.end) + 25 * strong + 8 * weak + is_date
        if _is_front(reading, mention):
            cost += 4 * _FRONT if mention.comparison else _FRONT
        return cost + (_OWNED if _is_owned(reading, quantity, mention) else 0)
    between = len(_between(reading, quantity.end, mention.start))
    if mention.start - quantity.end <= _BESIDE and not between:
        return float(mention.start - quantity.end)
    return 10 + 1.5 * max(0, mention.start - quantity.end) + 10 * between


def _is_owned(reading: Reading, quantity: Quantity, mention: PeriodMention) -> bool:
    """Whether a mention before the figure directly follows another one: "5 in 2015, 7"."""
    return any(
        0 <= mention.start - one.end <= _BESIDE and reading.separators(one.end, mention.start) == (0, 0)
        for one in reading.quantities_within(0, mention.start)
        if one is not quantity and one.kind == quantity.kind
    )


def _is_own(reading: Reading, quantity: Quantity, mention: PeriodMention, measure: Measure) -> bool:
    """Whether a period is not the one that the figure is compared with."""
    if mention.comparison and not _is_told_by_comparison(reading, quantity, mention, measure):
        return False
    return not _is_compared_with(reading, quantity, mention, measure)


def _reaches(reading: Reading, quantity: Quantity, mention: PeriodMention) -> bool:
    """Whether a period may belong to the figure: not in an aside, not behind a break or a comparison."""
    if reading.is_aside(mention.start, quantity.start):
        return False
    if mention.end <= quantity.start:
        return True
    start, end = quantity.end, max(quantity.end, mention.start)
    if reading.separators(start, end) != (0, 0) or reading.has("compare", start, end):
        return False
    return not (_between(reading, start, end) and reading.has("from", start, end))


def _is_compared_with(reading: Reading, quantity: Quantity, mention: PeriodMention, measure: Measure) -> bool:
    """Whether a comparing word leads to the period: "than in 2015", for a change also "from the fourth quarter"."""
    near = max(0, mention.start - 3 * _COMPARING)
    is_start = measure == "change" or (mention.comparison and mention.end <= quantity.start)
    reach = {"compare": _COMPARING - 4, "idle": _COMPARING, "from": _COMPARING if is_start else -1}
    return any(
        mention.start - cue.end <= length
        and not quantity.start <= cue.start < quantity.end
        and not _between(reading, cue.end, mention.start)
        for kind, length in reach.items()
        for cue in reading.cues_of(kind, near, mention.start)
    )


def _is_front(reading: Reading, mention: PeriodMention) -> bool:
    """Whether the period opens its sentence; an article may stand before "year before"."""
    return sum(char.isalnum() for char in reading.folded[: mention.start]) <= (_ARTICLE if mention.comparison else 0)


def _is_told_by_comparison(reading: Reading, quantity: Quantity, mention: PeriodMention, measure: Measure) -> bool:
    """Whether "a year earlier" is the figure's own period: "a year earlier it was 5", "5 a year earlier"."""
    if mention.end <= quantity.start:
        if _between(reading, mention.end, quantity.start):
            return False
        is_front = _is_front(reading, mention)
        if reading.separators(mention.end, quantity.start) != (0, 0) and not is_front:
            return False
        moves = (cue for kind in ("rise", "fall") for cue in reading.cues_of(kind, mention.start + 1, quantity.start))
        return is_front or measure == "level" or not any(moves)
    if measure != "level" or mention.start < quantity.end or _between(reading, quantity.end, mention.start):
        return False
    gap = mention.start - quantity.end
    return gap <= _BEHIND or (gap <= _OF and reading.has("of", mention.start - 5, mention.start))
