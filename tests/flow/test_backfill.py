"""Backfill and replay on Prefect: slices of the past, each once; the archive read again."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pytest
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from extractors.claims import extract_claims
from flows import lookback
from flows.addresses import AddressError
from flows.backfill import backfill
from flows.replay import replay

from .conftest import Site, rows

ARTICLE = (
    '<html lang="en"><head><meta name="date" content="{day}"></head><body><article><h1>Harbourline in {day}</h1>'
    "<p>Boat builder Harbourline said on Thursday that its revenue came to {sum}.4 million euros in {year}. It will "
    "no longer say how many boats it sells.</p></article></body></html>"
)
DAYS = [f"2023-{month:02}-{day:02}" for month in range(1, 7) for day in (3, 17)]
FACTS = ("pages", "articles", "claims")
MONTHS = 6
CURRENT = "select claim_id from current_claims order by all"

pytestmark = pytest.mark.usefixtures("prefect")


@pytest.fixture
def home(home: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One source: a sitemap of a page a fortnight of half a year."""
    monkeypatch.setattr(lookback, "BACKOFF_SECONDS", 0.01)
    urls = "".join(f"<url><loc>{site.base_url}/{day.replace('-', '/')}/news</loc></url>" for day in DAYS)
    site.answers["/robots.txt"] = PlainTextResponse("")
    site.answers["/sitemap.xml"] = Response(
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>', media_type="application/xml"
    )
    for number, day in enumerate(DAYS):
        body = ARTICLE.format(day=day, sum=10 + number, year=day[:4])
        site.answers[f"/{day.replace('-', '/')}/news"] = HTMLResponse(body)
    (home / "sources" / "boats.toml").write_text(
        f'name = "Boats"\nkind = "sitemap"\nurl = "{site.base_url}/sitemap.xml"\nauthority = "press"\n'
        "pace_seconds = 0\nallow_private = true\n"
    )
    return home


