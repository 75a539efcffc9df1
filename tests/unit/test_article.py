"""A page becomes an article, or says why it is none."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from extractors.article import ArticleError, article_of_text, parse_article
from extractors.model import Candidate, Layout, Page, Source

PROSE = "Brouwerij Zonnedauw verkocht in het derde kwartaal 4,1 miljoen kratten bier, meldt het bedrijf."
SOURCE = Source(
    id="zonnedauw", name="Zonnedauw", kind="feed", url="http://x/feed", authority="company", company="Zonnedauw"
)


def page(body: str | bytes, content_type: str = "text/html; charset=utf-8", candidate: Candidate | None = None) -> Page:
    return Page(
        source_id="zonnedauw",
        url="http://x/1",
        fetched_at=datetime(2024, 11, 1, tzinfo=UTC),
        body=body.encode() if isinstance(body, str) else body,
        headers={"content-type": content_type} if content_type else {},
        candidate=candidate,
    )


def html(head: str = "", body: str = f"<article><p>{PROSE}</p></article>", lang: str = "nl") -> str:
    return f'<!doctype html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'


HUGE_YEAR = '<meta name="date" content="Thu, 16 May 99999999999999999999 08:00:00 +0200">'
JSON_LD = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-10-31T08:00:00+01:00"}</script>'
)


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (JSON_LD, "2024-10-31"),
        (
            '<script type="application/ld+json">[{"@graph": [{"headline": "x", "datePublished": "2024-10"}]}]</script>',
            "2024-10",
        ),
        ('<meta property="article:published_time" content="2024-10-30T23:30:00-05:00">', "2024-10-30"),
        ('<meta itemprop="datePublished" content="20241029">', "2024-10-29"),
        ('<meta name="date" content="Tue, 29 Oct 2024 07:00:00 +0100">', "2024-10-29"),
        ('<script type="application/ld+json">{broken</script><meta name="date" content="2024-10-28">', "2024-10-28"),
        ('<meta name="date" content="2024-13-45"><meta name="dcterms.date" content="2024-10-27">', "2024-10-27"),
    ],
)
def test_published_is_the_day_that_the_page_names(head: str, published: str) -> None:
    assert parse_article(page(html(head)), SOURCE).published == published


def test_published_falls_back_on_a_time_element_and_then_on_the_listing() -> None:
    timed = html(body=f'<article><time datetime="2024-10-26">gisteren</time><p>{PROSE}</p></article>')
    hint = Candidate(source_id="zonnedauw", url="http://x/1", published="2024-10-25", title="Kratten")
    assert parse_article(page(timed, candidate=hint), SOURCE).published == "2024-10-26"
    untimed = parse_article(page(html(), candidate=hint), SOURCE)
    assert (untimed.published, untimed.title) == ("2024-10-25", "Kratten")


def test_boilerplate_is_left_out_and_roles_are_kept() -> None:
    body = f"""
      <nav><p>Menu</p></nav><div class="cookies"><p>Wij gebruiken koekjes</p></div>
      <article><h1>Meer kratten</h1><p>{PROSE}</p><h2>Vooruitzicht</h2>
        <blockquote><p>We zijn tevreden.</p></blockquote>
        <ul><li>Omzet: 12 miljoen euro</li><li><p>Winst: 1 miljoen</p></li></ul>
        <aside><p>Lees ook</p></aside><script>var p = "<p>nee</p>"</script></article>
      <footer><p>Colofon</p></footer>"""
    article = parse_article(page(html(JSON_LD, body)), SOURCE)
    assert article.title == "Meer kratten"
    assert [(part.role, part.text) for part in article.paragraphs] == [
        ("lead", PROSE),
        ("headline", "Vooruitzicht"),
        ("quote", "We zijn tevreden."),
        ("list_item", "Omzet: 12 miljoen euro"),
        ("list_item", "Winst: 1 miljoen"),
    ]


def test_every_piece_of_text_is_in_some_paragraph() -> None:
    body = f"""<form><div>Breda<br>31 oktober</div><div>{PROSE} <b>Een <i>record</i></b>, <a>zegt</a> hij.
      <div>Binnen</div>Buiten</div><ul><li>Omzet<ul><li>Bier</li></ul></li></ul></form>"""
    article = parse_article(page(html(JSON_LD, body)), SOURCE)
    assert [part.text for part in article.paragraphs] == [
        "Breda 31 oktober",
        f"{PROSE} Een record, zegt hij.",
        "Binnen",
        "Buiten",
        "Omzet",
        "Bier",
    ]


def test_a_table_is_one_paragraph_of_tabbed_rows() -> None:
    body = f"""<article><p>{PROSE}</p><table>
      <tr><th></th><th colspan="2">Derde kwartaal</th></tr><tr><th>in miljoenen</th><th>2024</th><th>2023</th></tr>
      <tr><td><p>Omzet</p></td><td>12,5</td><td>11,0</td></tr>
          <tr><td>Winst</td><td>1,5</td><td>(0,8)</td></tr><tr><td></td><td></td></tr></table></article>"""
    table = parse_article(page(html(JSON_LD, body)), SOURCE).paragraphs[1]
    assert (table.role, table.text.split("\n")) == (
        "table",
        ["in miljoenen\tDerde kwartaal 2024\tDerde kwartaal 2023", "Omzet\t12,5\t11,0", "Winst\t1,5\t(0,8)"],
    )


def test_the_source_names_issuer_and_language_before_the_page_does() -> None:
    article = parse_article(page(html(JSON_LD, lang="en-GB")), SOURCE)
    assert (article.language, article.issuer, article.publisher) == ("en", "Zonnedauw", "Zonnedauw")
    undeclared = parse_article(page(html(JSON_LD, lang="")), SOURCE)
    assert undeclared.language == "nl"


@pytest.mark.parametrize(
    ("text", "published"),
    [(f" date 2017-01 {PROSE}", "2017-01"), (f"date 2017-01-12\n\n{PROSE}", "2017-01-12")],
)
def test_plain_text_may_begin_with_a_date_marker(text: str, published: str) -> None:
    article = parse_article(page(text, "text/plain"), SOURCE)
    assert (article.published, article.text, article.title) == (published, PROSE, None)


def test_markdown_gives_front_matter_title_and_bare_text() -> None:
    front = "---\ntitle: 'Kratten'\ndate: 2024-10-31\nlang: nl\n---\n\n"
    text = f"{front}**Breda** [website](http://x) {PROSE}\n\n## Over ons\n"
    article = parse_article(page(text, "text/markdown"), SOURCE)
    assert (article.title, article.published) == ("Kratten", "2024-10-31")
    assert article.text == f"Breda website {PROSE}\n\nOver ons"


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"", "text/html", "is empty"),
        (b" \n ", "text/plain", "is empty"),
        (b"%PDF-1.7", "application/pdf", "is no PDF that can be read"),
        (PROSE.encode(), "", "is of no declared type, not HTML, PDF or text"),
        (html(JSON_LD, "<p>404</p>").encode(), "text/html", "holds no article text"),
        (html().encode(), "text/html", "names no publication date"),
        ("Kafé".encode("latin-1") * 9, "text/plain", "is not UTF-8 (byte 3), and declares no other encoding"),
        (PROSE.encode(), "text/plain; charset=klingon", "declares an unknown encoding, 'klingon'"),
        (PROSE.encode(), "text/plain; charset=unicode_escape", "declares an unknown encoding, 'unicode_escape'"),
        (html(HUGE_YEAR).encode(), "text/html", "names no publication date"),
    ],
)
def test_a_page_that_is_no_article_says_why(body: bytes, content_type: str, reason: str) -> None:
    with pytest.raises(ArticleError) as error:
        parse_article(page(body, content_type), SOURCE)
    assert str(error.value).startswith(reason)


@pytest.mark.parametrize(
    ("encoding", "content_type", "head"),
    [
        ("latin-1", "text/html; charset=ISO-8859-1", JSON_LD),
        ("windows-1252", "text/html", f'<meta charset="windows-1252">{JSON_LD}'),
        ("windows-1252", "text/html; charset=iso-8859-1", f"{JSON_LD}<title>\N{EURO SIGN}</title>"),
        ("gb18030", "text/html; charset=gb2312", f"{JSON_LD}<title>\u9555</title>"),
        ("utf-8-sig", "text/html; charset=latin-1", JSON_LD),
        ("utf-16", "text/html", JSON_LD),
        ("utf-8", "text/html; charset=iso-8859-1", JSON_LD),
        ("utf-8", "text/html", f'<meta charset="gb2312">{JSON_LD}'),
        ("windows-1252", "text/html; charset=utf-8", f'<meta charset="windows-1252">{JSON_LD}'),
        ("windows-1252", "text/html", JSON_LD),
    ],
)
def test_the_declared_encoding_is_the_one_that_is_read(encoding: str, content_type: str, head: str) -> None:
    body = html(head, f"<article><p>Café Olé: {PROSE}</p></article>").encode(encoding)
    assert parse_article(page(body, content_type), SOURCE).text == f"Café Olé: {PROSE}"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Spółka nie podała przychodów za trzeci kwartał, ponieważ są jeszcze badane przez rewidenta.", "cp1250"),
        ("Spółka nie podała przychodów za trzeci kwartał, ponieważ są jeszcze badane przez rewidenta.", "iso8859_2"),
        ("Компания не раскрыла выручку за третий квартал, поскольку её ещё проверяет аудитор.", "koi8_r"),
        ("公司没有公布第三季度的营收,因为审计师仍在审核。公司周一表示,全年预期不变。", "gb18030"),
        ("同社は第3四半期の売上高を公表しなかった。監査人がまだ確認しているためだと説明した。", "euc_jp"),
        ("회사는 3분기 매출을 공개하지 않았다. 감사인이 아직 검토하고 있기 때문이라고 밝혔다.", "euc_kr"),
    ],
)
def test_an_encoding_that_nothing_declares_is_told_by_its_bytes(text: str, encoding: str) -> None:
    assert parse_article(page(f"date 2024-05-16 {text}".encode(encoding), "text/plain"), SOURCE).text == text


def test_a_broken_byte_in_a_long_text_is_one_unreadable_character() -> None:
    body = f"date 2024-05-16 Café {PROSE * 20}".encode() + b" K\xfcche"
    text = parse_article(page(body, "text/plain; charset=utf-8"), SOURCE).text
    assert text == f"Café {PROSE * 20} K\N{REPLACEMENT CHARACTER}che"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<div>" * 100_000, "is nested too deeply to be read"),
        (f"<p {' '.join(f'a{number}' for number in range(50_000))}>", "has a tag with more than 2,000 attributes"),
    ],
)
def test_a_page_beyond_reason_is_refused(body: str, reason: str) -> None:
    with pytest.raises(ArticleError, match=reason):
        parse_article(page(html(JSON_LD, f"{body}<p>{PROSE}</p>")), SOURCE)


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 1_900,
        "<table><tr><td>" * 500,
        f"<table>{'<tr><td rowspan=999 colspan=999>1</td><td>2</td></tr>' * 200}</table>",
        f"<p>{'<span class=date>2024-05-16 </span>' * 5_000}</p>",
        "<p>\0\0\x01</p>",
    ],
)
def test_an_odd_page_keeps_its_article(body: str) -> None:
    odd = html(JSON_LD, f"<nav>Menu</nav><script>1</script><article>{body}<p>{PROSE}</p></article>")
    assert PROSE in parse_article(page(odd), SOURCE).text


def test_no_entity_of_a_page_is_expanded() -> None:
    pairs = zip("abcdefgh", "bcdefghi", strict=True)
    laughs = "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in pairs)
    told = html(JSON_LD, f"<p>&i; {PROSE}</p>")
    text = parse_article(page(f'<!DOCTYPE html [<!ENTITY a "ha">{laughs}]>{told}'), SOURCE).text
    assert len(text) < 1_000


def test_a_document_of_text_keeps_every_character() -> None:
    text = "  Eén.\n\n\n\nTwee \n\n a\tb\r\n\r\n"
    assert article_of_text(text, published="2024-01", language="nl").text == text


ENDS = {"old": "Oud.", "new": "Nieuw."}


def test_a_source_says_where_its_pages_keep_the_article_and_until_when() -> None:
    source = replace(
        SOURCE,
        layouts=(
            Layout(body=".old", valid_until=date(2024, 6, 30)),
            Layout(body=".new", leave_out=".kicker"),
        ),
    )
    old, new = (f"<div class={name}><i class=kicker>Bier</i><p>{PROSE} {end}</p></div>" for name, end in ENDS.items())
    for day, end in (("2024-06-30", ENDS["old"]), ("2024-07-01", ENDS["new"])):
        head = f'<meta property="article:published_time" content="{day}">'
        assert parse_article(page(html(head, old + new)), source).text.endswith(f"{PROSE} {end}")
    unfound = replace(SOURCE, layouts=(Layout(body=".gone"),))
    article = parse_article(page(html(JSON_LD)), unfound)
    assert PROSE in article.text
    assert article.note == "is built as none of its source's layouts says"
    assert parse_article(page(html(JSON_LD)), SOURCE).note is None


def test_elements_of_other_namespaces_are_read_within_a_page() -> None:
    text = f"<ix:nonNumeric name='a'><p>{PROSE}</p></ix:nonNumeric>" * 3
    body = f"<nav>Menu</nav><script>1</script><article><h1>Meer kratten</h1>{text}</article>"
    assert PROSE in parse_article(page(html(JSON_LD, body)), SOURCE).text
