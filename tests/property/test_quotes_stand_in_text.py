"""Whatever the text: a quote is what stands at its place, and a claim is one the model allows."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.claims import extract_claims
from extractors.lexicon import read_metrics
from extractors.model import Article, Paragraph, period_span

PIECES = {
    "en": [
        "Siemens",
        "revenue",
        "rose",
        "5%",
        "to $3 million",
        "in 2023",
        ". ",
        ", ",
        "did not disclose",
        "\t",
        "(12)",
        "\n",
    ],
    "nl": [
        "Philips",
        "de omzet",
        "daalde",
        "5 procent",
        "tot 3 miljoen euro",
        "in 2023",
        ". ",
        "niet bekend",
        " | ",
        "\n",
    ],
    "de": ["Bosch", "der Umsatz", "stieg um", "5 Prozent", "auf 3 Mio. Euro", "2023", ". ", "nicht genannt", "„", "\n"],
    "fr": ["Danone", "le bénéfice net", "a reculé de", "5 %", "à 3 M€", "en 2023", ". ", "ne publie plus", "« ", "\n"],
    "es": [
        "Inditex",
        "las ventas",
        "cayeron un",
        "5 %",
        "hasta 3 millones de euros",
        "en 2023",
        ". ",
        "no reveló",
        "¿",
    ],
    "zh": ["小米", "营收", "同比增长", "5%", "3亿元", "2023年", "。", "不再披露", "“", "，"],
}


@st.composite
def articles(draw: st.DrawFn) -> Article:
    language = draw(st.sampled_from(sorted(PIECES)))
    text = st.lists(st.one_of(st.sampled_from(PIECES[language]), st.text(max_size=6)), max_size=30).map(" ".join)
    paragraphs = tuple(Paragraph(piece) for piece in draw(st.lists(text, min_size=1, max_size=3)))
    title = draw(st.one_of(st.none(), text))
    issuer = draw(st.sampled_from([None, "Siemens AG"]))
    return Article(title=title, paragraphs=paragraphs, published="2024-03", language=language, issuer=issuer)


@settings(deadline=None, max_examples=150)
@given(article=articles())
def test_every_quote_is_verbatim(article: Article) -> None:
    for claim in extract_claims(article):
        whole = article.text if claim.quote_in == "text" else article.title or ""
        assert claim.quote
        assert whole[claim.start : claim.end] == claim.quote


@settings(deadline=None, max_examples=150)
@given(article=articles())
def test_every_claim_is_whole(article: Article) -> None:
    for claim in extract_claims(article):
        assert claim.company
        assert claim.metric in read_metrics()
        assert (claim.value is None) == (claim.status == "withheld")
        assert 0 <= claim.confidence <= 1
        period_span(claim.period)
        if claim.value is not None and claim.value.low is not None and claim.value.high is not None:
            assert claim.value.low <= claim.value.high