def slice_lines(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    return [record for record in caplog.records if hasattr(record, "total")]


async def look_back(since: date = date(2023, 1, 1), until: date = date(2023, 6, 30), **how: Any) -> tuple[str, str]:
    state = await backfill(["boats"], since, until, return_state=True, **how)
    return state.name or "", state.message or ""


async def read_again(**how: Any) -> tuple[str, Any]:
    state = await replay(return_state=True, **how)
    return state.name or "", await state.aresult(raise_on_failure=False)


def tables(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    return {table: sorted(rows(home, f"from {table}"), key=repr) for table in FACTS}


def slices(home: Path) -> list[tuple[date, date, str]]:
    covered = "select since_date, until_date, outcome_code from coverage where url is null order by looked_at"
    return rows(home, covered)


async def test_each_slice_is_covered_once_the_latest_first(home: Path, site: Site) -> None:
    assert (await look_back())[0] == "Completed"
    assert len(rows(home, "from pages")) == len(DAYS)
    assert [(since.month, code) for since, _, code in slices(home)] == [(month, "ok") for month in range(6, 0, -1)]
    assert site.requests["/sitemap.xml"] == 1

    before, asked = tables(home), site.requests.copy()
    assert (await look_back())[0] == "Completed"
    assert tables(home) == before
    assert site.requests == asked

    assert (await look_back(again=True))[0] == "Completed"
    assert tables(home) == before


async def test_how_far_it_is_is_told_slice_by_slice(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", "undisclosed"):
        await look_back()
    told = slice_lines(caplog)
    assert [(vars(each)["done"], vars(each)["total"]) for each in told] == [(n, MONTHS) for n in range(1, MONTHS + 1)]
    assert "2023-06-01 to 2023-06-30; slice 1 of 6, 2 pages" in told[0].getMessage()


async def test_a_company_stands_for_its_sources(home: Path) -> None:
    file = home / "sources" / "boats.toml"
    file.write_text(file.read_text() + 'company = "Harbourline"\n')
    state = await backfill([], date(2023, 6, 1), date(2023, 6, 30), companies=["harbourline"], return_state=True)
    assert (state.name, len(rows(home, "from pages"))) == ("Completed", 2)


@pytest.mark.parametrize(
    ("how", "problem"),
    [
        ({"sources": []}, "name a source or a company"),
        ({"sources": [], "companies": ["Harborline"]}, "none is of the company 'Harborline'"),
        ({"sources": ["boots"]}, 'there is no such source (did you mean "boats"?)'),
        ({"sources": ["boats"], "limit": 0}, "greater than or equal to 1"),
    ],
)
async def test_what_is_no_backfill_is_refused(home: Path, how: dict[str, Any], problem: str) -> None:
    state = await backfill(since=date(2023, 6, 1), return_state=True, **how)
    assert (state.name, problem in (state.message or "")) == ("Failed", True)


async def test_what_was_stopped_goes_on_where_it_was(home: Path, site: Site) -> None:
    await look_back(limit=5)
    assert len(rows(home, "from pages")) == 5
    assert len(slices(home)) == 3
    assert (await look_back())[0] == "Completed"
    assert len(rows(home, "from pages")) == len(DAYS)
    assert max(site.requests[f"/{day.replace('-', '/')}/news"] for day in DAYS) == 1


async def test_a_slice_that_lacks_a_page_has_failed_and_is_asked_about_again(home: Path, site: Site) -> None:
    path = "/2023/03/17/news"
    page = site.answers[path]
    site.answers[path] = PlainTextResponse("gone wrong", 410)
    state = await backfill(["boats"], date(2023, 1, 1), date(2023, 6, 30), return_state=True)
    lost = await state.aresult(raise_on_failure=False)
    assert state.is_failed()
    assert {since.month for since, _, code in slices(home) if code == "failed"} == {3}
    assert lost == [{"source": "boats", "failed slice": "2023-03-01 to 2023-03-31"}]
    assert site.requests[path] == lookback.TRIES
    site.answers[path] = page
    assert (await look_back())[0] == "Completed"
    assert len(rows(home, "from pages")) == len(DAYS)


async def test_what_may_pass_is_tried_again_when_the_other_slices_are_done(
    home: Path, site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    path = "/2023/03/17/news"
    site.answers[path] = [PlainTextResponse("gone for now", 404), site.answers[path]]  # type: ignore[list-item]
    with caplog.at_level("INFO", "undisclosed"):
        assert (await look_back())[0] == "Completed"
    assert "boats: 1 slices failed and are tried again in 0 s" in caplog.messages
    assert [code for _, _, code in slices(home)] == ["ok"] * 3 + ["failed"] + ["ok"] * 3


async def test_a_dry_run_tells_what_would_be_fetched(home: Path, site: Site) -> None:
    site.answers["/robots.txt"] = PlainTextResponse("User-agent: *\nCrawl-delay: 2")
    state = await backfill(["boats"], date(2023, 1, 1), date(2023, 6, 30), dry_run=True, return_state=True)
    (row,) = await state.aresult()
    assert (row["source"], row["slices"], row["pages"], row["requests"]) == ("boats", MONTHS, len(DAYS), len(DAYS) + 1)
    assert (row["megabytes"], row["time"]) == (0.96, "26 s")  # of 80,000 bytes each, and at the pace that it asks for
    assert rows(home, "from pages") == []
    assert {code for _, _, code in slices(home)} == {"partial"}


async def test_a_source_that_does_not_look_back_is_told_with_those_that_do(home: Path, site: Site) -> None:
    item = (
        f"<item><link>/{DAYS[-1].replace('-', '/')}/news</link><pubDate>Sat, 17 Jun 2023 08:00:00 GMT</pubDate></item>"
    )
    site.answers["/feed"] = Response(f"<rss version='2.0'><channel>{item}</channel></rss>", media_type="text/xml")
    (home / "sources" / "boats.toml").write_text(
        f'name = "Boats"\nkind = "feed"\nurl = "{site.base_url}/feed"\nauthority = "press"\n'
        "pace_seconds = 0\nallow_private = true\n"
    )
    name, message = await look_back(date(2023, 5, 1))
    assert (name, len(rows(home, "from pages"))) == ("Completed", 1)
    assert "boats reaches back to 2023-06-17 only (further back look sources of the kinds sitemap" in message
    assert {code for _, _, code in slices(home)} == {"partial"}


@pytest.mark.parametrize(
    ("since", "until", "problem"),
    [
        (date(2023, 6, 2), date(2023, 6, 1), "is after until"),
        (date(2999, 1, 1), None, "lies in the future"),
    ],
)
async def test_a_time_that_is_none_is_refused(home: Path, since: date, until: date | None, problem: str) -> None:
    name, message = await look_back(since, until)  # type: ignore[arg-type]
    assert name == "Failed"
    assert problem in message
    assert not (home / "home").exists()


async def test_the_knowledge_time_of_the_past_is_its_publication(home: Path) -> None:
    await look_back()
    ((first, last),) = rows(home, "select min(known_at::date), max(known_at::date) from claims")
    assert (first, last) == (date(2023, 1, 3), date(2023, 6, 17))


async def test_a_replay_by_the_same_extractors_has_nothing_to_read(home: Path) -> None:
    await look_back()
    before = tables(home)
    name, changes = await read_again()
    assert (name, changes.pages.total()) == ("Completed", 0)
    name, changes = await read_again(again=True)
    assert (changes.pages, changes.claims) == ({"same": len(DAYS)}, {})
    assert tables(home) == before


async def test_a_replay_by_others_supersedes_what_has_changed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr("flows.load.extractor_version", lambda: "older")
        older.setattr("flows.read.extract_claims", lambda article: extract_claims(article)[:1])
        await look_back()
    before = tables(home)
    name, changes = await read_again(compare=True)
    assert (name, changes.pages) == ("Completed", {"changed": len(DAYS)})
    assert tables(home) == before

    name, changes = await read_again()
    assert (changes.count("added"), changes.count("gone"), changes.count("changed")) == (len(DAYS), 0, 0)
    assert len(changes.examples["added"]) == 10
    assert rows(home, "select count(*) from current_claims") == [(2 * len(DAYS),)]
    assert set(before["claims"]) < set(tables(home)["claims"])
    assert (await read_again())[1].pages.total() == 0


async def test_after_a_way_back_and_forth_the_present_extractors_reading_stands(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await look_back()
    whole, held = rows(home, CURRENT), tables(home)
    with monkeypatch.context() as older:
        for module in ("load", "rerun"):
            older.setattr(f"flows.{module}.extractor_version", lambda: "older")
        older.setattr("flows.read.extract_claims", lambda article: extract_claims(article)[:1])
        assert (await read_again())[1].pages == {"changed": len(DAYS)}
    assert rows(home, CURRENT) != whole
    assert (await read_again())[1].pages == {"changed": len(DAYS)}
    assert rows(home, CURRENT) == whole
    assert set(held["claims"]) < set(tables(home)["claims"])
    assert (await read_again())[1].pages.total() == 0


async def test_a_record_that_is_gone_costs_only_its_page(home: Path) -> None:
    await look_back()
    (file,) = (home / "home" / "archive").iterdir()
    ((offset,),) = rows(home, "select max(archive_offset) from pages")
    file.write_bytes(file.read_bytes()[: offset + 20])
    name, changes = await read_again(again=True)
    assert name == "Failed"
    assert changes.pages == {"same": len(DAYS) - 1, "failed": 1}


async def test_a_replay_needs_no_network(home: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async def connect(*_: object, **__: object) -> NoReturn:
        raise AddressError("could not be reached: the network is cut")

    await look_back()
    asked = site.requests.copy()
    monkeypatch.setattr("flows.addresses.CheckedBackend.connect_tcp", connect)
    assert (await look_back(again=True))[0] == "Failed"
    name, changes = await read_again(again=True)
    assert (name, changes.pages) == ("Completed", {"same": len(DAYS)})
    assert site.requests == asked
