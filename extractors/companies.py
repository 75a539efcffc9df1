"""Which companies an article speaks of, and which of them it is mainly about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from extractors.chinese_names import chinese_names
from extractors.lexicon import read_currency_codes, read_currency_symbols, read_language
from extractors.main_company import Candidate, main_candidate, read_candidates
from extractors.model import Article
from extractors.name_words import NameWords, name_words
from extractors.names import Evidence, is_code, is_company, on_one_line, weigh_names
from extractors.phrases import Found, Phrases, fold, is_word, without_overlap
from extractors.registry import Kind, bare_name, company_named, registry, registry_phrases
from extractors.sentences import Sentence

_LETTERS = re.compile(r"(?<!\w)[^\W\d_]+")
_ADDRESS = re.compile(r"\S*(?:://|www\.|@)\S*|\w[\w.-]*\.(?:com|org|net|io|ai|co)\b\S*")
"""Where a name is written small though it is one: an address of the web, of mail."""
_CODE = re.compile(r"-\d")
"""What makes a name in capitals a product's code ("AB-12")."""
_SHARE = 0.3
"""What an article's main company has of all mentions, at least, where the article is about it."""
_LEAST = -2.8
"""The sum below which a name that nothing announces as a company's is taken for a word."""
_SURE = 4.0
"""How surely an article is about a company, at most."""


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
    halves: frozenset[str]
    """Words of two characters of which a name of the registry may be no more than a half."""
    _known: dict[str, Sequence[Found[tuple[str, Kind]]]] = field(default_factory=dict)

    def find(self, line: str) -> Sequence[Found[tuple[str, Kind]]]:
        """The names in one line; each line is asked for twice, first to weigh the names."""
        if line not in self._known:
            self._known[line] = self._find(line)
        return self._known[line]

    def _find(self, line: str) -> list[Found[tuple[str, Kind]]]:
        own = self.own.find(line)
        known = [found for found in registry_phrases().find(line) if line[found.start : found.end] not in self.unsaid]
        known = [found for found in known if not _CODE.match(line, found.end)]
        known = [found for found in known if not self._cuts_word(line, found.start, found.end)]
        return without_overlap(own + known) if own else known

    def _cuts_word(self, line: str, start: int, end: int) -> bool:
        """Whether a name only seems to stand there: the one of "北京东路"."""
        return bool(self.halves) and (
            line[max(0, start - 1) : start + 1] in self.halves or line[end - 1 : end + 1] in self.halves
        )


