"""Which metric a quantity may belong to: the options, each with what its surroundings say, and no choice yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from extractors.metrics import Metric, MetricMention, metrics
from extractors.quantities import Quantity
from extractors.readings import Reading
from extractors.times import is_compared

_LARGE = 1000
_SHORT = 130
"""Characters of a sentence that can go on about the one before without naming its metric."""
_COINS = 100
"""The least amount that a profit has, rather than a profit per share."""
_SCALED = 100_000
"""The least bare number that is read as an amount of money."""
_FAR = 160
"""Characters beyond which a metric's name says nothing about a quantity."""


@dataclass(frozen=True, slots=True)
class Option:
    """One metric that a quantity may be of, and the features that speak for or against it."""

    metric: Metric
    quantity: Quantity
    """As the metric has it: an amount told without its currency has the one carried over."""
    mention: MetricMention | None
    """None where the metric is carried over from the sentence before."""
    features: Mapping[str, float]


def read_options(
    reading: Reading, quantity: Quantity, carried: MetricMention | None, currency: str | None = None
) -> Iterator[Option]:
    """The metrics that a quantity may be of: those its sentence speaks of, else the one carried over.

    `currency`: that of the amounts before, for an amount that is told without one ("from 14 billion").
    """
    if (product := _counted_product(reading, quantity)) is not None:
        features = {"bias": 1, "nouns": 1, "touches_after": 1, "product": 1, **_around(reading, quantity)}
        yield Option(metrics()["unit_sales"], quantity, product, features)
    is_per_share = any(
        0 <= cue.start - quantity.end <= 2 for cue in reading.cues_of("per", quantity.end, quantity.end + 32)
    )
    seen = False
    for mention in reading.metrics:
        metric = _per_share(metrics()[mention.metric]) if is_per_share else metrics()[mention.metric]
        if metric is not None and metric.id == "net_income" and _is_cents(reading, quantity):
            metric = metrics()["eps"]
        figure = _in_currency(quantity, metric, mention, currency)
        if mention.role == "also" and not any(
            one.metric == mention.metric and one.role != "also" for one in reading.metrics
        ):
            continue
        if metric is None or not _fits(metric, mention, figure):
            continue
        seen = seen or mention.role in ("terms", "losses", "margins")
        yield Option(metric, figure, mention, _features(reading, figure, mention))
    if carried is not None and not seen:
        metric = _per_share(metrics()[carried.metric]) if is_per_share else metrics()[carried.metric]
        figure = _in_currency(quantity, metric, carried, currency)
        if metric is not None and _fits(metric, replace(carried, role="terms"), figure):
            is_here = any(one.start < quantity.start for one in reading.quantities)
            if is_here or _goes_on(quantity, figure):
                far = float(not is_here and len(reading.folded) > _SHORT)
                features = {"bias": 1, "carried": 1, "carried_far": far, **_around(reading, figure)}
                yield Option(metric, figure, None, features)


def _goes_on(quantity: Quantity, figure: Quantity) -> bool:
    """Whether a figure can go on about the sentence before: an amount, a percentage, or a large bare number."""
    low = quantity.value.low
    return figure.kind != "count" or (quantity.noun is None and low is not None and abs(low) >= _LARGE)


def _is_cents(reading: Reading, quantity: Quantity) -> bool:
    """Whether an amount goes on from one per share: "or 32 cents" after "45 cents per share"."""
    low = quantity.value.low
    return quantity.kind == "money" and low is not None and abs(low) < _COINS and reading.has("per", 0, quantity.start)


def _per_share(metric: Metric) -> Metric | None:
    """What a metric is when told per share; None where that says nothing of a company."""
    if metric.is_per_share or metric.id == "dividend":
        return metric
    return metrics()["eps"] if metric.id in ("net_income", "operating_income") else None


def _in_currency(quantity: Quantity, metric: Metric | None, mention: MetricMention, currency: str | None) -> Quantity:
    """The quantity as money, where the metric is an amount and the number a bare one with a scale."""
    low = quantity.value.low if quantity.value.low is not None else quantity.value.high
    is_bare = quantity.kind == "count" and quantity.noun is None and low is not None and abs(low) >= _SCALED
    if metric is None or currency is None or not is_bare or "count" in metric.units or mention.role == "nouns":
        return quantity
    return replace(quantity, kind="money", value=replace(quantity.value, unit=currency))


