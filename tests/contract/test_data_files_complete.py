"""What a language, a metric or the company registry lacks is said by name."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from itertools import chain

import pytest

from extractors.lexicon import languages, read_companies, read_company_forms, read_language, read_metrics

CUES = {
    *(
        "target",
        "guidance",
        "estimate",
        "rise",
        "fall",
        "above",
        "below",
    ),
    *("compare", "from", "to", "by", "of", "per", "and", "new", "earlier", "hypothetical", "total"),
    *("shares", "market", "not_goods", "multiples", "times", "times_more", "as_many", "converted"),
    *("pieces", "then", "accord", "after", "extremes"),
}
REFUSALS = {
    *("not", "none", "decline", "stop", "more", "tell", "withheld", "withdraw"),
    *("howmany", "many", "what", "figure", "price", "it", "maybe", "deny", "idle", "leads", "about"),
    *("vague", "listed", "reports", "beyond", "attribute", "unasked", "buys", "agent", "onward"),
    *("asks", "gesture", "poses", "that", "unmeasured", "plans", "verbal", "amounts"),
}
TABLE_WORDS = {"per_share", "counts", "percent", "ratios", "stated", "flows"}
COMPANY_WORDS = {"descriptors", "anaphora", "acts", "other_names"}
ROLES = {"terms", "losses", "margins", "nouns", "also", "verbs", "counts", "alone", "growth", "turns", "asked", "has"}
UNITS = {"money", "percent", "count", "emissions", "change"}


@pytest.mark.parametrize("language", languages())
def test_a_language_has_every_kind_of_word(language: str) -> None:
    tables = read_language(language)
    assert sorted(CUES - set(tables.get("cues", {}))) == [], f"{language}: cues without a list"
    assert sorted(REFUSALS - set(tables.get("refusals", {}))) == [], f"{language}: refusals without a list"
    assert sorted(TABLE_WORDS - set(tables.get("tables", {}))) == [], f"{language}: tables without a list"
    assert sorted(COMPANY_WORDS - set(tables.get("companies", {}))) == [], f"{language}: companies without a list"
    assert "abbreviations" in tables.get("sentences", {}), f"{language}: no [sentences] abbreviations"


@pytest.mark.parametrize("language", languages())
def test_a_languages_words_are_written_once_and_small(language: str) -> None:
    tables = read_language(language)
    for kind, phrases in (*tables["cues"].items(), *tables["refusals"].items()):
        words = list(phrases)
        twice = [word for word, times in Counter(words).items() if times > 1]
        assert twice == [], f"{language} {kind}: twice"
        assert [word for word in words if word != word.lower() or word != word.strip()] == [], f"{language} {kind}"


@pytest.mark.parametrize("metric", read_metrics())
def test_a_metric_is_complete(metric: str) -> None:
    table = read_metrics()[metric]
    assert re.fullmatch(r"[a-z_]+", metric)
    assert table["name"]
    assert table["sign"] in ("any", "positive")
    assert set(table["units"]) <= UNITS
    low, high = map(Decimal, table["range"])
    assert low < high
    lacking = [language for language in languages() if not table.get(language, {}).get("terms")]
    assert lacking == [], f"{metric} has no terms in {lacking}"
    for language in languages():
        assert set(table[language]) <= ROLES, f"{metric} {language}"


def test_no_name_of_a_company_is_anothers() -> None:
    names = Counter(chain.from_iterable((company.name, *company.aliases) for company in read_companies()))
    assert [name for name, times in names.items() if times > 1] == []


def test_the_registry_is_sorted() -> None:
    names = [company.name.casefold() for company in read_companies()]
    assert names == sorted(names)


def test_the_ways_to_name_a_company_are_lists() -> None:
    assert all(read_company_forms()[key] for key in ("legal_forms", "group_words", "exchanges", "also_words"))
