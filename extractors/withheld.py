"""What a sentence says is not told: the refusal, the stop, the target that is withdrawn or never set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.cues import Cue
from extractors.metrics import MetricMention
from extractors.model import Basis
from extractors.readings import Reading

_TARGET = 90
"""Characters between a refusal and the metric that it withholds."""
_REACH = 60
"""Characters between a negation and the verb of telling that it denies."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal in a sentence, and one metric that it withholds."""

    start: int
    end: int
    metric: str
    mention: MetricMention | None
    scope: str | None
    basis: Basis
    is_stop: bool
    """From now on, rather than this time."""
    rule: str


def read_refusals(reading: Reading) -> Iterator[Refusal]:
    """Every metric that the sentence says is withheld; nothing where it only speculates or denies."""
    for start, end, rule, is_stop in _refusing(reading):
        targets = list(_targets(reading, start, end, rule))
        for mention, scope in targets:
            basis: Basis = "guidance" if rule == "withdraw" or _is_target(reading, start, end, mention) else "actual"
            is_open = is_stop and basis == "actual" and not _asks_of_a_period(reading, start)
            yield Refusal(start, end, mention.metric, mention, scope, basis, is_open, rule)
        if targets:
            return


def _asks_of_a_period(reading: Reading, start: int) -> bool:
    """Whether what is no longer told is itself dated: "stop telling how many it sold last year"."""
    asked = next(reading.cues_of("howmany", start), None)
    return asked is not None and any(mention.start > asked.end for mention in reading.periods)


def _refusing(reading: Reading) -> Iterator[tuple[int, int, str, bool]]:
    """Where a refusal stands: (start, end, rule, is it for good)."""
    if reading.has("hypothetical") and not reading.has("withheld") and _speculates(reading):
        return
    for cue in reading.cues_of("withdraw"):
        target = _near(reading, cue, "target", 90)
        if target is not None:
            yield min(cue.start, target.start), max(cue.end, target.end), "withdraw", False
    for cue in reading.cues_of("withheld"):
        yield cue.start, cue.end, "withheld", False
    for stop in reading.cues_of("stop"):
        tell = _near(reading, stop, "tell", _REACH)
        if tell is not None and tell.start != stop.start:
            yield min(stop.start, tell.start), max(stop.end, tell.end), "stop", True
    for negation in reading.cues_of("not"):
        if "stop" in negation.kinds:
            continue
        tell = _near(reading, negation, "tell", _REACH)
        if tell is not None and not _is_double(reading, negation, tell):
            start, end = min(negation.start, tell.start), max(negation.end, tell.end)
            yield start, end, "refuse", reading.has("stop", start, end) or reading.has("more", start, end + 20)


def _speculates(reading: Reading) -> bool:
    """Whether the only telling verb follows a "may" or "if"."""
    first = next(reading.cues_of("hypothetical"), None)
    tell = next(reading.cues_of("tell"), None)
    return first is not None and tell is not None and 0 <= tell.start - first.end <= 12


def _near(reading: Reading, cue: Cue, kind: str, reach: int) -> Cue | None:
    """The nearest cue of a kind, with no full break between; one that follows counts as nearer."""
    best: tuple[float, Cue] | None = None
    for other in reading.cues_of(kind, max(0, cue.start - reach), cue.end + reach):
        if other is cue:
            continue
        ahead = other.start >= cue.end
        start, end = (cue.end, other.start) if ahead else (other.end, cue.start)
        strong, weak = reading.separators(start, end)
        cost = (end - start) * (1 if ahead else 1.5) + 40 * strong + 20 * weak
        if cost <= reach and (best is None or cost < best[0]):
            best = cost, other
    return best[1] if best else None


def _is_double(reading: Reading, negation: Cue, tell: Cue) -> bool:
    """Whether a second negation takes the first back ("did not refuse to", "no longer declines")."""
    start, end = sorted((negation.start, tell.start))
    return sum(1 for cue in reading.cues_of("not", start, end)) > 1 and reading.cues_of("stop", start, end) is None


def _targets(reading: Reading, start: int, end: int, rule: str) -> Iterator[tuple[MetricMention, str | None]]:
    """The metrics that a refusal at start:end is about; several where they are listed."""
    left, right = _clause(reading, start, end)
    terms = [
        mention
        for mention in reading.metrics
        if mention.role in ("terms", "losses", "margins") and left <= mention.start < right
    ]
    if reading.has("target", max(0, start - 10), end + 40):
        acts = ("unit_sales", "deliveries", "production")
        terms += [
            mention for mention in reading.metrics if mention.role in ("counts", "verbs") and mention.metric in acts
        ]
    asked = list(reading.cues_of("howmany", left, right))
    if asked and (verb := _asked_verb(reading, asked[0], right)) is not None and not _named_after(terms, asked[0]):
        products = [
            mention
            for mention in reading.companies
            if mention.kind == "product" and asked[0].start <= mention.start < right
        ]
        if products:
            for product in products:
                yield verb, product.text
        else:
            yield verb, _noun_after(reading, asked[0])
        return
    if asked and (named := _named_after(terms, asked[0])):
        yield named, None
        return
    told = _listed(reading, terms, start, end)
    seen = set()
    for mention in told:
        if mention.metric not in seen:
            seen.add(mention.metric)
            scopes = _products(reading, left, right) if mention.metric in ("unit_sales", "deliveries") else []
            yield from ((mention, scope) for scope in scopes)
            if not scopes:
                yield mention, None


