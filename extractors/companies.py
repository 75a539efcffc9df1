"""Which companies an article speaks of, and which of them it is mainly about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from extractors.chinese_names import chinese_names
from extractors.lexicon import read_currency_codes, read_language
from extractors.model import Article
from extractors.name_words import NameWords, name_words
from extractors.names import Evidence, is_company, on_one_line, weigh_names
from extractors.phrases import Found, Phrases, fold, is_word, without_overlap
from extractors.registry import Kind, bare_name, company_named, registry, registry_phrases
from extractors.sentences import Sentence

_LETTERS = re.compile(r"(?<!\w)[^\W\d_]+")
_OPENING = 2
"""The sentences of an article, from the title on, that say what it is about."""
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*|\w[\w.-]*\.(?:com|org|net|io|ai|co)\b\S*")
"""Where a name is written small though it is one: an address of the web, of mail."""
_SHARE = 0.3
"""What an article's main company has of all mentions, at least, where the article is about it."""


@dataclass(frozen=True, slots=True)
class CompanyMention:
    """A phrase that names a company, one of its products, or points back to it ("the group")."""

    start: int
    end: int
    name: str
    """The company; empty for an anaphor."""
    kind: Kind
    text: str


@dataclass(frozen=True)
class _Finder:
    """The registry's names and the article's own, found together."""

    own: Phrases[tuple[str, Kind]]
    unsaid: frozenset[str]
    """Names of the registry that are only words in this article."""
    _known: dict[str, Sequence[Found[tuple[str, Kind]]]] = field(default_factory=dict)

    def find(self, line: str) -> Sequence[Found[tuple[str, Kind]]]:
        """The names in one line; each line is asked for twice, first to weigh the names."""
        if line not in self._known:
            self._known[line] = self._find(line)
        return self._known[line]

    def _find(self, line: str) -> list[Found[tuple[str, Kind]]]:
        own = self.own.find(line)
        known = [found for found in registry_phrases().find(line) if line[found.start : found.end] not in self.unsaid]
        return without_overlap(own + known) if own else known


@dataclass(frozen=True)
class Names:
    """The companies of one article, and which of them it is mainly about."""

    main: str | None
    are_many: bool
    """Whether the main company is only one of several, none of which the article is about."""
    _finder: _Finder
    _language: str

    def acts(self, text: str, start: int, end: int) -> bool:
        """Whether the name at start:end of a sentence is announced as a company, or does what companies do."""
        words = name_words(self._language)
        before, behind = fold(text[max(0, start - 40) : start]), fold(text[end : end + 80])
        if words.acts.match(behind) or words.described.search(before) or words.bossed.search(before):
            return True
        return bool(words.says.match(behind) or words.has_boss.match(behind)) and not words.place_before.search(before)

    def ends_aside(self, text: str, end: int) -> bool:
        """Whether a verb follows the name behind a comma: it ends an aside to who does that ("A, rival of B, said")."""
        behind = fold(text[end : end + 80])
        return behind[:1] == "," and bool(name_words(self._language).says.match(behind[1:]))

    def is_joined(self, folded: str, start: int) -> bool:
        """Whether a word like "at" or "of" joins what stands at a place to what stands before it."""
        return bool(name_words(self._language).place_before.search(folded[max(0, start - 20) : start]))

    def begins_with_outsider(self, folded: str) -> bool:
        """Whether a sentence begins with a subject that is no company: a government, households, a market."""
        return bool(name_words(self._language).outsider.match(folded))

    def find(self, text: str) -> list[CompanyMention]:
        """The mentions in one of the article's sentences, in order."""
        named = [
            CompanyMention(found.start, found.end, found.what[0], found.what[1], text[found.start : found.end])
            for found in self._finder.find(on_one_line(text))
        ]
        back = [
            CompanyMention(found.start, found.end, "", "anaphor", text[found.start : found.end])
            for found in _anaphora(self._language).find(fold(text))
            if not any(one.start < found.end and found.start < one.end for one in named)
        ]
        return sorted(named + back, key=lambda mention: mention.start)


