"""Amounts whose scale only the one before them tells: "earned 12.5 million, against 9.8 a year before"."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from extractors.grammar import Grammar
from extractors.mentions import Mention

_LEAST = 10**6
"""The least scale that is left out."""
_FAR = 160
"""Characters between an amount and one that takes its scale."""
_SMALLER, _LARGER = 400, 30
"""By how many times an amount without a scale may be smaller or larger than the one before it."""


def tell_scales(mentions: Iterable[Mention], folded: str, rules: Grammar) -> None:
    """Give each number that leaves its scale out the scale and the unit of the amount before it, in place.

    Only where a word says that it is an amount of the same kind, and no noun follows that it might count.
    """
    if rules.elided is None:
        return
    told: Mention | None = None
    for mention in mentions:
        factor = _scale(mention)
        if factor >= _LEAST and (mention.unit is None or mention.unit.kind == "money"):
            told = mention
        elif told is not None and mention.core - told.end <= _FAR and _is_elided(mention, told, folded, rules):
            mention.multiply(Decimal(_scale(told)))
            mention.unit, mention.is_elided = told.unit, True
        elif _is_plain(mention) and not _is_year(mention):  # "5 million; 130 shops (120)": what it is compared with
            told = None


def _scale(mention: Mention) -> int:
    """What the written figure is multiplied by, in words or in the unit ("mdp" are millions of pesos)."""
    return int(mention.scale * max(1, mention.unit.factor if mention.unit else 1))


def _is_plain(mention: Mention) -> bool:
    return mention.unit is None and mention.scale == 1 and mention.high is None and not mention.is_spelt


def _is_year(mention: Mention) -> bool:
    return mention.is_bare and mention.end - mention.core == 4 and 1900 <= mention.value < 2100


def _is_elided(mention: Mention, told: Mention, folded: str, rules: Grammar) -> bool:
    """Whether a plain number is as large as the amount before it, and stands where an amount does."""
    is_other = _is_year(mention) or bool(mention.roles & {"ordinal", "other"}) or not mention.value
    if rules.elided is None or not _is_plain(mention) or is_other:
        return False
    amount, whole = abs(mention.value) * _scale(told), abs(told.value)
    if not whole / _SMALLER <= amount <= whole * _LARGER:
        return False
    before, behind, follows = rules.elided
    if behind.match(folded, mention.end):
        return True
    lead = folded[max(0, mention.core - 40) : mention.core]
    return bool(before.search(lead) and follows.match(folded, mention.end))
