"""What a sentence leaves behind for the next one: the metric that "that number" points to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractors.metrics import NAMES, MetricMention, asked_metric
from extractors.model import Basis
from extractors.readings import Reading

BY_WEIGHT = (NAMES, frozenset(("nouns", "counts")), frozenset(("verbs",)))
"""How a sentence may speak of its topic, the plainest first."""
_LASTING = 1
"""Sentences without a metric after which the topic is still known."""
_OPENING = 2
"""Characters before the word that opens a question."""
_QUESTIONS = 3
"""Metrics that one reply refuses at once."""
_PERIODS = frozenset(("year", "quarter", "half", "month"))
_AHEAD = 30
"""Characters between a metric and its figure."""


@dataclass(frozen=True, slots=True)
class Topic:
    """The metric that a sentence leaves behind for the next one's "that number"."""

    metric: str
    basis: Basis
    last: str | None = None
    """The metric that it names last, where that is another."""
    period: str | None = None
    """The one that it tells."""
    age: int = 0
    """Sentences ago."""
    asked: tuple[str, ...] = ()
    """What the question right before asks for: "Sales? Profit? No comment."."""

    def older(self) -> Topic | None:
        """The topic after another sentence that names none; forgotten after two."""
        return replace(self, age=self.age + 1, last=None, asked=()) if self.age < _LASTING else None


def topic_after(reading: Reading, topic: Topic | None) -> Topic | None:
    """What the text is about after a sentence, and what it has asked for where it is a question."""
    after = _named(reading, topic)
    asked = _asked_for(reading, topic, after) if is_question(reading) else ()
    return replace(after, asked=asked) if after and asked else after


def is_question(reading: Reading) -> bool:
    """Whether a sentence asks."""
    return reading.sentence.text.rstrip().endswith(("?", "？"))


def _asked_for(reading: Reading, topic: Topic | None, after: Topic | None) -> tuple[str, ...]:
    """The metrics that a question asks for, after those of a question before it; of "how many?" what it is about."""
    if any(one.start <= _OPENING for one in reading.cues_of("unasked")):  # "why have sales fallen?"
        return ()
    before = topic.asked if topic else ()
    named = [one.metric for one in reading.metrics if one.role in NAMES]
    for question in reading.cues_of("howmany"):
        counted = asked_metric(reading.folded[question.end :], reading.language)
        named += [counted] if counted else []
    if not named and after is not None and reading.has("howmany"):
        named = [after.metric]
    return tuple(dict.fromkeys((*before, *named)))[-_QUESTIONS:]


def _named(reading: Reading, topic: Topic | None) -> Topic | None:
    """The metric named last before a figure, else the first named, else what the text was about."""
    for roles in BY_WEIGHT:
        mentions = [mention for mention in reading.metrics if mention.role in roles]
        if mentions:
            measured = [one for one in mentions if reading.quantities_within(one.end, one.end + _AHEAD)]
            done = {mention.metric for mention in reading.metrics if mention.role == "verbs"}
            place = (measured[-1] if measured else mentions[0]).start
            about = min((one for one in mentions if one.start == place), key=lambda one: one.metric not in done)
            last = mentions[-1].metric
            told = {one.period for one in reading.periods if not one.comparison and one.kind in _PERIODS}
            period = told.pop() if len(told) == 1 and not reading.quantities else None
            return Topic(about.metric, outlook(reading, about), None if last == about.metric else last, period)
    return topic.older() if topic else None


def outlook(reading: Reading, mention: MetricMention) -> Basis:
    """Whether the sentence speaks of the metric as of something to come."""
    left, right = reading.segment(mention.start, mention.end)
    is_ahead = reading.has("guidance", left, right) or reading.has("target", left, right)
    return "guidance" if is_ahead else "actual"
