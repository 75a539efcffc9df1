"""Find many phrases at once in a text: a trie of them, compiled to one regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from extractors import patterns

T = TypeVar("T")

_LONGEST_WORD = 40
_REST = "\0"
"""In a trie: the rest of the word, whatever it is."""
_CJK = r"\u3040-\u9fff\uf900-\ufaff"
_LETTER = rf"[^\W_{_CJK}]"
"""A letter or digit of a script that has spaces between words."""
_BLANKS = str.maketrans("\n\r\t", "   ")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text in lower case, on one line, with plain spaces, apostrophes and hyphens: as long as it was.

    >>> fold("L’Oréal\\nGRUPPE")
    "l'oréal gruppe"
    """
    return patterns.fold(text).translate(_BLANKS)


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase in a text, and what the phrase stands for."""

    start: int
    end: int
    what: T


class Phrases(Generic[T]):
    """Phrases and what each stands for; the longest wins where two begin at the same place.

    A phrase is lower case; a `*` at an end stands for the rest of the word.

    >>> phrases = Phrases({"net profit": 1, "profit*": 2, "*winst": 3})
    >>> [(found.start, found.end, found.what) for found in phrases.find("net profit, profits, nettowinst")]
    [(0, 10, 1), (12, 19, 2), (21, 31, 3)]
    """

    def __init__(self, entries: Mapping[str, T], *, are_names: bool = False) -> None:
        """Compile the phrases; an empty one is passed over. Only a name may have a hyphen and a word behind it."""
        after = f"(?!{_LETTER})" if are_names else f"(?!-?{_LETTER})"
        self._exact: dict[str, T] = {}
        self._stems: dict[str, T] = {}
        whole: list[str] = []
        parts: list[str] = []
        for phrase, what in entries.items():
            core = phrase.strip("*")
            if not core:
                continue
            (self._stems if phrase.endswith("*") else self._exact)[core] = what
            (parts if phrase.startswith("*") else whole).append(core + (_REST if phrase.endswith("*") else ""))
        self._whole = _compile(whole, after, anchored=True)
        self._parts = _compile(parts, after, anchored=False)

    def find(self, folded: str) -> list[Found[T]]:
        """The phrases in a folded text, in order, none overlapping another."""
        found = self._search(self._whole, folded)
        inner = self._search(self._parts, folded)
        if inner:
            found = without_overlap(found + [_to_word_start(one, folded) for one in inner])
        return found

    def _search(self, pattern: re.Pattern[str] | None, folded: str) -> list[Found[T]]:
        if pattern is None:
            return []
        return [Found(match.start(), match.end(), self._what(match.group())) for match in pattern.finditer(folded)]

    def _what(self, written: str) -> T:
        key = " ".join(written.split())
        if key in self._exact:
            return self._exact[key]
        for length in range(len(key), 0, -1):
            if key[:length] in self._stems:
                return self._stems[key[:length]]
        raise AssertionError(f"{written!r} was found but is no phrase")


def _compile(phrases: Iterable[str], after: str, *, anchored: bool) -> re.Pattern[str] | None:
    trie: dict[str, dict] = {}  # type: ignore[type-arg]
    for phrase in phrases:
        node = trie
        for char in phrase:
            node = node.setdefault(char, {})
        node[""] = {}
    if not trie:
        return None
    start = f"(?<!{_LETTER})" if anchored else ""
    cjk = {char: node for char, node in trie.items() if _is_cjk(char)}
    other = {char: node for char, node in trie.items() if not _is_cjk(char)}
    branches = ([start + _branch(other, "", after)] if other else []) + ([_branch(cjk, "", after)] if cjk else [])
    return re.compile("|".join(branches))


def _branch(trie: dict[str, dict], last: str, after: str) -> str:  # type: ignore[type-arg]
    """The trie's phrases as an expression; the longer first, each ending where a word ends."""
    options = []
    for char in sorted(trie, reverse=True):
        if char == "":
            options.append(after if last.isalnum() and not _is_cjk(last) else "")
        elif char == _REST:
            options.append(rf"{_LETTER}{{0,{_LONGEST_WORD}}}(?!{_LETTER})")
        elif char == " ":
            options.append(" {1,8}" + _branch(trie[char], char, after))
        else:
            options.append(re.escape(char) + _branch(trie[char], char, after))
    return options[0] if len(options) == 1 else "(?:" + "|".join(options) + ")"


def _is_cjk(char: str) -> bool:
    return "\u3040" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"


def _to_word_start(found: Found[T], folded: str) -> Found[T]:
    start = found.start
    least = max(0, start - _LONGEST_WORD)
    while start > least and folded[start - 1].isalnum():
        start -= 1
    return Found(start, found.end, found.what)


def without_overlap(found: list[Found[T]]) -> list[Found[T]]:
    """The finds in order; of two that overlap the one that begins first, of those the longer."""
    kept: list[Found[T]] = []
    for one in sorted(found, key=lambda each: (each.start, each.start - each.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


_GAP = " … "
_FAR = 110
"""Characters between a verb and its particle."""
_STOP = re.compile(r"[;.!?]\s")


def has_gap(phrase: str) -> bool:
    """Whether a phrase is a verb and a particle that stands apart from it: `zieht … zurück`."""
    return _GAP in phrase


class SplitVerbs(Generic[T]):
    """Verbs whose particle stands far behind, and what each stands for.

    >>> verbs = SplitVerbs({"zieht … zurück": 1})
    >>> [(found.start, found.end) for found in verbs.find("sie zieht die prognose zurück.")]
    [(4, 9), (23, 29)]
    """

    def __init__(self, entries: Mapping[str, T]) -> None:
        """Compile the verbs."""
        pairs = ((*phrase.split(_GAP), what) for phrase, what in entries.items())
        self._verbs = [(_word(verb), _word(particle), what) for verb, particle, what in pairs]

    def find(self, folded: str) -> Iterator[Found[T]]:
        """The verb and the particle of each in a folded text: a find at both places."""
        for verb, particle, what in self._verbs:
            for match in verb.finditer(folded):
                behind = particle.search(folded, match.end(), match.end() + _FAR)
                if behind is not None and not _STOP.search(folded, match.end(), behind.start()):
                    yield Found(match.start(), match.end(), what)
                    yield Found(behind.start(), behind.end(), what)


def _word(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
