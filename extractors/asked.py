"""What "how many", "how much" and "the number of" ask for: a metric, and the products or regions it is asked of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from extractors.cues import Cue
from extractors.metrics import MetricMention
from extractors.readings import Reading, Stretch

_AHEAD = 40
"""Characters between a refusal and the question that it leaves open."""
_REACH = 90
"""Characters between "how many" and the verb that it belongs to."""
_NOUN = 25
"""Characters between "how many" and what it counts."""
_LINK = 14
"""Characters between two names of a list."""
_ACTS = (
    *("unit_sales", "deliveries", "production", "employees", "job_cuts"),
    *("affected_customers", "funding", "capex", "deal_value"),
)
"""Metrics that an act may ask for ("how many it sold"); where several have the act, the first."""
_NAME = r"[^\W\d_a-zß-öø-ÿ\u3040-\u9fff][\w.+'’-]*(?: (?:[^\W\d_a-zß-öø-ÿ\u3040-\u9fff][\w.+'’-]*|\d{1,3}\b))*"
_NAMED = re.compile(_NAME)


@dataclass(frozen=True, slots=True)
class Asked:
    """A metric that is asked for, and of what."""

    metric: str
    place: int
    scope: str | None
    is_dated: bool
    """Asked for a time that is told with it: "how many it sold last year"."""


def read_asked(
    reading: Reading, question: Cue, last: int, terms: list[MetricMention], topic: str | None
) -> list[Asked]:
    """What a question asks for; empty where it asks for nothing that has a name; `topic` is the metric so far."""
    named = next((one for one in terms if question.start <= one.start <= question.end + _NOUN), None)
    mention = named or _counted(reading, question, last) or _act_before(reading, question)
    scopes = named_after(reading, question.end, last, several=True)
    if mention is not None:
        scopes = scopes or named_after(reading, mention.end, last, several=True)
        is_dated = any(question.end < one.start < last for one in reading.periods)
        return [Asked(mention.metric, question.start, scope, is_dated) for scope in scopes or (None,)]
    if "howmany" not in question.kinds or "figure" in question.kinds or _is_pronoun(reading, question.end):
        return []
    if topic is not None and len(scopes) > 1:
        return [Asked(topic, question.start, scope, is_dated=False) for scope in scopes]
    noun = _noun_phrase(reading, question.end, last)
    return [Asked("other", question.start, noun, is_dated=False)] if noun else []


def _is_pronoun(reading: Reading, place: int) -> bool:
    """Whether the question asks of something told before: "how high it was"."""
    return any(
        one.kind == "anaphor" and 0 <= one.start - place <= 2 and " " not in one.text for one in reading.companies
    )


def find_question(reading: Reading, start: int, end: int, first: int, last: int) -> Cue | None:
    """The question that a refusal at start:end leaves open: behind it, or before ("how many, it would not say")."""
    behind = next(reading.cues_of("howmany", end - 1, min(last, end + _AHEAD)), None)
    behind = behind or next(reading.cues_of("howmany", start, end), None)
    before = list(reading.cues_of("howmany", first, start))
    plain = next(reading.cues_of("what", max(start, end - 4), min(last, end + 12)), None)
    return behind or (before[-1] if before else None) or plain


def _counted(reading: Reading, asked: Cue, last: int) -> MetricMention | None:
    """The counted noun or the verb of "how many ... it sold"."""
    behind = [one for one in reading.metrics_within(asked.end, min(last, asked.end + _REACH)) if one.role != "also"]
    nouns = [one for one in behind if one.role in ("nouns", "terms", "losses") and one.start - asked.end <= _NOUN]
    verbs = [one for one in behind if one.role in ("verbs", "counts") and one.metric in _ACTS]
    done = {one.metric for one in verbs}
    nouns.sort(key=lambda one: (one.start, one.metric not in done, _rank(one)))
    return next(iter(nouns or sorted(verbs, key=_rank)), None)


def _rank(mention: MetricMention) -> int:
    return _ACTS.index(mention.metric) if mention.metric in _ACTS else len(_ACTS)


def named_after(reading: Reading, start: int, last: int, *, several: bool) -> tuple[str, ...]:
    """The products, brands or regions that stand behind a place: one close by, or those of a list."""
    names: list[str] = []
    place = start
    while names == [] or several:
        found = _next_name(reading, place, last, is_first=not names)
        if found is None:
            break
        names.append(reading.sentence.text[found[0] : found[1]])
        place = found[1]
    return tuple(dict.fromkeys(names))


def _act_before(reading: Reading, question: Cue) -> MetricMention | None:
    """The act that stands right before the question, as Chinese has it ("sold how many")."""
    before = reading.metrics_within(max(0, question.start - 6), question.start)
    return next((one for one in before if one.metric in _ACTS and question.start - one.end <= 1), None)


def products_before(reading: Reading, first: int, place: int) -> tuple[str, ...]:
    """The products of a list that stands before a place: "of the one, the other and the third it never told sales"."""
    products = [one for one in reading.companies if one.kind == "product" and first <= one.start < place]
    linked = all(
        later.start - earlier.end <= _LINK and _is_linked(reading, earlier.end, later.start)
        for earlier, later in pairwise(products)
    )
    return tuple(dict.fromkeys(one.text for one in products)) if len(products) > 1 and linked else ()


def _is_linked(reading: Reading, start: int, end: int) -> bool:
    return reading.separators(start, end) != (0, 0) or reading.has("and", start, end)


def _next_name(reading: Reading, place: int, last: int, *, is_first: bool) -> tuple[int, int] | None:
    """Where the next name of a list stands: right behind or joined on, and no company, period or figure."""
    limit = min(last, place + (_NOUN if is_first else _LINK))
    match = _NAMED.search(reading.sentence.text, place, last)
    spans = [match.span()] if match else []
    spans += [(one.start, one.end) for one in reading.companies if one.kind == "product" and place <= one.start < limit]
    start, end = min(spans, default=(limit, limit))
    if start >= limit or _is_taken(reading, start, end):
        return None
    is_near = _is_about(reading, place, start) if is_first else _is_linked(reading, place, start)
    return (start, end) if is_near else None


def _is_about(reading: Reading, place: int, start: int) -> bool:
    """Whether a name stands directly behind, or behind an "of" or "for"."""
    if reading.separators(place, start) != (0, 0):
        return False
    return start - place <= 1 or any(reading.has(kind, place, start) for kind in ("of", "about"))


def _is_taken(reading: Reading, start: int, end: int) -> bool:
    taken = [one for one in reading.companies if one.kind != "product"]
    things: tuple[Stretch, ...] = (
        *taken,
        *reading.periods,
        *reading.quantities,
        *reading.metrics_within(max(0, start - 1), end),
    )
    return any(one.start < end and start < one.end for one in things)


def _noun_phrase(reading: Reading, start: int, last: int) -> str | None:
    """The words that follow, up to a break: what an unknown metric is called."""
    cut = min((*reading.cuts_within(start, last), last))
    words = reading.sentence.text[start:cut].strip(" .").split()
    return " ".join(words[:8]) or None
