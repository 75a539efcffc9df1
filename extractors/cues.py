"""Cue words: what tells a refusal, a forecast, an outsider's figure, a rise or a comparison from a plain figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from extractors.lexicon import read_language
from extractors.model import Value
from extractors.phrases import Phrases, SplitVerbs, fold, has_gap

_NO_CUES = frozenset(("beyond", "verbal"))
"""Lists of words that are no cues by themselves: what may stand behind a cue, or at its end."""


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

    >>> [(cue.text, sorted(cue.kinds)) for cue in find_cues("Acme did not mention any merger.", "en")]
    [('not', ['not']), ('mention', ['tell', 'vague'])]
    """
    folded = fold(text)
    whole, split = _phrases(language)
    halves = list(split.find(folded))
    cues = []
    for verb, particle in zip(halves[::2], halves[1::2], strict=True):
        for one, other in ((verb, particle), (particle, verb)):
            cues.append(Cue(one.start, one.end, one.what, folded[one.start : one.end], (other.start, other.end)))
    apart = {(cue.start, cue.end): cue for cue in cues}
    for one in whole.find(folded):
        word = folded[one.start : one.end]
        half = apart.get((one.start, one.end))
        if half is None:
            cues.append(Cue(one.start, one.end, one.what | _parts(word, language), word))
        elif not half.kinds & _figured(language):  # a split verb else says more than its half alone
            cues.append(Cue(one.start, one.end, one.what & _figured(language), word))
    return sorted(cues, key=lambda cue: cue.start)


@cache
def _kinds(language: str) -> Mapping[str, frozenset[str]]:
    """The kinds of each phrase."""
    kinds: dict[str, set[str]] = defaultdict(set)
    tables = read_language(language)
    for kind, phrases in (*tables.get("cues", {}).items(), *tables.get("refusals", {}).items()):
        for phrase in phrases if kind not in _NO_CUES else ():
            kinds[fold(phrase)].add("multiple" if isinstance(phrases, dict) else kind)
    for phrase in kinds:
        for stem in _stems(phrase):
            kinds[phrase] |= kinds.get(stem, set())
    return {phrase: frozenset(of) for phrase, of in kinds.items()}


@cache
def _figured(language: str) -> frozenset[str]:
    """The kinds that speak of figures, and those that hide what they hold.

    "Dropped 5% from" is a fall, even where "dropped ... from" may end a telling.
    """
    return frozenset((*read_language(language).get("cues", {}), "idle"))


@cache
def _phrases(language: str) -> tuple[Phrases[frozenset[str]], SplitVerbs[frozenset[str]]]:
    tables, frozen = read_language(language), _kinds(language)
    whole = {phrase: of for phrase, of in frozen.items() if not has_gap(phrase)}
    joints = [word for kind in ("and", "to", "compare") for word in tables.get("cues", {}).get(kind, ())]
    joints += tables.get("refusals", {}).get("beyond", ())
    return Phrases(whole), SplitVerbs({phrase: of for phrase, of in frozen.items() if has_gap(phrase)}, joints)


@lru_cache(maxsize=1 << 14)
def _parts(word: str, language: str) -> frozenset[str]:
    """What the beginning and the end of a long word say of it: `analist*` and `*verwachting` of one."""
    if not word.isalpha():
        return frozenset()
    table = _kinds(language)
    parts = (part for place in range(1, len(word)) for part in (f"{word[:place]}*", f"*{word[place:]}"))
    return frozenset(kind for part in parts for kind in table.get(part, ()))


def _stems(phrase: str) -> list[str]:
    """Shorter phrases that find the same words, by standing for the rest of them: `verwacht*` for `verwachting*`."""
    word = phrase.rstrip("*")
    begin = max(word.rfind(" "), word.rfind("-"), word.rfind("'")) + 1
    return [f"{word[:end]}*" for end in range(begin + 1, len(word) + (phrase == word))]


@cache
def multiples(language: str) -> Mapping[str, Value]:
    """Words that are themselves a change ("doubled"), as a percentage."""
    table = read_language(language).get("cues", {}).get("multiples", {})
    return {fold(phrase): Value(_decimal(low), _decimal(high), "%") for phrase, (low, high) in table.items()}


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None
