"""Whether a quantity is a metric's level or its change, and with which sign."""

from __future__ import annotations

from dataclasses import replace

from extractors.beside import is_of_revenue
from extractors.candidates import Measured, Option
from extractors.metrics import NAMES
from extractors.model import Value
from extractors.moves import direction, first_move, last_move, leads_on, way_of
from extractors.quantities import Quantity
from extractors.readings import Reading, once
from extractors.times import is_compared, without_periods

_LOSS = 60
"""Characters between a loss and its figure."""
_LOSS_BEHIND, _LOSS_NEXT = 20, 3
"""Characters between a figure and the metric behind it, and between that and the word that calls it a loss."""
_JOINT = 3
"""Letters of a word before a period that stands between a change word and its figure: "lost in 2022 60,000"."""
_TO = 5
"""Characters before an act that may belong to the word for its change: "to close"."""
_FAR = 200
"""Characters before a figure within which a word may still say that it rose or fell."""
_NEXT_OF = 12
"""Characters behind a percentage in which "of" stands."""
_PART = 20
"""Characters between a word for a share and its percentage ("收入占比升至28%")."""
_NEAR_STAFF = 36
"""Characters between a percentage and the staff that it is of."""
_PLUS = ("+", "＋")
_MINUS = ("(-", "(–", "(−", "（-", "（–", "（−")
_PROFITS = ("net_income", "operating_income", "ebitda", "eps")


def measure(reading: Reading, quantity: Quantity, option: Option, last_sign: int | None = None) -> Measured | None:
    """Read the quantity as level or change of the metric; None where it is neither (a share, a price, an aside).

    `last_sign`: of the change of the same metric told just before, for one that goes on without a word of its own.
    """
    role = option.mention.role
    metric = option.metric
    if quantity.kind == "percent" and reading.has("multiple", quantity.start, quantity.end):
        return Measured("change", quantity.value)
    if quantity.kind == "percent" and (role == "margins" or metric.units == {"percent"}):
        return Measured("level", quantity.value)
    if metric.id == "ebitda" and is_of_revenue(reading, quantity):
        return Measured("level", quantity.value)
    if quantity.kind == "percent" and metric.id == "job_cuts":
        return Measured("level", quantity.value) if _is_of_staff(reading, quantity) else None
    if metric.id == "employees" and quantity.kind == "percent" and _is_part_of_staff(reading, quantity):
        return None  # "cut 10 per cent of its work force"
    if quantity.kind in ("percent", "points"):
        return _change(reading, quantity, is_needed=True) or _continued(reading, quantity, last_sign)
    if metric.id == "job_cuts":
        return Measured("level", quantity.value) if metric.admits(quantity.value) else None
    if _is_difference(reading, quantity, option) and (changed := _change(reading, quantity, is_needed=False)):
        return changed
    if not metric.admits(quantity.value):
        return None
    value = quantity.value
    if metric.is_signed and _is_loss(reading, quantity, option):
        value = _negative(value)
    elif not metric.is_signed and value.low is not None and value.low < 0:
        return None
    return Measured("level", value)


def _is_of_staff(reading: Reading, quantity: Quantity) -> bool:
    """Whether a percentage is a part of those who work somewhere: "10 per cent of its work force"."""
    behind = reading.metrics_within(quantity.end, quantity.end + _NEAR_STAFF)
    return any(one.metric in ("job_cuts", "employees") for one in behind)


def _is_part_of_staff(reading: Reading, quantity: Quantity) -> bool:
    """The same, where "of" leads to them and an act of cutting jobs is told."""
    is_part = reading.has("of", quantity.end, quantity.end + _NEXT_OF) and _is_of_staff(reading, quantity)
    return is_part and any(one.metric == "job_cuts" for one in reading.metrics_within(0, quantity.start))


def _change(reading: Reading, quantity: Quantity, *, is_needed: bool) -> Measured | None:
    value = quantity.value
    if (value.low is not None and value.low < 0) or (value.high is not None and value.high < 0):
        return Measured("change", value)
    if written := _written_sign(reading, quantity):
        return Measured("change", value if written > 0 else _negative(value))
    is_exact = value.low == value.high  # no "more than half"
    own = first_move(reading, quantity.start, quantity.end) if is_exact else None  # "plus 9 Prozent"
    sign = own[1] if own else direction(reading, quantity)
    if sign is None and not is_needed:
        sign = 1  # new ones of what is counted
    if sign is None or (is_needed and _is_share(reading, quantity)):
        return None
    return Measured("change", value if sign > 0 else _negative(value))


def _written_sign(reading: Reading, quantity: Quantity) -> int:
    """+1 or -1 as a sign before the figure says, also one apart from it: "(+ 5 %"; a dash is one only in brackets."""
    before = reading.folded[: quantity.start].rstrip()
    if quantity.text.lstrip("(（ ").startswith(_PLUS) or before.endswith(_PLUS):
        return 1
    return -1 if before.endswith(_MINUS) else 0


def _continued(reading: Reading, quantity: Quantity, last_sign: int | None) -> Measured | None:
    if last_sign is None or _is_share(reading, quantity):
        return None
    return Measured("change", quantity.value if last_sign > 0 else _negative(quantity.value))


