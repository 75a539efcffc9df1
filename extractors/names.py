"""Names that an article itself announces as a company's, known beforehand or not."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from extractors.lexicon import read_given_names, read_listed_names
from extractors.name_words import NameWords, name_words
from extractors.phrases import fold
from extractors.registry import bare_name, forms, registry
from extractors.sentences import Sentence

ENOUGH = 3
"""Points that make a name a company's; the best name of an article without one needs less."""
_WEIGHTS = {
    signal: points
    for points, signals in {
        3: ("legal", "ticker", "known", "listed", "described", "bossed", "has_boss"),
        2: ("hinted", "grouped", "led", "owns", "apposed", "says", "title"),
        1: ("acts", "also", "often", "recurs", "headed"),
    }.items()
    for signal in signals
}
_SURE = frozenset(("legal", "ticker", "known", "listed", "described", "apposed", "bossed", "has_boss"))
_OF_NOUNS = frozenset(("says", "acts", "owns", "title", "headed"))
"""What common nouns show as well, where they are written with a capital."""
_FOUNDER = frozenset(("title", "recurs", "acts"))
"""What a company that bears a person's name shows."""
_NO_PERSONS = frozenset(("described", "apposed", "bossed", "has_boss"))
_WORD = r"[^\W\d_a-zß-öø-ÿ\u3040-\u9fff][\w&+'’.\-]*(?<![.\-'’])"
_SMALL = r"(?:& |of |de |du |des |van |von |der |del |d')"
_NAME = re.compile(rf"(?<![\w])(?:{_WORD}|[0-9]{{1,2}}[A-Z][\w]+)(?: {_SMALL}?{_WORD}){{0,4}}")
_NAME_AMONG_NOUNS = re.compile(rf"(?<![\w]){_WORD}(?: (?:& )?{_WORD}){{0,4}}")
_ACRONYM = 4
"""Letters of a name in capitals that may be short for anything."""
_JOINED = re.compile(r" (?:van|von|der|of|du|des|del|de) ")
_ELIDED = re.compile(r"[A-Z]'[a-zà-ÿ]")
"""A common word behind an article that has lost its vowel ("L'homme")."""
_DATELINE = re.compile(r"[ ]?[,.(/–—-]")


@dataclass
class Evidence:
    """All that an article says for and against a name."""

    signals: set[str] = field(default_factory=set)
    spelled: Counter[str] = field(default_factory=Counter)
    count: int = 0
    inside: int = 0
    """How often it stands within a sentence, where a capital means a name."""
    weak: int = 0
    is_person: bool = False
    is_human: bool = False
    """Whether a given name or initials open it, rather than that only a role stands beside it."""

    @property
    def name(self) -> str:
        """The name in its fullest spelling, without trimmings."""
        return max(
            (bare_name(each) for each in self.spelled), key=lambda each: (not each.isascii(), self.spelled[each])
        )

    @property
    def points(self) -> int:
        """How much speaks for a company."""
        return sum(_WEIGHTS[signal] for signal in self.signals) + (self.weak > 1)


@dataclass(frozen=True, slots=True)
class _Sighting:
    name: str
    written: str
    signals: frozenset[str]
    is_inside: bool


