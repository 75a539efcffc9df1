"""What a refusal withholds: the metrics it names or asks for, listed ones each, or the one spoken of just before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from extractors.asked import Asked, find_question, named_after, products_before, read_asked
from extractors.metrics import MetricMention
from extractors.model import Basis
from extractors.readings import Reading
from extractors.refusals import Refusal, find_refusals
from extractors.topics import BY_WEIGHT, NAMES, Topic, outlook

DEALS = frozenset(("deal_value", "funding", "valuation"))
"""Metrics of an event: their period is the month of its announcement."""
_FAR = 140
"""Characters that are looked at on either side of a refusal."""
_TARGET = 90
"""Characters between a refusal and the metric that it withholds."""
_LISTED = 30
"""Characters between two metrics of a list."""
_BESIDE = 14
"""Characters between a metric and the noun that it narrows: "subscriber target", "a target for deliveries"."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """One metric that is withheld, and the refusal that withholds it."""

    refusal: Refusal
    metric: str
    place: int
    """Where the sentence speaks of the metric; the refusal's own place where it only points back."""
    scope: str | None
    basis: Basis
    is_dated: bool = False
    """Asked for a time that is told with it: "stop telling how many it sold last year"."""


def read_withheld(reading: Reading, topic: Topic | None) -> Iterator[Withheld]:
    """Everything that the sentence says is withheld; `topic` is what the text was about before."""
    if reading.sentence.text.rstrip().endswith(("?", "？")):
        return
    refusals = find_refusals(reading)
    for number, refusal in enumerate(refusals):
        left = refusals[number - 1].end if number else 0
        right = refusals[number + 1].start if number + 1 < len(refusals) else len(reading.folded)
        left, right = max(left, refusal.start - _FAR), min(right, refusal.end + _FAR)
        found = list(_objects(reading, refusal, left, right, topic))
        yield from found
        if not found and _points_back(reading, refusal):
            yield from _pointed_at(reading, refusal, left, topic)


def _objects(reading: Reading, refusal: Refusal, left: int, right: int, topic: Topic | None) -> Iterator[Withheld]:
    """What a refusal is about, between left and right: asked for, or named."""
    first, last = _clause(reading, refusal, left, right)
    terms = _terms(reading, refusal, first, last)
    question = find_question(reading, refusal.start, refusal.end, first, last)
    if question is not None and (asked := read_asked(reading, question, last, terms, topic.metric if topic else None)):
        yield from (_as_asked(reading, refusal, one) for one in asked)
        return
    told = _listed(reading, terms, refusal)
    if not told and refusal.figure is None and _is_bare(reading, refusal):
        before = _terms(reading, refusal, left, refusal.start)
        told = _listed(reading, before, refusal) or before[:1]
    told = told or _counted(reading, refusal, first, last)
    for mention in dict.fromkeys(told):
        scopes = named_after(reading, mention.end, last, several=mention.metric != "deal_value")
        for scope in scopes or products_before(reading, first, mention.start) or (None,):
            yield _withheld(reading, refusal, mention, scope)


def _as_asked(reading: Reading, refusal: Refusal, asked: Asked) -> Withheld:
    basis = _basis(reading, refusal, asked.place, asked.place)
    return Withheld(refusal, asked.metric, asked.place, asked.scope, basis, asked.is_dated)


def _withheld(reading: Reading, refusal: Refusal, mention: MetricMention, scope: str | None) -> Withheld:
    basis = _basis(reading, refusal, mention.start, mention.end)
    return Withheld(refusal, mention.metric, mention.start, scope, basis)


def _basis(reading: Reading, refusal: Refusal, start: int, end: int) -> Basis:
    """Whether what is withheld is a forecast or target of the metric."""
    if refusal.target is not None:
        return "guidance"
    low, high = min(start, refusal.start), max(end, refusal.end)
    near = reading.cues_of("target", max(0, low - 20), high + 25)
    is_target = any(
        reading.separators(min(cue.end, low), low) == reading.separators(high, max(high, cue.start)) == (0, 0)
        for cue in near
    )
    return "guidance" if is_target else "actual"


def _clause(reading: Reading, refusal: Refusal, left: int, right: int) -> tuple[int, int]:
    """From the last strong break before a refusal to the next one behind it."""
    first = max((place + 1 for place in reading.breaks_within(left, refusal.start)), default=left)
    last = min(reading.breaks_within(refusal.end, right), default=right)
    return first, last


def _terms(reading: Reading, refusal: Refusal, first: int, last: int) -> list[MetricMention]:
    """The metrics that a stretch names; what is only counted or done ("subscribers") where a target is of it."""
    terms = []
    for mention in reading.metrics_within(first, last):
        is_narrowing = mention.role in ("nouns", "counts", "verbs") and (
            reading.has("target", max(first, mention.start - 3 * _BESIDE), mention.end + _BESIDE)
            or (mention.role != "verbs" and reading.has("figure", mention.end, mention.end + _BESIDE))
        )
        is_vague = mention.metric in DEALS and _is_figure(reading, mention)
        if (mention.role in NAMES or is_narrowing) and not is_vague and not _is_told(reading, mention, refusal):
            terms.append(mention)
    return terms


