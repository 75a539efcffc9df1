"""The period that an article as a whole reports on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractors.cues import Cue, find_cues
from extractors.model import Article, period_span
from extractors.periods import PeriodMention
from extractors.reported_periods import find_reported

_LEAD = 900
"""Characters of a paragraph that are looked at."""
_REST = 4000
"""Characters that are looked at where the openings name no period."""
_FIRST, _LEADS = 4, 30
"""Title and paragraphs that are; the later ones where the first name no period."""
_PLACES = (5.5, 3.0, 2.0, 1.5, 1.5)
"""How much a mention in the title, the first, the second paragraph counts; in any later one 1."""
_KINDS = {"quarter": 1.0, "half": 1.0, "span": 0.7, "year": 0.5, "day": 0.2, "month": -1.5}
_FIGURE = 1.5
"""For a mention beside a figure."""
_STALE = -2.0
_VAGUE = -3.5
"""For "last quarter", which a company may label otherwise."""
_LABEL = 1.5
"""For a quarter or half told with its year, beside a figure."""
_AHEAD = -0.5
"""For a fiscal label that the calendar has not reached."""
_LEAST = 2.0
_NEAR = 24
"""Characters between a mention and a word that makes it a comparison or a target."""
_FAR = 48
"""The same where a figure stands between them ("than the 6 million of the first quarter of 2018")."""
_NO_REPORT = frozenset(("date", "now", "this_quarter", "running_quarter", "context", "context_month", "year_end_ahead"))
_OPENS = frozenset("(（[")
_STOP = re.compile(r"[.!?](?= )|[。！？;；\n]")


def reporting_period(article: Article) -> str | None:
    """The period that the title or the opening reports on, or None: one that is over, best told early and with figures.

    A quarter or half that its company labels ("Q2 FY26") may have a label that the calendar has not reached.
    """
    opening = [article.title or "", *(paragraph.text[:_LEAD] for paragraph in article.paragraphs[:_LEADS])]
    rest = [paragraph.text[_LEAD:_REST] for paragraph in article.paragraphs[:_LEADS]]
    told: list[tuple[float, PeriodMention]] = []
    first: list[PeriodMention] = []
    labels: list[PeriodMention] = []
    for number, text in enumerate(opening + rest):
        if number > _FIRST and told:
            break
        place = _PLACES[number] if number < len(_PLACES) else 1.0
        mentions = find_reported(text, article.language, article.published)
        first += mentions if number < min(_FIRST, len(opening)) else ()
        labels += [one for one in mentions if one.is_dated and one.kind in ("quarter", "half")]
        weighed = ((place + weight, mention) for mention, weight in _reported(text, mentions, article))
        told += [one for one in weighed if one[0] >= _LEAST]
    if not told:
        return _last_quarter(first, article.published)
    over = [one for one in told if is_over(one[1].period, article.published)]
    if any(mention.kind in ("quarter", "half") for _, mention in over):  # a half that still runs is the wrong word
        told = [one for one in told if one[1].kind != "half" or one in over]
    best = max(told, key=lambda one: one[0])[1]
    if best.kind == "year":
        newer = [one.period for one in labels if one.kind == "quarter" and one.period[:4] > best.period]
        return newer[0] if newer else best.period
    if best.is_dated:
        return best.period
    ahead = f"{int(best.period[:4]) + 1}{best.period[4:]}"  # "Q2", and elsewhere "Q2 FY26"
    return ahead if any(one.period == ahead for one in labels) else best.period


def _last_quarter(opening: Iterable[PeriodMention], published: str) -> str | None:
    """The quarter before publication where an opening speaks of "the past quarter" or its figures and names none."""
    over = (one.period for one in opening if one.way == "this_quarter" and is_over(one.period, published))
    return next(over, None)


def _reported(text: str, mentions: list[PeriodMention], article: Article) -> Iterator[tuple[PeriodMention, float]]:
    """The periods of a text that may be what it reports on, and how much speaks for each."""
    likely = [one for one in mentions if _is_likely(one, text, article.published)]
    cues = find_cues(text, article.language) if likely else []
    for mention in likely:
        if _is_about_other(mention, text, cues):
            continue
        weight = _KINDS[mention.kind] + _VAGUE * (mention.way == "quarters")
        if _has_figure(text, mention, mentions):
            weight += _FIGURE + _LABEL * (mention.is_dated and mention.kind in ("quarter", "half"))
        weight += _AHEAD * (not is_over(mention.period, article.published))
        weight += _STALE * (not _is_fresh(mention.period, article.published))
        yield mention, weight


def _is_likely(mention: PeriodMention, text: str, published: str) -> bool:
    """Whether a period may be reported on: of a kind that is, over or a fiscal quarter, and of these years."""
    if mention.comparison or mention.kind not in _KINDS or mention.way in _NO_REPORT:
        return False
    if mention.kind == "year" and text[mention.start - 1 : mention.start] in _OPENS:
        return False
    is_fiscal = mention.kind == "half" and not mention.is_dated and has_begun(mention.period, published)
    is_told = mention.kind == "quarter" or is_fiscal or is_over(mention.period, published)
    return is_told and _is_recent(mention.period, published)


def _is_about_other(mention: PeriodMention, text: str, cues: list[Cue]) -> bool:
    """Whether the words beside it make it a period that is compared with ("from 8 bn in 2008"), or still expected."""
    for cue in cues:
        if cue.end <= mention.start + 1 and mention.start - cue.end <= _FAR:
            has_figure = any(char.isdigit() for char in text[cue.end : mention.start])
            is_far = mention.start - cue.end > _NEAR
            if is_far and not (has_figure and "compare" in cue.kinds and ", " not in text[cue.end : mention.start]):
                continue
            if mention.kind == "year" and "from" in cue.kinds and has_figure:
                return True
            if "after" in cue.kinds and not has_figure:
                continue
            if cue.kinds & {"compare", "guidance", "target"}:
                return True
        elif 0 <= cue.start - mention.end <= _NEAR // 3 and "target" in cue.kinds:
            return True
    return False


def _has_figure(text: str, mention: PeriodMention, mentions: list[PeriodMention]) -> bool:
    """Whether digits that belong to no period stand in the same sentence."""
    start = max((match.end() for match in _STOP.finditer(text, 0, mention.start)), default=0)
    stop = _STOP.search(text, mention.end)
    end = stop.start() if stop else len(text)
    digits = (place for place in range(start, end) if text[place].isdigit())
    return any(not any(one.start <= place < one.end for one in mentions) for place in digits)


def is_over(period: str, published: str) -> bool:
    """Whether the period has ended by the month of publication; an open one never has."""
    try:
        last = period_span(period).last
    except ValueError:
        return False
    return last is not None and last.isoformat()[:7] <= published[:7]


def has_begun(period: str, published: str) -> bool:
    """Whether the period has begun by the month of publication."""
    try:
        first = period_span(period).first
    except ValueError:
        return False
    return first is not None and first.isoformat()[:7] <= published[:7]


def _is_recent(period: str, published: str) -> bool:
    return abs(int(period[:4]) - int(published[:4])) <= 1


def _is_fresh(period: str, published: str) -> bool:
    """Whether a period ended within the seven months before publication, a year within eleven, or after."""
    last, day = period_span(period).last, period_span(published).last
    return last is None or day is None or (day - last).days <= (335 if len(period) == 4 else 215)