def weigh_names(sentences: Iterable[Sentence], language: str) -> dict[str, Evidence]:
    """Every capitalised name of an article with what speaks for a company's; persons and common words are left out."""
    words = name_words(language)
    found: dict[str, Evidence] = {}
    persons: set[str] = set()
    humans: set[str] = set()
    for sentence in sentences:
        text = on_one_line(sentence.text)
        for start, end, signals in _spans(text, sentence, words):
            sighting = _sighting(text, start, end, signals, sentence, words)
            evidence = found.setdefault(_plain(sighting.name), Evidence())
            evidence.count += 1
            evidence.inside += sighting.is_inside
            evidence.weak += bool(sighting.signals & {"acts", "says", "owns"})
            evidence.signals |= sighting.signals
            evidence.spelled.update({sighting.name, sighting.written})
            evidence.is_human = _is_human(sighting.name)
            if evidence.is_human or _has_role(text, start, end, words):
                evidence.is_person = True
                persons.add(sighting.name.split()[-1])
            if evidence.is_human:
                humans.add(sighting.name.split()[-1])
    for evidence in found.values():
        if not words.has_small_nouns and (" " not in evidence.name or not evidence.inside):
            evidence.signals -= _OF_NOUNS
        elif evidence.count >= 4 and words.has_small_nouns:
            evidence.signals.add("often")
        is_named = " " in evidence.name or evidence.inside or evidence.weak > 1 or "headed" in evidence.signals
        if not is_named:
            evidence.signals.discard("title")  # any word that begins a title has a capital
        if "title" in evidence.signals and evidence.count > 1:
            evidence.signals.add("recurs")
    return {
        one.name: one
        for one in _without_part(found).values()
        if one.signals & {"legal", "ticker", "known", "listed"}
        or (one.signals & _NO_PERSONS and not (one.is_human or ("described" not in one.signals and one.name in humans)))
        or one.signals >= _FOUNDER
        or not (one.is_person or one.name.split()[-1] in persons)
    }


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    """The name in small letters without accents, which headlines and agencies write otherwise."""
    return "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(char))


def on_one_line(text: str) -> str:
    """The text with plain spaces and apostrophes, as long as it was."""
    return text.replace("\n", " ").replace("\u00a0", " ").replace("’", "'")


def _spans(text: str, sentence: Sentence, words: NameWords) -> Iterator[tuple[int, int, set[str]]]:
    """Where names stand, and what their own form says; a role, an owner or a descriptor is cut off."""
    for match in (_NAME if words.has_small_nouns else _NAME_AMONG_NOUNS).finditer(text):
        start = match.start()
        if (words.is_cjk and not match.group().isascii()) or _ELIDED.match(match.group()):
            continue
        if start == 0 and match.group().isupper() and len(match.group()) > 3 and _DATELINE.match(text[match.end() :]):
            continue
        signals: set[str] = set()
        for part in re.finditer(r"\S+(?:\s|$)", match.group()):
            word = fold(part.group()).strip(" .,")
            first, last = match.start() + part.start(), match.start() + part.end()
            head, hyphen, tail = word.rpartition("-")
            if word in words.persons or word.endswith("'s"):
                yield from _one_span(text, start, first if word in words.persons else last, signals, words)
                start, signals = last, set()
            elif hyphen and head and (tail in words.persons or words.is_descriptor.match(tail)):
                yield from _one_span(text, start, first + len(head), signals | {"bossed"}, words)
                start, signals = last, set()
            elif (
                words.is_descriptor.match(word)
                and last < match.end()
                and not _is_joined(text, last)
                and (first == start or not words.has_small_nouns)
            ):
                start, signals = last, {"described"}
        yield from _one_span(text, start, match.end(), signals, words)


def _is_joined(text: str, place: int) -> bool:
    return bool(_JOINED.match(text, place - 1))


def _one_span(
    text: str, start: int, end: int, signals: set[str], words: NameWords
) -> Iterator[tuple[int, int, set[str]]]:
    first, last = _strip_common(text, start, end, words)
    name = fold(text[first:last])
    if last - first >= 2 and name not in words.other and text[first:last].strip(".") not in forms().endings:
        yield first, last, signals


