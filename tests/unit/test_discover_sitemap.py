import gzip
from datetime import UTC, date, datetime

import pytest

from extractors.model import Candidate
from flows.discover import Answer, DiscoverError
from tests.unit.discovering import BASE, AWeb, a_source, ask

SITE = "https://acme.example"
CHANGED = datetime(2026, 5, 12, tzinfo=UTC)


def discover(body: str | bytes, pages: dict[str, str | bytes] | None = None, log: list[str] | None = None) -> Answer:
    web = AWeb({BASE: body} | (pages or {}))
    answer = ask(a_source("sitemap"), web)
    if log is not None:
        log += web.log[1:]
    return answer


def urlset(*locs: str) -> str:
    entries = "".join(f"<url><loc>{loc}</loc><lastmod>2026-05-12</lastmod></url>" for loc in locs)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def index(*locs: str, lastmods: tuple[str, ...] = ()) -> str:
    dates = lastmods or ("2026-05-12",) * len(locs)
    entries = "".join(
        f"<sitemap><loc>{loc}</loc><lastmod>{date}</lastmod></sitemap>" for loc, date in zip(locs, dates, strict=True)
    )
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>'


def urls(listing: Answer) -> list[str]:
    return [candidate.url.removeprefix(SITE) for candidate in listing.candidates]


def test_a_urlset_gives_its_pages_without_a_date() -> None:
    assert discover(urlset(f"{SITE}/1", "<![CDATA[ /2 ]]>", f"{SITE}/3?a=1&amp;b=2")) == Answer(
        tuple(
            Candidate(source_id="acme", url=f"{SITE}{path}", updated_at=CHANGED) for path in ("/1", "/2", "/3?a=1&b=2")
        )
    )


def test_a_news_sitemap_gives_title_and_day() -> None:
    listing = discover(
        """<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
                   xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url>
        <image:image><image:loc>https://acme.example/1.png</image:loc></image:image>
        <news:news><news:publication><news:name>Acme</news:name></news:publication>
        <news:publication_date>2026-05-12T08:00:00+02:00</news:publication_date>
        <news:title>Acme sells more</news:title></news:news><loc>https://acme.example/1</loc></url></urlset>"""
    )
    assert listing.candidates == (
        Candidate(source_id="acme", url=f"{SITE}/1", title="Acme sells more", published="2026-05-12"),
    )


def test_gzip_is_unpacked_whatever_the_name() -> None:
    assert urls(discover(gzip.compress(urlset("/1").encode()))) == ["/1"]


def test_an_index_gives_the_pages_of_its_parts_in_order() -> None:
    pages: dict[str, str | bytes] = {
        f"{SITE}/a.xml": urlset("/1"),
        f"{SITE}/b.xml.gz": gzip.compress(urlset("/2").encode()),
    }
    assert discover(index("/a.xml", "/b.xml.gz"), pages) == Answer(
        (
            Candidate(source_id="acme", url=f"{SITE}/1", updated_at=CHANGED),
            Candidate(source_id="acme", url=f"{SITE}/2", updated_at=CHANGED),
        )
    )


def test_a_part_that_fails_costs_only_itself_and_is_told() -> None:
    listing = discover(index("/a.xml", "/b.xml", "/c.xml"), {f"{SITE}/b.xml": "<html/>", f"{SITE}/c.xml": urlset("/3")})
    assert urls(listing) == ["/3"]
    assert listing.unseen == (
        f"sitemap part {SITE}/a.xml: answered 500; sitemap part {SITE}/b.xml: sitemap is an HTML page"
    )


def test_an_index_that_names_itself_comes_to_an_end() -> None:
    log: list[str] = []
    listing = discover(index(BASE, "/1.xml"), {f"{SITE}/1.xml": urlset("/1")}, log)
    assert (log, urls(listing)) == ([f"{SITE}/1.xml"], ["/1"])
    assert listing.unseen == f"sitemap {BASE} lists itself"


def test_a_part_that_is_as_it_was_is_not_read_and_its_own_parts_are() -> None:
    pages = {BASE: index("/1.xml", "/2.xml"), f"{SITE}/1.xml": urlset("/1"), f"{SITE}/2.xml": urlset("/2")}
    changed = AWeb(pages, unchanged=[BASE, f"{SITE}/1.xml"])
    answer = ask(a_source("sitemap"), changed)
    assert (urls(answer), answer.is_unchanged) == (["/2"], False)
    as_it_was = AWeb(pages, unchanged=list(pages))
    assert ask(a_source("sitemap"), as_it_was) == Answer(is_unchanged=True)
    assert ask(a_source("sitemap"), as_it_was, since=date(2026, 5, 12)).candidates


def test_a_part_is_asked_for_as_of_its_last_change() -> None:
    web = AWeb({BASE: index("/1.xml", "/2.xml", lastmods=("2026-05-12", "2026-05-11T10:00:00+02:00"))})
    ask(a_source("sitemap"), web)
    assert web.changed_at[f"{SITE}/1.xml"] == datetime(2026, 5, 12, 23, 59, 59, tzinfo=UTC)
    assert web.changed_at[f"{SITE}/2.xml"] == datetime(2026, 5, 11, 8, tzinfo=UTC)


