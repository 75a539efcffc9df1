"""Cue words: what tells a refusal, a forecast, an outsider's figure, a rise or a comparison from a plain figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extractors.lexicon import read_language
from extractors.model import Value
from extractors.phrases import Phrases, SplitVerbs, fold, has_gap


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue phrase and its kinds (a phrase may be of several: "no longer" is both `not` and `stop`)."""

    start: int
    end: int
    kinds: frozenset[str]
    text: str
    partner: tuple[int, int] | None = None
    """Where the other half of a split verb stands."""


def find_cues(text: str, language: str) -> list[Cue]:
    """The cue phrases of a text, in order; a split verb is a cue at the verb and at its particle.

    >>> [(cue.text, sorted(cue.kinds)) for cue in find_cues("It declined to comment on that.", "en")]
    [('declined to', ['not']), ('comment on', ['tell'])]
    """
    folded = fold(text)
    whole, split = _phrases(language)
    cues = [Cue(one.start, one.end, one.what, folded[one.start : one.end]) for one in whole.find(folded)]
    halves = iter(split.find(folded))
    for verb, particle in zip(halves, halves, strict=True):
        for one, other in ((verb, particle), (particle, verb)):
            cues.append(Cue(one.start, one.end, one.what, folded[one.start : one.end], (other.start, other.end)))
    return sorted(cues, key=lambda cue: cue.start)


@cache
def _phrases(language: str) -> tuple[Phrases[frozenset[str]], SplitVerbs[frozenset[str]]]:
    kinds: dict[str, set[str]] = defaultdict(set)
    tables = read_language(language)
    for kind, phrases in (*tables.get("cues", {}).items(), *tables.get("refusals", {}).items()):
        for phrase in phrases:
            kinds[fold(phrase)].add("multiple" if isinstance(phrases, dict) else kind)
    frozen = {phrase: frozenset(of) for phrase, of in kinds.items()}
    whole = {phrase: of for phrase, of in frozen.items() if not has_gap(phrase)}
    return Phrases(whole), SplitVerbs({phrase: of for phrase, of in frozen.items() if has_gap(phrase)})


@cache
def multiples(language: str) -> Mapping[str, Value]:
    """Words that are themselves a change ("doubled"), as a percentage."""
    table = read_language(language).get("cues", {}).get("multiples", {})
    return {fold(phrase): Value(_decimal(low), _decimal(high), "%") for phrase, (low, high) in table.items()}


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None
