"""Which figures are those that others are compared with."""

from __future__ import annotations

from extractors.quantities import Quantity
from extractors.readings import Reading, once

_NEAR = 12
"""Characters between a comparing word and the figure it compares with."""
_FAR = 20
"""The same where the word is several ("compared with") or where the period stands between."""
_EXPECTED = 60
"""The same where it was expected: "less than the analysts' average forecast of 5"."""
_REACH = 30
"""Characters between "from" or "to" and a figure whose metric stands between ("from a loss of 8")."""
_EARLIER = 40
"""Characters between a figure and the earlier time that it is of, with what is told of one share between."""
_JOINT = 16
"""Characters between two figures for the same thing: "against $89 million, or 24 cents"."""


@once
def is_compared(reading: Reading, quantity: Quantity) -> bool:
    """Whether the figure is what another is compared with: "against 10", "from 8 to 10", "12 (10)"."""
    return _is_other(reading, quantity) or _goes_on(reading, quantity)


def _is_other(reading: Reading, quantity: Quantity) -> bool:
    return (
        _is_led_in(reading, quantity)
        or _is_start(reading, quantity)
        or _is_of_before(reading, quantity)
        or _is_bracketed(reading, quantity)
    )


def _is_led_in(reading: Reading, quantity: Quantity) -> bool:
    """Whether a comparing word leads to the figure."""
    if not reading.has("compare"):
        return False
    reach = max((one.end - one.start for one in reading.periods if one.end <= quantity.start), default=0) + _FAR
    for cue in reading.cues_of("compare", max(0, quantity.start - reach - 24), quantity.start + 8):
        if cue.start > quantity.start:
            continue
        gap = without_periods(reading, cue.end, quantity.start)
        if len(gap) < quantity.start - cue.end and reading.has("and", cue.end, quantity.start):
            continue
        is_loose = " " in cue.text or len(gap) < quantity.start - cue.end
        is_near = len(gap) <= 2 or (" " in gap and len(gap) <= (_FAR if is_loose else _NEAR))
        is_near = is_near and len(gap.split()) <= (4 if is_loose else 2)
        is_near = is_near or any(cue.end <= one.start and one.end <= quantity.start for one in reading.metrics)
        is_near = is_near or (len(gap) <= _EXPECTED and reading.has("estimate", cue.end, quantity.start))
        if is_near and "," not in gap and not reading.quantities_within(cue.end, quantity.start):
            return True
    return False


def without_periods(reading: Reading, start: int, end: int) -> str:
    """A stretch of the sentence, the periods in it left out."""
    text, position = "", start
    for mention in reading.periods:
        if position <= mention.start and mention.end <= end:
            text += reading.folded[position : mention.start]
            position = mention.end
    return text + reading.folded[position:end]


def _is_start(reading: Reading, quantity: Quantity) -> bool:
    """Whether the figure is the first of "from 8 to 10", or the second of "to 10 from 8"."""
    if not _follows(reading, "from", quantity):
        return False
    for other in reading.quantities:
        first, last = sorted((quantity, other), key=lambda one: one.start)
        is_alike = other.kind == quantity.kind or "count" in (other.kind, quantity.kind)
        if other is quantity or not is_alike or last.start - first.end > 60 or not _follows(reading, "to", other):
            continue
        if last is other and reading.separators(first.end, last.start) == (0, 0):
            return True
        if last is quantity and not _is_named(reading, first.end, quantity.start):
            return True
    return False


def _is_of_before(reading: Reading, quantity: Quantity) -> bool:
    """Whether "from" leads to a figure of an earlier time: "earned 8 million from 7, or 2 a share, a year ago"."""
    leads = reading.cues_of("from", max(0, quantity.start - _NEAR), quantity.start)
    if not any(0 <= quantity.start - cue.end <= 1 and "of" not in cue.kinds for cue in leads):
        return False
    return any(one.comparison and 0 <= one.start - quantity.end <= _EARLIER for one in reading.periods)


def _is_named(reading: Reading, start: int, end: int) -> bool:
    """Whether a metric stands directly before a figure: it is "sales of 8" rather than "from 8"."""
    named = reading.metrics_within(start + 3, end - 3)
    return any(reading.separators(one.end, end) == (0, 0) for one in named)


def _follows(reading: Reading, kind: str, quantity: Quantity) -> bool:
    """Whether the word stands before the figure, with nothing or no more than its metric between."""
    for cue in reading.cues_of(kind, max(0, quantity.start - _REACH), quantity.start + 8):
        if -8 <= quantity.start - cue.end <= 3:
            return True
        between = cue.end < quantity.start and reading.metrics_within(cue.end, quantity.start)
        if between and not reading.quantities_within(cue.end, quantity.start):
            return reading.separators(cue.end, quantity.start) == (0, 0)
    return False


def _goes_on(reading: Reading, quantity: Quantity) -> bool:
    """Whether the figure only goes on about a compared one ("$89 million, or 24 cents")."""
    near = reading.quantities_within(max(0, quantity.start - 2 * _REACH), quantity.start)
    before = [one for one in near if one.end <= quantity.start]
    if not before or quantity.start - before[-1].end > _JOINT:
        return False
    last = before[-1]
    if reading.is_aside(last.start, quantity.start) or reading.folded[last.start] in "(（":
        return False
    if reading.has("to", last.end, quantity.start) or any(
        last.end <= one.start < quantity.start for one in reading.periods
    ):
        return False
    is_joined = reading.has("and", last.end, quantity.start) or not reading.folded[last.end : quantity.start].strip(
        " ,(（，、"
    )
    return is_joined and _is_other(reading, last)


def _is_bracketed(reading: Reading, quantity: Quantity) -> bool:
    """Whether the figure stands alone in brackets behind another of its kind: "412.3 (398.7)"."""
    if not reading.has_brackets:
        return False
    before, after = reading.folded[: quantity.start].rstrip(), reading.folded[quantity.end :].lstrip()
    opens = before[-1:] in ("(", "（") or reading.folded[quantity.start] in "(（"
    closes = after[:1] in (")", "）") or any(mark in quantity.text for mark in ")）")
    if not (opens and closes):
        return False
    others = [one for one in reading.quantities if one.end <= quantity.start and quantity.start - one.end <= 12]
    return bool(others) and others[-1].kind == quantity.kind and others[-1].value.unit == quantity.value.unit
