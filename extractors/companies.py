"""Which companies an article speaks of: those of the registry, and those that the article itself announces as one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from extractors.lexicon import read_companies, read_company_forms, read_language, read_listed_names
from extractors.model import Article
from extractors.phrases import Found, Phrases, fold, without_overlap
from extractors.sentences import Sentence

_ENOUGH = 3
"""Points of evidence that make a capitalised name a company's."""

Kind = Literal["name", "product", "anaphor"]


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

    def find(self, line: str) -> list[Found[tuple[str, Kind]]]:
        own = self.own.find(line)
        known = [found for found in _registry_phrases().find(line) if line[found.start : found.end] not in self.unsaid]
        return without_overlap(own + known) if own else known


@dataclass(frozen=True)
class Names:
    """The companies of one article, and which of them it is mainly about."""

    main: str | None
    _finder: _Finder
    _language: str

    def acts(self, text: str, start: int, end: int) -> bool:
        """Whether the name at start:end of a sentence is announced as a company, or does what companies do."""
        words = _words(self._language)
        before = fold(text[max(0, start - 30) : start])
        return bool(words.act_after.match(fold(text[end : end + 60])) or words.descriptor_before.search(before))

    def find(self, text: str) -> list[CompanyMention]:
        """The mentions in one of the article's sentences, in order."""
        named = [
            CompanyMention(found.start, found.end, found.what[0], found.what[1], text[found.start : found.end])
            for found in self._finder.find(_on_one_line(text))
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
    known = _registry()
    evidence: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    """How often a name stands within a sentence, where a capital means a name."""
    spelled: dict[str, set[str]] = defaultdict(set)
    for sentence in sentences:
        for name, written, points, is_inside in _evidence(sentence, language):
            evidence[name] += points
            counts[name] += 1
            inside[name] += points >= _ENOUGH or is_inside
            spelled[name] |= written
    entries: dict[str, tuple[str, Kind]] = {}
    accepted: set[str] = set()
    if article.issuer:
        issuer = bare_name(article.issuer)
        evidence[issuer] += 10
        spelled[issuer] |= {issuer, article.issuer}
    often = 4 if _words(language).has_small_nouns else 1000
    for name, points in evidence.items():
        points += 1 if counts[name] >= often else 0
        key = known.canonical.get(name, name)
        if points >= _ENOUGH and (inside[name] or counts[name] > 2):
            accepted.add(key)
            entries |= {written: (key, "name") for written in spelled[name] if written not in known.entries}
    if not accepted and evidence:
        best = max(evidence, key=lambda name: (bool(inside[name]), evidence[name], counts[name]))
        if inside[best] and evidence[best] + min(counts[best] - 1, 2) >= 2:
            accepted.add(best)
            entries |= dict.fromkeys(spelled[best], (best, "name"))
    unsaid = frozenset(word for word in known.also_words if known.entries.get(word, ("",))[0] not in accepted)
    finder = _Finder(Phrases(entries, are_names=True), unsaid)
    return Names(_main_company(article, sentences, finder), finder, language)


def _main_company(article: Article, sentences: Sequence[Sentence], finder: _Finder) -> str | None:
    """The issuer; else the company that is named most, the title and the opening counting more."""
    if article.issuer:
        issuer = bare_name(article.issuer)
        return _registry().canonical.get(issuer, issuer)
    salience: dict[str, float] = defaultdict(float)
    for number, sentence in enumerate(sentences):
        weight = 4.0 if sentence.where == "title" else 3.0 if number <= 2 else 1.0
        for position, found in enumerate(finder.find(_on_one_line(sentence.text))):
            salience[found.what[0]] += weight * (1.5 if position == 0 else 1.0)
    return max(salience, key=lambda name: salience[name]) if salience else None


def bare_name(name: str) -> str:
    """The name as in common use: without its legal form, a ticker, or a word like Group.

    >>> bare_name("Xiaomi Group Co., Ltd.")
    'Xiaomi'
    """
    words = re.sub(r"\s*[(（].*", "", name).split()
    while len(words) > 1 and words[-1].strip(".,") in _forms().endings:
        words.pop()
    return " ".join(words).strip(" ,.")


@dataclass(frozen=True)
class _Forms:
    endings: frozenset[str]
    legal: frozenset[str]
    ticker: re.Pattern[str]


@cache
def _forms() -> _Forms:
    table = read_company_forms()
    exchanges = "|".join(re.escape(name) for name in sorted(table["exchanges"], key=len, reverse=True))
    legal = frozenset(form.strip(".") for form in table["legal_forms"])
    ticker = rf"\s?[(（]\s?(?:(?:{exchanges})[^()]{{0,40}}|[A-Z0-9]{{1,6}}\.[A-Z]{{1,2}}|\d{{6}}\.S[HZ])\s?[)）]"
    return _Forms(legal | frozenset(table["group_words"]), legal, re.compile(ticker))


@dataclass(frozen=True)
class _Registry:
    entries: dict[str, tuple[str, Kind]]
    canonical: dict[str, str]
    also_words: frozenset[str]


@cache
def _registry() -> _Registry:
    entries: dict[str, tuple[str, Kind]] = {}
    canonical: dict[str, str] = {}
    for company in read_companies():
        for product in company.products:
            entries.setdefault(product, (company.name, "product"))
    for company in read_companies():
        for name in (company.name, *company.aliases):
            entries[name] = (company.name, "name")
            canonical[name] = company.name
    return _Registry(entries, canonical, frozenset(read_company_forms()["also_words"]))


@cache
def _registry_phrases() -> Phrases[tuple[str, Kind]]:
    return Phrases(_registry().entries, are_names=True)


_WORD = r"[^\W\d_a-zß-öø-ÿ\u3040-\u9fff][\w&+'’.\-]*(?<![.\-'’])"
_NAME = re.compile(rf"(?<![\w])(?:{_WORD}|[0-9]{{1,2}}[A-Z][\w]+)(?: (?:& |of |de |d')?{_WORD}){{0,4}}")
_CJK_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,12}(?=[(（]\d{6}\.S[HZ][)）]|[(（][A-Z0-9]{1,6}\.[A-Z]{1,2}[)）])")
_CJK_HEAD = re.compile(
    r"(?:[日讯消息]{1,2}[，,]|电，|[①-⑳]|\d、)\s*([\u4e00-\u9fffA-Za-z]{2,8}?)(?:：|公告|在互动平台|发公告|发布公告)"
    r"|^([\u4e00-\u9fffA-Za-z]{2,8}?)(?:公告|在互动平台|发公告|发布公告)"
)
_CJK_TITLE = re.compile(r"^([\u4e00-\u9fffA-Za-z]{2,8}?)：")


