"""What a refusal withholds: the likeliest of the metrics around it, those listed with it, a claim each by product."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.asked import named_after, noun_phrase, products_before
from extractors.features import Features
from extractors.listed import refused_together
from extractors.model import Basis
from extractors.object_features import DEALS
from extractors.objects import Object, read_objects
from extractors.readings import Reading
from extractors.refusal_features import of_form
from extractors.refusals import Refusal, find_refusals
from extractors.topics import Topic, is_question
from extractors.weights import read_weights, weigh

_FAR = 140
"""Characters that are looked at on either side of a refusal."""
_AUXILIARY = 12
"""Characters between an auxiliary of the refusal itself ("will not say") and it."""
_LISTED = 30
"""Characters between two metrics of a list."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """One metric that is withheld, and the refusal that withholds it."""

    refusal: Refusal
    metric: str
    place: int
    """Where the sentence speaks of the metric; the refusal's own place where it only points back."""
    scope: str | None
    basis: Basis
    evidence: Features
    """What speaks for the refusal and for the metric."""
    is_dated: bool = False
    """Asked for a time that is told with it: "stop telling how many it sold last year"."""
    asked_for: str | None = None
    """The period told with the metric in the sentence before, where this one only points back to it."""
    is_reply: bool = False
    """Whether that sentence asks."""
    objects: Sequence[Object] = ()
    """What the metric was chosen from; with the first one of a refusal only."""


def read_withheld(reading: Reading, topic: Topic | None) -> Iterator[Withheld]:
    """Everything that the sentence may say is withheld; `topic` is what the text was about before."""
    if is_question(reading):
        return
    is_asked = reading.has("asks") or bool(topic and topic.asked)
    refusals = [one for one in find_refusals(reading) if is_asked or not one.is_gesture]
    for number, refusal in enumerate(refusals):
        left = refusals[number - 1].end if number else 0
        right = refusals[number + 1].start if number + 1 < len(refusals) else len(reading.folded)
        left, right = max(left, refusal.start - _FAR), min(right, refusal.end + _FAR)
        objects = read_objects(reading, refusal, left, right, topic)
        if objects:
            first, *others = _of_refusal(reading, refusal, objects, left, right, topic)
            yield replace(first, objects=objects)
            yield from others


def _of_refusal(
    reading: Reading, refusal: Refusal, objects: Sequence[Object], left: int, right: int, topic: Topic | None
) -> Iterator[Withheld]:
    """The best object of a refusal, with those that are listed with it and their products."""
    weights = read_weights("withheld")
    scored = [(weigh(one.features, weights), one) for one in objects]
    scored.sort(key=lambda pair: (-round(pair[0], 1), -pair[1].features.get("fits", 0.0), -pair[0]))
    score, best = scored[0]
    rivals = [other for other, one in scored if one.metric != best.metric]
    evidence = {
        "refused": score,
        "refused<0": min(score, 0.0),
        "refused_lead": min(score - rivals[0], 3.0) if rivals else 3.0,
        f"way:{best.way}": 1.0,
        "vague": float(refusal.is_vague),
        f"way:{best.way}:{refusal.rule}": 1.0,
        "replied": float("replied" in best.features),
        "is_asked": float(reading.has("asks")),
        **of_form(reading, refusal),
    }
    for one in refused_together(reading, refusal, best, objects):
        for scope in _scopes(reading, refusal, one, left, right):
            is_dated = one.question is not None and any(one.question.end < at.start < right for at in reading.periods)
            is_reply = "replied" in one.features
            before = topic.period if topic is not None and (is_reply or one.way == "topic") else None
            for basis in _bases(reading, refusal, one, topic):
                yield Withheld(refusal, one.metric, one.start, scope, basis, evidence, is_dated, before, is_reply)


def _scopes(reading: Reading, refusal: Refusal, one: Object, left: int, right: int) -> tuple[str | None, ...]:
    """The products or regions that narrow what is withheld; None where nothing does."""
    last = min(reading.breaks_within(refusal.end, right), default=right)
    scopes: tuple[str, ...] = ()
    if one.question is not None:
        scopes = named_after(reading, one.question.end, last, several=True)
    if not scopes and one.mention is not None:
        is_several = one.metric != "deal_value"
        limit = refusal.start if one.mention.end <= refusal.start else last
        scopes = named_after(reading, one.mention.end, min(limit, last), several=is_several)
        scopes = scopes or products_before(reading, left, one.mention.start)
    if one.way == "topic":
        scopes = named_after(reading, refusal.end, right, several=True)
    if one.way == "unknown":
        return (noun_phrase(reading, one.end, refusal.start if one.end < refusal.start else last),)
    return scopes or (None,)


def _bases(reading: Reading, refusal: Refusal, one: Object, topic: Topic | None) -> tuple[Basis, ...]:
    """Both where figures and forecasts are refused together: "neither sales figures nor forecasts"."""
    basis = _basis(reading, refusal, one, topic)
    if basis == "guidance" and refusal.rule != "withdraw" and one.mention is not None:
        targets = reading.cues_of("target", one.mention.start, one.mention.end + 3 * _LISTED)
        for target in targets:
            start = max(one.mention.start, target.start - _LISTED)
            figure = next(reading.cues_of("figure", start, target.start), None)
            if figure is not None and any(reading.has(kind, figure.end, target.start) for kind in ("and", "listed")):
                return ("actual", "guidance")
    return (basis,)


def _is_expected(reading: Reading, refusal: Refusal, one: Object) -> bool:
    """Whether the metric is expected to move, and by how much is refused: "sees profit fall, but gave no number"."""
    if one.start >= refusal.start or refusal.is_stop:
        return False
    moves = any(reading.has(kind, 0, refusal.start) for kind in ("rise", "fall"))
    expected = reading.cues_of("guidance", 0, refusal.start)
    return moves and any(refusal.start - cue.end > _AUXILIARY for cue in expected)


def _is_asked_ahead(reading: Reading, refusal: Refusal, one: Object) -> bool:
    """Whether what is asked for is to come: "how many shops will close", and no auxiliary of the refusal itself."""
    if one.question is None or one.metric in DEALS or refusal.is_stop:
        return False
    start = one.question.end
    last = reading.segment(start, start)[1]
    if start <= refusal.start:
        last = min(last, refusal.start - _AUXILIARY)
    return reading.has("guidance", start, max(last, start))


def _basis(reading: Reading, refusal: Refusal, one: Object, topic: Topic | None) -> Basis:
    """Whether what is withheld is a forecast or target of the metric."""
    if refusal.target is not None:
        return "guidance"
    if (one.way == "topic" or "replied" in one.features) and topic is not None:
        is_target = reading.has("target", *reading.segment(refusal.start, refusal.end))  # "no goal for it was set"
        return "guidance" if is_target else topic.basis
    if _is_expected(reading, refusal, one) or _is_asked_ahead(reading, refusal, one):
        return "guidance"
    end = one.mention.end if one.mention else one.start
    low, high = min(one.start, refusal.start), max(end, refusal.end)
    near = reading.cues_of("target", max(0, low - 20), high + 25)
    is_target = any(
        reading.separators(min(cue.end, low), low) == reading.separators(high, max(high, cue.start)) == (0, 0)
        for cue in near
    )
    return "guidance" if is_target else "actual"
