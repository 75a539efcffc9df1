"""The words of a language around names: roles, descriptors, acts, and what looks like a name and is none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.lexicon import read_language
from extractors.patterns import fold, one_of

_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True)
class NameWords:
    """A language's words, compiled."""

    other: frozenset[str]
    """Words that are no part of a name: functions, places, months, common words that open a sentence."""
    parts: frozenset[str]
    """Such words that may all the same open a name of several words ("American Axle")."""
    kept: frozenset[str]
    """Descriptors that are a part of the name, with the place behind them ("Stadtwerke Emmerlach")."""
    openings: frozenset[str]
    """Such words that open a name where they are written with a capital within a sentence ("La Halle")."""
    trailing: frozenset[str]
    """Such words where they stand behind a name ("Acme Thursday"), which may end in a common word ("Acme Services")."""
    commons: frozenset[str]
    origins: frozenset[str]
    """What follows a place and a hyphen before a name ("Boston-based")."""
    persons: frozenset[str]
    described: re.Pattern[str]
    """A descriptor before a name ("boat builder"), adjectives between where the language has them behind a noun."""
    is_descriptor: re.Pattern[str]
    apposed: re.Pattern[str]
    """An apposition behind a name (", the maker of")."""
    role_before: re.Pattern[str]
    role_behind: re.Pattern[str]
    led: re.Pattern[str]
    """An executive or a figure of, before a name ("chief executive of")."""
    bossed: re.Pattern[str]
    has_boss: re.Pattern[str]
    """The head of a company, before or behind its name."""
    owns: re.Pattern[str]
    """A possessive and a company's thing behind a name ("'s revenue")."""
    acts: re.Pattern[str]
    says: re.Pattern[str]
    acting: re.Pattern[str]
    """A time or an act right behind a name in a language without spaces."""
    governed: re.Pattern[str]
    """A preposition right before such a name."""
    determiner: re.Pattern[str]
    place_before: re.Pattern[str]
    """A word that stands before a place ("in", "from"), or joins a name to another ("of")."""
    outsider: re.Pattern[str]
    """A sentence's opening with a subject that is no company."""
    body_before: re.Pattern[str]
    """A word before a name that says it is no company: a union, an association, a regulator."""
    body: re.Pattern[str]
    """The same word as a part of the name."""
    things: frozenset[str]
    """What a company has: its shares, its results."""
    titled: re.Pattern[str]
    """A form of address before a person's name ("Frau Muster")."""
    rival: re.Pattern[str]
    """A word for a competitor before its name ("competitor Acme")."""
    rivalled: re.Pattern[str]
    """The same word joined on behind the name of whom it competes with ("Acme-Rivale")."""
    is_cjk: bool
    endings: tuple[str, ...]
    """Words that end a company's name, where it has no spaces, and may be left out ("星芒汽车")."""
    tails: tuple[str, ...]
    """Such words, and places, that a known name is completed by ("星芒中国")."""
    halves: frozenset[str]
    """Places and words of two characters of which a name without spaces may only seem to be a half ("北京东路")."""
    has_small_nouns: bool
    keeps_descriptors: bool
    """Whether a descriptor with a capital, within a sentence, is a part of the name ("Minera Altorrío")."""

    def acts_at(self, text: str, start: int, end: int) -> bool:
        """Whether the name at start:end of a sentence is announced as a company, or does what companies do."""
        before, behind = fold(text[max(0, start - 40) : start]), fold(text[end : end + 80])
        if self.is_cjk and self.acting.match(behind):
            return not self.governed.search(before)
        if self.acts.match(behind) or self.described.search(before) or self.bossed.search(before):
            return True
        return bool(self.says.match(behind) or self.has_boss.match(behind)) and not self.place_before.search(before)

    def is_act(self, word: str) -> bool:
        """Whether a word is something that a company does, or has, where it stands behind a name."""
        return word in self.things or bool(self.says.match(f" {word}") or self.acts.match(f" {word}"))


def _any(words: Iterable[str]) -> str:
    """A pattern of the words, in which `*` stands for letters; an empty one of none."""
    known = [word for word in words if word]
    return one_of(known).replace(r"\*", r"[^\W\d_]*") if known else ""


def _pattern(template: str, *alternatives: str) -> re.Pattern[str]:
    return re.compile(template.format(*alternatives)) if all(alternatives) else _NEVER


def _acting(names: dict[str, Any], acts: str) -> re.Pattern[str]:
    """What follows a name that acts, in a language without spaces: when, or what it does."""
    when, told = _any(names["when"]), _any((*names["says"], *names["refuses"]))
    day = r"(?:(?:20)?\d\d ?年|\d{1,2}月|\d{1,2}日|第?[一二三四1-4]季|[（(]\d{1,2}日?[)）])"
    return re.compile(rf" ?(?:{when}|{day}|{told}|{acts})")


