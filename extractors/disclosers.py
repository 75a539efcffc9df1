"""Which company a figure may be of: those that its sentence names and those that the text goes on about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extractors.companies import CompanyMention
from extractors.features import Features, merge
from extractors.metrics import NAMES
from extractors.outline import Outline
from extractors.readings import Reading
from extractors.speakers import Speakers, can_speak

_STEPS = (3, 10, 25, 50, 90, 160)
"""Characters between a name and a figure, in steps."""
_AGO = (0, 1, 2, 4, 8)
"""Sentences since a company was named, in steps."""


@dataclass(frozen=True, slots=True)
class Discloser:
    """A company that a figure may be of, with what speaks for it."""

    name: str
    features: Features


def read_disclosers(
    reading: Reading, place: int, before: Mapping[str, str | None], speakers: Speakers, outline: Outline
) -> list[Discloser]:
    """The companies that a figure at a place of the sentence may be of, the one of the rules first; each once.

    `before` are companies by what makes them likely: `ruled` is what the rules say, `main` whom the article is about.
    """
    roles: list[tuple[str, Features]] = [(name, {f"as:{role}": 1.0}) for role, name in before.items() if name]
    merged = merge((*roles, *_said(reading, place, speakers)))
    names = {one.name for one in reading.companies if one.kind != "anaphor"}
    stand = _stand(reading, len(names))
    for name, features in merged.items():
        is_said = "said" if name in names else "unsaid"
        told = outline.of_company(name)
        features |= {f"{is_said}/{stand}": 1.0, f"{is_said}/ago{bisect_left(_AGO, speakers.ago(name))}": 1.0}
        features |= {f"{is_said}/{feature}": told[feature] for feature in ("named_share", "titled", "registered")}
    return [Discloser(name, features) for name, features in merged.items()]


def _stand(reading: Reading, names: int) -> str:
    """How the sentence speaks of companies: by how many names, and whether it points back to one."""
    back = [one for one in reading.companies if one.kind == "anaphor"]
    return f"{min(names, 2)}{'^' if back and back[0].start < _STEPS[2] else '~' if back else ''}"


def _said(reading: Reading, place: int, speakers: Speakers) -> Iterator[tuple[str, Features]]:
    """The companies that the sentence names, with where each of their names stands."""
    named = [one for one in reading.companies if one.kind != "anaphor"]
    before = [one for one in named if one.start < place]
    behind = [one for one in named if one.start >= place]
    for one in named:
        told = _of_mention(reading, place, one, speakers)
        side = "<" if one.start < place else ">"
        told |= {
            "only": float(len(named) == 1),
            "first": float(one is named[0]),
            f"nearest{side}": float(one in before[-1:] or one in behind[:1]),
        }
        told["subject"] = float(one in before[-1:] and bool(told["acts<"] and told["here<"]))
        yield one.name, {name: value for name, value in told.items() if value}


def _of_mention(reading: Reading, place: int, mention: CompanyMention, speakers: Speakers) -> Features:
    """What a name does in its sentence, and what stands between it and the figure."""
    is_before = mention.start < place
    side = "<" if is_before else ">"
    start, end = (mention.end, max(mention.end, place)) if is_before else (place, mention.start)
    left, right = reading.segment(place, place)
    strong, weak = reading.separators(start, end)
    figures = len(reading.quantities_within(start + (not is_before), end))
    text, names = reading.sentence.text, speakers.names
    return {
        f"told:{side}": 1.0,
        f"step{side}{bisect_left(_STEPS, end - start)}": 1.0,
        f"strong{side}": min(strong, 2),
        f"weak{side}": min(weak, 3),
        f"figures{side}": min(figures, 3),
        f"here{side}": float(left <= mention.start < right),
        f"acts{side}": float(names.acts(text, mention.start, mention.end)),
        f"opens{side}": float(mention.start <= _STEPS[2]),
        f"joined{side}": float(names.is_joined(reading.folded, mention.start)),
        f"measured{side}": float(any(one.role in NAMES for one in reading.metrics_within(start, end))),
        f"aside{side}": float(reading.is_aside(mention.start, place)),
        f"compared{side}": float(reading.has("compare", start, end)),
        f"as:{mention.kind}": 1.0,
        "outsider": float(not can_speak(reading, mention)),
        "ends_aside": float(is_before and names.ends_aside(text, mention.end)),
    }
