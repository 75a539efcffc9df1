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
_NAMES = ("terms", "losses", "margins")
"""The roles in which a phrase is a metric's name."""
_FAR = 160
_FAR_NAME = 300
"""Characters beyond which an act, or a metric's name, says nothing about a quantity."""


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
    around = _around(reading, quantity)
    if (product := _counted_product(reading, quantity)) is not None:
        features = {"bias": 1, "nouns": 1, "touches_after": 1, "product": 1, **around}
        yield Option(metrics()["unit_sales"], quantity, product, features)
    is_named = False
    for mention in _near(reading, quantity):
        metric = _metric_for(reading, quantity, mention)
        figure = _in_currency(quantity, metric, mention, currency)
        if metric is None or not _fits(metric, mention, figure):
            continue
        is_named = is_named or mention.role in _NAMES
        yield Option(metric, figure, mention, {**_features(reading, figure, mention), **around})
    if carried is not None and not is_named:
        yield from _carried_option(reading, quantity, carried, currency, around)


def _carried_option(
    reading: Reading, quantity: Quantity, carried: MetricMention, currency: str | None, around: Mapping[str, float]
) -> Iterator[Option]:
    """The metric of the figure before, for a quantity that goes on about it."""
    metric = _metric_for(reading, quantity, carried)
    figure = _in_currency(quantity, metric, carried, currency)
    is_here = reading.quantities[0].start < quantity.start
    if metric is None or not _fits(metric, replace(carried, role="terms"), figure):
        return
    if is_here or _goes_on(reading, quantity, figure):
        far = float(not is_here and len(reading.folded) > _SHORT)
        yield Option(metric, figure, None, {"bias": 1, "carried": 1, "carried_far": far, **around})


def _metric_for(reading: Reading, quantity: Quantity, mention: MetricMention) -> Metric | None:
    """The metric that a phrase names beside this quantity: a profit per share is another than a profit."""
    metric = metrics()[mention.metric]
    behind = reading.cues_of("per", quantity.end, quantity.end + 32)
    if any(cue.start - quantity.end <= 2 for cue in behind):
        return _per_share(metric)
    return metrics()["eps"] if metric.id == "net_income" and _is_cents(reading, quantity) else metric


def _near(reading: Reading, quantity: Quantity) -> Iterator[MetricMention]:
    """The metrics that are named near enough to a quantity; an act must stand nearer than a name."""
    for mention in reading.metrics_within(quantity.start - _FAR_NAME, quantity.end + _FAR_NAME):
        is_near = mention.role in _NAMES or abs(mention.start - quantity.start) <= _FAR
        if is_near and (mention.role != "also" or mention.metric in reading.metrics_said):
            yield mention


def _goes_on(reading: Reading, quantity: Quantity, figure: Quantity) -> bool:
    """Whether a figure can go on about the sentence before: an amount, a percentage, or a large bare number."""
    low = quantity.value.low
    is_bare = quantity.noun is None or reading.has("pieces", quantity.end, quantity.end + 12)
    return figure.kind != "count" or (is_bare and low is not None and abs(low) >= _LARGE)


def _is_cents(reading: Reading, quantity: Quantity) -> bool:
    """Whether an amount goes on from one per share: "or 32 cents" after "45 cents per share"."""
    low = quantity.value.low
    is_small = quantity.kind == "money" and low is not None and abs(low) < _COINS
    first = reading.quantities[0].end
    return is_small and first < quantity.start and reading.has("per", first, quantity.start)


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
    within = reading.quantities_within(start, end)
    between = sum(other.kind == quantity.kind for other in within)
    other_kinds = len(within) - between
    rivals = sum(
        start <= other.start and other.end <= end and other.role in _NAMES
        for other in reading.metrics_within(start, end)
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
    return features


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
