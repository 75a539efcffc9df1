"""The periods of a text that reports, with the labels that a company gives its fiscal quarters."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.model import period_span
from extractors.periods import PeriodMention, find_periods

_STALE = 200
"""Days after which a quarter or half is no longer reported on."""
_APPOSITION = re.compile(r"\s*[,(，、（]\s*(?:[^\W\d]+\s){0,3}")
"""Between a period told by its months and its label."""
_LABELS = frozenset(("quarter", "quarter_of"))


def find_reported(text: str, language: str, published: str, current: str | None = None) -> list[PeriodMention]:
    """The periods of a text that reports: a fiscal quarter has the label that its company gives it."""
    told = find_periods(text, language, published, current)
    if current is None or current[5:6] not in ("Q", "H"):
        told = [_as_reported(one, published) for one in told]
    for index in range(1, len(told)):
        told[index - 1] = _as_labelled(told[index - 1], told[index], text)
    return told


def _as_reported(mention: PeriodMention, published: str) -> PeriodMention:
    """A quarter or half told without its year that ended long before: a fiscal one, of the coming year's label."""
    last, day = period_span(mention.period).last, period_span(published).last
    if mention.kind not in ("quarter", "half") or mention.is_dated or last is None or day is None:
        return mention
    late = (day - last).days - (365 if mention.comparison else 0)
    if not _STALE < late < 366:
        return mention
    return replace(mention, period=f"{int(mention.period[:4]) + 1}{mention.period[4:]}")


def _as_labelled(mention: PeriodMention, following: PeriodMention, text: str) -> PeriodMention:
    """A quarter told by its months, beside the label that its company gives it: "the June quarter (Q1 FY24)"."""
    is_told_twice = mention.kind == following.kind == "quarter" and following.way in _LABELS
    if is_told_twice and mention.way not in _LABELS and _APPOSITION.fullmatch(text[mention.end : following.start]):
        return replace(mention, period=following.period)
    return mention
