"""Archived pages into readings: what is not as its source says is told, and costs nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime

from extractors.model import Layout, Page, Source
from flows.read import parse_pages

HTML = """<html lang="en"><head><meta property="article:published_time" content="2024-10-31"></head><body><article>
<p>Zonnedauw sold 4.1 million crates of beer in the third quarter, more than a year before.</p></article></body>
</html>"""


@dataclass
class Held:
    page: Page
    file: str = "pages.warc.gz"
    offset: int = 0


def test_a_page_that_no_layout_fits_is_read_and_told() -> None:
    source = Source(id="x", name="X", kind="feed", url="http://x/", authority="press", layouts=(Layout(body=".gone"),))
    page = Page(
        source_id="x",
        url="http://x/1",
        fetched_at=datetime(2025, 1, 1, tzinfo=UTC),
        body=HTML.encode(),
        headers={"content-type": "text/html"},
    )
    batch = parse_pages(source, [Held(page)])
    assert [reading.article is not None for reading in batch.done] == [True]
    assert [(failure.outcome, failure.url) for failure in batch.failures] == [("partial", "http://x/1")]
    assert "layouts" in batch.failures[0].reason
