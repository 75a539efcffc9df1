"""Names that an article itself announces as a company's, known beforehand or not."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from extractors.lexicon import read_given_names, read_listed_names
from extractors.name_spans import find_spans
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
_PASSING = frozenset(("says", "acts", "often"))
"""What a product shows as well, if only once."""
_OF_TITLE = frozenset(("title", "headed"))
"""What any word of a title shows before a colon."""
_CERTAIN = frozenset(("legal", "ticker", "known"))
_NO_PERSONS = frozenset(("described", "apposed", "bossed", "has_boss"))

_INITIALS = re.compile(r"[A-Z]|(?:[A-Z]\.)+[A-Z]?")
_SHORT = re.compile(r"[^.()（）]{0,60}[(（]([A-Z][A-Za-z]{1,7})[)）]")
"""What a name is for short, behind the words that complete it."""
_INITIALLED = re.compile(r",?(?: [\w.]{1,6},?){0,4} ?[(（][\"“«']?([A-Z][\w&]{1,9})(?:[\"”»'][^()]{0,60})?[)）]")
"""What a name is for short, in brackets behind it or its legal form: "Northern Axle Trust Inc. (“NAT” or ...)"."""
_CODE = re.compile(r"[A-Za-z0-9]+-[A-Za-z0-9-]*\d[A-Za-z0-9-]*")
"""A product's code ("AB-12C")."""
_HEADING = 50
"""Characters of a line that may be a heading; the lines of old wires are longer."""
_ACRONYM = 4
"""Letters of a name in capitals that may be short for anything."""


@dataclass
class Evidence:
    """All that an article says for and against a name."""

    signals: set[str] = field(default_factory=set)
    spelled: Counter[str] = field(default_factory=Counter)
    count: int = 0
    inside: int = 0
    """How often it stands within a sentence, where a capital means a name."""
    told: int = 0
    """How often it stands in the text, not the title."""
    alone: int = 0
    """How often it stands where no descriptor was cut off before it."""
    weak: int = 0
    short: str | None = None
    """Its initials, where the article says that it is called so."""
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
    bodies: set[str] = set()
    for sentence in sentences:
        text = on_one_line(sentence.text)
        folded = fold(text)
        bodies.update(_short_forms(text, folded, words))
        spaced = _with_heading(text, sentence.text)
        for start, end, signals in find_spans(spaced, words, is_title=sentence.where == "title"):
            sighting = _sighting(text, folded, start, end, signals, sentence, words)
            evidence = found.setdefault(_plain(sighting.name), Evidence())
            evidence.count += 1
            evidence.inside += sighting.is_inside
            evidence.told += sentence.where == "text"
            evidence.alone += sentence.where == "text" or "described" not in signals
            evidence.weak += bool(sighting.signals & {"acts", "says", "owns"})
            evidence.signals |= sighting.signals
            evidence.spelled.update({sighting.name: 1, sighting.written: 1})
            evidence.short = evidence.short or _initials_behind(sighting.name, text, end)
            if words.body.search(fold(sighting.name)) or words.body_before.search(folded[max(0, start - 40) : start]):
                bodies.add(_plain(sighting.name))
            is_titled = words.titled.search(folded[max(0, start - 20) : start]) is not None
            evidence.is_human = evidence.is_human or is_titled or _is_human(sighting.name)
            if evidence.is_human or _has_role(folded, start, end, words):
                evidence.is_person = True
                persons.add(sighting.name.split()[-1])
            if evidence.is_human:
                humans.add(sighting.name.split()[-1])
        if (headed := _headed(sentence)) is not None:
            name, written = headed
            evidence = found.setdefault(_plain(name), Evidence())
            evidence.signals.add("known")
            evidence.spelled.update({name: 1, written: 1})
    for body in bodies:
        if body in found and not found[body].signals & _CERTAIN:
            del found[body]
    _join_short_names(found)
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
        for one in _without_part(found, words).values()
        if one.signals & {"legal", "ticker", "known", "listed"}
        or (one.signals & _NO_PERSONS and not (one.is_human or ("described" not in one.signals and one.name in humans)))
        or one.signals >= _FOUNDER
        or not (one.is_person or one.name.split()[-1] in persons)
    }


def _short_forms(text: str, folded: str, words: NameWords) -> Iterator[str]:
    """What associations and the like are for short, in brackets behind their names."""
    for match in words.body.finditer(folded):
        if (short := _SHORT.match(text, match.end())) is not None:
            yield _plain(short[1])