def test_what_was_changed_last_before_the_time_asked_about_is_not_of_it() -> None:
    parts = index("/old.xml", "/new.xml", lastmods=("2026-04-30", "2026-05-12"))
    pages = {
        BASE: parts,
        f"{SITE}/new.xml": urlset("/2024/05/16/a", "/2026/05/02/b", "/c"),
    }
    web = AWeb(pages)
    answer = ask(a_source("sitemap"), web, since=date(2026, 5, 1), until=date(2026, 5, 31))
    assert (web.log, urls(answer)) == ([BASE, f"{SITE}/new.xml"], ["/2026/05/02/b", "/c"])
    assert ask(a_source("sitemap"), web, since=date(2026, 5, 13)).candidates == ()


def test_no_more_than_two_levels_are_fetched() -> None:
    log: list[str] = []
    pages: dict[str, str | bytes] = {f"{SITE}/{level}": index(f"/{level + 1}") for level in (1, 2, 3)}
    listing = discover(index("/1"), pages, log)
    assert log == [f"{SITE}/1", f"{SITE}/2"]
    assert listing.unseen == f"sitemap {SITE}/2 has parts nested too deep, not fetched: 1"


def test_of_too_many_parts_the_latest_are_fetched_in_order() -> None:
    log: list[str] = []
    paths = tuple(f"/{number}.xml" for number in range(103))
    lastmods = tuple("2026-01-01" if number in (0, 50, 102) else "2026-02-01" for number in range(103))
    listing = discover(index(*paths, lastmods=lastmods), {f"{SITE}{path}": urlset(path) for path in paths}, log)
    assert log == [f"{SITE}{path}" for number, path in enumerate(paths) if number not in (0, 50, 102)]
    assert listing.beyond == f"sitemap {BASE} has parts beyond the limit, left for another look: 3"
    assert listing.unseen is None


@pytest.mark.parametrize(
    "tail",
    ["<url><loc>https://acme.example/cut-sho", "<url><loc>https://acme.example/?a=1&b=2</loc></url></urlset>"],
)
def test_an_ill_formed_sitemap_is_read_up_to_its_fault(tail: str) -> None:
    listing = discover(urlset("/1").removesuffix("</urlset>") + tail)
    assert urls(listing) == ["/1"]
    assert listing.unseen is not None
    assert listing.unseen.startswith(f"sitemap {BASE} is ill-formed, what follows is not read: ")


def test_an_entity_is_not_looked_up() -> None:
    listing = discover(
        """<!DOCTYPE urlset [<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY end "secret">]>
        <urlset><url><loc>https://acme.example/&end;</loc></url><url><loc>https://acme.example/&file;</loc></url>
        <url><loc>https://acme.example/1</loc></url></urlset>"""
    )
    assert urls(listing) == ["/1"]
    assert listing.unseen == f"sitemap {BASE} has entries without a web address: 2 of 3"


def test_a_sitemap_without_entries_is_told() -> None:
    assert discover(urlset()) == Answer((), f"sitemap {BASE} has no entries")


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("", "sitemap is empty"),
        ("<!DOCTYPE html><html><head></head></html>", "sitemap is an HTML page"),
        ("not here", "sitemap is not XML"),
        ('<rss version="2.0"/>', "sitemap has no <urlset>, but <rss>"),
        (b"\x1f\x8bnothing", "sitemap cannot be unpacked"),
        (gzip.compress(b" " * (50 * 2**20 + 1)), "sitemap is larger than 50 MB unpacked"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("sitemap") else "",
)
def test_what_is_no_sitemap_is_an_error_that_names_source_and_url(body: str | bytes, problem: str) -> None:
    with pytest.raises(DiscoverError) as raised:
        discover(body)
    assert str(raised.value).startswith(f"acme: {problem}")
    assert str(raised.value).endswith(BASE)


@pytest.mark.parametrize("lastmod", ["2024-06-01T03:00:00+09:00", "2024-06-01T00:30:00", "2024-06-01", "2024-06"])
def test_what_was_changed_at_night_is_of_the_day_that_its_zone_has(lastmod: str) -> None:
    web = AWeb(
        {
            BASE: index("/part.xml", lastmods=(lastmod,)),
            f"{SITE}/part.xml": urlset("/2024/06/01/a").replace("2026-05-12", lastmod),
        }
    )
    in_may = ask(a_source("sitemap"), web, since=date(2024, 5, 1), until=date(2024, 5, 31))
    in_june = ask(a_source("sitemap"), web, since=date(2024, 6, 1), until=date(2024, 6, 30))
    assert (urls(in_may), urls(in_june)) == ([], ["/2024/06/01/a"])


def test_a_series_of_questions_reads_each_file_once() -> None:
    old, new = f"{SITE}/2024/05/03/a", f"{SITE}/2024/06/03/b"
    pages = f"<urlset><url><loc>{old}</loc></url><url><loc>{new}</loc></url></urlset>"
    web = AWeb({BASE: index(f"{SITE}/part.xml"), f"{SITE}/part.xml": pages})
    kept: dict[str, object] = {}
    months = [(date(2024, 6, 1), date(2024, 6, 30)), (date(2024, 5, 1), date(2024, 5, 31))]
    answers = [ask(a_source("sitemap"), web, since=first, until=last, kept=kept) for first, last in months]
    assert [urls(answer) for answer in answers] == [["/2024/06/03/b"], ["/2024/05/03/a"]]
    assert web.log == [BASE, f"{SITE}/part.xml"]
