"""Which period a refusal covers: the one told beside it, open-ended where it is for good, else the context's."""

from __future__ import annotations

from extractors.labels import month_number
from extractors.metrics import metrics
from extractors.model import Basis
from extractors.object_features import DEALS
from extractors.period_tense import is_over
from extractors.periods import PeriodMention
from extractors.readings import Reading
from extractors.withheld import Withheld

_LATE = "10"
"""The month from which "this year" is more often told of as over."""
_CLOSED = "04"
"""The month up to which what nobody dates is mostly that of the year just over, of which no report is out."""
_NEWS = frozenset(("affected_customers",))
"""Metrics that are news of their own: what is not told of them is of the month of publication."""
_DATES = ("month", "day")
_LONG_GONE = 6
"""Months."""
_OPENING = 20
"""Characters between the begin of a clause and a period that opens it."""


def period_of_withheld(reading: Reading, withheld: Withheld, carried: str | None, published: str) -> str | None:
    """The period that is withheld; `carried` is what the text was about so far.

    A deal's is the month of publication where no past month or year is told, a target's the year of publication.
    """
    mention = _told(reading, withheld, published)
    if withheld.asked_for is not None and (mention is None or withheld.is_reply):
        return withheld.asked_for
    own = mention.period if mention else None
    is_past = withheld.is_dated and own is not None and is_over(own, published)
    if withheld.refusal.is_stop and not is_past:
        if mention is not None:
            return f"{_first(mention, published)}/.."
        first = published[:7] if reading.has("guidance") or carried is None else carried
        return first if "/" in first else f"{first}/.."
    if own is not None:
        return own
    if withheld.metric in DEALS:
        return published[:7]
    if withheld.basis == "guidance":
        return published[:4]
    return _carried(withheld, carried, published)


def _first(mention: PeriodMention, published: str) -> str:
    """The first period not told: of a month without its year the next, where the last is long gone ("from January")."""
    first = mention.period.partition("/")[0]
    if mention.is_dated or len(first) != len("2018-11") or not first[5:].isdigit():
        return first
    is_long_gone = month_number(published) - month_number(first) > _LONG_GONE
    return f"{int(first[:4]) + 1}{first[4:]}" if is_long_gone else first


def _carried(withheld: Withheld, carried: str | None, published: str) -> str | None:
    """The period of what is reported, not told in the sentence: of an event, or where none is carried, a likely one."""
    if withheld.metric in _NEWS:
        return published[:7]
    if carried is not None:
        return carried
    if metrics()[withheld.metric].is_stock:
        return published[:7]
    return str(int(published[:4]) - 1) if published[5:7] <= _CLOSED else None


def basis_of_withheld(withheld: Withheld, period: str | None, published: str) -> Basis:
    """Whether what is withheld for a period is a forecast; no target of a period gone by is merely pointed back to."""
    if withheld.refusal.target is None and withheld.place == withheld.refusal.start:
        is_past = period is not None and "/" not in period and is_over(period, published)
        return "actual" if is_past else withheld.basis
    return "guidance" if _is_to_come(withheld, period, published) else withheld.basis


def _is_to_come(withheld: Withheld, period: str | None, published: str) -> bool:
    """Whether what is withheld is a forecast because its year is to come, or has only begun.

    A quarter tells nothing: a company's own label may run ahead of the calendar.
    """
    if withheld.refusal.is_stop or withheld.metric in DEALS or metrics()[withheld.metric].is_stock:
        return False
    if period is None or len(period) != len("2018"):
        return False
    return period > published[:4] or (period == published[:4] and published[5:7] < _LATE)


