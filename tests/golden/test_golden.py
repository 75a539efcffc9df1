"""Every folder here is an article and its claims: `article.txt` gives exactly `claims.jsonl`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from extractors.article import parse_article
from extractors.claims import extract_claims
from extractors.model import Claim, Page, Source

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("*/article.txt"))
SOURCE = Source(id="golden", name="Golden", kind="folder", url="golden", authority="press")


def as_row(claim: Claim) -> dict[str, Any]:
    value = claim.value
    ends = ("low", "high")
    return {
        **{
            name: getattr(claim, name)
            for name in ("company", "metric", "scope", "basis", "measure", "status", "period")
        },
        "value": value
        and {
            **{end: None if getattr(value, end) is None else float(getattr(value, end)) for end in ends},
            "unit": value.unit,
            "approx": value.approx,
        },
        "quote": claim.quote,
    }


def test_there_are_articles() -> None:
    assert FOLDERS


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_an_article_gives_its_claims(folder: Path) -> None:
    page = Page(
        source_id=SOURCE.id,
        url=f"file:{folder.name}",
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        body=(folder / "article.txt").read_bytes(),
        headers={"content-type": "text/plain; charset=utf-8"},
    )
    expected = [json.loads(line) for line in (folder / "claims.jsonl").read_text(encoding="utf-8").splitlines() if line]
    found = [as_row(claim) for claim in extract_claims(parse_article(page, SOURCE))]
    assert sorted(found, key=str) == sorted(expected, key=str)
