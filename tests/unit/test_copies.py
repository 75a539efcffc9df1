"""Copies of one release are found; reports in the same words of other figures are none."""

from extractors.copies import Copies

REPORT = (
    "Zonnedauw sold 4.1 million crates of beer in the third quarter, which is more than a year before, and the brewery "
    "expects that its new plant by the river will open next spring with room for twice as many people as it has today. "
    "The board said that it would tell of its plans for bottles, barrels and lemonade when the works council agrees."
)


def first_of(*texts: str) -> list[int]:
    copies = Copies()
    return [copies.first_of(text) for text in texts]


def test_what_a_wire_adds_or_cuts_makes_no_other_release() -> None:
    other = (
        "A shipyard by the sea told its workers a tale of winter storms, iron plates and long-forgotten orders. " * 3
    )
    cut = REPORT.removesuffix(" when the works council agrees.")
    assert first_of(REPORT, other, f"ZWOLLE, October 31, 2024 (Wire) -- {REPORT}", cut.upper()) == [0, 1, 0, 0]


def test_other_figures_make_another_release() -> None:
    assert first_of(REPORT, REPORT.replace("4.1 million", "4.3 million")) == [0, 1]


def test_short_texts_are_no_copies() -> None:
    assert first_of("Read more.", "Read more.") == [0, 1]


def test_a_language_without_spaces_is_read_by_its_signs() -> None:
    text = "日露酒厂第三季度售出四百一十万箱啤酒,比去年同期更多,公司预计明年春天新厂将在河边开业,可容纳两倍的员工。"
    assert first_of(text, f"财联社电:{text}") == [0, 0]