def _evidence(sentence: Sentence, language: str) -> Iterable[tuple[str, set[str], int, bool]]:
    """Names of the sentence, how they are written, and how much says that each is a company's."""
    words = _words(language)
    text = _on_one_line(sentence.text)
    if words.is_cjk:
        yield from _cjk_evidence(text, sentence)
    for start, end in _spans(text, words):
        written = text[start:end]
        name = bare_name(written)
        is_inside = sentence.where == "text" and text[:start].strip(" \"'“‘«(-•*") != ""
        yield name, {written, name}, _points(text, start, end, name, written, words, sentence), is_inside


def _spans(text: str, words: _Words) -> Iterator[tuple[int, int]]:
    """Where capitalised names stand; "Acme CEO Jane Doe" and "Acme's Jane Doe" are two names each."""
    for match in _NAME.finditer(text):
        start = match.start()
        for part in re.finditer(r"\S+(?:\s|$)", match.group()):
            word = fold(part.group()).strip(" .,")
            if word in words.persons or word.endswith("'s"):
                cut = match.start() + (part.start() if word in words.persons else part.end())
                yield from _one_span(text, start, cut, words)
                start = match.start() + part.end()
        yield from _one_span(text, start, match.end(), words)


def _one_span(text: str, start: int, end: int, words: _Words) -> Iterator[tuple[int, int]]:
    first, last = _strip_common(text, start, end, words.other)
    if last - first >= 2:
        yield first, last


