"""The period that an article as a whole reports on."""

from __future__ import annotations

from extractors.cues import find_cues
from extractors.model import Article, period_span
from extractors.readings import find_reported

_LEAD = 900
"""Characters of a paragraph that are looked at for what the article reports on."""
_FIRST, _LEADS = 4, 10
"""Title and paragraphs that are; the later ones where the first name no period."""


def reporting_period(article: Article) -> str | None:
    """The period that the title or the opening reports on: the latest that is over, a quarter before a year."""
    opening = [article.title or "", *(paragraph.text[:_LEAD] for paragraph in article.paragraphs[:_LEADS])]
    told: list[tuple[bool, str]] = []
    for number, text in enumerate(opening):
        if number == _FIRST and told:
            break
        cues = find_cues(text, article.language)
        for mention in find_reported(text, article.language, article.published):
            before = [cue for cue in cues if cue.end <= mention.start + 1 and mention.start - cue.end <= 24]
            if mention.comparison or any("compare" in cue.kinds for cue in before):
                continue
            is_label = sum(char.isdigit() for char in text[mention.start : mention.end]) >= 3
            is_target = any("guidance" in cue.kinds or "target" in cue.kinds for cue in before)
            is_fiscal = mention.kind in ("quarter", "half") and (
                is_label or has_begun(mention.period, article.published)
            )
            if is_over(mention.period, article.published) or (is_fiscal and not is_target):
                told.append((mention.kind in ("quarter", "half"), mention.period))
        if number > 0 and any(is_quarter for is_quarter, _ in told):
            break
    told = [one for one in told if ".." not in one[1] and _is_recent(one[1], article.published)]
    return max(told)[1] if told else None


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
