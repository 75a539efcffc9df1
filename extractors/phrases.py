"""Find many phrases at once in a text, in one pass over it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick

from extractors import patterns

T = TypeVar("T")

_LONGEST_WORD = 40
_BLANKS = str.maketrans("\n\r\t", "   ")


@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """The text in lower case, on one line, with plain spaces, apostrophes and hyphens: as long as it was.

    >>> fold("L’Oréal\\nGRUPPE")
    "l'oréal gruppe"
    """
    folded = patterns.fold(text)
    return folded if folded.isprintable() else folded.translate(_BLANKS)


class Found(NamedTuple, Generic[T]):
    """A phrase in a text, and what the phrase stands for."""

    start: int
    end: int
    what: T


class Machine:
    """Words that are all looked for in one pass over a text."""

    def __init__(self, words: Iterable[str]) -> None:
        """Compile the words; none may be empty."""
        self._machine = AhoCorasick(list(words))

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Every place of every word, overlapping ones too: (the word's number, start, end), by where they end."""
        try:
            return self._machine.find_matches_as_indexes(text, overlapping=True)
        except UnicodeEncodeError:  # half of a pair of surrogates, which no text should hold
            whole = text.encode(errors="replace").decode()
            return self._machine.find_matches_as_indexes(whole, overlapping=True)


class Phrases(Generic[T]):
    """Phrases and what each stands for; the longest wins where two begin at the same place.

    A phrase is lower case; a `*` at an end stands for the rest of the word.

    >>> phrases = Phrases({"net profit": 1, "profit*": 2, "*winst": 3})
    >>> [(found.start, found.end, found.what) for found in phrases.find("net profit, profits, nettowinst")]
    [(0, 10, 1), (12, 19, 2), (21, 31, 3)]
    """

    def __init__(self, entries: Mapping[str, T], *, are_names: bool = False) -> None:
        """Compile the phrases; an empty one is passed over. Only a name may have a hyphen and a word behind it."""
        phrases = [(phrase, what) for phrase, what in entries.items() if phrase.strip("*")]
        self._entries = [(phrase[0] == "*", phrase[-1] == "*", what) for phrase, what in phrases]
        self._are_names = are_names
        self._machine = Machine(phrase.strip("*") for phrase, _ in phrases)

    def find(self, folded: str) -> list[Found[T]]:
        """The phrases in a folded text, in order, none overlapping another."""
        if "  " not in folded:
            return self._find(folded)
        places = [place for place, char in enumerate(folded) if char != " " or folded[place - 1 : place] != " "]
        found = self._find("".join(folded[place] for place in places))
        return [Found(places[one.start], places[one.end - 1] + 1, one.what) for one in found]

    def _find(self, text: str) -> list[Found[T]]:
        found: list[tuple[int, int, int, T]] = []
        length = len(text)
        for index, start, end in self._machine.find(text):
            opens, goes_on, what = self._entries[index]
            core = start - end
            if opens:
                start = _word_start(text, start)
            elif start and _is_letter(text[start]) and _is_letter(text[start - 1]):
                continue
            if goes_on:
                end = _word_end(text, end)
            elif end < length and _is_letter(text[end - 1]) and self._goes_on(text, end):
                continue
            found.append((start, -end, 2 * core + (opens or goes_on), what))
        found.sort(key=_order)  # the first, the longest; of two that find the same, the fuller, the exact one
        kept: list[Found[T]] = []
        last = 0
        for start, minus_end, _, what in found:
            if start >= last:
                last = -minus_end
                kept.append(Found(start, last, what))
        return kept

    def _goes_on(self, text: str, end: int) -> bool:
        """Whether the word that a phrase ends with is not over yet: a letter, or a hyphen and a letter, follows."""
        if text[end] == "-" and not self._are_names:
            return end + 1 < len(text) and _is_letter(text[end + 1])
        return _is_letter(text[end])


_order = itemgetter(0, 1, 2)


def _is_letter(char: str) -> bool:
    """A letter or digit of a script that has spaces between words."""
    return char.isalnum() and (char < "\u3040" or not (char <= "\u9fff" or "\uf900" <= char <= "\ufaff"))


def _word_start(text: str, start: int) -> int:
    least = max(0, start - _LONGEST_WORD)
    while start > least and _is_letter(text[start - 1]):
        start -= 1
    return start


def _word_end(text: str, end: int) -> int:
    most = min(len(text), end + _LONGEST_WORD)
    while end < most and _is_letter(text[end]):
        end += 1
    return end


def without_overlap(found: list[Found[T]]) -> list[Found[T]]:
    """The finds in order; of two that overlap the one that begins first, of those the longer."""
    kept: list[Found[T]] = []
    for one in sorted(found, key=lambda each: (each.start, each.start - each.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


_GAP = " … "
_OPEN = " …"
_FAR = 110
"""Characters between a verb and its particle."""
_STOP = re.compile(r"[;!?]\s")
_SHORT = 3
"""Letters of a particle that may also be a preposition: it is a particle only where its clause ends."""


def has_gap(phrase: str) -> bool:
    """Whether a phrase is a verb and a particle that stands apart from it: `zieht … zurück`."""
    return _GAP in phrase


class SplitVerbs(Generic[T]):
    """Verbs whose particle stands far behind, and what each stands for; dots behind it too make it a preposition.

    >>> verbs = SplitVerbs({"zieht … zurück": 1, "steckt … in …": 2})
    >>> [(found.start, found.end) for found in verbs.find("sie zieht die prognose zurück.")]
    [(4, 9), (23, 29)]
    >>> [(found.start, found.end) for found in verbs.find("sie steckt 3 millionen in das werk.")]
    [(4, 10), (23, 25)]
    """

    def __init__(self, entries: Mapping[str, T], joints: Iterable[str] = ()) -> None:
        """Compile the verbs; a clause ends at a mark, or before a word like "and" or "to" (`joints`)."""
        self._end = rf"(?=\W*$|\s*[^\w\s]|\s{patterns.one_of(joints)}\s)"
        halves = [phrase.split(_GAP) for phrase in entries]
        self._verbs = [(particle, what) for (_, particle), what in zip(halves, entries.values(), strict=True)]
        self._machine = Machine(verb for verb, _ in halves)

    def find(self, folded: str) -> Iterator[Found[T]]:
        """The verb and the particle of each in a folded text: a find at both places."""
        if not self._verbs:
            return
        for index, start, end in sorted(self._machine.find(folded)):
            if not is_whole(folded, start, end):
                continue
            particle, what = self._verbs[index]
            ends = self._end if len(particle) <= _SHORT else ""  # the dots behind a preposition make it longer
            behind = _word(particle.removesuffix(_OPEN), ends).search(folded, end, end + _FAR)
            if behind is not None and not _STOP.search(folded, end, behind.start()):
                yield Found(start, end, what)
                yield Found(behind.start(), behind.end(), what)


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether no letter or digit stands right before a stretch of the text, or right behind it."""
    return not (start and is_word(text[start - 1])) and not (end < len(text) and is_word(text[end]))


def is_word(char: str) -> bool:
    """Whether a character is a letter, a digit or an underscore, of any script."""
    return char.isalnum() or char == "_"


@cache
def _word(words: str, end: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w){end}")
