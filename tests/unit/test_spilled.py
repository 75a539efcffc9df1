"""Tables of which a conversion to text has left one cell a paragraph."""

from __future__ import annotations

import pytest

from extractors.model import Paragraph
from extractors.spilled import gather_tables

BODY = ["Sales|12|10", "Costs|8|7", "Profit|4|3"]
WIDE = ["Sales|12|10|25|21", "Costs|8|7|17|15", "Profit|4|3|8|6"]
WIDE4 = ["Sales|12|10|40|36", "Costs|8|7|30|28", "Profit|4|3|10|8"]

SPILLED = {
    "years alone": (["2024|2023", *BODY], ["\t2024\t2023", *BODY]),
    "currencies and brackets in paragraphs of their own": (
        ["2024|2023", "Sales|€|12|€|10", "Costs|(8|)|(7|)", "Profit|4|%|3|%"],
        ["\t2024\t2023", "Sales|€12|€10", "Costs|(8)|(7)", "Profit|4%|3%"],
    ),
    "a heading in two rows, one a column": (
        ["30 June 2024|31 December 2023", *BODY],
        ["\t30 June 2024\t31 December 2023", *BODY],
    ),
    "a heading that covers two columns each": (
        ["Quarter ended|Half-year ended", "June 30,|June 30,", "2024|2023|2024|2023", *WIDE],
        [
            "\tQuarter ended June 30, 2024\tQuarter ended June 30, 2023"
            "\tHalf-year ended June 30, 2024\tHalf-year ended June 30, 2023",
            *WIDE,
        ],
    ),
    "a heading read column by column": (
        ["Sep. 30,|2024|Dec. 31,|2023", *BODY],
        ["\tSep. 30, 2024\tDec. 31, 2023", *BODY],
    ),
    "units below the periods, a change behind them": (
        ["2024|2023|$|%", *WIDE],
        ["\t2024\t2023\t$\t%", *WIDE],
    ),
    "sections stay lines": (
        ["2024|2023", "Income:", *BODY],
        ["\t2024\t2023", "Income:", *BODY],
    ),
    "a subtotal without a label": (
        ["2024|2023", "Sales|12|10", "Costs|8|7|4|3", "Tax|1|1", "Result|3|2"],
        ["\t2024\t2023", "Sales|12|10", "Costs|8|7", "\t4\t3", "Tax|1|1", "Result|3|2"],
    ),
    "a day below what ends on it": (
        ["Quarter ended December 31,|Year ended|December 31,|2024|2023|2024|2023", *WIDE4],
        [
            "\tQuarter ended December 31, 2024\tQuarter ended December 31, 2023"
            "\tYear ended December 31, 2024\tYear ended December 31, 2023",
            *WIDE4,
        ],
    ),
    "one column": (
        ["Sales|$1,200|Costs|800|Profit|$400|Balance sheet|Assets|9,100|Debt|4,100|Equity|$5,000"],
        ["Sales|$1,200", "Costs|800", "Profit|$400", "Balance sheet", "Assets|9,100", "Debt|4,100", "Equity|$5,000"],
    ),
    "a heading that does not fit is left out": (
        ["Quarter ended June 30,|Half-year ended June 30,|Year ended June 30,", *WIDE],
        WIDE,
    ),
}


@pytest.mark.parametrize(("spilled", "rows"), SPILLED.values(), ids=SPILLED.keys())
def test_a_spilled_table_is_gathered(spilled: list[str], rows: list[str]) -> None:
    prose = Paragraph("Brouwerij Zonnedauw presents its figures for the year." * 6)
    cells = [Paragraph(cell) for row in spilled for cell in row.split("|")]
    gathered = gather_tables([prose, *cells, prose])
    tables = [paragraph for paragraph in gathered if paragraph.role == "table"]
    assert [table.text.replace("\t", "|") for table in tables] == ["\n".join(rows).replace("\t", "|")]
    assert (gathered[0], gathered[-1]) == (prose, prose)


@pytest.mark.parametrize(
    "texts",
    [
        ["1", "First point", "2", "Second point", "3", "Third point", "4", "Fourth point"],
        ["Opening hours", "9", "17", "Closed on", "Monday"],
        ["A short line", "Another", "A third"],
    ],
    ids=["a numbered list", "two figures", "short lines"],
)
def test_what_is_no_table_stays_as_it_is(texts: list[str]) -> None:
    paragraphs = tuple(map(Paragraph, texts))
    assert gather_tables(paragraphs) == paragraphs


def test_the_order_of_everything_is_kept() -> None:
    texts = [
        "Alpha Ltd (in euros)",
        "2024",
        "2023",
        "Sales",
        "1",
        "2",
        "Costs",
        "3",
        "4",
        "Profit",
        "5",
        "6",
        "The end",
    ]
    gathered = gather_tables([Paragraph(text) for text in texts])
    assert [word for paragraph in gathered for word in paragraph.text.split()] == " ".join(texts).split()
