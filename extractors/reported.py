"""The periods that an article as a whole may report on, and what speaks for each, alike in every language."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.cues import Cue, find_cues
from extractors.datelines import without_dateline
from extractors.features import Features, merge
from extractors.model import Article, period_span
from extractors.period_tense import is_over
from extractors.periods import PeriodMention
from extractors.reported_periods import find_reported

_LEAD, _LONGEST = 900, 4000
"""Characters of a paragraph that open it, and that are looked at."""
_MOST = 30
"""Paragraphs that are looked at."""
_LATER, _REST = 4, 5
"""The places of later paragraphs, after those of the title (0) and the first ones, and behind the opening of any."""
_DAYS = (-200, -40, 0, 46, 100, 215, 335, 480)
"""Days from the end of a period to the publication, in steps."""
_RECENT = range(-400, 900)
"""The same of any period that may be reported on."""
_OPENS = frozenset("(（[")
_START = 30
"""Characters before a period that opens its text."""
_NEAR = 24
"""Characters between a mention and a word that makes it a comparison or a target."""
_FAR = 48
"""The same where a figure stands between them ("than the 6 million of the first quarter of 2018")."""
_STOP = re.compile(r"[.!?](?= )|[。！？;；\n]")
_BACK = frozenset(("this_quarter", "running_quarter", "context", "context_month"))
"""How a period is told that points back to another: "the quarter", "the reporting period"."""
_PARTS = frozenset(("quarter", "half"))


@dataclass(frozen=True, slots=True)
class Reported:
    """A period that an article may report on, with what speaks for it."""

    period: str
    features: Features


def read_reported(article: Article) -> list[Reported]:
    """Each recent period that the article tells, in the order in which it does, unless only to compare with it."""
    told = list(_told(article))
    by_period: dict[str, list[PeriodMention]] = defaultdict(list)
    for mention, _ in told:
        by_period[mention.period].append(mention)
    merged = merge((mention.period, features) for mention, features in told)
    together = _together(by_period, article.published)
    return [Reported(period, {**features, **together[period]}) for period, features in merged.items()]


def _told(article: Article) -> Iterator[tuple[PeriodMention, Features]]:
    """Every mention of a period that may be reported on, with what speaks for it."""
    paragraphs = [one.text for one in article.paragraphs[:_MOST]]
    openings = (article.title or "", *(one[:_LEAD] for one in paragraphs))
    texts = [(min(number, _LATER), text) for number, text in enumerate(openings)]
    for place, text in (*texts, *((_REST, one[_LEAD:_LONGEST]) for one in paragraphs)):
        told = find_reported(text, article.language, article.published)
        told = without_dateline(told, text, article.language)
        may_be = [one for one in told if _may_be(one, article.published)]
        cues = find_cues(text, article.language) if may_be else []
        for one in may_be:
            tense = "over" if is_over(one.period, article.published) else "ahead"
            yield one, _of_mention(one, place, tense, text, told, cues)


def _may_be(mention: PeriodMention, published: str) -> bool:
    if mention.comparison or mention.kind == "open" or mention.way == "now":
        return False
    return _age(mention.period, published) in _RECENT


def _age(period: str, published: str) -> int | None:
    """Days from the end of a period to the publication; None where it is no period that ends."""
    try:
        last, day = period_span(period).last, period_span(published).last
    except ValueError:
        return None
    return (day - last).days if last and day else None


def _of_mention(
    mention: PeriodMention, place: int, tense: str, text: str, mentions: Sequence[PeriodMention], cues: Sequence[Cue]
) -> Features:
    """Where it is told, and whether with a figure, as what is compared with or expected, or by pointing back."""
    stand = "figure" if _has_figure(text, mention, mentions) else "bare"
    stand = "back" if mention.way in _BACK else stand
    stand = "other" if _is_about_other(mention, text, cues) else stand
    told = {
        stand: 1.0,
        f"in{place}": 1.0,
        f"in{place}/{stand}": 1.0,
        f"{mention.kind}/{stand}": 1.0,
        f"{tense}/{mention.kind}/{stand}": 1.0,
        f"{mention.kind}/in{place}": 1.0,
        f"{mention.kind}/dated{mention.is_dated:d}": 1.0,
        f"way:{mention.way}": 1.0,
        "aside": float(text[max(0, mention.start - 1) : mention.start] in _OPENS),
        "opens": float(mention.start < _START),
    }
    return {name: value for name, value in told.items() if value}


def _together(by_period: Mapping[str, Sequence[PeriodMention]], published: str) -> dict[str, Features]:
    """What the periods of an article say of one another."""
    times = Counter({period: len(told) for period, told in by_period.items()})
    dated = {period for period, told in by_period.items() if any(one.is_dated for one in told)}
    parts = [one for one, told in by_period.items() if told[0].kind in _PARTS and is_over(one, published)]
    together = {}
    for rank, (period, told) in enumerate(by_period.items()):
        kind, age = told[0].kind, bisect_left(_DAYS, _age(period, published) or 0)
        year, part = period[:4], period[4:]
        features = {
            f"kind:{kind}": 1.0,
            f"age{age}": 1.0,
            f"age{age}/{kind}": 1.0,
            f"rank{min(rank, 3)}": 1.0,
            f"{kind}/{'parts' if set(parts) - {period} else 'no_parts'}": 1.0,
            "share": times[period] / times.total(),
            "most": float(times[period] == max(times.values())),
            "only": float(len(by_period) == 1),
            f"only/{kind}": float(len(by_period) == 1),
            "undated": float(period not in dated),
        }
        if kind in _PARTS:
            following, before = f"{int(year) + 1}{part}", f"{int(year) - 1}{part}"
            features |= {
                # "Q2", and elsewhere "Q2 FY26"
                "has_label": float(following in dated and period not in dated),
                "is_label": float(before in by_period and before not in dated),
                "latest": float(period == max((one for one in parts if one[5:6] == period[5:6]), default="")),
                "has_before": float(before in by_period),
                "has_year": float(year in by_period),
            }
        if kind == "year":
            features |= {
                "has_part": float(any(one[:4] == year for one in parts)),
                "has_newer_part": float(any(one[:4] > year for one in parts)),
                "has_end": float(f"{year}-Q4" in by_period),
                "has_next": float(str(int(year) + 1) in by_period),
            }
        together[period] = {name: value for name, value in features.items() if value}
    return together


def _is_about_other(mention: PeriodMention, text: str, cues: Sequence[Cue]) -> bool:
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


def _has_figure(text: str, mention: PeriodMention, mentions: Sequence[PeriodMention]) -> bool:
    """Whether digits that belong to no period stand in the same sentence."""
    start = max((match.end() for match in _STOP.finditer(text, 0, mention.start)), default=0)
    stop = _STOP.search(text, mention.end)
    end = stop.start() if stop else len(text)
    digits = (place for place in range(start, end) if text[place].isdigit())
    return any(not any(one.start <= place < one.end for one in mentions) for place in digits)
