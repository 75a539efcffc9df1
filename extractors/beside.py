"""Which metric a phrase names beside a quantity, and the quantity as that metric has it."""

from __future__ import annotations

from dataclasses import replace

from extractors.grammar import grammar
from extractors.metrics import Metric, MetricMention, metrics
from extractors.quantities import Quantity
from extractors.readings import Reading

_COINS = 100
"""The least amount that a profit has, rather than a profit per share."""
SCALED = 100_000
"""The least bare number that is read as an amount of money."""
_ORDERED = 1_000_000
"""The least bare number of orders that is their amount."""
_PART = 34
"""Characters between a part and its whole."""
_TEN_NEAR = 16
"""Characters between "for ten shares" and the dividend."""
_COUNTED = frozenset(("nouns", "also"))
"""How what is counted is named."""
_NEXT = 8
"""Characters behind a percentage in which "of" and what it is of begin."""
_AS_MARGIN = {"operating_income": "operating_margin", "gross_profit": "gross_margin", "ebitda": "ebitda"}
"""What a profit is that is told as a part of revenue."""

_PROFITS = frozenset(("net_income", "operating_income", "ebitda"))
"""Profits that are also told for a share: "core earnings of 3.91 dollars per share"."""


def metric_for(reading: Reading, quantity: Quantity, mention: MetricMention) -> Metric | None:
    """The metric that a phrase names beside this quantity: a profit per share is another than a profit."""
    metric = metrics()[mention.metric]
    if metric.id == "unit_sales" and mention.role == "verbs" and quantity.kind == "money":
        return metrics()["revenue"]
    if metric.id == "job_cuts" and is_whole(reading, quantity):
        return metrics()["employees"]
    if metric.id in _AS_MARGIN and is_of_revenue(reading, quantity):
        return metrics()[_AS_MARGIN[metric.id]]
    behind = reading.cues_of("per", quantity.end, quantity.end + 32)
    if any(cue.start - quantity.end <= 2 and not reading.cuts_within(quantity.end, cue.start) for cue in behind):
        return _per_share(metric)
    return metrics()["eps"] if metric.id in _PROFITS and _is_cents(quantity) else metric


def is_of_revenue(reading: Reading, quantity: Quantity) -> bool:
    """Whether a percentage is a part of revenue: "or 13.7% of revenue"."""
    if quantity.kind != "percent" or not reading.has("of", quantity.end, quantity.end + _NEXT):
        return False
    behind = reading.metrics_within(quantity.end, quantity.end + _NEXT + _NEXT)
    return any(one.metric == "revenue" and one.role == "terms" for one in behind)


def is_whole(reading: Reading, quantity: Quantity) -> bool:
    """Whether a count is what another is a part of: "900 of the 4,200 jobs"."""
    before = [one for one in reading.quantities_within(quantity.start - _PART, quantity.start) if one.kind == "count"]
    return bool(before) and reading.has("of", before[-1].end, quantity.start)


def _is_cents(quantity: Quantity) -> bool:
    """Whether an amount is too small for a whole company's: "profit of at least $13.15", "or 32 cents"."""
    ends = [abs(end) for end in (quantity.value.low, quantity.value.high) if end is not None]
    return quantity.kind == "money" and max(ends, default=_COINS) < _COINS


def _per_share(metric: Metric) -> Metric | None:
    """What a metric is when told per share; None where that says nothing of a company."""
    if metric.is_per_share or metric.id == "dividend":
        return metric
    return metrics()["eps"] if metric.id in _PROFITS else None


def may_be_money(reading: Reading, quantity: Quantity) -> bool:
    """Whether a number without a currency may be an amount: a large one that counts nothing that follows it."""
    low = quantity.value.low if quantity.value.low is not None else quantity.value.high
    is_bare = quantity.kind == "count" and quantity.value.unit == "count" and low is not None and abs(low) >= SCALED
    noun = (quantity.noun or "").lower()
    counts = bool(noun) and (quantity.text[-1].isdigit() or noun in grammar(reading.language).counted)
    counts = counts or any(one.role in _COUNTED for one in reading.metrics_within(quantity.end, quantity.end + 2))
    behind = reading.cues_of("not_goods", quantity.end, quantity.end + 12)  # "2.9 million shares"
    return is_bare and not counts and not any(cue.start - quantity.end <= 1 for cue in behind)


def in_currency(quantity: Quantity, metric: Metric | None, mention: MetricMention, currency: str | None) -> Quantity:
    """The quantity as money, where the metric is an amount; of orders, where there would be too many."""
    if metric is None or currency is None or mention.role in ("nouns", "counts"):
        return quantity
    low = quantity.value.low if quantity.value.low is not None else quantity.value.high
    is_many = "money" in metric.units and low is not None and low >= _ORDERED
    if "count" in metric.units and not is_many:
        return quantity
    return replace(quantity, kind="money", value=replace(quantity.value, unit=currency))


def of_one_share(reading: Reading, quantity: Quantity, metric: Metric | None) -> Quantity:
    """A dividend that is told for ten shares, as that of one."""
    before = reading.cues_of("ten_shares", quantity.start - _TEN_NEAR, quantity.start)
    value = quantity.value
    if metric is None or metric.id != "dividend" or quantity.kind != "money" or next(before, None) is None:
        return quantity
    low, high = (None if end is None else end / 10 for end in (value.low, value.high))
    return replace(quantity, value=replace(value, low=low, high=high))
