"""What speaks for or against a metric as what a quantity measures: features that mean the same in every language."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from decimal import Decimal

from extractors.metrics import NAMES, Metric, MetricMention
from extractors.quantities import Quantity
from extractors.readings import Reading, once
from extractors.times import is_compared

Features = dict[str, float]

_STEPS = (1, 4, 12, 25, 45, 80, 140)
"""Characters between a phrase and a quantity, in steps."""
_PER_SHARE = ("dividend", "eps", "arpu", "average_price")
"""Metrics whose amounts are told for one of many: a share, a user, a good."""
_LARGE = 10**5
_SIZES = (1, 13, 100, 1000, 10**5, 10**7, 10**9, 10**12)


def merge(told: Iterable[tuple[str, Features]]) -> dict[str, Features]:
    """What speaks for each of several choices, by its name: where it is told of one more than once, the most."""
    merged: dict[str, Features] = {}
    for name, features in told:
        known = merged.setdefault(name, {})
        for feature, value in features.items():
            known[feature] = max(known.get(feature, 0.0), value)
    return merged


def of_pair(reading: Reading, quantity: Quantity, metric: Metric, mention: MetricMention) -> Features:
    """What the phrase and the stretch between it and the quantity say."""
    before = mention.end <= quantity.start
    overlaps = mention.start < quantity.end and quantity.start < mention.end
    start, end = (mention.end, quantity.start) if before else (quantity.end, mention.start)
    end = max(start, end)
    side = "=" if overlaps else "<" if before else ">"
    strong, weak = reading.separators(start, end)
    within = reading.quantities_within(start, end)
    between = sum(other.kind == quantity.kind for other in within)
    rivals = sum(
        start <= other.start and other.end <= end and other.role in NAMES and other.metric != mention.metric
        for other in reading.metrics_within(start, end)
    )
    step = bisect_left(_STEPS, end - start)
    role = mention.role
    turn = reading.turns.get((quantity.start, mention.start)) if reading.turns else None
    return {
        "in_turn": float(turn is True),
        "out_of_turn": float(turn is False),
        f"{role}{side}": 1,
        f"near{side}{step}": 1,
        f"{'name' if role in NAMES else role}{side}{min(step, 5)}": 1,
        f"strong{side}": min(strong, 2),
        f"weak{side}": min(weak, 3),
        f"between{side}": min(between, 3),
        f"no_between{side}": float(not within),
        "other_kinds": min(len(within) - between, 3),
        f"rivals{side}": min(rivals, 3),
        "touches": float(not before and _touches(reading, start, end)),
        "joined": float(reading.has("and", start, end)),
        "moved": float(reading.has("rise", start, end) or reading.has("fall", start, end)),
        "compares": float(reading.has("compare", start, end)),
        "aside": float(reading.is_aside(mention.start, quantity.start)),
        "length": min(mention.end - mention.start, 30) / 10,
        "opens": float(mention.start < 12),
        **of_metric(quantity, metric, role),
        f"{mention.metric}:{role}": 1,
    }


def of_metric(quantity: Quantity, metric: Metric, role: str) -> Features:
    """What the kind and the size of the quantity say of the metric."""
    ends = [abs(end) for end in (quantity.value.low, quantity.value.high) if end is not None]
    most = max(ends, default=Decimal(0))
    size = bisect_left(_SIZES, most)
    is_share = metric.id in _PER_SHARE and quantity.kind == "money"
    return {
        f"{metric.id}/{quantity.kind}": 1,
        f"{role}/{quantity.kind}": 1,
        f"{quantity.kind}{size}": 1,
        "at_home": float(quantity.kind in metric.units),
        f"{metric.id}/large": float(is_share and most >= _LARGE),
        "fraction": float(quantity.kind == "count" and most != most.to_integral_value()),
    }


@once
def of_surroundings(reading: Reading, quantity: Quantity) -> Features:
    """What the quantity's own surroundings say, whatever the metric."""
    left, right = reading.segment(quantity.start, quantity.end)
    opened = max(reading.folded.rfind("(", 0, quantity.start), reading.folded.rfind("（", 0, quantity.start))
    in_brackets = reading.is_aside(quantity.start, 0)
    told: Features = {
        "compared": float(is_compared(reading, quantity)),
        "in_brackets": float(in_brackets),
        "dated_aside": float(in_brackets and any(opened < one.start < quantity.start for one in reading.periods)),
        "not_goods": float(reading.has("not_goods", quantity.end, quantity.end + 14) and quantity.kind == "count"),
        "part": float(reading.has("of", quantity.end, quantity.end + 8)),
        "noun": float(quantity.noun is not None),
        "hypothetical": float(reading.has("hypothetical", left, quantity.start)),
        "named": float(any(mention.kind != "anaphor" for mention in reading.companies)),
        "anaphor": float(any(mention.kind == "anaphor" for mention in reading.companies)),
        "title": float(reading.sentence.where == "title"),
        "dated": float(bool(reading.periods)),
        "crowd": min(len(reading.quantities), 6) / 3,
    }
    told |= {f"{kind}_leads": float(_leads(reading, kind, quantity.start)) for kind in ("shares", "market")}
    for kind in ("shares", "market", "estimate", "guidance"):
        told[kind] = float(reading.has(kind, left, right))
        told[f"{kind}~"] = float(reading.has(kind))
    return told


def _leads(reading: Reading, kind: str, place: int) -> bool:
    """Whether a word of the kind stands before a place with no metric's name between: "shares rose 5%"."""
    last = max((cue.end for cue in reading.cues_of(kind, 0, place)), default=None)
    return last is not None and not any(one.role in NAMES for one in reading.metrics_within(last, place))


def _touches(reading: Reading, start: int, end: int) -> bool:
    """Whether nothing but an "of" or an adjective stands between a quantity and the metric behind it."""
    if reading.separators(start, end) != (0, 0) or reading.has("and", start, end) or reading.has("to", start, end):
        return False
    words = len(reading.folded[start:end].split())
    return words <= (2 if reading.has("of", start, end) else 1) and end - start <= 30
