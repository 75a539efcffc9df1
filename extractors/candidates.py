"""Which metric a quantity may belong to: the options, each with what its surroundings say, and no choice yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from extractors import features
from extractors.beside import SCALED, in_currency, may_be_money, metric_for, of_one_share
from extractors.metrics import NAMES, Metric, MetricMention, metrics
from extractors.model import Measure, Value
from extractors.quantities import Quantity
from extractors.readings import Reading

_LARGE = 1000
_SHORT = 130
"""Characters of a sentence that can go on about the one before without naming its metric."""
_SUBJECT = 80
"""Characters between an act and who does it."""
_FAR = 160
_FAR_NAME = 300
"""Characters beyond which an act, or a metric's name, says nothing about a quantity."""
_MOST = 12
"""Metrics that are weighed for one quantity, the nearest: so that a long line takes time in proportion."""


Source = Literal["figure", "subject", "last", "above"]
"""Where a metric is carried over from: the last figure's; the first or the last that the sentence before names;
the last of the paragraph before."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A quantity as a metric's level or change."""

    measure: Measure
    value: Value


@dataclass(frozen=True, slots=True)
class Option:
    """One metric that a quantity may be of, and the features that speak for or against it."""

    metric: Metric
    quantity: Quantity
    """As the metric has it: an amount told without its currency has the one carried over."""
    mention: MetricMention
    carried: Source | None
    """None where the sentence itself names the metric."""
    features: Mapping[str, float]
    measured: Measured | None = None
    """The quantity as the metric's level or change; None where it is neither, or not yet measured."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A metric that the text spoke of before."""

    mention: MetricMention
    source: Source


def read_options(
    reading: Reading, quantity: Quantity, carried: Sequence[Carried], currency: str | None = None
) -> Iterator[Option]:
    """The metrics that a quantity may be of: those its sentence speaks of, and those carried over.

    `currency`: that of the amounts before, for an amount that is told without one ("from 14 billion").
    """
    if not may_be_money(reading, quantity):
        currency = None
    around = features.of_surroundings(reading, quantity)
    if (product := _counted_product(reading, quantity)) is not None:
        metric = metrics()["unit_sales"]
        told = {"product": 1.0, **features.of_metric(quantity, metric, "nouns"), **around}
        yield Option(metric, quantity, product, None, told)
    is_named = False
    near = list(_near(reading, quantity))
    counts = {(one.start, one.end) for one in near if one.role == "counts"}
    for mention in near:
        named = metric_for(reading, quantity, mention)
        amount = currency if (mention.start, mention.end) not in counts else None
        figure = of_one_share(reading, in_currency(quantity, named, mention, amount), named)
        if named is None or not _fits(named, mention, figure):
            continue
        is_named = is_named or mention.role in NAMES
        yield Option(named, figure, mention, None, {**features.of_pair(reading, figure, named, mention), **around})
    for one in carried:
        yield from _carried_option(reading, quantity, one, currency, {**around, "instead": float(is_named)})


def _carried_option(
    reading: Reading, quantity: Quantity, carried: Carried, currency: str | None, around: Mapping[str, float]
) -> Iterator[Option]:
    """A metric told before, for a quantity that goes on about it."""
    metric = metric_for(reading, quantity, carried.mention)
    figure = in_currency(quantity, metric, carried.mention, currency)
    is_here = reading.quantities[0].start < quantity.start
    if metric is None or not _fits(metric, replace(carried.mention, role="terms"), figure):
        return
    if is_here or _goes_on(reading, quantity, figure):
        told = {
            f"carried:{carried.source}": 1.0,
            f"carried:{carried.source}{'+' if around['instead'] else '-'}": 1.0,
            "carried_far": float(not is_here and len(reading.folded) > _SHORT),
            "carried_here": float(is_here),
            f"carried/{figure.kind}": 1.0,
            **features.of_metric(figure, metric, "carried"),
            **around,
        }
        yield Option(metric, figure, carried.mention, carried.source, told)


def _near(reading: Reading, quantity: Quantity) -> Iterator[MetricMention]:
    """The metrics that are named near enough to a quantity; an act must stand nearer than a name."""
    near = [
        mention
        for mention in reading.metrics_within(quantity.start - _FAR_NAME, quantity.end + _FAR_NAME)
        if (mention.role in NAMES or abs(mention.start - quantity.start) <= _FAR)
        and mention.role != "has"
        and (mention.role != "also" or mention.metric in reading.metrics_said)
        and (mention.role != "growth" or _is_of_company(reading, mention))
    ]
    if len(near) > _MOST:
        near = sorted(near, key=lambda mention: abs(mention.start - quantity.start))[:_MOST]
    yield from near


def _is_of_company(reading: Reading, mention: MetricMention) -> bool:
    """Whether a company, or a word that stands for it, is near enough to an act to do it."""
    return any(abs(one.start - mention.start) <= _SUBJECT for one in reading.companies)


def _goes_on(reading: Reading, quantity: Quantity, figure: Quantity) -> bool:
    """Whether a figure can go on about the sentence before: an amount, a percentage, or a large number.

    A number with a scale may stand before any word ("had aimed for 4 million" in another order of words).
    """
    low = quantity.value.low
    is_bare = quantity.noun is None or reading.has("pieces", quantity.end, quantity.end + 12)
    return figure.kind != "count" or (low is not None and abs(low) >= (_LARGE if is_bare else SCALED))


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
        return kind == "count" or (kind == "percent" and "count" in metric.units)
    if mention.role == "growth":
        return kind == "percent"
    if mention.role in ("nouns", "also") and kind not in metric.units:
        return False
    if mention.role == "verbs" and kind not in metric.units and kind != "percent":
        return False
    if kind == "percent":
        return True
    if kind == "points":
        return "percent" in metric.units
    if kind == "count" and quantity.value.unit == "tCO2e":
        return metric.id == "emissions"
    return kind in metric.units
