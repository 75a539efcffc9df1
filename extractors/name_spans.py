"""Where capitalised names stand in a sentence, without the role, the owner or the descriptor written with them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.name_words import NameWords
from extractors.phrases import fold
from extractors.registry import forms

_WORD = r"[^\W\d_a-zß-öø-ÿ\u3040-\u9fff][\w&+'’.\-]*(?<![.\-'’])"
_SMALL = r"(?:& |of |de |du |des |van |von |der |del |d')"
_NAME = re.compile(rf"(?<![\w])(?:{_WORD}|[0-9]{{1,2}}[A-Z][\w]+)(?: {_SMALL}?{_WORD}){{0,4}}")
_NAME_AMONG_NOUNS = re.compile(rf"(?<![\w]){_WORD}(?: (?:& )?{_WORD}){{0,4}}")
_JOINED = re.compile(r" (?:van|von|der|of|du|des|del|de) ")
_ELIDED = re.compile(r"[A-Z]'[a-zà-ÿ]")
"""A common word behind an article that has lost its vowel ("L'homme")."""
_SPACED = re.compile(r"\S+")
_PART = re.compile(r"\S+(?:\s|$)")
_DATELINE = re.compile(r"[ ]?[,.(/–—-]")
_DATED = re.compile(r".{0,80}[)\w.] ?[–—-] ?")
"""What a report opens with before its first sentence ("PARIS (AFP) - ")."""
_CROSSHEAD = re.compile(r"(?:[A-Z][A-Z'’-]+ ){2,}(?=[A-Z][\w.-]*[a-z])")
"""Words in capitals before a name: a heading that has run into its paragraph ("HIGHER COSTS Acme")."""
_CODE = re.compile(r"[A-Z][A-Za-z0-9]{1,6}\.[A-Z]{1,3}")
"""A ticker as agencies write it behind a name ("MT.L")."""
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|docx?|xlsx?|mp4)$", re.IGNORECASE)


def find_spans(text: str, words: NameWords, *, is_title: bool = False) -> Iterator[tuple[int, int, set[str]]]:
    """Where names stand, and what their own form says; a role, an owner or a descriptor is cut off.

    In a title, whose verbs may have capitals, a name ends where it acts. A descriptor right behind another is a part
    of the name ("Händler Teehaus Süd"), as is one that a place completes ("Stadtwerke Emmerlach").
    """
    for match in (_NAME if words.has_small_nouns else _NAME_AMONG_NOUNS).finditer(text):
        start = match.start()
        if words.is_cjk and not match.group().isascii():
            continue
        if _ELIDED.match(match.group()):
            noun, _, rest = match.group().partition(" ")
            if not rest or not words.is_descriptor.match(fold(noun)[2:]):
                continue
            start = match.end() - len(rest)  # "L'assureur Acme"
        if start == 0 and match.group().isupper() and len(match.group()) > 3 and _DATELINE.match(text[match.end() :]):
            continue
        signals: set[str] = set()
        if (heading := _CROSSHEAD.match(match.group())) is not None and not _has_form(heading.group()):
            start += heading.end()
        for part in _PART.finditer(text, start, match.end()):
            word = fold(part.group()).strip(" .,")
            first, last = part.span()
            head, hyphen, tail = word.rpartition("-")
            if word in words.persons or word.endswith("'s"):
                yield from _one_span(text, start, first if word in words.persons else last, signals, words)
                start, signals = last, set()
            elif hyphen and head and (tail in words.persons or words.is_descriptor.match(tail)):
                yield from _one_span(text, start, first + len(head), signals | {"bossed"}, words)
                start, signals = last, set()
            elif hyphen and head and tail in words.things and not words.has_small_nouns:
                yield from _one_span(text, start, first + len(head), signals | {"owns"}, words)
                start, signals = last, set()
            elif tail in words.origins:
                start, signals = last, set()
            elif is_title and first > start and words.is_act(word):
                yield from _one_span(text, start, first, signals, words)
                start, signals = match.end(), set()
                break
            elif word in words.kept and last < match.end() and _is_common(text[start:first], words):
                signals = signals | {"described"}
            elif (
                words.is_descriptor.match(word)
                and last < match.end()
                and not (first == start and "described" in signals)
                and text[last : match.end()].strip(" .") not in forms().endings
                and not _is_joined(text, last)
                and (first == start or not words.has_small_nouns)
                and not (words.keeps_descriptors and (not is_title or first > 0))
            ):
                start, signals = last, {"described"}
            elif _opens_name(text, match.start(), first, last, match.end(), words):
                signals = signals | {"described"}
        yield from _one_span(text, start, match.end(), signals, words)


def _opens_name(text: str, opening: int, first: int, last: int, end: int, words: NameWords) -> bool:
    """Whether a descriptor opens a name of which it is a part ("Heladerías Antártida"), and no form alone follows."""
    if not words.keeps_descriptors or first != opening or last >= end or _is_joined(text, last):
        return False
    rest = fold(text[last:end]).strip(" .")
    is_named = rest not in words.other and text[last:end].strip(" .") not in forms().endings
    return is_named and bool(words.is_descriptor.match(fold(text[first:last]).strip(" .,")))


def _has_form(heading: str) -> bool:
    """Whether a legal form stands among words in capitals, which are a name then ("UBS AG")."""
    return any(word in forms().legal for word in heading.split())


def _is_common(opening: str, words: NameWords) -> bool:
    return all(word in words.other for word in fold(opening).split())


def _is_joined(text: str, place: int) -> bool:
    return bool(_JOINED.match(text, place - 1))


def _one_span(
    text: str, start: int, end: int, signals: set[str], words: NameWords
) -> Iterator[tuple[int, int, set[str]]]:
    first, last = _strip_common(text, start, end, words)
    name = fold(text[first:last])
    is_common = name in words.other or text[first:last].strip(".") in forms().endings or _FILE.search(name)
    if last - first >= 2 and not is_common:
        yield first, last, signals


def _strip_common(text: str, start: int, end: int, words: NameWords) -> tuple[int, int]:
    """Leave out leading and trailing words that are no part of a name ("The", "January")."""
    places = [match.span() for match in _SPACED.finditer(text, start, end)]

    def word(place: tuple[int, int]) -> str:
        return fold(text[place[0] : place[1]]).strip(".,'&")

    is_kept = len(places) > 1 and word(places[-2]) in words.kept
    while (
        places
        and not is_kept
        and (
            (word(places[-1]) in words.trailing and not (len(places) > 2 and text[places[-2][0]].islower()))
            or not word(places[-1])
            or (len(places) > 1 and _CODE.fullmatch(text, *places[-1]))
        )
    ):
        places.pop()
    is_inside = bool(text[:start].strip(" \"'“‘«(-•*"))
    opens = not is_inside or _DATED.fullmatch(text, 0, start) is not None
    parts = words.parts if opens else words.parts | words.openings
    if words.has_small_nouns and words.determiner.search(fold(text[max(0, start - 20) : start])):
        parts = frozenset()  # "this Dutch Acme"
    while places and word(places[0]) in words.other and not (len(places) > 1 and word(places[0]) in parts):
        if is_inside and len(places) == 2 and word(places[0]) in words.commons:
            return start, start  # the last word of a longer name
        opening = word(places.pop(0))
        if words.has_small_nouns and words.determiner.search(f"{opening} "):
            parts = frozenset()
        while places and text[places[0][0]].islower():
            places.pop(0)
    if not places:
        return start, start
    last = places[-1][1]
    return places[0][0], last - 2 if text[last - 2 : last] == "'s" else last
