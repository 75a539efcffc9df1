"""What a refusal may withhold: metrics around it, asked for, or spoken of before, each with what speaks for it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.asked import noun_phrase, questions_near
from extractors.cues import Cue
from extractors.features import Features
from extractors.metrics import MetricMention, asked_metric
from extractors.object_features import (
    ACTS,
    DEALS,
    STEPS,
    gap_to,
    is_figure,
    of_place,
    of_question,
    of_refusal,
    of_words,
)
from extractors.pointing_back import is_idle_talk, of_answer, of_price, of_topic
from extractors.readings import Reading
from extractors.refusals import Refusal
from extractors.topics import Topic

Way = Literal["named", "act", "price", "asked", "unknown", "topic"]
"""Named beside the refusal; done, its figure being refused ("buys X, price undisclosed"); a price that nobody names;
asked for ("how many it sold"), or asked for without a known name; spoken of before."""

_ASKED = 90
"""Characters between "how many" and the verb that it belongs to."""
_BEHIND = 12
"""Characters between "how many" and a name that says itself which metric is asked for."""
_TELLING = 24
"""Characters of a phrase of telling before or behind the act that it holds ("deliver the slightest hint")."""
_DIRECT = 3
"""Characters between a refusal and a question that it leads to."""


@dataclass(frozen=True, slots=True)
class Object:
    """One metric that a refusal may withhold, and the features that speak for or against it."""

    metric: str
    start: int
    end: int
    way: Way
    features: Features
    mention: MetricMention | None = None
    question: Cue | None = None


def read_objects(reading: Reading, refusal: Refusal, left: int, right: int, topic: Topic | None) -> list[Object]:
    """Everything between left and right, or left behind by the text before, that a refusal may be about."""
    questions = questions_near(reading, refusal.start, refusal.end, left, right)
    asked = [one for question in questions for one in _asked(reading, refusal, question, right)]
    first = refusal.start if asked and _leads_to(refusal, questions) else left
    named = [
        _named(reading, refusal, one)
        for one in reading.metrics_within(first, right)
        if one.role not in ("also", "has") and not _is_of_telling(reading, refusal, one)
    ]
    objects = _ranked(refusal, [*named, *asked], topic)
    if refusal.figure is not None and reading.has("price", *refusal.figure):
        raised = _is_of_funding(refusal, topic, objects)
        metric = "funding" if raised else "deal_value"
        objects.append(Object(metric, *refusal.figure, "price", of_price(refusal, topic, objects)))
    elif refusal.figure is not None and not named:
        objects += _amount(reading, refusal, refusal.figure, right)
    if topic is not None and not any(one.way == "named" for one in objects):
        answer = of_answer(refusal)
        objects += [Object(metric, refusal.start, refusal.end, "asked", dict(answer)) for metric in topic.asked]
    is_answered = any(one.way == "unknown" for one in objects)
    is_named = refusal.rule == "withdraw" and any(refusal.start < one.start < refusal.end for one in named)
    if topic is not None and not is_answered and not is_named and not is_idle_talk(reading, refusal):
        about = of_topic(reading, refusal, topic, objects)
        objects.append(Object(topic.metric, refusal.start, refusal.end, "topic", about))
        if topic.last is not None:
            objects.append(Object(topic.last, refusal.start, refusal.end, "topic", about | {"topic:last": 1.0}))
    return [*objects, *_amounts(reading, refusal, left, right)] if not is_answered else objects


def _is_of_telling(reading: Reading, refusal: Refusal, mention: MetricMention) -> bool:
    """Whether an act is that of telling or of taking back itself: "made ... known", "cuts its outlook"."""
    if mention.role != "verbs":
        return False
    cues = [*reading.cues_of("tell", mention.start, mention.end)]
    if refusal.rule == "withdraw" and refusal.start <= mention.start < refusal.end:
        cues += reading.cues_of("withdraw", mention.start, mention.end)
    return any(one.start <= mention.start and mention.end <= one.end for one in cues)


def _is_of_funding(refusal: Refusal, topic: Topic | None, objects: Sequence[Object]) -> bool:
    """Whether an amount that nobody names is what was raised, here or just before, and no price."""
    deals = [one for one in objects if one.metric in ("deal_value", "funding")]
    deals = [one for one in deals if one.way == "named"] or deals
    if deals:
        return min(deals, key=lambda one: _width(refusal, one)).metric == "funding"
    return topic is not None and topic.metric == "funding"


def _leads_to(refusal: Refusal, questions: Sequence[Cue]) -> bool:
    """Whether a question follows a refusal directly: what it asks for is withheld, and nothing that stands before."""
    return any("howmany" in one.kinds and 0 <= one.start - refusal.end <= _DIRECT for one in questions)


def _amount(reading: Reading, refusal: Refusal, figure: tuple[int, int], right: int) -> Iterator[Object]:
    """The amount of something that is no metric: "the size of the provision"."""
    joint = next(reading.cues_of("of", figure[1], figure[1] + _DIRECT + 4), None)
    noun = noun_phrase(reading, figure[1], refusal.start if figure[1] < refusal.start else right)
    if joint is not None and noun:
        told: Features = {"unknown": 1, "unknown:figure": 1, f"unknown:{refusal.rule}": 1}
        yield Object("other", *figure, "unknown", told)


def _amounts(reading: Reading, refusal: Refusal, left: int, right: int) -> Iterator[Object]:
    """What has a figure and is no metric, in the refusal's own clause: "declined to quantify the damage"."""
    first, last = reading.segment(refusal.start, refusal.end)
    for cue in reading.cues_of("amounts", max(left, first), min(right, last)):
        if not any(one.start < cue.end and cue.start < one.end for one in reading.metrics):
            side, start, end = gap_to(refusal, cue.start, cue.end)
            step = min(bisect_left(STEPS, end - start), 5)
            told: Features = {"unknown": 1, "unknown:noun": 1, f"unknown:noun{side}{step}": 1}
            yield Object("other", cue.start, cue.end, "unknown", told | {f"unknown:{refusal.rule}": 1})


