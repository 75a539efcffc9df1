"""Cue words: what tells a refusal, a forecast, an outsider's figure, a rise or a comparison from a plain figure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extractors.lexicon import read_language
from extractors.model import Value
from extractors.phrases import Phrases, fold

_GAP = " … "
_FAR = 110
"""Characters between a verb and its particle."""
_STOP = re.compile(r"[;.!?]\s")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue phrase and its kinds (a phrase may be of several: "no longer" is both `not` and `stop`)."""

    start: int
    end: int
    kinds: frozenset[str]
    text: str


def find_cues(text: str, language: str) -> list[Cue]:
    """The cue phrases of a text, in order, none overlapping.

    >>> [(cue.text, sorted(cue.kinds)) for cue in find_cues("It declined to comment on that.", "en")]
    [('declined to', ['not']), ('comment on', ['tell'])]
    """
    folded = fold(text)
    return [
        Cue(found.start, found.end, found.what, folded[found.start : found.end])
        for found in _phrases(language).find(folded)
    ]


@cache
def _phrases(language: str) -> Phrases[frozenset[str]]:
    kinds: dict[str, set[str]] = defaultdict(set)
    for kind, phrases in read_language(language).get("cues", {}).items():
        for phrase in phrases:
            if _GAP not in phrase:
                kinds[fold(phrase)].add("multiple" if isinstance(phrases, dict) else kind)
    return Phrases({phrase: frozenset(of) for phrase, of in kinds.items()})


@cache
def _splits(language: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str], frozenset[str]], ...]:
    splits = []
    for kind, phrases in read_language(language).get("cues", {}).items():
        for phrase in phrases:
            if _GAP in phrase:
                verb, _, particle = fold(phrase).partition(_GAP)
                splits.append((_word(verb), _word(particle), frozenset((kind,))))
    return tuple(splits)


def _word(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")


@cache
def multiples(language: str) -> Mapping[str, Value]:
    """Words that are themselves a change ("doubled"), as a percentage."""
    table = read_language(language).get("cues", {}).get("multiples", {})
    return {fold(phrase): Value(_decimal(low), _decimal(high), "%") for phrase, (low, high) in table.items()}


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None
