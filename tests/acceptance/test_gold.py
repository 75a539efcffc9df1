"""The documents with marked claims: the sample article exactly, the others said and quoted verbatim."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from extractors.article import article_of_text
from extractors.claims import extract_claims
from extractors.model import Claim

GOLD = Path(__file__).parents[2].parent / "shared" / "gold"

pytestmark = pytest.mark.skipif(not GOLD.exists(), reason="the marked documents do not stand beside the project")


def scoring() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents(folder: str) -> Iterator[dict[str, Any]]:
    for path in sorted((GOLD / folder).glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def read_claims(document: dict[str, Any]) -> list[Claim]:
    text, title, published = document["text"], document["title"], document["published"]
    return extract_claims(article_of_text(text, title=title, published=published, language=document["lang"]))


def as_row(claim: Claim) -> dict[str, Any]:
    value = claim.value
    ends = {} if value is None else {end: getattr(value, end) for end in ("low", "high")}
    numbers = {end: None if number is None else float(number) for end, number in ends.items()}
    return {
        **{
            name: getattr(claim, name)
            for name in ("company", "metric", "scope", "basis", "measure", "status", "period")
        },
        "value": None if value is None else {**numbers, "unit": value.unit, "approx": value.approx},
        "quote": claim.quote,
    }


def test_the_sample_article_gives_its_claims_and_nothing_more() -> None:
    (document,) = documents("seed")
    found = [as_row(claim) for claim in read_claims(document)]
    pairs = scoring().pair(found, document["claims"])
    assert len(found) == len(document["claims"]) == len(pairs)
    assert all(claim["quote"] in document["text"] for claim in found)


@pytest.mark.parametrize("folder", ["dev", "train"])
def test_every_document_is_read_and_quoted_verbatim(folder: str) -> None:
    found = {document["id"]: (document, read_claims(document)) for document in documents(folder)}
    assert len(found) > 100
    for name, (document, claims) in found.items():
        for claim in claims:
            whole = document["text"] if claim.quote_in == "text" else document["title"]
            assert whole[claim.start : claim.end] == claim.quote, name


@pytest.mark.parametrize(("folder", "least"), [("dev", 0.45), ("train", 0.30)])
def test_the_score_has_not_fallen(folder: str, least: float) -> None:
    score = scoring()
    gold = {document["id"]: document for document in documents(folder)}
    found = {name: {"claims": [as_row(claim) for claim in read_claims(document)]} for name, document in gold.items()}
    report, _ = score.score(gold, found)
    assert report["grounded"] == 1.0
    assert report["all"]["f1"] >= least
