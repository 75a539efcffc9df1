from datetime import UTC, date, datetime
from typing import Any

import pytest

from extractors.model import Candidate
from flows.discover import Answer, DiscoverError
from flows.discover.question import NEVER
from tests.unit.discovering import BASE, AWeb, a_page, a_source, ask


def discover(body: str | bytes, *, include: str | None = None, **headers: str) -> Answer:
    return ask(a_source("feed", include=include), AWeb({BASE: a_page(body, **headers)}))


def rss(*items: str) -> str:
    return f'<rss version="2.0"><channel><title>Acme</title>{"".join(items)}</channel></rss>'


def item(link: str, rest: str = "") -> str:
    return f"<item><link>{link}</link>{rest}</item>"


def urls(listing: Answer) -> list[str]:
    return [candidate.url for candidate in listing.candidates]


def test_an_entry_is_a_candidate_with_its_title_and_day() -> None:
    dated = "<title>Acme sells\n  more</title><pubDate>Tue, 12 May 2026 08:00:00 +0200</pubDate>"
    listing = discover(rss(item("https://acme.example/1", dated)))
    assert listing == Answer(
        (Candidate(source_id="acme", url="https://acme.example/1", title="Acme sells more", published="2026-05-12"),)
    )


FORMATS = {
    "RSS 0.91": '<rss version="0.91"><channel><item><link>https://acme.example/1</link></item></channel></rss>',
    "RSS 1.0": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="x"><link>https://acme.example/1</link>
        <dc:date>2026-05-12</dc:date></item></rdf:RDF>""",
    "RSS 2.0": rss(item("https://acme.example/1")),
    "RSS 2.0, guid alone": rss('<item><guid isPermaLink="true">https://acme.example/1</guid></item>'),
    "Atom": """<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="https://acme.example/1"/>
        <updated>2026-05-12T23:30:00-05:00</updated></entry></feed>""",
}


@pytest.mark.parametrize("form", FORMATS)
def test_every_kind_of_feed_is_read(form: str) -> None:
    listing = discover(FORMATS[form])
    assert urls(listing) == ["https://acme.example/1"]
    assert listing.unseen is None


def test_the_day_is_the_one_in_utc() -> None:
    assert discover(FORMATS["Atom"]).candidates[0].published == "2026-05-13"


def test_each_url_comes_once_absolute_without_fragment_in_the_feeds_order() -> None:
    listing = discover(rss(item("/b#top"), item("https://acme.example/a"), item("/b"), item("c?x=1&amp;y=2")))
    assert urls(listing) == ["https://acme.example/b", "https://acme.example/a", "https://acme.example/c?x=1&y=2"]


def test_include_selects_by_url() -> None:
    assert urls(discover(rss(item("/press/1"), item("/blog/2")), include=r"/press/\d+$")) == [
        "https://acme.example/press/1"
    ]


def test_entries_without_a_web_address_are_left_out_and_told() -> None:
    listing = discover(rss(item("/1"), item("mailto:press@acme.example"), "<item><title>None</title></item>"))
    assert urls(listing) == ["https://acme.example/1"]
    assert listing.unseen == "feed has entries without a web address: 2 of 3"


def test_a_title_in_html_becomes_plain_text() -> None:
    titled = '<title type="html">R&amp;amp;D &lt;b&gt;up&lt;/b&gt; 4%</title><link href="/1"/>'
    listing = discover(f'<feed xmlns="http://www.w3.org/2005/Atom"><entry>{titled}</entry></feed>')
    assert listing.candidates[0].title == "R&D up 4%"


def test_an_ill_formed_feed_is_read_and_told() -> None:
    listing = discover(rss(item("/1"), item("/2", "<title>R&D <b></title>")))
    assert urls(listing) == ["https://acme.example/1", "https://acme.example/2"]
    assert listing.unseen is not None
    assert listing.unseen.startswith("feed is ill-formed, entries may be missing: ")
    assert "\n" not in listing.unseen


def test_a_feed_without_entries_is_told() -> None:
    assert discover(rss()) == Answer((), "feed has no entries")


def test_the_encoding_is_the_feeds_own_or_the_headers() -> None:
    titled = rss(item("/1", "<title>Société</title>"))
    declared = b'<?xml version="1.0" encoding="ISO-8859-1"?>' + titled.encode("latin-1")
    for listing in (
        discover(declared, content_type="text/xml"),
        discover(titled.encode("latin-1"), content_type="text/xml; charset=ISO-8859-1"),
        discover(titled, content_type="text/xml"),
    ):
        assert listing.candidates[0].title == "Société"
        assert listing.unseen is None


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("", "feed is empty"),
        ("<!DOCTYPE html><html><body>Not here</body></html>", "feed is an HTML page"),
        ('{"version": "https://jsonfeed.org/version/1"}', "feed is JSON without a list of items"),
        ('{"items": [', "feed is ill-formed JSON (Expecting value: line 1 column 12 (char 11))"),
        ("<urlset/>", "feed is neither RSS nor Atom"),
        ("/etc/passwd", "feed is neither XML nor JSON"),
    ],
)
def test_what_is_no_feed_is_an_error_that_names_source_and_url(body: str, problem: str) -> None:
    with pytest.raises(DiscoverError) as raised:
        discover(body)
    assert str(raised.value) == f"acme: {problem}: https://acme.example/listing.xml"


JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "Acme", "items": [
    {"id": "1", "url": "/1", "title": "Acme  sells more", "date_published": "2026-05-12T23:30:00-05:00"},
    {"id": "2", "external_url": "https://other.example/2", "date_modified": "2026-05-10T08:00:00Z"},
    {"id": "urn:3"}, 4]}"""


def test_a_json_feed_is_read() -> None:
    answer = discover(JSON_FEED)
    assert [(each.url, each.title, each.published) for each in answer.candidates] == [
        ("https://acme.example/1", "Acme sells more", "2026-05-13"),
        ("https://other.example/2", None, "2026-05-10"),
    ]
    assert answer.unseen == "feed has entries without a web address: 2 of 4"


def test_a_wires_entry_names_the_company_that_speaks() -> None:
    entry = item("/1", "<dc:contributor>Acme  Corp.</dc:contributor>")
    feed = rss(entry).replace("<rss", '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"')
    for authority, issuer in (("wire", "Acme Corp."), ("press", None)):
        answer = ask(a_source("feed", authority=authority), AWeb({BASE: feed}))
        assert [each.issuer for each in answer.candidates] == [issuer]


def dated(number: int) -> str:
    return item(f"/{number}", f"<pubDate>{number:02} May 2026 08:00:00 GMT</pubDate>")


def paged(rel: str, *numbers: int, older: str | None = None) -> str:
    link = f'<atom:link rel="{rel}" href="{older}"/>' if older else ""
    return rss(link, *map(dated, numbers)).replace("<rss", '<rss xmlns:atom="http://www.w3.org/2005/Atom"')


OLDER = {
    BASE: paged("prev-archive", 9, 8, older="/2.xml"),
    "https://acme.example/2.xml": paged("prev-archive", 7, 6, older="/3.xml"),
    "https://acme.example/3.xml": paged("prev-archive", 5, 4),
}


@pytest.mark.parametrize(
    ("asked", "found", "pages", "beyond"),
    [
        ({}, (9, 8), 1, None),
        ({"known": ["https://acme.example/8"]}, (9, 8), 1, None),
        ({"known": ["https://acme.example/6"]}, (9, 8, 7, 6), 2, None),
        ({"since": date(2026, 5, 7), "until": date(2026, 5, 8)}, (8, 7), 3, None),
        ({"since": date(2026, 5, 6)}, (9, 8, 7, 6), 3, None),
        ({"since": date(2026, 5, 1)}, (9, 8, 7, 6, 5, 4), 3, "reaches back to 2026-05-04 only"),
        ({"until": date(2026, 5, 4)}, (4,), 3, None),
    ],
)
def test_older_pages_are_read_as_far_as_the_question_needs(
    asked: dict[str, Any], found: tuple[int, ...], pages: int, beyond: str | None
) -> None:
    web = AWeb(OLDER)
    answer = ask(a_source("feed"), web, **asked)
    assert urls(answer) == [f"https://acme.example/{number}" for number in found]
    assert (len(web.log), answer.beyond, answer.unseen) == (pages, beyond, None)


def test_an_archived_page_does_not_change_and_a_paged_one_may() -> None:
    for rel, changed_at in (("prev-archive", NEVER), ("next", None)):
        web = AWeb({BASE: paged(rel, 9, older="/2.xml"), "https://acme.example/2.xml": paged(rel, 8)})
        ask(a_source("feed"), web, since=date(2026, 5, 1))
        assert web.changed_at["https://acme.example/2.xml"] == changed_at


def test_an_older_page_that_fails_is_told() -> None:
    answer = ask(a_source("feed"), AWeb({BASE: OLDER[BASE]}), since=date(2026, 5, 1))
    assert len(answer.candidates) == 2
    assert answer.unseen == "page https://acme.example/2.xml: answered 500"


def test_pages_that_name_the_same_for_ever_end() -> None:
    turning = {BASE: paged("next", 9, older="/2.xml"), "https://acme.example/2.xml": paged("next", 9, older="/3.xml")}
    web = AWeb(turning)
    ask(a_source("feed"), web, since=date(2020, 1, 1))
    assert len(web.log) == 2


def test_a_feed_as_it_was_is_not_read() -> None:
    assert ask(a_source("feed"), AWeb({BASE: ""}, unchanged=[BASE])) == Answer(is_unchanged=True)


def test_an_entrys_change_is_told() -> None:
    entry = '<entry><link href="/1"/><updated>2026-05-12T23:30:00-05:00</updated></entry>'
    (candidate,) = discover(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>').candidates
    assert candidate.updated_at == datetime(2026, 5, 13, 4, 30, tzinfo=UTC)
