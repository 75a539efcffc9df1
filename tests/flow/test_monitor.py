"""The monitor flow on Prefect, against a newsroom over HTTP."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from flows.monitor import monitor
from flows.newsroom.clock import FIRST_DAY, SEASON_ENDS, next_day
from flows.newsroom.server import serve_in_thread
from flows.settings import PROJECT

from .conftest import Site, rows

FACTS = ("pages", "articles", "claims", "companies", "metrics", "sources", "disclosures", "silences")
CURRENT = "select * from disclosures where basis_code = 'actual' and measure_code = 'level'"
TURNS = {
    "it announced that it would stop": f"{CURRENT} and company = 'Velderwiek' and metric = 'unit_sales' "
    "and status_code = 'withheld' and period_start_date = '2024-01-01'",
    "it fell silent without a word": "select * from silences where company = 'Thistlewren' and metric = 'subscribers' "
    "and period_start_date <= '2024-03-31' and period_end_date >= '2024-03-31'",
    "it withheld": f"{CURRENT} and company = 'Lauterhorn' and metric = 'orders' and status_code = 'withheld' "
    "and period_start_date = '2024-01-01'",
    "and resumed": f"{CURRENT} and company = 'Lauterhorn' and metric = 'orders' and status_code = 'disclosed' "
    "and period_start_date = '2024-07-01'",
}
"""The newsroom's story, and where the warehouse tells it."""
FEED = """<rss version="2.0"><channel><title>News</title><link>{base}/</link>{items}</channel></rss>"""
ITEM = "<item><title>{title}</title><link>{base}/{title}</link><pubDate>Thu, 16 May 2024 08:00:00 GMT</pubDate></item>"
ARTICLE = (
    '<html lang="en"><head><meta name="date" content="2024-05-16"></head><body><article>{}</article></body></html>'
)
PROSE = "<p>Boat builder Harbourline said on Thursday that its revenue came to 12.4 million euros in 2023.</p>"

pytestmark = pytest.mark.usefixtures("prefect")


def add_source(home: Path, source_id: str, url: str, **fields: str) -> None:
    given = {"name": source_id, "kind": "feed", "url": url, "authority": "press"} | fields
    lines = [f'{key} = "{value}"' for key, value in given.items()] + ["pace_seconds = 0", "allow_private = true"]
    (home / "sources" / f"{source_id}.toml").write_text("\n".join(lines))


async def run() -> tuple[str, str]:
    state = await monitor(return_state=True)
    return state.name or "", state.message or ""


