"""The company that a release is of: named behind the dateline, and sure."""

from datetime import UTC, datetime

import pytest

from extractors.article import parse_article
from extractors.issuers import release_issuer
from extractors.model import Authority, Candidate, Page, Paragraph, Source

LINE = "ZWOLLE, October 31, 2024 -- "


@pytest.mark.parametrize(
    ("title", "text", "issuer"),
    [
        (None, 'Zonnedauw Brewing Co. ("Zonnedauw") (OTC: ZDB) sold more beer.', "Zonnedauw Brewing Co."),
        ("Zonnedauw sells more", "Zonnedauw, a brewer, today announced its results.", "Zonnedauw"),
        ("Zonnedauw sells more", "Today, Zonnedauw Group is pleased to announce its results.", "Zonnedauw Group"),
        (None, "Zonnedauw, a brewer, today announced its results.", None),
        ("Beer sells well", "Zonnedauw is sold in more shops than ever, and prices rose.", None),
        ("Beer sells well", "Beer drinkers announced nothing.", None),
        ("Zonnedauw", "Zonnedauw (OTC: ZDB): Analysts today announced a new rating.", None),
        ("In Zwolle", "In a first, Zonnedauw announced its results.", None),
    ],
)
def test_the_issuer_is_named_behind_the_dateline(title: str | None, text: str, issuer: str | None) -> None:
    assert release_issuer(title, [Paragraph(LINE + text)], "en") == issuer


def test_lines_about_the_company_make_it_sure() -> None:
    text = f"{LINE}Zonnedauw, a brewer, today announced its results."
    assert release_issuer(None, [Paragraph(text), Paragraph("About Zonnedauw N.V.")], "en") == "Zonnedauw"
    assert release_issuer(None, [Paragraph(text), Paragraph("About The Wire")], "en") is None


@pytest.mark.parametrize(
    ("authority", "told", "issuer"), [("wire", None, "Zonnedauw"), ("press", None, None), ("wire", "Brewer", "Brewer")]
)
def test_only_what_carries_the_statements_of_others_is_read_so(
    authority: Authority, told: str | None, issuer: str | None
) -> None:
    source = Source(id="x", name="X", kind="feed", url="http://x/", authority=authority)
    page = Page(
        source_id="x",
        url="http://x/1",
        fetched_at=datetime(2025, 1, 1, tzinfo=UTC),
        body=f"{LINE}Zonnedauw (OTC: ZDB) sold 4.1 million crates of beer in the third quarter.".encode(),
        headers={"content-type": "text/plain"},
        candidate=Candidate(source_id="x", url="http://x/1", issuer=told),
    )
    assert parse_article(page, source).issuer == issuer
