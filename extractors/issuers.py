"""The company that issues a press release, where its text says so: named behind the dateline, and told again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractors.lexicon import read_company_forms
from extractors.model import Paragraph
from extractors.registry import bare_name
from extractors.releases import find_dateline

_SENTENCE = 500
"""Characters behind a dateline in which a company announces something."""
_LINK = re.compile(r"\s(?:[a-zß-ÿ]{1,5}\s){0,3}")
"""What may stand between a name and what its company does: "today", "is very"."""
_LEAST_NAME, _LONGEST_NAME = 2, 80
_WORD = r"(?:[A-ZÀ-Þ0-9][\w.&'’®™+!-]*|&)"
_JOINED = r"(?:of|and|the|for|de|du|des|di|van|von|und|et|y)"
_NAME = re.compile(
    rf"{_WORD}(?:[ \u00a0](?:{_JOINED}[ \u00a0]){{0,2}}{_WORD})*(?:,? (?:Inc|Ltd|LLC|LP|PLLC|Corp|Co)\b\.?)?"
)
_ASIDE = re.compile(r"[,;]?\s*\(([^()]{1,160})\)")
_TICKER = re.compile(
    r"(?:^|[^\w.])[A-Z][A-Za-z .-]{1,25}:\s?[A-Z0-9][A-Z0-9.-]{0,7}(?!\w)|(?<!\w)[A-Z0-9]{1,6}\.[A-Z]{1,2}(?!\w)"
)
_LEAD_IN = re.compile(r"(?:Today|Heute|Vandaag),?\s+|(?:The|Die|De|Le|La|El)\s+(?=[A-ZÀ-Þ])")
_STOP = re.compile(r"[.!?]\s+[A-ZÀ-Þ]")


def release_issuer(title: str | None, paragraphs: Sequence[Paragraph], language: str) -> str | None:
    """The company that a release is of, as it is written there; None where nothing says so surely.

    It is the name that follows the dateline, where a ticker follows it, or where it announces something and stands in
    the title or over the lines about the company.

    >>> text = "OSLO, May 2, 2024 -- Fjordlys ASA (OSE: FJL), a maker of lamps, today announced its results."
    >>> release_issuer(None, [Paragraph(text)], "en")
    'Fjordlys ASA'
    """
    dateline = find_dateline(paragraphs, language)
    if dateline is None or dateline.paragraph < 0:
        return None
    opening = " ".join(part.text for part in paragraphs[dateline.paragraph : dateline.paragraph + 3])[dateline.end :]
    opening = _LEAD_IN.sub("", opening.lstrip(), count=1)[:_SENTENCE]
    match = _NAME.match(opening)
    if match is None or not _LEAST_NAME <= len(match[0]) <= _LONGEST_NAME:
        return None
    name, end, is_listed = match[0].strip(" ,"), match.end(), False
    while aside := _ASIDE.match(opening, end):
        is_listed, end = is_listed or bool(_TICKER.search(aside[1])), aside.end()
    if is_listed and not opening.startswith(":", end):
        return name
    if opening[end : end + 1] not in (",", ";", " "):
        return None
    stop = _STOP.search(opening, end)
    says = _announces().search(opening, end, stop.start() + 1 if stop else len(opening))
    is_said = says is not None and (opening[end] != " " or _LINK.fullmatch(opening, end, says.start()))
    return name if is_said and _is_told_again(name, title, paragraphs) else None


def _is_told_again(name: str, title: str | None, paragraphs: Sequence[Paragraph]) -> bool:
    bare = bare_name(name).casefold()
    return bare in (title or "").casefold() or any(
        about[1].casefold().startswith(bare) for part in paragraphs if (about := _about().match(part.text))
    )


@cache
def _about() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,4}}(?:{'|'.join(map(re.escape, read_company_forms()['about']))})\s?([^\n]{{2,80}})")


@cache
def _announces() -> re.Pattern[str]:
    words = sorted(map(re.escape, read_company_forms()["announces"]), key=len, reverse=True)
    return re.compile(rf"(?<![a-zß-ÿ])(?:{'|'.join(words)})(?![a-zß-ÿ])")
