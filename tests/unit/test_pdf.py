"""PDFs: running text, tables, running heads, and what cannot be read."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from extractors.article import read_page
from extractors.model import Page
from extractors.parts import ArticleError
from extractors.pdf import read_pdf

Line = tuple[int, int, str]
"""Where a text stands, from the left and from the top in points, and the text."""

SALES = "Brouwerij Zonnedauw sold 4.1 million crates of beer in the third quarter,"
MORE = "which is more than a year before."


def a_pdf(*pages: list[Line], title: str | None = None, made: str | None = None, is_locked: bool = False) -> bytes:
    writer = PdfWriter()
    font = writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Courier"),
            }
        )
    )
    for lines in pages:
        page = writer.add_blank_page(612, 792)
        stream = DecodedStreamObject()
        shown = (f"BT /F1 10 Tf {x} {792 - y} Td ({text}) Tj ET".encode("latin-1") for x, y, text in lines)
        stream.set_data(b"\n".join(shown))
        page[NameObject("/Contents")] = writer._add_object(stream)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    writer.add_metadata({name: value for name, value in (("/Title", title), ("/CreationDate", made)) if value})
    if is_locked:
        writer.encrypt("a word")
    body = BytesIO()
    writer.write(body)
    return body.getvalue()


def test_lines_are_paragraphs_and_a_divided_word_is_whole() -> None:
    lines = [(50, 50, "Results of the third quarter"), (50, 90, SALES), (50, 102, MORE + " It will not say how ma-")]
    parts = read_pdf(a_pdf([*lines, (50, 114, "ny it sold in Belgium.")]))
    assert parts.title == "Results of the third quarter"
    assert [paragraph.text for paragraph in parts.paragraphs] == [
        f"{SALES} {MORE} It will not say how many it sold in Belgium."
    ]


def test_columns_of_figures_are_a_table() -> None:
    rows = [("in thousands", "2024", "2023"), ("Revenue", "12,500", "11,000"), ("Loss", "(320)", "(410)")]
    cells = [
        (x, 150 + 12 * number, text)
        for number, row in enumerate(rows)
        for x, text in zip((50, 300, 400), row, strict=True)
    ]
    parts = read_pdf(a_pdf([(50, 90, SALES), (50, 102, MORE), *cells]))
    assert [(paragraph.role, paragraph.text) for paragraph in parts.paragraphs[1:]] == [
        ("table", "in thousands\t2024\t2023\nRevenue\t12,500\t11,000\nLoss\t(320)\t(410)")
    ]


def test_running_heads_are_left_out_and_a_paragraph_goes_on_over_the_page() -> None:
    pages = [
        [(50, 30, "Zonnedauw press release"), (50, 90, SALES), (300, 770, f"page {number}")] for number in (1, 2, 3)
    ]
    pages[1][1] = (50, 90, MORE)
    text = " ".join(paragraph.text for paragraph in read_pdf(a_pdf(*pages)).paragraphs)
    assert text == f"{SALES} {MORE} {SALES}"


def test_a_pdfs_own_title_and_date_are_read() -> None:
    body = a_pdf([(50, 90, SALES), (50, 102, MORE)], title="Zonnedauw: third quarter", made="D:20241031080000+01'00'")
    assert (read_pdf(body).title, read_pdf(body).published) == ("Zonnedauw: third quarter", "2024-10-31")


@pytest.mark.parametrize("title", ["Q3.docx", "Microsoft Word - release final", "Untitled document"])
def test_a_files_name_is_no_title(title: str) -> None:
    assert read_pdf(a_pdf([(50, 90, SALES), (50, 102, MORE)], title=title)).title is None


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"%PDF-1.7\n", "is no PDF that can be read"),
        (b"%PDF-1.7\n" + b"\x00<<[" * 10_000, "is no PDF that can be read"),
        (a_pdf([(50, 90, SALES)])[:300], "is no PDF that can be read"),
        (a_pdf([]), "is a scanned PDF"),
        (a_pdf([(50, 90, SALES)], is_locked=True), "is a PDF that is locked with a password"),
    ],
    ids=["empty", "garbage", "cut off", "no text", "locked"],
)
def test_what_cannot_be_read_is_said(body: bytes, problem: str) -> None:
    with pytest.raises(ArticleError, match=problem):
        read_pdf(body)


def test_a_dateline_goes_before_the_day_on_which_the_file_was_made() -> None:
    body = a_pdf([(50, 50, "Results"), (50, 90, f"Zwolle, October 31, 2024 - {SALES}")], made="D:20241104080000Z")
    fetched = datetime(2025, 1, 1, tzinfo=UTC)
    assert read_page(Page(source_id="x", url="http://x/1.pdf", fetched_at=fetched, body=body)).published == "2024-10-31"
    undated = a_pdf([(50, 50, "Results"), (50, 90, SALES)], made="D:20241104080000Z")
    page = Page(source_id="x", url="http://x/1.pdf", fetched_at=fetched, body=undated)
    assert read_page(page).published == "2024-11-04"
