"""What a refusal points back to: a metric spoken of before, what was asked right before, a price that nobody names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from extractors.features import Features
from extractors.lexicon import read_language
from extractors.object_features import DEALS, is_bare, of_refusal
from extractors.readings import Reading
from extractors.refusals import Refusal
from extractors.topics import Topic

_TOLD = 16
"""Characters around a refusal that may point back to a metric."""
_ASKED = 60
"""The same where it is a question that stands alone: "by how much, it did not say"."""


class _Object(Protocol):
    @property
    def metric(self) -> str: ...
    @property
    def way(self) -> str: ...


def is_idle_talk(reading: Reading, refusal: Refusal) -> bool:
    """Whether nobody says of what: "declined to comment", "gave no details on its plans"."""
    noun = refusal.target or refusal.figure
    about = reading.cues_of("about", max(refusal.start, refusal.end - _TOLD), refusal.end + 6)
    has_own = any(
        one.start <= refusal.end + 1 and one.end >= refusal.end and not _leads_to_figure(refusal, one.end)
        for one in about
    )
    if (has_own or _ends_about(reading, refusal)) and not _points_back(reading, refusal):
        return True
    return refusal.is_vague and noun is None and not _points_back(reading, refusal)


def _ends_about(reading: Reading, refusal: Refusal) -> bool:
    """Whether a refusal ends in what leads to its own object: "declined to comment on"."""
    words = read_language(reading.language)["refusals"]["about"]
    return reading.folded[refusal.start : refusal.end].rpartition(" ")[2] in words


def _points_back(reading: Reading, refusal: Refusal) -> bool:
    """Whether a word like "that" or "how many" stands where the object would, in or beside a refusal."""
    start, end = max(0, refusal.start - _TOLD), refusal.end + _TOLD
    is_asked = reading.has("howmany", max(0, refusal.start - _ASKED), refusal.end + _ASKED)
    return is_asked or reading.has("it", start, end)


def _leads_to_figure(refusal: Refusal, place: int) -> bool:
    """Whether what stands there is the word for a figure that is refused: "n'a pas donné de chiffre"."""
    return refusal.figure is not None and 0 <= refusal.figure[0] - place <= 2


def of_price(refusal: Refusal, topic: Topic | None, objects: Sequence[_Object]) -> Features:
    """A price, sum or terms that the sentence does not say of what: a deal's, where one is spoken of."""
    return {
        "price": 1,
        f"price:{refusal.rule}": 1,
        "price:deal_said": float(any(one.metric in DEALS for one in objects)),
        "price:deal_before": float(topic is not None and topic.metric in DEALS),
        "price:no_topic": float(topic is None),
        "price:named": float(any(one.way == "named" for one in objects)),
        "price:question": float(any(one.way == "asked" for one in objects)),
    }


def of_answer(refusal: Refusal) -> Features:
    """What the question right before the refusal asks for."""
    told: Features = {"asked": 1, "asked0": 1, "asked:terms": 1, "asked:terms0": 1, "replied": 1}
    return told | {f"replied:{refusal.rule}": 1}


def of_topic(reading: Reading, refusal: Refusal, topic: Topic, objects: Sequence[_Object]) -> Features:
    """What the text was about before."""
    start, end = max(0, refusal.start - _TOLD), refusal.end + 6
    return {
        "topic": 1,
        f"topic:{refusal.rule}": 1,
        f"topic:age{topic.age}": 1,
        "topic:it": float(reading.has("it", start, end)),
        "topic:it_beside": float(reading.has("it", refusal.start, end)),
        "topic:asked": float(reading.has("howmany", start, end + 8)),
        **{f"topic:{name}": float(is_so) for name, is_so in of_refusal(reading, refusal).items()},
        "topic:bare": float(is_bare(reading, refusal)),
        "topic:named": float(any(one.way == "named" for one in objects)),
        "topic:question": float(any(one.way == "asked" for one in objects)),
        "topic:short": float(len(reading.folded) < 80),
    }
