"""Looking after sources and archive from the command line, over a site on loopback."""

from __future__ import annotations

import asyncio
import gzip
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from extractors.model import Exchange, Page
from flows.archive import Archive
from flows.cli import app
from flows.sources import read_sources
from tests.faults.pipeline import run_once

from .conftest import Site, rows

FEED = """<rss version="2.0"><channel><item><link>/1</link><title>Harbourline grows</title></item>
<item><link>/2</link></item></channel></rss>"""
MAP = "<urlset><url><loc>/1</loc></url></urlset>"
SITE = '<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head></html>'
ARTICLE = (
    '<html lang="en"><head><meta name="date" content="2024-05-16"></head><body><article>'
    "<p>Boat builder Harbourline said on Thursday that its revenue came to {} million euros in 2023.</p>"
    "</article></body></html>"
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def enable(home: Path, site: Site, **fields: str) -> None:
    given = {"name": '"S"', "kind": '"feed"', "url": f'"{site.base_url}/feed.xml"', "authority": '"press"'}
    given |= {"allow_private": "true", "pace_seconds": "0"} | fields
    (home / "sources" / "s.toml").write_text("".join(f"{key} = {value}\n" for key, value in given.items()))


def monitor() -> None:
    asyncio.run(run_once())


@pytest.mark.parametrize(
    ("answers", "kind", "path"),
    [
        ({"/": SITE, "/feed.xml": FEED}, "feed", "/feed.xml"),
        ({"/": FEED}, "feed", "/"),
        ({"/": "<html></html>", "/robots.txt": "Sitemap: {site}/map", "/map": MAP}, "sitemap", "/map"),
        ({"/": "<html></html>", "/rss.xml": FEED}, "feed", "/rss.xml"),
    ],
)
def test_a_site_gives_its_source(home: Path, site: Site, answers: dict[str, str], kind: str, path: str) -> None:
    site.answers |= {at: Response(text.replace("{site}", site.base_url)) for at, text in answers.items()}
    shown = run("sources", "add", f"{site.base_url}/", "--private", "--id", "new")
    assert shown.exit_code == 0, shown.output
    (source,), errors = read_sources(home / "sources", newsroom="http://x")
    assert (source.kind, source.url, source.enabled, errors) == (kind, f"{site.base_url}{path}", False, [])
    again = run("sources", "add", f"{site.base_url}/", "--private", "--id", "new")
    assert (again.exit_code, "is there already" in again.output) == (1, True)


def test_a_site_without_any_is_told(home: Path, site: Site) -> None:
    site.answers["/"] = HTMLResponse("<html></html>")
    shown = run("sources", "add", f"{site.base_url}/", "--private")
    assert (shown.exit_code, "no feed or sitemap was found" in shown.output) == (1, True)
    assert list((home / "sources").iterdir()) == []


def test_a_check_shows_what_would_be_fetched_and_keeps_nothing(home: Path, site: Site) -> None:
    enable(home, site)
    site.answers["/feed.xml"] = Response(FEED)
    shown = run("sources", "check")
    assert shown.exit_code == 0
    assert "ok: s: names 2 pages" in shown.output
    assert f"{site.base_url}/1 Harbourline grows" in shown.output
    assert not (home / "home").exists()
    assert not site.requests["/1"]


def test_a_check_that_finds_nothing_fails_and_says_why(home: Path, site: Site) -> None:
    enable(home, site, include='"/press/"')
    site.answers["/feed.xml"] = Response(FEED)
    (home / "sources" / "t.toml").write_text("kind = 3")
    shown = run("sources", "check")
    assert shown.exit_code == 1
    assert "names no page that include = '/press/' selects" in shown.output
    assert "t.toml:1: kind" in shown.output


def test_a_page_that_changes_is_kept_twice_and_shown_as_it_is_now(home: Path, site: Site) -> None:
    enable(home, site, kind='"sitemap"', url=f'"{site.base_url}/map"')
    entry = "<url><loc>/1</loc><lastmod>{}</lastmod></url>"
    later = f"{datetime.now(UTC).year + 1}-01-01"
    site.answers |= {
        "/map": [Response(f"<urlset>{entry.format(day)}</urlset>") for day in ("2024-05-16", later, later)],
        "/1": [HTMLResponse(ARTICLE.format(amount)) for amount in ("12.4", "12.5")],
    }
    monitor()
    monitor()
    monitor()
    assert rows(home, "select count(*) from pages") == [(2,)]
    assert rows(home, "select previous_text like '%12.4%', text like '%12.5%' from article_revisions") == [(True, True)]
    shown = run("archive", "show", f"{site.base_url}/1")
    assert shown.exit_code == 0
    assert "12.5 million" in shown.output
    assert "2 versions are held" in shown.output
    verified = run("archive", "verify")
    assert (verified.exit_code, verified.output.strip().endswith("2 pages: 0 problems")) == (0, True)


def test_a_listing_that_is_as_it_was_costs_one_request_and_a_revisit(home: Path, site: Site) -> None:
    enable(home, site)
    site.answers |= {
        "/feed.xml": Response(FEED, headers={"etag": '"1"'}),
        "/1": HTMLResponse(ARTICLE),
        "/2": HTMLResponse(ARTICLE),
    }
    for _ in range(3):
        monitor()
    assert (site.requests["/feed.xml"], site.requests["/1"]) == (3, 1)
    kinds = (
        "select record_kind_code, count(*) from archive_records where url like '%feed.xml' group by all order by all"
    )
    assert rows(home, kinds) == [("response", 1), ("revisit", 2)]
    assert rows(home, "select outcome_code, count(*) from coverage where url is null group by all order by all") == [
        ("ok", 1),
        ("unchanged", 2),
    ]


def test_a_listing_that_names_nothing_any_more_is_told_with_its_numbers(home: Path, site: Site) -> None:
    site.answers["/feed.xml"] = Response(FEED)
    enable(home, site, expected_per_week="20", include='"/none/"')
    monitor()
    told = rows(home, "select outcome_code, error from coverage")
    assert told == [("failed", "names nothing, where 20 new pages a week are usual")]
    ((summary,),) = rows(home, "select summary from runs")
    assert summary.endswith("1 failed; fewer than usual at s")


def test_bytes_that_were_changed_are_found(tmp_path: Path, home: Path) -> None:
    archive = Archive(home / "home" / "archive", UUID(int=1), datetime.now(UTC))
    page = Page(source_id="s", url="file:///a", fetched_at=datetime.now(UTC), body=b"figures" * 50)
    (archived,) = archive.write_pages([page])
    archive.close()
    path = home / "home" / "archive" / archived.file
    record = gzip.decompress(path.read_bytes()[archived.offset :]).replace(b"figures", b"figured", 1)
    path.write_bytes(path.read_bytes()[: archived.offset] + gzip.compress(record) + b"\x1f\x8b\x08")
    shown = run("archive", "verify")
    assert shown.exit_code == 1
    assert "not what its digest says" in shown.output
    assert "3 bytes follow" in shown.output


def test_a_record_that_is_being_written_is_no_damage(home: Path) -> None:
    archive = Archive(home / "home" / "archive", UUID(int=1), datetime.now(UTC))
    page = Page(source_id="s", url="file:///a", fetched_at=datetime.now(UTC), body=b"figures" * 50)
    (archived,) = archive.write_pages([page])
    with (home / "home" / "archive" / archived.file).open("ab") as half:
        half.write(b"\x1f\x8b\x08")
    told = run("archive", "verify")
    assert (told.exit_code, told.output.strip().endswith("0 problems")) == (0, True)
    archive.close()
    assert "3 bytes follow" in run("archive", "verify").output


async def test_a_secret_goes_to_its_own_host_and_nowhere_else(
    home: Path, site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    monkeypatch.setenv("UNDISCLOSED_SECRET_ACME", "hunter2-hunter2")
    enable(home, site, headers='{ "X-Api-Key" = "{secret:acme}" }')
    other = f"http://localhost:{site.base_url.rpartition(':')[2]}/other"
    site.answers |= {
        "/feed.xml": Response(FEED.replace("/2", other)),
        "/1": Response(status_code=500),
        "/other": PlainTextResponse("nothing"),
    }
    await run_once()
    assert site.headers["/1"]["x-api-key"] == "hunter2-hunter2"
    assert "x-api-key" not in site.headers["/other"]
    kept = [path for path in (home / "home").rglob("*") if path.is_file()]
    archived = b"".join(gzip.decompress(path.read_bytes()) for path in kept if path.suffix == ".gz")
    assert b"x-api-key: [secret]" in archived.lower()
    assert b"hunter2" not in archived + b"".join(path.read_bytes() for path in kept)
    assert "hunter2" not in caplog.text


async def test_a_secret_that_is_not_there_is_told_with_the_place_where_it_should_be(
    home: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNDISCLOSED_SECRET_ACME", "two\nlines")
    enable(home, site, headers='{ "X-Api-Key" = "{secret:acme}" }')
    await run_once()
    ((error,),) = rows(home, "select error from coverage where url is null")
    assert error == "cannot send the secret of UNDISCLOSED_SECRET_ACME: it has characters that no header may have"


def test_a_warc_file_at_an_address_is_read_and_not_kept(home: Path, site: Site, tmp_path: Path) -> None:
    crawl = Archive(tmp_path / "crawl", UUID(int=1), datetime.now(UTC))
    exchange = Exchange(
        url="https://acme.example/1",
        sent_at=datetime.now(UTC),
        request_headers=(),
        status=200,
        reason="OK",
        headers=(("Content-Type", "text/html"),),
        body=ARTICLE.format("12.4").encode(),
    )
    page = Page(source_id="x", url=exchange.url, fetched_at=exchange.sent_at, body=b"", exchanges=(exchange,))
    (archived,) = crawl.write_pages([page])
    crawl.close()
    site.answers["/a.warc.gz"] = Response((tmp_path / "crawl" / archived.file).read_bytes())
    enable(home, site, kind='"warc"', url=f'"{site.base_url}/a.warc.gz"')
    monitor()
    assert rows(home, "select url from articles inner join pages using (page_id)") == [("https://acme.example/1",)]
    assert list((home / "home" / "downloads").iterdir()) == []
    assert run("archive", "verify").exit_code == 0
