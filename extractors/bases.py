"""Who may stand behind a figure: the company's report, its own target, or an outsider; what speaks for each."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.beside import is_whole
from extractors.candidates import Option
from extractors.features import Features
from extractors.model import Basis
from extractors.period_tense import has_begun, is_over
from extractors.periods import PeriodMention
from extractors.readings import Reading
from extractors.times import is_compared

_KINDS = ("guidance", "target", "estimate", "earlier", "accord")
_NEAR = 30
"""Characters between a figure and a cue that is near it."""
_SOURCE = 16
"""Characters between "according to" and a company."""
_BEHIND = 2
"""How many times farther a cue behind a figure is from it than one before."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """A basis that a figure may have, with what speaks for it against `actual`."""

    basis: Basis
    features: Features


def read_outlooks(
    reading: Reading, option: Option, published: str, before: Basis | None, above: Basis | None
) -> tuple[Outlook, Outlook]:
    """What speaks for a target, and for an estimate.

    `before`, `above`: the bases of the figures before it, in its sentence and in the sentences before.
    """
    told = {
        "bias": 1.0,
        f"before:{before}": 1.0,
        f"above:{above}": float(before is None),
        **_of_cues(reading, option),
        **_of_periods(reading, option, published),
        **_of_figure(reading, option),
        **_of_source(reading),
    }
    return _outlook("guidance", told), _outlook("estimate", told)


def _outlook(basis: Basis, told: Features) -> Outlook:
    return Outlook(basis, {f"{basis}:{name}": value for name, value in told.items() if value})


def _of_cues(reading: Reading, option: Option) -> Features:
    """Where the words stand that speak of a target, of an estimate or of what was thought before."""
    start, end = option.quantity.start, option.quantity.end
    left, right = reading.segment(start, end)
    told: Features = {}
    near: list[tuple[int, str]] = []
    for kind in _KINDS:
        cues = list(reading.cues_of(kind))
        before = [cue for cue in cues if cue.start < start]
        behind = [cue for cue in cues if cue.start >= start]
        if before:
            told |= _of_cue(reading, f"{kind}<", before[-1].end, start, is_here=before[-1].start >= left)
            near.append((start - before[-1].end, f"nearest:{kind}<"))
        if behind:
            told |= _of_cue(reading, f"{kind}>", end, behind[0].start, is_here=behind[0].end <= right)
            near.append((_BEHIND * (behind[0].start - end), f"nearest:{kind}>"))
        told[f"no_{kind}"] = float(not cues)
    if near:
        told[min(near)[1]] = 1.0
    return told


def _of_cue(reading: Reading, name: str, start: int, end: int, *, is_here: bool) -> Features:
    """What lies between a cue and the figure."""
    end = max(start, end)
    return {
        name: 1.0,
        f"{name}here": float(is_here),
        f"{name}near": float(end - start <= _NEAR),
        f"{name}next": float(not reading.quantities_within(start, end)),
        f"{name}apart": float(reading.separators(start, end)[0] > 0),
        f"{name}dated": float(any(start <= one.start < end for one in reading.periods)),
        f"{name}aside": float(reading.is_aside(start, end)),
    }


def _of_source(reading: Reading) -> Features:
    """Whether a figure's source is named, and as a company: "according to the group", "according to a survey"."""
    ends = [cue.end for cue in reading.cues_of("accord")]
    named = [one for one in reading.companies if any(0 <= one.start - end <= _SOURCE for end in ends)]
    return {
        "source": float(bool(ends)),
        "source_named": float(any(one.kind != "anaphor" for one in named)),
        "source_itself": float(any(one.kind == "anaphor" for one in named)),
    }


def _of_periods(reading: Reading, option: Option, published: str) -> Features:
    """Whether the sentence speaks of times to come."""
    start, end = option.quantity.start, option.quantity.end
    left, right = reading.segment(start, end)
    tenses = [(_tense(one, published), one) for one in reading.periods]
    here = [(tense, one) for tense, one in tenses if left <= one.start < right]
    nearest = min(here, key=lambda one: min(abs(one[1].start - end), abs(start - one[1].end)), default=("none", None))
    return {
        f"nearest:{nearest[0]}": 1.0,
        **{f"said:{tense}": 1.0 for tense, _ in tenses},
        **{f"here:{tense}": 1.0 for tense, _ in here},
    }


def _tense(mention: PeriodMention, published: str) -> str:
    is_this_year = mention.period == published[:4]  # in December too
    if is_over(mention.period, published) and not is_this_year:
        return "over"
    return "running" if has_begun(mention.period, published) else "ahead"


def _of_figure(reading: Reading, option: Option) -> Features:
    value, measured = option.quantity.value, option.measured
    compared = is_compared(reading, option.quantity)
    return {
        option.metric.id: 1.0,
        f"role:{option.mention.role}": 1.0,
        "carried": float(option.carried is not None),
        "range": float(None not in (value.low, value.high) and value.low != value.high),
        "bound": float(None in (value.low, value.high)),
        "approx": float(value.approx),
        "aside": float(reading.is_aside(option.quantity.start, 0)),
        "whole": float(is_whole(reading, option.quantity)),
        "change": float(measured is not None and measured.measure == "change"),
        "title": float(reading.sentence.where == "title"),
        "anaphor": float(any(one.kind == "anaphor" for one in reading.companies)),
        "compared": float(compared),
        **{f"compared&{kind}": float(compared and reading.has(kind)) for kind in ("estimate", "guidance", "earlier")},
    }