def _counted_product(reading: Reading, quantity: Quantity) -> MetricMention | None:
    """A product of a known company that the quantity counts ("46.9 million iPhones")."""
    if quantity.kind != "count":
        return None
    for mention in reading.companies:
        if mention.kind == "product" and 0 <= mention.start - quantity.end <= 2:
            return MetricMention(mention.start, mention.end, "unit_sales", "nouns")
    return None


def _fits(metric: Metric, mention: MetricMention, quantity: Quantity) -> bool:
    """Whether a quantity of this kind can be a level or a change of the metric."""
    kind = quantity.kind
    if mention.role == "margins":
        return kind in ("percent", "points")
    if mention.role == "counts":
        return kind == "count"
    if mention.role in ("nouns", "also", "verbs") and kind not in metric.units:
        return False
    if kind == "percent":
        return True
    if kind == "points":
        return "percent" in metric.units
    if kind == "count" and quantity.value.unit == "tCO2e":
        return metric.id == "emissions"
    return kind in metric.units


def _features(reading: Reading, quantity: Quantity, mention: MetricMention) -> dict[str, float]:
    before = mention.end <= quantity.start
    overlaps = mention.start < quantity.end and quantity.start < mention.end
    start, end = (mention.end, quantity.start) if before else (quantity.end, mention.start)
    strong, weak = reading.separators(start, max(start, end))
    gap = reading.folded[start:end] if start < end else ""
    between = sum(start <= other.start < end for other in reading.quantities if other.kind == quantity.kind)
    other_kinds = sum(start <= other.start < end for other in reading.quantities if other.kind != quantity.kind)
    rivals = sum(
        start <= other.start and other.end <= end and other.role in ("terms", "losses", "margins")
        for other in reading.metrics
        if other.metric != mention.metric
    )
    features: dict[str, float] = {
        "bias": 1,
        mention.role: 1,
        "before": float(before),
        "distance": min(len(gap), 200) / 20,
        "strong": strong,
        "weak": weak,
        "between": between,
        "other_kinds": other_kinds,
        "rivals": rivals,
        "touches_after": float(not before and _touches(reading, start, end)),
        "touches_before": float(before and len(gap) <= 2),
        "overlaps": float(overlaps),
        "length": min(mention.end - mention.start, 30) / 10,
        f"{mention.metric}:{mention.role}": 1,
    }
    return {**features, **_around(reading, quantity)}


def _touches(reading: Reading, start: int, end: int) -> bool:
    """Whether nothing but an "of" or an adjective stands between a quantity and the metric behind it."""
    if reading.separators(start, end) != (0, 0) or reading.has("and", start, end) or reading.has("to", start, end):
        return False
    words = len(reading.folded[start:end].split())
    return words <= (2 if reading.has("of", start, end) else 1) and end - start <= 30


def _around(reading: Reading, quantity: Quantity) -> dict[str, float]:
    """What the quantity's own surroundings say, whatever the metric."""
    left, right = reading.segment(quantity.start, quantity.end)
    opened = max(reading.folded.rfind("(", 0, quantity.start), reading.folded.rfind("（", 0, quantity.start))
    in_brackets = reading.is_aside(quantity.start, 0)
    return {
        "compared": float(is_compared(reading, quantity)),
        "dated_aside": float(in_brackets and any(opened < one.start < quantity.start for one in reading.periods)),
        "shares": float(reading.has("shares", left, right)),
        "shares_anywhere": float(reading.has("shares")),
        "market": float(reading.has("market", left, right)),
        "market_anywhere": float(reading.has("market")),
        "small": float(quantity.kind == "count" and quantity.value.low is not None and abs(quantity.value.low) < 13),
        "not_goods": float(reading.has("not_goods", quantity.end, quantity.end + 14) and quantity.kind == "count"),
        "hypothetical": float(reading.has("hypothetical", left, quantity.start)),
        "named": float(any(mention.kind != "anaphor" for mention in reading.companies)),
        "anaphor": float(any(mention.kind == "anaphor" for mention in reading.companies)),
    }