@dataclass(frozen=True)
class Names:
    """The companies of one article, and which of them it is mainly about."""

    main: str | None
    about: float
    """How surely the article is about it: 0 is as likely as not."""
    are_many: bool
    """Whether the main company is only one of several, none of which the article is about."""
    candidates: Sequence[Candidate]
    """What the main company was chosen from."""
    _finder: _Finder
    _language: str

    def acts(self, text: str, start: int, end: int) -> bool:
        """Whether the name at start:end of a sentence is announced as a company, or does what companies do."""
        return name_words(self._language).acts_at(text, start, end)

    def told_of(self, name: str) -> Mapping[str, float]:
        """What the article says of a name that it may be about; nothing of one that it does not name."""
        return self._told.get(name, {})

    @cached_property
    def _told(self) -> Mapping[str, Mapping[str, float]]:
        return {one.name: one.features for one in self.candidates}

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
        """The mentions in one of the article's sentences, in order; none of whom the one spoken of only rivals."""
        named = [
            CompanyMention(found.start, found.end, found.what[0], found.what[1], text[found.start : found.end])
            for found in self._finder.find(on_one_line(text))
            if not name_words(self._language).rivalled.match(fold(text[found.end : found.end + 20]))
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
    words = name_words(language)
    if words.is_cjk:
        for name in chinese_names(sentences):
            evidence.setdefault(name, Evidence()).signals.add("described")
            evidence[name].spelled[name] += 1
    if article.issuer:
        issuer = bare_name(article.issuer)
        evidence.setdefault(issuer, Evidence()).signals.add("legal")
        evidence[issuer].spelled.update({issuer: 1, article.issuer: 1})
    accepted = {name for name, one in evidence.items() if is_company(one)}
    whole = "\n".join(sentence.text for sentence in sentences)
    entries = _entries({name for name, one in evidence.items() if not is_code(one)}, evidence, words, whole)
    any_name = _Finder(Phrases(entries, are_names=True), _unsaid(evidence), words.halves)
    candidates = read_candidates(sentences, evidence, any_name.find, language)
    main, about, are_many = _main_company(article, candidates)
    own = _entries(accepted, evidence, words, whole) | {
        written: what for written, what in entries.items() if what[0] == main
    }
    finder = _Finder(Phrases(own, are_names=True), _unsaid([*accepted, main or ""]), words.halves)
    return Names(main, about, are_many, candidates, finder, language)


def _unsaid(names: Iterable[str]) -> frozenset[str]:
    """The names of the registry that are also words, and no company of the article's."""
    told = {registry().canonical.get(name, name) for name in names}
    return frozenset(word for word, name in registry().also_words.items() if name not in told)


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
        if not is_certain and (is_word or name in read_currency_codes() or fold(name) in _money(article.language)):
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


def _entries(
    accepted: set[str], evidence: Mapping[str, Evidence], words: NameWords, whole: str
) -> dict[str, tuple[str, Kind]]:
    """How the accepted names are written; a shorter form of one of the whole text stands for it."""
    known = registry()
    entries: dict[str, tuple[str, Kind]] = {}
    alone = {name for name in accepted if evidence[name].alone}
    fuller = _fuller(accepted, alone, words)
    for name in sorted(accepted):
        bare = _undescribed(name, alone, words)
        key = known.canonical.get(name) or evidence[name].short or _completed(name, words, whole)
        key = key or fuller.get(bare, bare)
        entries |= {written: (key, "name") for written in evidence[name].spelled if written not in known.entries}
        for short in _family_names(name, words):
            entries.setdefault(short, (key, "name"))
    return entries


def _family_names(name: str, words: NameWords) -> Iterator[str]:
    """What a company that bears a family's name is called for short: "Van der Aa" of "Van der Aa Infra"."""
    opening, *rest = name.split()
    if fold(opening) in words.openings and len(rest) > 1:
        end = next((place for place, word in enumerate(rest, 1) if word[0].isupper()), len(rest))
        yield " ".join([opening, *rest[:end]])


def _undescribed(name: str, alone: set[str], words: NameWords) -> str:
    """A name without the descriptor that opens it ("Minera Altorrío"), where the article has it without as well.

    Not one that the place behind it completes ("Stadtwerke Emmerlach").
    """
    first, _, rest = name.partition(" ")
    descriptor = fold(first)
    is_cut = rest in alone and words.is_descriptor.match(descriptor) and descriptor not in words.kept
    return rest if is_cut else name


def _completed(name: str, words: NameWords, whole: str) -> str | None:
    """The company of a name without spaces that is longer than its known one ("星芒中国"), or shorter."""
    known = registry().canonical
    stems = (name.removesuffix(tail) for tail in words.tails if name.endswith(tail))
    fuller = (f"{name}{ending}" for ending in words.endings if words.is_cjk)
    written = (*stems, *(one for one in fuller if one in known and one in whole))
    return next((known[one] for one in written if one in known), None)


def _fuller(names: set[str], alone: set[str], words: NameWords) -> dict[str, str]:
    """The fuller name of the same article, by each shorter one that only one of them completes.

    It begins with the shorter one ("Harbour" of "Harbour Foods") or, where none does, is the one with its descriptor
    ("Minera Altorrío"), which a title has lost.
    """
    begun: dict[str, list[str]] = defaultdict(list)
    described: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for opening in {name[:place] for joint in (" ", "-", *words.endings) for place in _places_within(joint, name)}:
            begun[opening].append(name)
        if words.is_descriptor.match(fold(name.partition(" ")[0])):
            for place in _places_within(" ", name):
                described[name[place + 1 :]].append(name)
    fuller = {name: begun.get(name) or (described.get(name, []) if name not in alone else []) for name in names}
    return {name: found[0] for name, found in fuller.items() if len(found) == 1}


def _places_within(part: str, name: str) -> Iterator[int]:
    """Where a part stands in a name, behind its first letter."""
    place = name.find(part, 1)
    while place > 0:
        yield place
        place = name.find(part, place + 1)


def _main_company(article: Article, candidates: Sequence[Candidate]) -> tuple[str | None, float, bool]:
    """The issuer; else the name that most speaks for; how surely, and whether it is one of many."""
    if article.issuer:
        return company_named(article.issuer), _SURE, False
    best, about = main_candidate(candidates) or (None, -_SURE)
    if best is None or (about < _LEAST and not best.features["sure"]):
        return None, about, bool(candidates)
    return best.name, max(-_SURE, min(about, _SURE)), best.features["share"] < _SHARE


@cache
def _money(language: str) -> frozenset[str]:
    """How amounts of money are written: names and short forms of currencies."""
    tables = read_language(language).get("currencies", {})
    words = (word for kind in ("names", "slang", "cents") for each in tables.get(kind, {}).values() for word in each)
    return frozenset(fold(word).strip(".") for word in (*words, *read_currency_symbols()))


@cache
def _anaphora(language: str) -> Phrases[str]:
    words = read_language(language).get("companies", {}).get("anaphora", [])
    return Phrases({fold(word): word for word in words})
