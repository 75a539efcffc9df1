"""Which period a figure may be of: those that its sentence tells and those told before; what speaks for each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.features import Features, merge
from extractors.metrics import Metric
from extractors.model import Measure
from extractors.period_tense import has_begun, is_over
from extractors.periods import PeriodMention, previous_year
from extractors.quantities import Quantity
from extractors.readings import Reading
from extractors.told_periods import as_long_as

_STEPS = (3, 9, 20, 40, 80, 140)
"""Characters between a period and a figure, in steps."""
_LED = 24
"""Characters between a comparing word and the period that it leads to."""
_JOINED = 16
"""Characters of a comparing word right before a period, at most."""
_FROM = 8
"""The same where it is "from"."""
_OWNED = 14
"""Characters between another figure and the period behind it that is rather that one's."""
_KINDS = {4: "year", 10: "day"}


@dataclass(frozen=True, slots=True)
class Dating:
    """A period that a figure may be of, with what speaks for it."""

    period: str
    features: Features
    is_ruled: bool
    """Whether it is what the rules say."""


def read_datings(
    reading: Reading,
    quantity: Quantity,
    metric: Metric,
    measure: Measure,
    mentions: Sequence[PeriodMention],
    before: Mapping[str, str | None],
    published: str,
) -> list[Dating]:
    """The periods that a figure may be of, the one of the rules first where they have one; each once.

    `mentions` are those of the sentence. `before` are those told before, by how they were: `ruled` is what the rules
    say, `last` the period of the figure before.
    """
    may_be = [one for one in mentions if one.period == before["ruled"] or not _is_led(reading, one, measure)]
    merged = merge((*_carried(before, published), *_told(reading, quantity, may_be, before["last"])))
    flow = "stock" if metric.is_stock else "flow"
    said = "untold" if not mentions else "compared" if all(one.comparison for one in mentions) else "told"
    for period, features in merged.items():
        kind, stand = _kind(period), f"{flow}/{said}"
        features |= {f"{name}/{stand}": value for name, value in features.items() if ":" in name}
        features |= {
            f"{_tense(period, published)}/{measure}": 1.0,
            f"{kind}/{metric.id}": 1.0,
            f"{kind}/{stand}": 1.0,
            f"{kind}/{flow}/{measure}": 1.0,
        }
        if period == before["ruled"]:
            features |= {f"ruled/{metric.id}/{said}": 1.0, f"ruled/{kind}/{flow}": 1.0}
    return [Dating(period, features, period == before["ruled"]) for period, features in merged.items()]


def _is_led(reading: Reading, mention: PeriodMention, measure: Measure) -> bool:
    """Whether a comparing word stands right before a period: what changed against it is of another."""
    cues = reading.cues_of("compare", max(0, mention.start - _JOINED), mention.start)
    return measure == "change" and any(mention.start - cue.end in (0, 1) for cue in cues)


def _carried(before: Mapping[str, str | None], published: str) -> Iterator[tuple[str, Features]]:
    """The periods told before, the year before each and the year that each is of; those around the publication."""
    for name, period in before.items():
        if period is None:
            continue
        yield period, {f"as:{name}": 1.0}
        if not period.startswith("..") and not period.endswith(".."):
            yield previous_year(period), {f"before:{name}": 1.0}
            if len(period) > len("2016"):
                yield period[:4], {f"year_of:{name}": 1.0}
    yield published[:4], {"as:this_year": 1.0}
    yield previous_year(published[:4]), {"as:last_year": 1.0}
    yield published[:7], {"as:this_month": 1.0}


def _told(
    reading: Reading, quantity: Quantity, mentions: Sequence[PeriodMention], last: str | None
) -> Iterator[tuple[str, Features]]:
    """The periods of the sentence, with the year before each, and the part of an earlier year as long as the last."""
    before = [one for one in mentions if one.end <= quantity.start]
    nearest = before[-1:] + [one for one in mentions if one.start >= quantity.end][:1]
    for one in mentions:
        side = "<" if one.end <= quantity.start else ">"
        told = _of_mention(reading, quantity, one, side)
        told |= {"only": float(len(mentions) == 1), f"nearest{side}": float(one in nearest)}
        yield one.period, told
        if not one.period.endswith(".."):
            yield previous_year(one.period), {f"before:{side}": 1.0, f"before_nearest{side}": float(one in nearest)}
        part = as_long_as(last, one)
        if part != one.period:
            yield part, {"part": 1.0, **told}
    for one in reading.now:
        step = bisect_left(_STEPS, max(one.start - quantity.end, quantity.start - one.end))
        yield one.period, {"now": 1.0, f"now{step}": 1.0}


def _of_mention(reading: Reading, quantity: Quantity, mention: PeriodMention, side: str) -> Features:
    """What stands between a period and a figure, and what leads to the period."""
    is_before = mention.end <= quantity.start
    start, end = (mention.end, quantity.start) if is_before else (quantity.end, max(quantity.end, mention.start))
    left, right = reading.segment(quantity.start, quantity.end)
    strong, weak = reading.separators(start, end)
    figures = len(reading.quantities_within(start, end))
    others = (one for one in reading.quantities if one is not quantity)
    told = {
        f"told:{side}": 1.0,
        f"step{side}{bisect_left(_STEPS, end - start)}": 1.0,
        f"strong{side}": min(strong, 2),
        f"weak{side}": min(weak, 3),
        f"figures{side}": min(figures, 3),
        f"{'earlier_' * mention.comparison}next{side}": float(not figures),
        f"here{side}": float(left <= mention.start < right),
        f"comparison{side}": float(mention.comparison),
        f"led{side}": float(reading.has("compare", max(0, mention.start - _LED), mention.start)),
        f"from{side}": float(reading.has("from", max(0, mention.start - _FROM), mention.start)),
        f"compares{side}": float(reading.has("compare", start, end)),
        f"aside{side}": float(reading.is_aside(mention.start, quantity.start)),
        "own_aside": float(
            reading.is_aside(quantity.start, -1) and not reading.is_aside(mention.start, quantity.start)
        ),
        "front": float(not any(char.isalnum() for char in reading.folded[: mention.start])),
        "owned": float(any(0 <= mention.start - one.end <= _OWNED for one in others)),
        f"way:{mention.way}": 1.0,
        f"kind:{mention.kind}": 1.0,
        "dated": float(mention.is_dated),
    }
    return {name: value for name, value in told.items() if value}


def _tense(period: str, published: str) -> str:
    if is_over(period, published):
        return "over"
    return "running" if has_begun(period, published) else "ahead"


def _kind(period: str) -> str:
    if "/" in period:
        return "span"
    return _KINDS.get(len(period)) or ("quarter" if "Q" in period else "half" if "H" in period else "month")
