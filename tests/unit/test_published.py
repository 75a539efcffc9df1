"""The day on which a page was published, told by machines, by its address, or by what stands at its headline."""

from datetime import date

import pytest

from extractors.dates import find_date
from extractors.markup import read_html

PROSE = "<p>Zonnedauw verkocht in het kwartaal tot 30 september 2024 meer kratten bier dan een jaar eerder.</p>"
LATEST = date(2026, 1, 1)


def published(head: str = "", body: str = "", url: str = "https://x.example/nieuws", lang: str = "nl") -> str | None:
    html = (
        f'<html lang="{lang}"><head><title>Meer kratten bier - X</title>{head}</head><body>{body}{PROSE}</body></html>'
    )
    return read_html(html, url, LATEST).published


HEADLINE = "<h1>Meer kratten bier</h1>"
FAR = PROSE * 20


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("28 de febrero de 2022", "es", "2022-02-28"),
        ("1er mars 2020", "fr", "2020-03-01"),
        ("5. Jänner 2020", "de-AT", "2020-01-05"),
        ("12 września 2021", "pl", "2021-09-12"),
        ("2019. május 5.", "hu", "2019-05-05"),
        ("5 мая 2021 г.", "ru", "2021-05-05"),
        ("2024년 5월 16일", "ko", "2024-05-16"),
        ("Sept. 3rd, 2020", "nl", "2020-09-03"),
        ("Wed, 04 May 2022 00:25:56", "", "2022-05-04"),
        ("5/16/2024", "fr", "2024-05-16"),
        ("4/5/2024", "en-GB", "2024-05-04"),
        ("31.02.2024", "de", None),
        ("call 0612-2024-05", "en", None),
    ],
)
def test_a_date_is_read_in_its_language(text: str, language: str, day: str | None) -> None:
    assert find_date(text, language) == (day and date.fromisoformat(day))


@pytest.mark.parametrize(
    ("head", "body", "url", "day"),
    [
        ('<script type="application/ld+json">{"@type": "WebPage", "datePublished": "2020-01-01", "mainEntity":'
         ' {"@type": "NewsArticle", "datePublished": "2024-10-31"}}</script>', "", "", "2024-10-31"),
        ('<meta property="article:published_time" content="Thu Oct 31 08:00:00 CET 2024">', "", "", "2024-10-31"),
        ("", HEADLINE, "https://x.example/2024/10/31/meer-kratten", "2024-10-31"),
        ('<link rel="canonical" href="https://x.example/2024/10/31/bier">', HEADLINE, "", "2024-10-31"),
        ("", f"{HEADLINE}<div class='byline'>Door Anna, 31 oktober 2024</div>", "", "2024-10-31"),
        ("", f"<p>31-10-2024</p>{HEADLINE}{FAR}<aside><time datetime='2024-11-02'></time></aside>", "", "2024-10-31"),
        ("", f"{HEADLINE}<p><span>31</span> <span>oktober</span> <span>2024</span></p>", "", "2024-10-31"),
        ('<meta name="date" content="2024-11-05">', f"{HEADLINE}<time>31 oktober 2024</time>", "", "2024-10-31"),
        ('<meta name="date" content="2024-11-05">', HEADLINE, "", "2024-11-05"),
        ('<script>window.state = {"publishedAt":"2024-10-31T08:00:00Z"}</script>', HEADLINE, "", "2024-10-31"),
        ("", f"{HEADLINE}{FAR}<ul><li><time datetime='2024-08-10'></time> <a href='/b'>Minder kratten limonade dan ooit"
         "</a></li></ul>", "", None),
        ("", f"<h1><a href='/'>X</a></h1><span class='date'>{'7 november 2024'}</span><h2>Meer kratten bier</h2>"
         "<p class='datum'>31 oktober 2024</p>", "", "2024-10-31"),
        ("", f"{HEADLINE}<p class='author'>31-10-2024</p>{FAR}<dl class='joined'><dd>Lid: 18-09-2008</dd></dl>", "",
         "2024-10-31"),
        ('<meta property="article:published_time" content="2024-10-31"><meta name="pubdate" content="2024-11-12">',
         f"{HEADLINE}<time>12 november 2024</time>", "", "2024-11-12"),
        ('<meta property="article:published_time" content="2024-10-31"><meta name="pubdate" content="2024-11-01">',
         f"{HEADLINE}<time>1 november 2024</time>", "", "2024-10-31"),
        ('<meta property="article:modified_time" content="2024-11-12">', HEADLINE, "", None),
        ('<script>{"publishedAt":"2024-10-31", "more": [{"publishedAt":"2023-10-31"}]}</script>', HEADLINE, "", None),
        ("", HEADLINE, "", None),
        ('<meta property="article:published_time" content="2031-10-31">', HEADLINE, "", None),
    ],
)  # fmt: skip
def test_the_surest_mark_is_the_one_that_counts(head: str, body: str, url: str, day: str | None) -> None:
    assert published(head, body, url or "https://x.example/nieuws") == day


@pytest.mark.parametrize(
    ("stamp", "shown", "day"),
    [
        ("2024-11-01T02:30:00Z", "31 oktober 2024", "2024-10-31"),
        ("2024-10-31T23:00:00.000Z", "", "2024-11-01"),
        ("2024-11-01T12:30:00Z", "31 oktober 2024", "2024-11-01"),
        ("2024-11-01T02:30:00+01:00", "31 oktober 2024", "2024-11-01"),
        ("2024-11-01T02:30:00Z", "28 oktober 2024", "2024-11-01"),
    ],
)
def test_a_night_in_utc_is_the_day_that_the_page_shows(stamp: str, shown: str, day: str) -> None:
    head = f'<meta property="article:published_time" content="{stamp}">'
    assert published(head, f"{HEADLINE}<time>{shown}</time>") == day