def _strip_common(text: str, start: int, end: int, words: NameWords) -> tuple[int, int]:
    """Leave out leading and trailing words that are no part of a name ("The", "January")."""
    places = [(m.start() + start, m.end() + start) for m in re.finditer(r"\S+", text[start:end])]

    def word(place: tuple[int, int]) -> str:
        return fold(text[place[0] : place[1]]).strip(".,'&")

    while places and (word(places[-1]) in words.trailing or not word(places[-1])):
        places.pop()
    is_inside = bool(text[:start].strip(" \"'“‘«(-•*"))
    parts = words.parts | words.openings if is_inside else words.parts
    while places and word(places[0]) in words.other and not (len(places) > 1 and word(places[0]) in parts):
        if is_inside and len(places) == 2 and word(places[0]) in words.commons:
            return start, start  # the last word of a longer name
        places.pop(0)
        while places and text[places[0][0]].islower():
            places.pop(0)
    if not places:
        return start, start
    last = places[-1][1]
    return places[0][0], last - 2 if text[last - 2 : last] == "'s" else last


def _sighting(text: str, start: int, end: int, signals: set[str], sentence: Sentence, words: NameWords) -> _Sighting:
    written = text[start:end]
    name = bare_name(written)
    before, behind = fold(text[max(0, start - 40) : start]), fold(text[end : end + 80])
    signals = signals | _own_signals(name, written, text[end : end + 60], words)
    if words.described.search(before):
        signals.add("described")
    elif words.bossed.search(before):
        signals.add("bossed")
    elif words.led.search(before):
        signals.add("led")
    if not words.determiner.search(before) and not words.place_before.search(before):
        signals |= {
            kind for kind in ("apposed", "owns", "has_boss", "says", "acts") if getattr(words, kind).match(behind)
        }
    is_inside = sentence.where == "text" and text[:start].strip(" \"'“‘«(-•*") != ""
    if sentence.where == "title" and (start <= 2 or behind[:1] == ":"):
        signals |= {"title", "headed"} if behind.lstrip()[:1] == ":" and words.has_small_nouns else {"title"}
    return _Sighting(name, written, frozenset(signals), is_inside)


def _own_signals(name: str, written: str, behind: str, words: NameWords) -> set[str]:
    """What the name itself and its trimmings say."""
    signals = set()
    last = written.split()[-1].strip(".,")
    follow = behind.lstrip(" ,.").split(" ", 1)[0].strip(".,;)") if behind[:1] in (" ", ",") else ""
    if (last in forms().legal and name != written) or follow in forms().legal:
        signals.add("legal")
    elif last in forms().endings and name != written:
        signals.add("grouped")
    if forms().ticker.match(behind):
        signals.add("ticker")
    if name in registry().canonical:
        signals.add("also" if name in registry().also_words else "known")
    elif name in read_listed_names():
        signals.add("listed" if " " in name else "hinted" if words.has_small_nouns else "acts")
    return signals


def _is_human(name: str) -> bool:
    first, *rest = name.split()
    is_given = first.strip(".") in read_given_names() or bool(re.fullmatch(r"[A-Z]|(?:[A-Z]\.)+[A-Z]?", first))
    return bool(rest) and is_given and "&" not in rest


def _has_role(text: str, start: int, end: int, words: NameWords) -> bool:
    before, behind = fold(text[max(0, start - 30) : start]), fold(text[end : end + 40])
    return bool(words.role_before.search(before) or words.role_behind.match(behind))


def _without_part(found: dict[str, Evidence]) -> dict[str, Evidence]:
    """Leave out what only ever opens a sentence, a word before a name that also stands alone ("Brewer Acme")."""

    def is_known(rest: str) -> bool:
        return rest in found or rest in _known_names()

    return {key: one for key, one in found.items() if one.inside or not is_known(key.partition(" ")[2])}


@cache
def _known_names() -> frozenset[str]:
    return frozenset(_plain(name) for name in registry().canonical)


def is_company(evidence: Evidence) -> bool:
    """Whether there is enough evidence, and a place where the capital means a name."""
    if (
        len(evidence.name) <= _ACRONYM
        and evidence.name.isupper()
        and not evidence.signals & {*_SURE, "grouped"}
        and evidence.points < 2 * ENOUGH - 1
    ):
        return False
    return evidence.points >= ENOUGH and bool(
        evidence.inside or evidence.count > 2 or evidence.signals & {*_SURE, "recurs", "headed"}
    )