def _told(reading: Reading, withheld: Withheld, published: str) -> PeriodMention | None:
    """The nearest period that may be meant."""
    periods = reading.coming if withheld.basis == "guidance" else reading.periods
    told = [
        mention
        for mention in periods
        if not mention.comparison
        and _may_be_meant(mention, withheld, published)
        and not _is_of_telling(mention, withheld)
        and not _is_of_told_before(reading, mention, withheld)
        and not _is_of_figure(reading, mention, withheld)
        and _is_of_clause(reading, withheld, mention)
    ]
    if not withheld.refusal.is_stop:
        told = [
            mention for mention in told if not mention.period.endswith("/..") or _is_joined(reading, withheld, mention)
        ]
    if not told:
        return None
    return min(told, key=lambda mention: _cost(reading, withheld, mention))


def _may_be_meant(mention: PeriodMention, withheld: Withheld, published: str) -> bool:
    """Whether a period is of the kind that the metric has: no day of a statement, no month of a target."""
    if withheld.metric in DEALS:
        return mention.kind in ("month", "year") and is_over(mention.period, published)
    if withheld.basis == "guidance":
        return mention.kind not in _DATES
    return mention.kind != "day" or metrics()[withheld.metric].is_stock


def _is_of_telling(mention: PeriodMention, withheld: Withheld) -> bool:
    """Whether a month is rather when it will be told: "will be known in March"."""
    refusal = withheld.refusal
    is_beside = mention.start - refusal.end in (0, 1) or refusal.start - mention.end in (0, 1)
    is_loose = mention.kind in _DATES and not mention.is_dated
    return refusal.rule == "withheld" and is_loose and (is_beside or refusal.start <= mention.start < refusal.end)


def _is_of_told_before(reading: Reading, mention: PeriodMention, withheld: Withheld) -> bool:
    """Whether a period is that of what was told until now: "published since 2011, it will no longer be"."""
    refusal = withheld.refusal
    is_within = refusal.rule == "stop" and refusal.start <= mention.start < refusal.end
    return is_within and not any(reading.has(kind, refusal.start, mention.start) for kind in ("not", "stop"))


def _is_of_figure(reading: Reading, mention: PeriodMention, withheld: Withheld) -> bool:
    """Whether a period is that of a figure told in another clause: "in 2021 it spoke of 690 million, now ..."."""
    left, right = reading.segment(mention.start, mention.end)
    is_apart = not left <= withheld.refusal.start < right and not left <= withheld.place < right
    return is_apart and not withheld.refusal.is_stop and bool(reading.quantities_within(left, right))


def _is_of_clause(reading: Reading, withheld: Withheld, mention: PeriodMention) -> bool:
    """Whether a period is told in the refusal's own clause, or opens one: no "founded in 1921" of another.

    What ends for good has its period wherever the sentence tells one, a deal wherever one is told before.
    """
    low = min(withheld.refusal.start, withheld.place)
    if withheld.refusal.is_stop or (withheld.metric in DEALS and mention.end <= low):
        return True
    high = max(withheld.refusal.end, withheld.place)
    first, last = (mention.end, low) if mention.end <= low else (high, max(high, mention.start))
    cuts = reading.cuts_within(first, last)
    if reading.separators(first, last) == (0, 0):
        return True
    opened = max((place + 1 for place in reading.cuts_within(0, mention.start)), default=0)
    return reading.separators(first, last)[0] == 0 and len(cuts) == 1 and mention.start - opened <= _OPENING


def _is_joined(reading: Reading, withheld: Withheld, mention: PeriodMention) -> bool:
    """Whether no comma parts a period from the refusal: "since 2015" in an aside is about something else."""
    first, last = sorted((withheld.refusal.start, mention.start))
    return reading.separators(first, last) == (0, 0)


def _cost(reading: Reading, withheld: Withheld, mention: PeriodMention) -> float:
    """How far a period stands from the refusal or its metric; a separator is a long way."""
    refusal = withheld.refusal
    low, high = min(refusal.start, withheld.place), max(refusal.end, withheld.place)
    first, last = (mention.end, low) if mention.end <= low else (high, max(high, mention.start))
    strong, weak = reading.separators(first, last)
    return last - first + 40 * strong + 10 * weak