@cache
def name_words(language: str) -> NameWords:
    """The words of `[companies]` and `[names]` of a language."""
    table: dict[str, Any] = read_language(language).get("companies", {})
    names: dict[str, Any] = read_language(language).get("names", {})
    descriptors, persons = _any(table.get("descriptors", [])), _any(table.get("persons", []))
    acts, says, things = _any(table.get("acts", [])), _any(names.get("says", [])), _any(names.get("things", []))
    of, articles = _any(names.get("of", [])), _any(names.get("articles", []))
    bosses = _any(names.get("bosses", []))
    determiners = _any(names.get("determiners", []))
    bodies = _any(names.get("bodies", []))
    other = (*table.get("other_names", []), *names.get("places", []), *names.get("commons", []))
    return NameWords(
        other=frozenset(map(fold, other)),
        parts=frozenset(map(fold, names.get("parts", []))),
        trailing=frozenset(map(fold, other)) - frozenset(map(fold, names.get("commons", []))),
        commons=frozenset(map(fold, names.get("commons", []))),
        openings=frozenset(map(fold, names.get("openings", []))),
        origins=frozenset(map(fold, names.get("origins", []))),
        kept=frozenset(map(fold, names.get("kept", []))),
        persons=frozenset(map(fold, table.get("persons", []))),
        described=_pattern(
            r"(?<!\w)(?:{})(?: (?:{})){{0,2}}[ ,]*[\"'“„«]?$", descriptors, _any(names.get("adjectives", [])) or "(?!)"
        ),
        is_descriptor=_pattern(r"(?:{})$", descriptors),
        apposed=_pattern(
            r",? ?(?:\([^()]*\))?, (?:(?:{}) (?:[\w'.&-]+ ){{0,5}}?)?(?:{})(?! said)(?!\w)", articles, descriptors
        ),
        role_before=_pattern(r"(?<!\w)(?:{})(?:,? |[ .]*)$", persons),
        role_behind=_pattern(r"(?:, (?:the |its |der |de |el |le )?(?:{}|\d\d,)| ?\(\d\d\))(?!\w)", persons),
        led=_pattern(r"(?<!\w)(?:{})(?: (?:{}) ?|, )(?:the |de |het |der |le |la |el )?$", f"{persons}|{things}", of),
        bossed=_pattern(
            r"(?:(?<!\w)(?:{})(?: [\w.-]+){{0,2}} (?:{}) ?|, (?:{}), )(?:the |de |het |der |le |la |el )?$",
            *(bosses, of, bosses),
        ),
        has_boss=_pattern(r"(?:'s)?[ -](?:{})(?!\w)", bosses),
        owns=_pattern(r"(?:'s|s'|’s) (?:[\w-]+ ){{0,2}}(?:{})(?!\w)|[ -](?:{})(?!\w)", things, persons),
        acts=_pattern(r"'s |,? (?:[^\W\d_]+ )?(?:{})(?!\w)", acts),
        says=_pattern(r"(?:,[^,]{{3,60}},)? (?:[^\W\d_]+ly |also |nun |jetzt |ook |aussi )?(?:{})(?!\w)", says),
        acting=_acting(names, acts) if "suffixes" in table else _NEVER,
        governed=_pattern(r"(?:{}) ?$", _any(names.get("at", []))) if "suffixes" in table else _NEVER,
        determiner=_pattern(r"(?<!\w)(?:{}) $", determiners),
        place_before=_pattern(r"(?<!\w)(?:{}|{}) ?$", _any(names.get("at", [])), of),
        outsider=_pattern(r"[^\w]*(?:[\w'’.-]+ ){{0,3}}?(?:{})(?!\w)", _any(names.get("outsiders", []))),
        body_before=_pattern(r"(?<!\w)(?:{}) [\"'“„«]?$", bodies),
        body=_pattern(r"(?<!\w)(?:{})(?!\w)", bodies),
        things=frozenset(map(fold, names.get("things", []))),
        titled=_pattern(r"(?<!\w)(?:{}) $", _any(names.get("titles", []))),
        rival=_pattern(r"(?<![\w-])(?:{}) [\"'“„«]?$", _any(names.get("rivals", []))),
        rivalled=_pattern(r"-(?:{})(?!\w)", _any(names.get("rivals", []))),
        is_cjk="suffixes" in table,
        endings=tuple(sorted(table.get("suffixes", ()), key=len, reverse=True)),
        tails=tuple(names.get("tails", ())),
        halves=frozenset((*names.get("places", ()), *names.get("halves", ()))) if "suffixes" in table else frozenset(),
        has_small_nouns=not table.get("nouns_are_capitalised", False),
        keeps_descriptors=names.get("keep_descriptors", False),
    )
