"""Who buys: a deal's price, and that it is kept, is told of the buyer, not of what is bought or of who sells it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.companies import CompanyMention
from extractors.readings import Reading

_BESIDE = 30
"""Characters between "sold to" and the buyer."""


def buyer_in(reading: Reading) -> str | None:
    """The company that a sentence says buys something; None where it names none."""
    names = [one for one in reading.companies if one.kind == "name"]
    for agent in reading.cues_of("agent"):
        behind = [one for one in names if agent.end <= one.start <= agent.end + _BESIDE]
        if behind and reading.separators(agent.end, behind[0].start)[0] == 0:
            return behind[0].name
    for act in reading.cues_of("buys"):
        before = _before(reading, names, act.start)
        if before is not None:
            return before.name
    return None


def _before(reading: Reading, names: Sequence[CompanyMention], place: int) -> CompanyMention | None:
    """The subject of an act: the nearest name before it that no bracket or dash parts from it."""
    before = [one for one in names if one.end <= place and reading.separators(one.end, place)[0] == 0]
    return before[-1] if before else None