def _join_short_names(found: dict[str, Evidence]) -> None:
    """Let what a name is for short stand for it; letters that the article uses nowhere else are forgotten."""
    for evidence in [one for one in found.values() if one.short is not None]:
        short = evidence.short or ""
        if short.isupper() and (_plain(short) not in found or found[_plain(short)].count < 2):  # only where it is told
            evidence.short = None
            continue
        known = found.setdefault(_plain(short), Evidence())
        known.signals |= evidence.signals
        known.spelled.update({short: 1})


def _initials_behind(name: str, text: str, end: int) -> str | None:
    """What a name of several words is for short, in brackets behind it: each of its capitals begins a word."""
    match = _INITIALLED.match(text, end)
    if match is None or " " not in name or name in registry().canonical:
        return None
    initials = [word[0] for word in re.split(r"[ -]", name) if word[:1].isupper()]
    capitals = [letter for letter in match[1] if letter.isupper()]
    is_short = len(capitals) > 1 and capitals == initials[: len(capitals)] and len(match[1]) < len(name) // 2
    return match[1] if is_short else None


def _headed(sentence: Sentence) -> tuple[str, str] | None:
    """A known company that has a line of its own above the sentence, in whatever letters, and that line."""
    line, newline, _ = sentence.text.partition("\n")
    name = _names_in_small().get(line.casefold().strip(" :")) if newline and sentence.row is None else None
    return (name, line.strip(" :")) if name is not None else None


@cache
def _names_in_small() -> dict[str, str]:
    return {name.casefold(): name for name in registry().canonical}


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    """The name in small letters without accents, which headlines and agencies write otherwise."""
    return "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(char))


def on_one_line(text: str) -> str:
    """The text with plain spaces and apostrophes, as long as it was."""
    return text.replace("\n", " ").replace("\u00a0", " ").replace("’", "'")


def _with_heading(text: str, lines: str) -> str:
    """The text with the break behind a short first line, over which no name goes ("About Acme", "Founded in ...")."""
    place = lines.find("\n", 0, _HEADING)
    return text if place < 0 else f"{text[:place]}\n{text[place + 1 :]}"


def _sighting(
    text: str, folded: str, start: int, end: int, signals: set[str], sentence: Sentence, words: NameWords
) -> _Sighting:
    written = text[start:end]
    name = bare_name(written)
    before, behind = folded[max(0, start - 40) : start], folded[end : end + 80]
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
    is_given = first.strip(".") in read_given_names() or bool(_INITIALS.fullmatch(first))
    return bool(rest) and is_given and "&" not in rest


def _has_role(folded: str, start: int, end: int, words: NameWords) -> bool:
    before, behind = folded[max(0, start - 30) : start], folded[end : end + 40]
    return bool(words.role_before.search(before) or words.role_behind.match(behind))


def _without_part(found: dict[str, Evidence], words: NameWords) -> dict[str, Evidence]:
    """Leave out what only ever opens a sentence, a word before a name that also stands alone ("Brewer Acme").

    Where nouns have a capital, also one that stands within a sentence before a known name.
    """

    def is_known(rest: str) -> bool:
        return (rest in found and not is_cut(rest)) or rest in _known_names()

    def is_cut(rest: str) -> bool:
        """Whether a name only stands in the title, where a part of it was taken for a descriptor."""
        return words.keeps_descriptors and not found[rest].told

    def is_noun(key: str) -> bool:
        rest = key.partition(" ")[2]
        return not words.has_small_nouns and rest in _known_names() and key not in _known_names()

    return {
        key: one
        for key, one in found.items()
        if not is_noun(key) and (one.inside or not is_known(key.partition(" ")[2]))
    }


@cache
def _known_names() -> frozenset[str]:
    return frozenset(_plain(name) for name in registry().canonical)


def is_code(evidence: Evidence) -> bool:
    """Whether the name is a product's code, and nothing makes it a company's."""
    return _CODE.fullmatch(evidence.name) is not None and not evidence.signals & _CERTAIN


def is_company(evidence: Evidence) -> bool:
    """Whether there is enough evidence, and a place where the capital means a name."""
    if evidence.signals <= _PASSING and evidence.weak < 2:
        return False
    if is_code(evidence) or (evidence.count == 1 and evidence.signals <= _OF_TITLE):
        return False
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
