"""What speaks for a metric as what a refusal withholds: features that mean the same in every language."""

from __future__ import annotations

from bisect import bisect_left

from extractors.cues import Cue
from extractors.features import Features
from extractors.metrics import NAMES, MetricMention
from extractors.readings import Reading
from extractors.refusals import Refusal

DEALS = frozenset(("deal_value", "funding", "valuation"))
"""Metrics of an event: their period is the month of its announcement."""
ACTS = (
    *("unit_sales", "deliveries", "production", "employees", "job_cuts"),
    *("affected_customers", "funding", "capex", "deal_value"),
)
"""Metrics that an act may ask for ("how many it sold"), the likeliest first."""
_SALES = frozenset(("revenue", "unit_sales"))
"""What "sales" may mean: of goods they are counted."""
STEPS = (2, 8, 16, 30, 50, 80, 120)
"""Characters between a metric and a refusal, in steps."""
_BESIDE = 14
"""Characters between a metric and the noun that it narrows: "subscriber target", "a target for deliveries"."""
_TOLD = 16
"""Characters between a metric and the figure that it has."""


def of_place(reading: Reading, refusal: Refusal, mention: MetricMention) -> Features:
    """Where a name stands, seen from the refusal and from the target or figure that is refused."""
    side, start, end = gap_to(refusal, mention.start, mention.end)
    strong, weak = reading.separators(start, end)
    told: Features = {
        f"named{side}": 1,
        f"{refusal.rule}{side}": 1,
        f"near{side}{bisect_left(STEPS, end - start)}": 1,
        f"strong{side}": min(strong, 2),
        f"weak{side}": min(weak, 3),
        "figures": min(len(reading.quantities_within(start, end)), 2),
        "moved": float(reading.has("rise", start, end) or reading.has("fall", start, end)),
        "refused_between": float(reading.has("tell", start, end)),
        "aside": float(reading.is_aside(mention.start, refusal.start)),
        "bare": float(side == "<" and is_bare(reading, refusal)),
    }
    noun = refusal.target or refusal.figure
    if noun is not None:
        first, last = sorted(((mention.start, mention.end), noun))
        gap = max(0, last[0] - first[1])
        kind = "target" if refusal.target else "figure"
        told |= {f"{kind}{side}": 1, f"{kind}~{min(bisect_left(STEPS, gap), 5)}": 1}
        told[f"{kind}:cut"] = min(sum(reading.separators(first[1], first[1] + gap)), 2)
    return told


def of_words(reading: Reading, refusal: Refusal, mention: MetricMention) -> Features:
    """What the name itself and the words right beside it say."""
    is_told = refusal.rule != "withdraw" and any(
        reading.separators(mention.end, one.start) == (0, 0)
        for one in reading.quantities_within(mention.end, mention.end + _TOLD)
    )
    is_told = is_told or any(
        0 <= mention.start - one.end <= 4 and one.kind in ("money", "count")
        for one in reading.quantities_within(mention.start - _TOLD * 2, mention.start)
    )
    narrows = reading.has("target", max(0, mention.start - 3 * _BESIDE), mention.end + _BESIDE)
    joints = reading.cues_of("of", mention.start, mention.end + _BESIDE)  # a name may hold its own ("sale of")
    has_object = any(one.start <= mention.end + 1 and one.end >= mention.end for one in joints)
    return {
        mention.role: 1,
        "fits": float(_is_sales(reading, mention) and has_object == (mention.metric == "unit_sales")),
        "told": float(is_told),
        "figure_word": float(is_figure(reading, mention)),
        f"{mention.role}:target": float(narrows),
        f"{mention.role}:figure": float(reading.has("figure", mention.end, mention.end + _BESIDE)),
        "about": float(reading.has("about", max(0, mention.start - _BESIDE), mention.start)),
        "deal": float(mention.metric in DEALS),
        f"deal:{refusal.rule}": float(mention.metric in DEALS),
        "deal:figure": float(mention.metric in DEALS and refusal.figure is not None),
        "opens": float(mention.start < _TOLD),
        "whether": float(_is_whether(reading, mention.start)),
        "asked_about": float(reading.has("asks", max(0, mention.start - 2 * _TOLD), mention.start)),
    }


def _is_whether(reading: Reading, place: int) -> bool:
    """Whether a name stands in a clause that opens with what asks for no figure: "whether jobs will go"."""
    left, _ = reading.segment(place, place)
    return any(cue.start - left <= 1 for cue in reading.cues_of("unasked", left, place))


def _is_sales(reading: Reading, mention: MetricMention) -> bool:
    """Whether a phrase may mean both an amount and a count of goods."""
    meant = {one.metric for one in reading.metrics_within(mention.start, mention.start + 1) if one.role in NAMES}
    return meant >= _SALES


def of_question(reading: Reading, refusal: Refusal, question: Cue) -> Features:
    """Where a question stands, seen from the refusal."""
    side, start, end = gap_to(refusal, question.start, question.end)
    strong, weak = reading.separators(start, end)
    return {
        f"question{side}": 1,
        f"question{side}{min(bisect_left(STEPS, end - start), 5)}": 1,
        "question:strong": min(strong, 2),
        "question:weak": min(weak, 2),
        f"question:{'howmany' if 'howmany' in question.kinds else 'what'}": 1,
    }


def of_refusal(reading: Reading, refusal: Refusal) -> dict[str, bool]:
    """What the refusal itself says of its object: a figure, a price, a target, or no more than silence."""
    figure = refusal.figure
    return {
        "figure": figure is not None,
        "price": figure is not None and reading.has("price", *figure),
        "target": refusal.target is not None,
        "vague": refusal.is_vague,
        "stop": refusal.is_stop,
    }


def gap_to(refusal: Refusal, start: int, end: int) -> tuple[str, int, int]:
    """On which side of a refusal a phrase stands, and the stretch between the two."""
    if end <= refusal.start:
        return "<", end, refusal.start
    if start >= refusal.end:
        return ">", refusal.end, start
    return "=", start, start


def is_figure(reading: Reading, mention: MetricMention) -> bool:
    """Whether a name is no more than a word for some figure: "the amount" may be any metric's."""
    return mention.metric in DEALS and any(
        cue.start <= mention.start and mention.end <= cue.end
        for kind in ("figure", "howmany")
        for cue in reading.cues_of(kind, max(0, mention.start - _BESIDE), mention.end + _BESIDE)
    )


def is_bare(reading: Reading, refusal: Refusal) -> bool:
    """Whether nothing follows a refusal in its clause: what it withholds stands before it, if anywhere."""
    cut = min((*reading.cuts_within(refusal.end, refusal.end + 2 * _BESIDE), len(reading.folded)))
    return cut - refusal.end <= _BESIDE
