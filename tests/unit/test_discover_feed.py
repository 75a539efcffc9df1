import asyncio

import pytest

from extractors.model import Candidate
from flows.discover import DiscoverError, Listing, discover_source
from tests.unit.discovering import a_page, a_source, getting


def discover(body: str | bytes, *, include: str | None = None, **headers: str) -> Listing:
    source = a_source("feed", include=include)
    return asyncio.run(discover_source(source, a_page(body, **headers), getting({})))


def rss(*items: str) -> str:
    return f'<rss version="2.0"><channel><title>Acme</title>{"".join(items)}</channel></rss>'


def item(link: str, rest: str = "") -> str:
    return f"<item><link>{link}</link>{rest}</item>"


def urls(listing: Listing) -> list[str]:
    return [candidate.url for candidate in listing.candidates]


def test_an_entry_is_a_candidate_with_its_title_and_day() -> None:
    dated = "<title>Acme sells\n  more</title><pubDate>Tue, 12 May 2026 08:00:00 +0200</pubDate>"
    listing = discover(rss(item("https://acme.example/1", dated)))
    assert listing == Listing(
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
    assert discover(rss()) == Listing((), "feed has no entries")


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
        ('{"version": "https://jsonfeed.org/version/1", "items": []}', "feed is not XML"),
        ("<urlset/>", "feed is neither RSS nor Atom"),
        ("/etc/passwd", "feed is not XML"),
    ],
)
def test_what_is_no_feed_is_an_error_that_names_source_and_url(body: str, problem: str) -> None:
    with pytest.raises(DiscoverError) as raised:
        discover(body)
    assert str(raised.value) == f"acme: {problem}: https://acme.example/listing.xml"


def test_a_feed_without_a_page_is_an_error() -> None:
    with pytest.raises(DiscoverError, match="feed has no page"):
        asyncio.run(discover_source(a_source("feed"), None, getting({})))
