"""The companies that are known beforehand, and what a company's name is without its trimmings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from extractors.lexicon import read_companies, read_company_forms
from extractors.phrases import Phrases

Kind = Literal["name", "product", "anaphor"]

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_SHOUTED = 5
"""Letters of a name that may be written in capitals alone, as in headlines."""


@dataclass(frozen=True)
class Forms:
    """What stands behind a name: legal forms, words like Group, a ticker in brackets."""

    endings: frozenset[str]
    legal: frozenset[str]
    ticker: re.Pattern[str]


@cache
def forms() -> Forms:
    """The forms, in any language."""
    table = read_company_forms()
    exchanges = "|".join(re.escape(name) for name in sorted(table["exchanges"], key=len, reverse=True))
    legal = frozenset(form.strip(".") for form in table["legal_forms"])
    bare = r"\s[A-Z][A-Za-z0-9]{1,6}\.[A-Z]{1,3}(?![\w.])"
    ticker = rf"{bare}|\s?[(（]\s?(?:(?:{exchanges})[^()]{{0,40}}|[A-Z0-9]{{1,6}}\.[A-Z]{{1,2}}|\d{{6}}\.S[HZ])\s?[)）]"
    return Forms(legal | frozenset(table["group_words"]), legal, re.compile(ticker))


@dataclass(frozen=True)
class Registry:
    """Known names and products, and the name in common use of each."""

    entries: dict[str, tuple[str, Kind]]
    canonical: dict[str, str]
    also_words: Mapping[str, str]
    """Names that are also common words, and the company of each; empty where it has none here."""


@cache
def registry() -> Registry:
    """The companies of `companies.csv`."""
    entries: dict[str, tuple[str, Kind]] = {}
    canonical: dict[str, str] = {}
    also_words = frozenset(read_company_forms()["also_words"])
    for company in read_companies():
        for product in company.products:
            entries.setdefault(product, (company.name, "product"))
    for company in read_companies():
        for name in (company.name, *company.aliases):
            entries[name] = (company.name, "name")
            canonical[name] = company.name
            if len(name) >= _SHOUTED and name not in also_words:
                entries.setdefault(name.upper(), (company.name, "name"))
                for plain in _without_accents(name):
                    entries.setdefault(plain, (company.name, "name"))
                if " " not in name and not name[1:].islower():  # agencies write few capitals: "Biontech"
                    entries.setdefault(name[0] + name[1:].lower(), (company.name, "name"))
    return Registry(entries, canonical, {word: entries[word][0] if word in entries else "" for word in also_words})


def _without_accents(name: str) -> Iterator[str]:
    """A name as agencies write it that have no accents: "Societe Generale", "Deutsche Boerse"."""
    if not name.isascii() and name[0] < "\u3040":
        for written in (name, name.translate(_UMLAUTS)):
            letters = unicodedata.normalize("NFKD", written)
            yield "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def registry_phrases() -> Phrases[tuple[str, Kind]]:
    """The same, to be found in a text."""
    return Phrases(registry().entries, are_names=True)


@lru_cache(maxsize=8192)
def bare_name(name: str) -> str:
    """The name as in common use: without its legal form, a ticker, or a word like Group.

    >>> bare_name("Xiaomi Group Co., Ltd.")
    'Xiaomi'
    """
    words = re.sub(r"\s*[(（].*", "", name).split()
    while len(words) > 1 and words[-1].strip(".,") in forms().endings:
        words.pop()
    return " ".join(words).strip(" ,.&")


def company_named(name: str) -> str:
    """The company that a register or a wire names: in the registry's spelling, else the name in common use.

    >>> company_named("APPLE INC."), company_named("Ottermoor Ferries Ltd")
    ('Apple', 'Ottermoor Ferries')
    """
    bare = bare_name(name.title() if name.isupper() else name)
    return registry().canonical.get(bare) or _folded().get(bare.casefold(), bare)


@cache
def _folded() -> dict[str, str]:
    return {name.casefold(): company for name, company in registry().canonical.items()}
