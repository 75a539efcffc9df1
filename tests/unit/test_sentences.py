"""Sentences and rows: where each stands."""

from __future__ import annotations

import pytest

from extractors.model import Article, Paragraph
from extractors.sentences import read_sentences, split_sentences


def pieces(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Sales rose 4.5%. Profit fell.", ["Sales rose 4.5%.", "Profit fell."]),
        ("en", "Mr. Lee of Acme Inc. said so. He left.", ["Mr. Lee of Acme Inc. said so.", "He left."]),
        ("en", '"It rose." "By much?" No.', ['"It rose."', '"By much?"', "No."]),
        ("en", "J. R. Smith runs it.", ["J. R. Smith runs it."]),
        ("en", "U.S. Marble sold more in the U.S. It grew.", ["U.S. Marble sold more in the U.S.", "It grew."]),
        (
            "en",
            "Otter Co. Ltd.'s sales at W.W. Otter Inc. Chief Lee left.",
            ["Otter Co. Ltd.'s sales at W.W. Otter Inc. Chief Lee left."],
        ),
        ("nl", "Het kostte 3 mln. euro. Dat is veel.", ["Het kostte 3 mln. euro.", "Dat is veel."]),
        ("de", "Am 3. Mai stieg er um 5 Mio. Euro. Gut.", ["Am 3. Mai stieg er um 5 Mio. Euro.", "Gut."]),
        ("zh", "收入3.5亿元。利润下降！", ["收入3.5亿元。", "利润下降！"]),
        ("xx", "One. Two.", ["One.", "Two."]),
    ],
)
def test_a_text_is_split_into_sentences(language: str, text: str, expected: list[str]) -> None:
    assert pieces(text, language) == expected


def test_the_items_of_a_list_are_sentences() -> None:
    assert pieces("- Sales of 5\n- Profit of 3") == ["- Sales of 5", "- Profit of 3"]


def test_offsets_are_the_articles() -> None:
    paragraphs = (Paragraph("First one. Second one."), Paragraph("Metric\t2023\nSales\t5", "table"), Paragraph("Last."))
    article = Article(title="A title", paragraphs=paragraphs, published="2024-01", language="en")
    found = list(read_sentences(article))
    assert [(piece.text, piece.row) for piece in found] == [
        *(("A title", None), ("First one.", None), ("Second one.", None)),
        *(("Metric\t2023", 0), ("Sales\t5", 1), ("Last.", None)),
    ]
    for piece in found:
        whole = article.title if piece.where == "title" else article.text
        assert whole is not None
        assert whole[piece.start : piece.end] == piece.text


def test_a_table_kept_by_bars_alone_is_read_by_rows() -> None:
    text = "in EUR | 2023 | 2022\nSales | 5 | 4\nProfit | 2 | 1"
    article = Article(title=None, paragraphs=(Paragraph(text),), published="2024-01", language="en")
    assert [piece.row for piece in read_sentences(article)] == [0, 1, 2]


def test_a_wall_of_text_is_read_in_parts() -> None:
    assert max(len(piece) for piece in pieces("word " * 5000)) <= 3000
