"""Articles into claims: which company discloses or withholds which metric for which period."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from extractors.drafts import read_drafts
from extractors.lexicon import languages
from extractors.model import Article, Basis, Claim, Measure, Status


def extract_claims(article: Article) -> list[Claim]:
    """Every claim of an article, in the order of the text, each fact once; none where the language has no data.

    Every quote stands verbatim in the title or the text. Never raises for what a text holds.
    """
    if article.language not in languages():
        return []
    return _each_once(draft.claim for draft in read_drafts(article) if draft.claim and draft.is_believed)


@dataclass(frozen=True, slots=True)
class _Fact:
    """What makes two claims the same one."""

    company: str
    metric: str
    status: Status
    measure: Measure
    basis: Basis
    period: str | None
    value: tuple[object, ...] | None
    scope: str | None


def _each_once(claims: Iterable[Claim]) -> list[Claim]:
    """The same fact said twice is one claim, with the fuller quote; the text is preferred to the title."""
    kept: dict[_Fact, Claim] = {}
    for claim in claims:
        value = (claim.value.low, claim.value.high, claim.value.unit) if claim.value else None
        scope = claim.scope if claim.status == "withheld" else None
        fact = _Fact(claim.company, claim.metric, claim.status, claim.measure, claim.basis, claim.period, value, scope)
        other = kept.get(fact)
        if other is None:
            kept[fact] = claim
        elif (claim.quote_in == "text", len(claim.quote)) > (other.quote_in == "text", len(other.quote)):
            kept[fact] = replace(claim, confidence=max(claim.confidence, other.confidence))
    told = {one.company for one in kept.values() if one.status == "withheld" and one.quote_in == "text"}
    once = (one for one in kept.values() if not _is_heading(one, told))
    return sorted(once, key=lambda claim: (claim.quote_in == "text", claim.start))


def _is_heading(claim: Claim, told: Collection[str]) -> bool:
    """Whether the title only says in few words, and beforehand, that a company withholds what the text tells of it."""
    return claim.status == "withheld" and claim.quote_in == "title" and claim.company in told
