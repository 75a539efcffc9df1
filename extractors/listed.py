"""What is refused together: metrics of a list, those that a question asks for, a price and what is named with it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.objects import Object
from extractors.readings import Reading
from extractors.refusals import Refusal

_LISTED = 30
"""Characters between two metrics of a list."""
_JOINED = 3
"""Characters between a refusal and an "as little as" that joins a further metric to it."""


def refused_together(reading: Reading, refusal: Refusal, best: Object, objects: Sequence[Object]) -> Sequence[Object]:
    """An object and those that are refused with it, in order, one of each place."""
    if "replied" in best.features:
        return [one for one in objects if "replied" in one.features]
    named = [one for one in objects if one.way == "named"]
    if best.way == "named":
        chain = _chain(reading, refusal, best, named)
        before = _before_joint(reading, refusal, chain[0], named)
        return [*before, *chain, *_joined(reading, refusal, chain, named)]
    if best.way == "asked":
        is_named = best.mention is not None
        chain = (
            _chain(reading, refusal, best, named)
            if is_named
            else [best, *_with_question(reading, refusal, best, named)]
        )
        return [*_before_joint(reading, refusal, best, named), *chain, *_joined(reading, refusal, chain, named)]
    if refusal.figure is not None and best.way != "unknown":
        return [best, *_with_figure(reading, refusal.figure, named)]
    return (best,)


def _chain(reading: Reading, refusal: Refusal, best: Object, named: Sequence[Object]) -> list[Object]:
    """A name with those that are listed before and behind it."""

    def follows(first: Object, then: Object) -> bool:
        is_parted = first.end <= refusal.start and refusal.end <= then.start
        is_list = _is_list_of_figures if refusal.rule == "withdraw" else _is_list
        return then.start > first.end and not is_parted and is_list(reading, first.end, then.start)

    chain = [best]
    for one in named:
        if follows(chain[-1], one):
            chain.append(one)
    for one in reversed(named):
        if follows(one, chain[0]):
            chain.insert(0, one)
    return chain


def _joined(reading: Reading, refusal: Refusal, chain: Sequence[Object], named: Sequence[Object]) -> list[Object]:
    """What is joined behind the refusal of what stands before it: "sales it tells as little as profit"."""
    joint = next(reading.cues_of("listed", refusal.start, refusal.end + 2 * _LISTED), None)
    if joint is None or joint.start - refusal.end > _JOINED or chain[-1].end > refusal.start:
        return []
    behind = next((one for one in named if one.start >= max(joint.end, refusal.end)), None)
    if behind is None or behind.start - joint.end > _LISTED or reading.quantities_within(joint.end, behind.start):
        return []
    return _chain(reading, refusal, behind, [one for one in named if one.start >= behind.start])


def _before_joint(reading: Reading, refusal: Refusal, best: Object, named: Sequence[Object]) -> Sequence[Object]:
    """What stands before a refusal to which more is joined behind it: "profit it tells as little as how many"."""
    joint = next(reading.cues_of("listed", refusal.start, refusal.end + 2 * _LISTED), None)
    before = [one for one in named if one.end <= refusal.start]
    if joint is None or joint.start - refusal.end > _JOINED or best.start < joint.end or not before:
        return []
    return _chain(reading, refusal, before[-1], before)


def _with_question(reading: Reading, refusal: Refusal, best: Object, named: Sequence[Object]) -> Sequence[Object]:
    """What is listed behind what a question asks for: "how many lines it lost, nor the revenue per user"."""
    behind = [one for one in named if one.start > best.end]
    if not behind or reading.quantities_within(best.end, behind[0].start):
        return []
    gap = best.end, behind[0].start
    joints = [cue for kind in ("and", "listed") for cue in reading.cues_of(kind, *gap)]
    is_listed = any(gap[1] - cue.end <= _LISTED // 2 for cue in joints)
    is_sentence = any(reading.has(kind, *gap) for kind in ("rise", "tell"))
    return _chain(reading, refusal, behind[0], behind) if is_listed and not is_sentence else []


def _with_figure(reading: Reading, figure: tuple[int, int], named: Sequence[Object]) -> list[Object]:
    """What is listed with a word for a figure: "neither the amount nor the valuation"."""
    behind = next((one for one in named if one.start > figure[1]), None)
    return [behind] if behind is not None and _is_list(reading, figure[1], behind.start) else []


def _is_list(reading: Reading, start: int, end: int) -> bool:
    """Whether two metrics are listed: little but a comma, an "and" or a "nor" and a word or two between them."""
    joints = [one for kind in ("and", "not", "listed") for one in reading.cues_of(kind, start, end)]
    joined = bool(joints) or reading.separators(start, end)[1] > 0
    is_sentence = reading.has("rise", start, end) or reading.has("fall", start, end) or reading.has("tell", start, end)
    width = end - start - max((one.end - one.start for one in joints), default=0)
    return joined and not is_sentence and width <= _LISTED and not reading.quantities_within(start, end)


def _is_list_of_figures(reading: Reading, start: int, end: int) -> bool:
    """Whether targets that are taken back are listed with their figures: "sales of 5 bn and an EBIT of 1 bn"."""
    told = reading.quantities_within(start, end)
    if not told:
        return _is_list(reading, start, end)
    joined = reading.has("and", start, end) or bool(reading.cuts_within(told[-1].end, end))
    return joined and end - told[-1].end <= _LISTED and told[0].start - start <= _LISTED