def tables(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    return {table: sorted(rows(home, f"from {table}"), key=repr) for table in FACTS}


class Clock:
    day = FIRST_DAY

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def newsroom(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """The embedded newsroom's own sources, and its clock."""
    for file in (PROJECT / "sources").glob("newsroom_*.toml"):
        (home / "sources" / file.name).write_bytes(file.read_bytes())
    clock = Clock()
    with serve_in_thread(clock) as base_url:
        monkeypatch.setenv("UNDISCLOSED_NEWSROOM", base_url)
        yield clock


async def test_a_second_run_changes_nothing_and_the_next_day_adds_only_what_is_new(home: Path, newsroom: Clock) -> None:
    assert (await run())[0] == "Completed"
    first = tables(home)
    assert len(first["pages"]) > 50
    assert len(first["claims"]) > len(first["articles"])

    assert (await run())[0] == "Completed"
    assert tables(home) == first
    outcomes = rows(home, "select outcome_code, count(*) from coverage group by all")
    assert {code for code, _ in outcomes} == {"ok", "unchanged"}

    newsroom.day = next_day(newsroom.day)
    assert (await run())[0] == "Completed"
    after = tables(home)
    assert len(after["pages"]) > len(first["pages"])
    assert set(first["pages"]) < set(after["pages"])
    assert set(first["claims"]) < set(after["claims"])
    newsroom.day = SEASON_ENDS[-1]
    assert (await run())[0] == "Completed"
    for turn, sql in TURNS.items():
        assert rows(home, sql), turn
    fetched_twice = "select url from pages group by url, body_sha256 having count(*) > 1"
    assert rows(home, fetched_twice) == []


async def test_each_bad_input_costs_only_itself_and_stands_in_coverage(home: Path, site: Site) -> None:
    base = site.base_url
    names = ("good", "no-article", "latin", "gone", "empty", "picture")
    items = "".join(ITEM.format(base=base, title=name) for name in names)
    site.answers |= {
        "/feed.xml": Response(FEED.format(base=base, items=items), media_type="application/rss+xml"),
        "/good": HTMLResponse(ARTICLE.format(PROSE)),
        "/no-article": HTMLResponse("<html><body><p>Page not found</p></body></html>"),
        "/latin": Response(
            ARTICLE.format("<p>Caf\xe9</p>" * 20).encode("latin-1"), media_type="text/html; charset=utf-8"
        ),
        "/empty": HTMLResponse(""),
        "/picture": Response(b"\x89PNG", media_type="image/png"),
        "/broken": Response(status_code=500),
        "/not-xml": PlainTextResponse("We are moving house."),
    }
    add_source(home, "mixed", f"{base}/feed.xml")
    add_source(home, "broken", f"{base}/broken")
    add_source(home, "not_xml", f"{base}/not-xml")
    add_source(home, "nobody", "http://127.0.0.1:9/feed.xml")
    add_source(home, "unknown_key", f"{base}/feed.xml", colour="green")
    add_source(home, "files", "inbox", kind="folder")
    (home / "inbox" / "undated.txt").write_text("A text that does not say when it appeared, by nobody in particular.")
    (home / "inbox" / "bytes.txt").write_bytes(b" date 2017-01 " + bytes(range(128, 256)) * 4)
    (home / "inbox" / "empty.txt").write_bytes(b"")

    name, message = await run()

    assert name == "Failed"
    assert message.endswith("11 failed")
    inbox = (home / "inbox").as_uri()
    failed = rows(
        home, "select source_id, url, stage_code, error from coverage where outcome_code = 'failed' order by all"
    )
    assert [(source, url, stage) for source, url, stage, _ in failed] == [
        ("broken", None, "discover"),
        ("files", f"{inbox}/bytes.txt", "parse"),
        ("files", f"{inbox}/empty.txt", "parse"),
        ("files", f"{inbox}/undated.txt", "parse"),
        ("mixed", f"{base}/empty", "parse"),
        ("mixed", f"{base}/gone", "fetch"),
        ("mixed", f"{base}/latin", "parse"),
        ("mixed", f"{base}/no-article", "parse"),
        ("nobody", None, "discover"),
        ("not_xml", None, "discover"),
        ("unknown_key", None, "source"),
    ]
    assert all("\n" not in error for *_, error in failed)
    reasons = {source: error for source, url, _, error in failed if url is None}
    assert reasons["broken"] == "answered 500 Internal Server Error"
    assert 'unknown_key.toml:5: key "colour" is unknown' in reasons["unknown_key"]
    unread = "select url, stage_code, error from coverage where outcome_code = 'unread'"
    assert rows(home, unread) == [(f"{base}/picture", "fetch", "is image/png, which is not read")]
    assert rows(home, "select company, metric from claims") == [("Harbourline", "revenue")]


async def test_what_could_not_be_fetched_is_tried_again_and_what_is_no_article_is_not(home: Path, site: Site) -> None:
    base = site.base_url
    items = "".join(ITEM.format(base=base, title=name) for name in ("late", "no-article"))
    feed = Response(FEED.format(base=base, items=items), media_type="application/rss+xml", headers={"etag": '"1"'})
    site.answers |= {"/feed.xml": feed, "/no-article": HTMLResponse("<p>Soon</p>")}
    add_source(home, "s", f"{base}/feed.xml")
    assert (await run())[0] == "Failed"
    site.answers["/late"] = HTMLResponse(ARTICLE.format(PROSE))
    assert (await run())[0] == "Completed"
    assert (site.requests["/late"], site.requests["/no-article"]) == (2, 1)
    assert (await run())[0] == "Completed"
    assert (site.requests["/feed.xml"], site.requests["/robots.txt"]) == (3, 1)
    assert rows(home, "select outcome_code from coverage where url is null order by looked_at") == [
        ("ok",),
        ("ok",),
        ("unchanged",),
    ]


async def test_a_dropped_text_and_its_edited_version_are_both_kept(home: Path) -> None:
    golden = PROJECT / "tests" / "golden" / "xiaomi_retold" / "article.txt"
    add_source(home, "inbox", "inbox", kind="folder")
    dropped = home / "inbox" / "xiaomi.txt"
    dropped.write_bytes(golden.read_bytes())
    assert (await run())[0] == "Completed"
    assert rows(home, "select count(*) from claims") == [(5,)]
    assert (await run())[0] == "Completed"
    assert rows(home, "select count(*) from pages") == [(1,)]
    dropped.write_text(golden.read_text(encoding="utf-8") + "\n\nDit bericht is later aangevuld.", encoding="utf-8")
    assert (await run())[0] == "Completed"
    assert rows(home, "select count(*) from pages") == [(2,)]
    assert rows(home, "select sum(agreeing_source_count), count(*) from disclosures") == [(5, 5)]
    dropped.write_text(
        " date 2017-01 Xiaomi heeft het eerdere bericht ingetrokken, meldde het bedrijf.", encoding="utf-8"
    )
    assert (await run())[0] == "Completed"
    assert rows(home, "select (select count(*) from claims), (select count(*) from disclosures)") == [(10, 0)]


async def test_a_page_that_two_sources_name_is_fetched_twice_at_most_and_held_once(home: Path, site: Site) -> None:
    feed = FEED.format(base=site.base_url, items=ITEM.format(base=site.base_url, title="a"))
    site.answers |= {
        "/feed.xml": Response(feed),
        "/other.xml": Response(feed),
        "/a": HTMLResponse(ARTICLE.format(PROSE)),
    }
    add_source(home, "one", f"{site.base_url}/feed.xml")
    add_source(home, "two", f"{site.base_url}/other.xml")
    for _ in range(3):
        assert (await run())[0] == "Completed"
    assert site.requests["/a"] == 2
    assert rows(home, "select count(*), (select count(*) from claims) from pages") == [(1, 1)]


async def test_a_language_that_is_not_read_is_told_and_is_no_fault(home: Path, site: Site) -> None:
    feed = FEED.format(base=site.base_url, items=ITEM.format(base=site.base_url, title="a"))
    polish = ARTICLE.replace('lang="en"', 'lang="pl"').format(PROSE)
    site.answers |= {"/feed.xml": Response(feed), "/a": HTMLResponse(polish)}
    add_source(home, "s", f"{site.base_url}/feed.xml")
    assert (await run())[0] == "Completed"
    told = "select stage_code, outcome_code, error from coverage where url is not null"
    assert rows(home, told) == [("extract", "unread", "is in a language that is not read (pl)")]