def _is_figure(reading: Reading, mention: MetricMention) -> bool:
    """Whether a name is no more than a word for some figure: "the amount" may be any metric's."""
    return any(
        cue.start <= mention.start and mention.end <= cue.end
        for kind in ("figure", "howmany")
        for cue in reading.cues_of(kind, max(0, mention.start - _BESIDE), mention.end + _BESIDE)
    )


def _counted(reading: Reading, refusal: Refusal, first: int, last: int) -> list[MetricMention]:
    """A name that is a metric's only beside a count ("sales of"), close to the refusal."""
    counts = [one for one in reading.metrics_within(first, last) if one.role == "counts"]
    return [one for one in counts if _distance(reading, one, refusal) <= _LISTED][:1]


def _is_told(reading: Reading, mention: MetricMention, refusal: Refusal) -> bool:
    """Whether the metric has its figure beside it, and so is not what is withheld."""
    if refusal.rule == "withdraw":
        return False
    return any(
        reading.separators(mention.end, quantity.start) == (0, 0)
        for quantity in reading.quantities_within(mention.end, mention.end + _BESIDE)
        if quantity.kind in ("money", "count")
    )


def _listed(reading: Reading, terms: list[MetricMention], refusal: Refusal) -> list[MetricMention]:
    """The metric nearest to a refusal, and those that are listed with it."""
    near = [mention for mention in terms if _distance(reading, mention, refusal) <= _TARGET]
    if not near:
        return []
    nearest = min(near, key=lambda mention: (_distance(reading, mention, refusal), _doubt(reading, mention)))
    return _chain(reading, nearest, terms)


def _chain(reading: Reading, first: MetricMention, terms: list[MetricMention]) -> list[MetricMention]:
    """A metric and those that are listed with it, in order."""
    chain = [first]
    for mention in terms:
        if mention.start > chain[-1].end and _is_list(reading, chain[-1].end, mention.start):
            chain.append(mention)
    for mention in reversed(terms):
        if mention.end < chain[0].start and _is_list(reading, mention.end, chain[0].start):
            chain.insert(0, mention)
    return chain


def _doubt(reading: Reading, mention: MetricMention) -> bool:
    """Of a phrase that may mean two metrics: whether it is the less likely ("selling of phones" is no revenue)."""
    has_object = any(
        cue.start - mention.end <= 1 for cue in reading.cues_of("of", mention.end, mention.end + 2 * _BESIDE)
    )
    return has_object != (mention.metric == "unit_sales")


def _distance(reading: Reading, mention: MetricMention, refusal: Refusal) -> float:
    """How far a metric is from what is refused: the target or figure where there is one, else the refusal."""
    noun = refusal.target or refusal.figure
    start, end = noun or (refusal.start, refusal.end)
    if mention.start >= end:
        first, last = end, mention.start
    elif mention.end <= start:
        first, last = mention.end, start
    else:
        return 0
    strong, weak = reading.separators(first, last)
    breaks = (30 * strong + 15 * weak) * (2 if noun else 1)
    figures = 0 if refusal.rule == "withdraw" else len(reading.quantities_within(first, last))
    return last - first + breaks + 40 * figures + (45 if refusal.figure else 30 if noun else 0)


def _is_list(reading: Reading, start: int, end: int) -> bool:
    """Whether two metrics are listed: little but a comma, an "and" or a "nor" and a word between them."""
    joined = any(reading.has(kind, start, end) for kind in ("and", "not")) or reading.separators(start, end)[1] > 0
    is_sentence = reading.has("rise", start, end) or reading.has("fall", start, end)
    return joined and not is_sentence and end - start <= _LISTED and not reading.quantities_within(start, end)


def _is_bare(reading: Reading, refusal: Refusal) -> bool:
    """Whether nothing follows a refusal in its clause: what it withholds stands before it, if anywhere."""
    cut = min((*reading.cuts_within(refusal.end, refusal.end + 2 * _BESIDE), len(reading.folded)))
    return cut - refusal.end <= _BESIDE


def _points_back(reading: Reading, refusal: Refusal) -> bool:
    """Whether what is refused is told of by a word that only points to it: "that number", "it"."""
    start, end = max(0, refusal.start - _BESIDE), refusal.end + 6
    has_figure = refusal.figure is not None or reading.has("figure", max(0, refusal.start - _LISTED), refusal.start)
    asks = reading.has("howmany", start, refusal.end + _BESIDE)
    return refusal.target is not None or has_figure or asks or reading.has("it", start, end)


def _pointed_at(reading: Reading, refusal: Refusal, left: int, topic: Topic | None) -> Iterator[Withheld]:
    """The metric that the sentence has spoken of before the refusal, else the one of the sentence before."""
    before = reading.metrics_within(left, refusal.start)
    asked = BY_WEIGHT if refusal.figure else (NAMES,)
    for is_deal, roles in product((False, True), asked):
        of_role = [mention for mention in before if mention.role in roles and not _is_figure(reading, mention)]
        named = [mention for mention in of_role if (mention.metric in DEALS) == is_deal]
        for mention in _chain(reading, named[-1], named) if named else ():
            basis = "guidance" if refusal.target else outlook(reading, mention)
            yield Withheld(refusal, mention.metric, mention.start, None, basis)
        if named:
            return
    if topic is not None:
        basis = "guidance" if refusal.target else topic.basis
        for scope in named_after(reading, refusal.end, refusal.end + _FAR, several=True) or (None,):
            yield Withheld(refusal, topic.metric, refusal.start, scope, basis)