def _points(text: str, start: int, end: int, name: str, written: str, words: _Words, sentence: Sentence) -> int:
    points = 0
    before = fold(text[max(0, start - 30) : start])
    if words.person_before.search(before):
        return -_ENOUGH
    after = text[end : end + 60]
    last = written.split()[-1].strip(".,")
    follow = after.lstrip(" ,.").split(" ", 1)[0].strip(".,;)") if after[:1] in " ," else ""
    if (last in _forms().legal and name != written) or follow in _forms().legal:
        points += _ENOUGH
    if _forms().ticker.match(after):
        points += _ENOUGH
    if name in _registry().canonical:
        points += 1 if name in _registry().also_words else _ENOUGH
    elif name in read_listed_names():
        points += _ENOUGH if " " in name else 2 if words.has_small_nouns else 1
    if words.descriptor_before.search(before):
        points += 2
    acts = words.act_after.match(fold(after)) or (sentence.where == "title" and after[:1] == ":")
    if acts:
        points += 1
    if sentence.where == "title" and start <= 2:
        points += (2 if acts or words.has_small_nouns else 1) + (1 if name != written else 0)
    return points


def _cjk_evidence(text: str, sentence: Sentence) -> Iterable[tuple[str, set[str], int, bool]]:
    patterns = (_CJK_NAME, _CJK_HEAD, _CJK_TITLE) if sentence.where == "title" else (_CJK_NAME, _CJK_HEAD)
    for match in (match for pattern in patterns for match in pattern.finditer(text)):
        written = next((group for group in match.groups() if group), match.group())
        if len(written) >= 2 and written not in _words("zh").other:
            yield written, {written}, _ENOUGH, True


def _strip_common(text: str, start: int, end: int, other: frozenset[str]) -> tuple[int, int]:
    """Leave out leading and trailing words that are no part of a name ("The", "January")."""
    words = [(m.start() + start, m.end() + start) for m in re.finditer(r"\S+", text[start:end])]
    while words and fold(text[words[0][0] : words[0][1]]).strip(".,'") in other:
        words.pop(0)
    while words and fold(text[words[-1][0] : words[-1][1]]).strip(".,'&") in {*other, ""}:
        words.pop()
    if not words:
        return start, start
    end = words[-1][1]
    if text[end - 2 : end] in ("'s", "’s"):
        end -= 2
    return words[0][0], end


@dataclass(frozen=True)
class _Words:
    other: frozenset[str]
    persons: frozenset[str]
    descriptor_before: re.Pattern[str]
    act_after: re.Pattern[str]
    person_before: re.Pattern[str]
    is_cjk: bool
    has_small_nouns: bool


@cache
def _words(language: str) -> _Words:
    table: dict[str, Any] = read_language(language).get("companies", {})
    nouns = "|".join(re.escape(word).replace(r"\*", r"[^\W\d_]*") for word in table.get("descriptors", []))
    persons = table.get("persons", [])
    acts = "|".join(re.escape(word) for word in table.get("acts", []))
    return _Words(
        other=frozenset(fold(word) for word in table.get("other_names", [])),
        persons=frozenset(fold(word) for word in persons),
        descriptor_before=re.compile(rf"(?<!\w)(?:{nouns})[ ,]*[\"'“„«]?$" if nouns else r"(?!)"),
        act_after=re.compile(rf"'s |,? (?:[^\W\d_]+ )?(?:{acts})(?!\w)" if acts else r"(?!)"),
        person_before=re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, persons))})[ .,]*$" if persons else r"(?!)"),
        is_cjk="suffixes" in table,
        has_small_nouns=not table.get("nouns_are_capitalised", False),
    )


@cache
def _anaphora(language: str) -> Phrases[str]:
    words = read_language(language).get("companies", {}).get("anaphora", [])
    return Phrases({fold(word): word for word in words})


def _on_one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\u00a0", " ").replace("’", "'")
