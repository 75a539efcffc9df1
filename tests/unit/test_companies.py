"""Which companies a text speaks of, in each language: every case in `tests/cases/companies/` as its file says."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractors.article import article_of_text
from extractors.companies import read_names
from extractors.sentences import read_sentences

CASES = Path(__file__).parents[1] / "cases" / "companies"


def cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            yield pytest.param(path.stem, case, id=f"{path.stem}-{case['name']}")


@pytest.mark.parametrize(("language", "case"), list(cases()))
def test_companies_are_found(language: str, case: dict[str, Any]) -> None:
    article = article_of_text(case["text"], published="2024-05-02", title=case.get("title"), language=language)
    sentences = list(read_sentences(article))
    names = read_names(article, sentences)
    found = {mention.name for sentence in sentences for mention in names.find(sentence.text) if mention.name}
    assert found == set(case["companies"])
    assert (names.main or "") == case.get("main", next(iter(case["companies"]), ""))