def read_names(article: Article, sentences: Sequence[Sentence]) -> Names:
    """Find the article's companies: a first pass over all of it."""
    language = article.language
    evidence = _plausible(weigh_names(sentences, language), article)
    if name_words(language).is_cjk:
        for name in chinese_names(sentences):
            evidence.setdefault(name, Evidence()).signals.add("described")
            evidence[name].spelled[name] += 1
    if article.issuer:
        issuer = bare_name(article.issuer)
        evidence.setdefault(issuer, Evidence()).signals.add("legal")
        evidence[issuer].spelled.update({issuer: 1, article.issuer: 1})
    accepted = {name for name, one in evidence.items() if is_company(one)} or _likeliest(evidence)
    entries = _entries(accepted, evidence)
    told = {registry().canonical.get(name, name) for name in accepted}
    unsaid = frozenset(word for word, name in registry().also_words.items() if name not in told)
    finder = _Finder(Phrases(entries, are_names=True), unsaid)
    main, are_many = _main_company(article, sentences, finder)
    return Names(main, are_many, finder, language)


def _plausible(evidence: dict[str, Evidence], article: Article) -> dict[str, Evidence]:
    """Leave out currencies, and single words that the text also has in small letters or behind an article."""
    text = "\n".join([article.title or "", *(paragraph.text for paragraph in article.paragraphs)])
    has_address = any(mark in text for mark in ("www.", "://", "@", ".com"))
    small = set(_LETTERS.findall(_ADDRESS.sub(" ", text) if has_address else text))
    words = name_words(article.language)
    kept = {}
    for name, one in evidence.items():
        is_certain = bool(one.signals & {"legal", "ticker", "known", "has_boss"})
        is_word = " " not in name and name.lower() in small and name.lower() != name
        if not is_certain and (name in read_currency_codes() or is_word):
            continue
        is_shown = "described" in one.signals or (name.isupper() and one.signals & {"bossed", "apposed"})
        is_doubted = not is_certain and not is_shown and not words.has_small_nouns and " " not in name
        if not is_doubted or not _is_determined(name, text, words):
            kept[name] = one
    return kept


def _is_determined(name: str, text: str, words: NameWords) -> bool:
    """Whether an article or the like stands somewhere before the name."""
    return any(words.determiner.search(fold(text[max(0, place - 20) : place])) for place in _places(name, text))


def _places(name: str, text: str) -> Iterator[int]:
    """Where a word of the text begins like the name."""
    place = text.find(name)
    while place >= 0:
        if not place or not is_word(text[place - 1]):
            yield place
        place = text.find(name, place + 1)


def _likeliest(evidence: Mapping[str, Evidence]) -> set[str]:
    """The best name of an article that announces none: what it says or does is evidence enough."""
    likely = {name: one for name, one in evidence.items() if one.points and one.points + min(one.count - 1, 2) >= 2}
    best = max(
        likely, key=lambda name: (likely[name].points, bool(likely[name].inside), likely[name].count), default=None
    )
    return set() if best is None else {best}


def _entries(accepted: set[str], evidence: Mapping[str, Evidence]) -> dict[str, tuple[str, Kind]]:
    """How the accepted names are written; a shorter form of one stands for it."""
    known = registry()
    entries: dict[str, tuple[str, Kind]] = {}
    for name in sorted(accepted):
        key = known.canonical.get(name) or _fullest(name, accepted)
        entries |= {written: (key, "name") for written in evidence[name].spelled if written not in known.entries}
    return entries


def _fullest(name: str, accepted: set[str]) -> str:
    """The fuller name of the same article that begins with this one ("Harbour" of "Harbour Foods"), where it is one."""
    fuller = [other for other in accepted if other.startswith((f"{name} ", f"{name}-"))]
    return fuller[0] if len(fuller) == 1 else name


def _main_company(article: Article, sentences: Sequence[Sentence], finder: _Finder) -> tuple[str | None, bool]:
    """The issuer; else the company that is named most, the title and the opening counting more; is it one of many?"""
    if article.issuer:
        return company_named(article.issuer), False
    salience: dict[str, float] = defaultdict(float)
    places: dict[str, set[int]] = defaultdict(set)
    for number, sentence in enumerate(sentences):
        weight = 4.0 if sentence.where == "title" else 3.0 if number <= _OPENING else 1.0
        for position, found in enumerate(finder.find(on_one_line(sentence.text))):
            salience[found.what[0]] += weight * (1.5 if position == 0 else 1.0)
            places[found.what[0]].add(number)
    if not salience:
        return None, False
    main = max(salience, key=lambda name: salience[name])
    if len(places[main]) == 1 and min(places[main]) > _OPENING and main in registry().canonical:
        return None, True  # a company that is only mentioned
    return main, salience[main] < _SHARE * sum(salience.values())


@cache
def _anaphora(language: str) -> Phrases[str]:
    words = read_language(language).get("companies", {}).get("anaphora", [])
    return Phrases({fold(word): word for word in words})
