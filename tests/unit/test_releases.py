"""What a press release opens with: its headline and its dateline."""

from datetime import UTC, date, datetime

import pytest

from extractors.article import read_page
from extractors.model import Page, Paragraph
from extractors.parts import Parts
from extractors.releases import find_dateline

REPORT = "Zonnedauw Brewing Co. today announced that it sold 4.1 million crates of beer in the third quarter."


def read(text: str, content_type: str = "text/html; charset=utf-8") -> Parts:
    fetched = datetime(2025, 1, 1, tzinfo=UTC)
    headers = {"content-type": content_type}
    return read_page(
        Page(source_id="x", url="http://x/99.htm", fetched_at=fetched, body=text.encode(), headers=headers)
    )


@pytest.mark.parametrize(
    ("line", "language", "day"),
    [
        ("SAN JOSE, Calif., March 15, 2023 -- ", "en", date(2023, 3, 15)),
        ("SAN JOSE, Calif. – March 15, 2023 – ", "en", date(2023, 3, 15)),
        ("Silicon Valley, CA (April 16, 2024) – ", "en", date(2024, 4, 16)),
        ("ST. PAUL, Minn., March 8, 2024 /PRNewswire/ -- ", "en", date(2024, 3, 8)),
        ("Austin, TX (Wire) Monday Sep 23, 2024 @ 7:00 AM US/Pacific — ", "en", date(2024, 9, 23)),
        ("Zwolle, 31 oktober 2024 – ", "nl", date(2024, 10, 31)),
        ("Berlin, den 12. März 2024 – ", "de", date(2024, 3, 12)),
        ("The brewery opened on March 15, 2023 - ", "en", None),
        ("Utrecht, March 3, 2024 - March 5, 2024: ", "en", None),
        ("Sales in the year to March 15, 2023 -- ", "en", None),
    ],
)
def test_a_dateline_dates_the_report_behind_it(line: str, language: str, day: date | None) -> None:
    found = find_dateline([Paragraph("Exhibit 99.1"), Paragraph(line + REPORT)], language)
    assert (found.day if found else None) == day
    if found:
        assert (line + REPORT)[found.end :] == REPORT


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["For Immediate Release: November 22, 2024", "KEARNEY, NE -- (WIRE) -- " + REPORT], date(2024, 11, 22)),
        (["December 19, 2023", "Dear shareholders", REPORT], date(2023, 12, 19)),
        (["April 26, 2024", "Date of Report (Date of earliest event reported)", REPORT], None),
        (["Third quarter ended September 30, 2024", REPORT], None),
        ([REPORT * 3, "DATE: November 12, 2024"], None),
    ],
)
def test_a_date_on_a_line_of_its_own_above_the_text_dates_it(lines: list[str], day: date | None) -> None:
    found = find_dateline([Paragraph(line) for line in lines], "en")
    assert (found.day if found else None) == day


def test_an_exhibit_in_its_wrapper_is_named_and_dated_by_its_text() -> None:
    parts = read(
        "<DOCUMENT>\n<TYPE>EX-99.1\n<SEQUENCE>2\n<FILENAME>ex99.htm\n<TEXT>\n<html><head><title>Document</title></head>"
        "<body><p>Exhibit 99.1</p><p>Investor Relations Contact</p><p>FOR IMMEDIATE RELEASE</p>"
        "<p>Zonnedauw Sells More Crates Than Ever</p><p>Raises its outlook for the full year</p>"
        f"<p>ZWOLLE, October 31, 2024 -- {REPORT}</p></body></html>\n</TEXT>\n</DOCUMENT>"
    )
    assert (parts.title, parts.published) == ("Zonnedauw Sells More Crates Than Ever", "2024-10-31")
    assert parts.text.startswith("Exhibit 99.1\n\nInvestor Relations Contact")
    assert "Than Ever" not in parts.text


def test_a_text_in_its_wrapper_is_read_without_it() -> None:
    parts = read(f"<TYPE>EX-99\n<TEXT>\nZwolle, October 31, 2024 -- {REPORT}\n</TEXT>\n", "text/plain")
    assert parts.text == f"Zwolle, October 31, 2024 -- {REPORT}"
    assert parts.published == "2024-10-31"


def test_a_dateline_after_the_page_was_had_dates_nothing() -> None:
    assert read(f"Zwolle, October 31, 2026 -- {REPORT}", "text/plain").published is None