def _is_loss(reading: Reading, quantity: Quantity, option: Option) -> bool:
    """Whether the word next to the figure is a loss, whatever names the metric ("a profit of 5 after a loss of 3")."""
    if _is_followed_by_loss(reading, quantity, option):
        return True
    near = reading.metrics_within(quantity.start - _LOSS, quantity.start)
    named = [one for one in near if one.role in NAMES and one.metric in (*_PROFITS, option.metric.id)]
    if not named or named[-1].end > quantity.start or reading.quantities_within(named[-1].end, quantity.start):
        return option.mention.role == "losses"
    is_next = reading.separators(named[-1].end, quantity.start) == (0, 0)
    return (named[-1] if is_next else option.mention).role == "losses"


def _is_followed_by_loss(reading: Reading, quantity: Quantity, option: Option) -> bool:
    """Whether the metric behind the figure is called a loss: "a $4.6 million adjusted EBITDA loss"."""
    first = option.mention
    behind = [one for one in reading.metrics_within(first.end, first.end + _LOSS_NEXT) if one.role == "losses"]
    is_behind = 0 <= first.start - quantity.end <= _LOSS_BEHIND and bool(behind)
    return is_behind and reading.separators(quantity.end, behind[0].start) == (0, 0)


def _is_difference(reading: Reading, quantity: Quantity, option: Option) -> bool:
    """Whether an amount is told as a difference: "449 more", "rose by 5", "added 2.1 million"."""
    if is_compared(reading, quantity) or _is_reached(reading, quantity):
        return False
    if _is_enclosed(reading, quantity) or _is_own_act(reading, quantity, option):
        return True
    behind = first_move(reading, quantity.end, quantity.end + 3)
    if behind is not None and not leads_on(reading, behind[2]):
        return True
    is_new = reading.has("new", quantity.end, quantity.end + 12)
    if is_new and (option.metric.is_stock or direction(reading, quantity) is not None):
        return True
    left, _ = reading.segment(quantity.start, quantity.end)
    before = last_move(reading, left, quantity.start)
    if before is None or (option.mention.start <= before[0] < option.mention.end and not option.metric.is_stock):
        return False  # "a minus of 5" is a loss, "gained 5" a profit, "opened 5" shops are new ones
    gap = without_periods(reading, before[2], quantity.start)
    if reading.has("to", before[0], quantity.start):
        return False
    joint = _JOINT if len(gap) < quantity.start - before[2] else 1
    is_lasting = option.metric.is_stock or quantity.kind != "count"  # who welcomes passengers has no more of them
    return (
        (is_lasting and len(gap.strip()) <= joint)
        or reading.has("by", before[2], quantity.start)
        or _is_of(reading, before[2], quantity.start)
    )


@once
def _is_enclosed(reading: Reading, quantity: Quantity) -> bool:
    """Whether the figure stands between a verb of change and its particle: "kamen 300 Kunden hinzu"."""
    return any(
        not reading.has("compare", cue.end, quantity.start)
        for cue in reading.cues_within(quantity.start - _FAR, quantity.start)
        if cue.partner and cue.end <= quantity.start and quantity.end <= cue.partner[0] and way_of(cue.kinds)
    )


def _is_own_act(reading: Reading, quantity: Quantity, option: Option) -> bool:
    """Whether what is counted is opened, closed or hired in the figure's clause: "12 shops were closed"."""
    left, right = reading.segment(quantity.start, quantity.end)
    acts = [
        one for one in reading.metrics_within(left, right) if one.metric == option.metric.id and one.role == "verbs"
    ]
    for act in acts if option.metric.is_stock and quantity.kind == "count" else ():
        start, end = min(act.end, quantity.end), max(act.start, quantity.start)
        between = [one for one in reading.quantities_within(start, end) if one is not quantity]
        if not between and not reading.has("and", start, end) and first_move(reading, act.start - _TO, act.end):
            return True
    return False


@once
def _is_reached(reading: Reading, quantity: Quantity) -> bool:
    """Whether the amount is where a change led: "to 10"."""
    return any(0 <= quantity.start - cue.end <= 3 for cue in reading.cues_of("to", 0, quantity.start))


def _is_of(reading: Reading, start: int, end: int) -> bool:
    return any(cue.start <= start + 1 and cue.end >= end - 2 for cue in reading.cues_of("of", start, end))


def _is_share(reading: Reading, quantity: Quantity) -> bool:
    """Whether a percentage is a part of something ("15% of sales") and no change ("a fall of 15%")."""
    before = reading.cues_of("part", max(0, quantity.start - _PART), quantity.start)
    if any(reading.separators(cue.end, quantity.start) == (0, 0) for cue in before):
        return True
    dates = {one.start for one in reading.periods}  # "slid 10 percent in May"
    behind = reading.cues_of("of", quantity.end, quantity.end + 12)
    follows = any(cue.start - quantity.end <= 1 and cue.end + 1 not in dates for cue in behind)
    if not follows:
        return False
    left, _ = reading.segment(quantity.start, quantity.end)
    return last_move(reading, max(left, quantity.start - 25), quantity.start) is None


def _negative(value: Value) -> Value:
    low = None if value.high is None else -abs(value.high)
    high = None if value.low is None else -abs(value.low)
    return replace(value, low=low, high=high)