def _named(reading: Reading, refusal: Refusal, mention: MetricMention) -> Object:
    told = {**of_place(reading, refusal, mention), **of_words(reading, refusal, mention)}
    way: Way = "act" if mention.role == "verbs" else "named"
    told |= {f"{way}:{name}": 1.0 for name, is_so in of_refusal(reading, refusal).items() if is_so}
    return Object(mention.metric, mention.start, mention.end, way, told, mention)


def _asked(reading: Reading, refusal: Refusal, question: Cue, right: int) -> Iterator[Object]:
    """The metrics that a question may ask for: what is counted, or done, behind it."""
    shared = of_question(reading, refusal, question)
    first = max(0, question.start - 6)  # Chinese has the act before it ("sold how many")
    near = reading.metrics_within(first, min(right, question.end + _ASKED))
    noun = noun_phrase(reading, question.end, refusal.start if question.end < refusal.start else right)
    counted = asked_metric(noun, reading.language) if noun else None
    if counted is None or _is_asked_by_name(question, near):
        yield from _asked_by_name(reading, question, near, shared)
    else:
        told: Features = {"asked": 1, "asked0": 1, "asked:nouns": 1, "asked:nouns0": 1}
        yield Object(counted, question.start, question.end, "asked", shared | told, None, question)
    if noun and "howmany" in question.kinds and "figure" not in question.kinds:
        told = {"unknown": 1, "unknown:words": min(len(noun.split()), 8) / 4, f"unknown:{refusal.rule}": 1}
        told |= {"unknown:counted": float(counted is not None), "unknown:named": float(bool(near))}
        yield Object("other", question.start, question.end, "unknown", shared | told, None, question)


def _is_asked_by_name(question: Cue, near: Sequence[MetricMention]) -> bool:
    """Whether a name stands right behind a question, or an act says what is done: "how many cars it sold"."""
    return any(
        (one.role == "verbs" and one.metric in ACTS)
        or (one.role not in ("verbs", "also", "has") and 0 <= one.start - question.end <= _BEHIND)
        for one in near
    )


def _asked_by_name(
    reading: Reading, question: Cue, near: Sequence[MetricMention], shared: Features
) -> Iterator[Object]:
    """The metrics that are named behind a question, and those of acts."""
    done = {one.metric for one in near if one.role == "verbs"}
    for mention in near:
        is_before = mention.start < question.start
        if is_figure(reading, mention) or (is_before and not 0 <= question.start - mention.end <= 1):
            continue
        if mention.metric in DEALS and "many" in question.kinds:  # a price is not counted
            continue
        step = bisect_left(STEPS, max(0, mention.start - question.end))
        told: Features = {
            "asked": 1,
            f"asked:{mention.role}": 1,
            f"asked:{mention.role}{min(step, 4)}": 1,
            f"asked{step}": 1,
            "asked:done": float(mention.metric in done),
            "asked:deal": float(mention.metric in DEALS),
            "fits": 1 - ACTS.index(mention.metric) / len(ACTS) if mention.metric in ACTS else 0.0,
            "asked:weak": min(sum(reading.separators(question.end, max(question.end, mention.start))), 2),
        }
        yield Object(mention.metric, question.start, mention.end, "asked", shared | told, mention, question)


def _ranked(refusal: Refusal, objects: Sequence[Object], topic: Topic | None) -> list[Object]:
    """The objects, each told how many stand nearer, whether something is asked for, and what the text was about."""
    gaps = {one.start: _width(refusal, one) for one in objects if one.way in ("named", "act")}
    has_question = any(one.way == "asked" for one in objects)
    for one in objects:
        one.features["topical"] = float(topic is not None and topic.metric == one.metric)
        if one.way in ("named", "act"):
            nearer = sum(gap < gaps[one.start] for gap in gaps.values())
            one.features[f"rank{min(nearer, 2)}"] = 1.0
            one.features["beside_question"] = float(has_question)
    return list(objects)


def _width(refusal: Refusal, one: Object) -> int:
    _, start, end = gap_to(refusal, one.start, one.end)
    return end - start