def _listed(reading: Reading, terms: list[MetricMention], start: int, end: int) -> list[MetricMention]:
    """The metric nearest to a refusal, and those that are listed with it."""
    near = [mention for mention in terms if _distance(reading, mention, start, end) <= _TARGET]
    if not near:
        return []
    nearest = min(near, key=lambda mention: (_distance(reading, mention, start, end), _doubt(reading, mention)))
    chain = [nearest]
    for mention in sorted(terms, key=lambda mention: mention.start):
        if mention.start > chain[-1].end and _is_list(reading, chain[-1].end, mention.start):
            chain.append(mention)
    for mention in sorted(terms, key=lambda mention: -mention.start):
        if mention.end < chain[0].start and _is_list(reading, mention.end, chain[0].start):
            chain.insert(0, mention)
    return chain


def _doubt(reading: Reading, mention: MetricMention) -> bool:
    """Of a phrase that may mean two metrics: whether it is the less likely ("selling of phones" is no revenue)."""
    has_object = any(cue.start - mention.end <= 1 for cue in reading.cues_of("of", mention.end))
    return has_object != (mention.metric == "unit_sales")


def _distance(reading: Reading, mention: MetricMention, start: int, end: int) -> float:
    if mention.start >= end:
        gap, first, last = mention.start - end, end, mention.start
    elif mention.end <= start:
        gap, first, last = start - mention.end, mention.end, start
    else:
        return 0
    return (
        gap
        + 15 * reading.separators(first, last)[1]
        + 40 * sum(first <= one.start < last for one in reading.quantities)
    )


def _is_list(reading: Reading, start: int, end: int) -> bool:
    """Whether two metrics are listed: little but a comma, an "and" and a word between them."""
    is_joined = reading.has("and", start, end) or reading.separators(start, end)[1] > 0
    return is_joined and end - start <= 28 and not any(start <= one.start < end for one in reading.quantities)


def _products(reading: Reading, left: int, right: int) -> list[str]:
    return list(
        dict.fromkeys(
            mention.text for mention in reading.companies if mention.kind == "product" and left <= mention.start < right
        )
    )


def _clause(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """From the last strong break before a refusal to the next one behind it."""
    left = max((place for place in reading.breaks if place < start), default=-1) + 1
    right = min((place for place in reading.breaks if place >= end), default=len(reading.folded))
    return left, right


def _asked_verb(reading: Reading, asked: Cue, right: int) -> MetricMention | None:
    """The verb or the counted noun of "how many ... it sold"."""
    behind = [
        mention
        for mention in reading.metrics
        if mention.role in ("verbs", "nouns", "terms", "losses")
        and asked.end <= mention.start < right
        and mention.start - asked.end < 120
    ]
    nouns = [mention for mention in behind if mention.role == "nouns" and mention.start - asked.end <= 25]
    verbs = [mention for mention in behind if mention.role in ("verbs", "counts") and mention.metric in _COUNTING]
    verbs.sort(key=lambda mention: _COUNTING.index(mention.metric))
    return next(iter(nouns or verbs), None)


_COUNTING = (
    *("unit_sales", "deliveries", "production", "employees", "job_cuts"),
    *("affected_customers", "funding", "capex", "deal_value"),
)
"""Metrics that an act may ask for ("how many it sold"); where several have the act, the first."""


def _named_after(terms: list[MetricMention], asked: Cue) -> MetricMention | None:
    return next((mention for mention in terms if 0 <= mention.start - asked.end <= 30), None)


def _noun_after(reading: Reading, asked: Cue) -> str | None:
    """A name behind "how many"; a common noun narrows nothing."""
    words = reading.sentence.text[asked.end : asked.end + 40].split()
    noun = words[0].strip(".,;") if words else ""
    return noun if noun != noun.lower() else None


def _is_target(reading: Reading, start: int, end: int, mention: MetricMention) -> bool:
    """Whether what is withheld is a forecast or target of the metric."""
    low, high = min(start, mention.start), max(end, mention.end)
    return reading.has("target", max(0, low - 20), high + 25)
