from __future__ import annotations

from datetime import timedelta

import pytest

from tests.warehouse.given import FIRST_LOAD, RUN, claim, reading, told_of
from tests.warehouse.test_silences import statements
from warehouse.board import Board, Change, read_board, read_changes
from warehouse.load import Reading, load_readings

NEXT_LOAD = FIRST_LOAD + timedelta(days=1)


def units(published: str, period: str, said: str | None, **fields: object) -> Reading:
    url = f"https://acme.example/{published}/{period}"
    return reading(published, [claim("unit_sales", period, said, **fields)], url=url)


def revenue(published: str, period: str, **fields: object) -> Reading:
    return reading(published, [claim("revenue", period, "7 EUR", **fields)], url=f"https://acme.example/r/{published}")


def in_words(board: Board, metric: str = "unit_sales") -> dict[str, str]:
    """Of each cadence: the periods with the state of the metric, figures as their lower end."""
    return {
        f"{table.company}, {table.cadence}": "  ".join(
            f"{cell.period} {cell.low.normalize():f}" if cell.low is not None else f"{cell.period} {cell.state}"
            for row in table.rows
            if row.metric == metric
            for cell in row.cells
        )
        for table in board.tables
    }


STOP = units("2025-01-20", "2025-Q1/..", None)
Q4 = units("2025-01-20", "2024-Q4", "100 count")
STATES = {
    "a figure": ([Q4], "2024-Q4 100"),
    "a figure for a period that goes on": ([units("2025-01-20", "2024-Q4/..", "100 count")], "2024-Q4 100"),
    "withheld for one period": ([Q4, units("2025-04-20", "2025-Q1", None)], "2024-Q4 100  2025-Q1 withheld"),
    "an announced stop shows before anything else is read": ([Q4, STOP], "2024-Q4 100  2025-Q1 withheld"),
    "and lasts for every later period that was looked at": (
        [Q4, STOP, revenue("2025-07-20", "2025-Q2"), revenue("2025-10-20", "2025-Q3")],
        "2024-Q4 100  2025-Q1 withheld  2025-Q2 withheld  2025-Q3 withheld",
    ),
    "until a figure is given again": (
        [
            Q4,
            STOP,
            revenue("2025-07-20", "2025-Q2"),
            units("2025-10-20", "2025-Q3", "90 count"),
            revenue("2026-01-20", "2025-Q4"),
        ],
        "2024-Q4 100  2025-Q1 withheld  2025-Q2 withheld  2025-Q3 90  2025-Q4 unmentioned",
    ),
    "a figure for an earlier period does not end it": (
        [Q4, STOP, units("2025-07-20", "2024-Q3", "80 count"), revenue("2025-07-20", "2025-Q2")],
        "2024-Q3 80  2024-Q4 100  2025-Q1 withheld  2025-Q2 withheld",
    ),
    "a stop told in another cadence": (
        [Q4, units("2025-01-20", "2025/..", None), revenue("2025-04-20", "2025-Q1")],
        "2024-Q4 100  2025-Q1 withheld",
    ),
    "a stop that names a month of the last period given": (
        [Q4, units("2025-01-20", "2024-12/..", None)],
        "2024-Q4 100  2025-Q1 withheld",
    ),
    "a stop with no figure before it": ([STOP], "2025-Q1 withheld"),
    "a stop with no figure before it, told by a day": (
        [units("2025-01-20", "2025-01-01/..", None), revenue("2025-04-20", "2025-Q1")],
        "2025-Q1 withheld",
    ),
    "a report of a stop": (
        [Q4, reading("2025-01-21", [claim("unit_sales", "2025-Q1/..", None)], source="wire")],
        "2024-Q4 100  2025-Q1 withheld",
    ),
    "silent": (statements("ru", "ru", "ru", "r"), "2024-Q1 100  2024-Q2 100  2024-Q3 100  2024-Q4 silent"),
    "silent, then withheld": (
        [*statements("ru", "ru", "ru", "r", "r"), STOP],
        "2024-Q1 100  2024-Q2 100  2024-Q3 100  2024-Q4 silent  2025-Q1 withheld",
    ),
    "not in the statement, but never steady": (
        [Q4, revenue("2025-04-20", "2025-Q1")],
        "2024-Q4 100  2025-Q1 unmentioned",
    ),
    "only a report was read": (
        [Q4, reading("2025-04-20", [claim("revenue", "2025-Q1", "7 EUR")], source="wire")],
        "2024-Q4 100  2025-Q1 not_covered",
    ),
    "growth is not on the board": ([Q4, units("2025-04-20", "2025-Q1", "5 %", measure="change")], "2024-Q4 100"),
}


@pytest.fixture(scope="module")
def states(shared_db) -> dict[str, str]:
    """The unit sales of every case, which has its own company."""
    batch = [told_of(case, one) for case, (readings, _) in STATES.items() for one in readings]
    load_readings(shared_db, batch, run_id=RUN, extractor_version="1", recorded_at=FIRST_LOAD)
    return in_words(read_board(shared_db))


@pytest.mark.parametrize("case", STATES)
def test_the_state_of_every_cell(states, case):
    assert {table: cells for table, cells in states.items() if table.rpartition(", ")[0] == case} == {
        f"{case}, quarter": STATES[case][1]
    }


def test_each_cadence_has_a_table_the_one_with_most_figures_first(db, load):
    load(
        units("2025-01-20", "2023", "1 count"),
        *(units("2025-01-20", f"2024-Q{quarter}", f"{quarter} count") for quarter in (1, 2)),
        units("2025-01-20", "2024-11-25", "5 count"),
        units("2025-01-20", "2023-04/2024-06", "6 count"),
    )
    assert list(in_words(read_board(db)).items()) == [
        ("Acme, quarter", "2024-Q1 1  2024-Q2 2"),
        ("Acme, day", "2024-11-25 5"),
        ("Acme, span", "2023-04/2024-06 6"),
        ("Acme, year", "2023 1"),
    ]


INSTANTS = {
    "a quarter where the company reports by quarter": (
        ("2024-Q3", "2024-Q4", "2024"),
        {"Acme, quarter": "2024-Q3 unmentioned  2024-Q4 5", "Acme, year": ""},
    ),
    "a year where the company reports by year": (("2023", "2024"), {"Acme, year": "2023 unmentioned  2024 5"}),
    "itself where nothing ends with it": (("2023-04/2024-06",), {"Acme, day": "2024-12-31 5", "Acme, span": ""}),
}


@pytest.mark.parametrize("case", INSTANTS)
def test_an_instant_stands_under_the_period_that_it_ends(db, load, case):
    periods, expected = INSTANTS[case]
    load(
        *(reading(f"2025-01-2{day}", [claim("revenue", period, "1 EUR")]) for day, period in enumerate(periods)),
        reading("2025-01-30", [claim("unit_sales", "2024-12-31", "5 count")]),
    )
    assert in_words(read_board(db)) == expected


def test_a_goal_to_be_reached_by_a_year_stands_under_that_year(db, load):
    load(
        units("2025-01-20", "../2030", "9 count", basis="guidance"),
        units("2025-01-20", "2024", "5 count", basis="guidance"),
    )
    assert in_words(read_board(db)) == {"Acme, year": "2024 5  2030 9"}


def test_what_has_no_period_comes_last(db, load):
    undated = reading("2025-01-20", [claim("deal_value", None, None)], url="https://acme.example/deal")
    load(undated, units("2025-01-20", "2024", "1 count"))
    assert in_words(read_board(db), "deal_value") == {"Acme, year": "", "Acme, undated": "undated withheld"}


def test_rows_are_told_by_metric_scope_and_basis(db, load):
    given = [
        claim("revenue", "2024", "1 EUR"),
        claim("revenue", "2024", "2 EUR", scope="Cloud"),
        claim("revenue", "2024", "3 EUR", basis="guidance"),
        claim("revenue", "2024", "4 EUR", basis="estimate"),
        claim("eps", "2024", "5 EUR"),
    ]
    load(reading("2025-01-20", given))
    (table,) = read_board(db).tables
    assert [(row.metric, row.scope, row.basis, int(row.cells[0].low or 0)) for row in table.rows] == [
        ("revenue", None, "actual", 1),
        ("revenue", None, "guidance", 3),
        ("revenue", None, "estimate", 4),
        ("revenue", "Cloud", "actual", 2),
        ("eps", None, "actual", 5),
    ]


def test_the_board_of_one_company_or_metric(db, load):
    load(
        reading("2025-01-20", [claim(metric, "2024", "1 EUR") for metric in ("revenue", "eps")]),
        reading("2025-01-21", [claim("revenue", "2024", "1 EUR", company="Zeta")], source="wire"),
    )
    assert [table.company for table in read_board(db).tables] == ["Acme", "Zeta"]
    assert [table.company for table in read_board(db, company="ZETA").tables] == ["Zeta"]
    assert [[row.metric for row in table.rows] for table in read_board(db, metric="eps").tables] == [["eps"]]
    assert read_board(db, company="nobody' or 1 = 1 --").tables == ()


def test_a_cell_keeps_its_evidence(db, load):
    load(*statements("ru", "ru", "ru", "r"))
    (table,) = read_board(db, metric="unit_sales").tables
    *_, given, silent = table.rows[0].cells
    assert given.quote == "Sentence 1 on unit_sales, 约 🙂."
    assert (given.url, silent.url) == (
        "https://acme_newsroom.example/2024-10-20",
        "https://acme_newsroom.example/2025-01-20",
    )


def test_new_is_what_came_in_since_then_and_not_what_was_read_again_or_said_again(db, load):
    load(Q4)
    again = units("2025-01-25", "2024-Q4", "100 count")
    load(Q4, again, STOP, units("2025-07-20", "2024-Q3", "1 count"), version="2", recorded_at=NEXT_LOAD)
    (table,) = read_board(db, since=NEXT_LOAD).tables
    assert [(cell.period, cell.is_new) for cell in table.rows[0].cells] == [
        ("2024-Q3", True),
        ("2024-Q4", False),
        ("2025-Q1", True),
    ]
    assert not any(cell.is_new for table in read_board(db).tables for row in table.rows for cell in row.cells)


FIRST = statements("ru", "ru", "ru")


def goal(published: str, said: str | None, **fields: object) -> Reading:
    return reading(published, [claim("revenue", "2025", said, basis="guidance", **fields)])


# What was loaded before, what was loaded now, and what changed.
CHANGES = {
    "a stop": (FIRST, [STOP], ["Acme no longer discloses unit sales from 2025-Q1 on"]),
    "a stop told again is no news": ([Q4, STOP], [units("2025-02-20", "2025-02/..", None)], []),
    "two words for one stop are one": (
        [Q4],
        [STOP, units("2025-01-20", "2025-01-20/..", None)],
        ["Acme no longer discloses unit sales from 2025-01-20 on"],
    ),
    "a second stop after a figure": (
        [Q4, STOP, units("2025-07-20", "2025-Q2", "9 count")],
        [units("2025-10-20", "2025-Q3/..", None)],
        ["Acme no longer discloses unit sales from 2025-Q3 on"],
    ),
    "withheld": (
        FIRST,
        [units("2025-01-20", "2024-Q4", None, scope="phones")],
        ["Acme withholds unit sales (phones) for 2024-Q4"],
    ),
    "withheld without a period": (
        [],
        [reading("2025-01-20", [claim("deal_value", None, None)])],
        ["Acme withholds deal value"],
    ),
    "withdrawn guidance": (
        [goal("2025-01-01", "100 EUR")],
        [goal("2025-05-01", None)],
        ["Acme withholds revenue guidance for 2025"],
    ),
    "a silence": (
        FIRST,
        statements("-", "-", "-", "r"),
        ["Acme has fallen silent on unit sales for 2024-Q4, after 3 periods in a row"],
    ),
    "a silence that lasts is no news": (statements("ru", "ru", "ru", "r"), statements("-", "-", "-", "-", "r"), []),
    "given again after a stop": (
        [Q4, STOP],
        [units("2025-10-20", "2025-Q3", "90 count")],
        ["Acme discloses unit sales again, for 2025-Q3"],
    ),
    "given again after a silence": (
        statements("ru", "ru", "ru", "r"),
        statements("-", "-", "-", "-", "ru"),
        ["Acme discloses unit sales again, for 2025-Q1"],
    ),
    "given once more is no news": (
        [Q4, STOP, units("2025-07-20", "2025-Q2", "9 count")],
        [units("2025-10-20", "2025-Q3", "9 count")],
        [],
    ),
    "an old figure told after a stop is no resumption": ([Q4, STOP], [units("2025-07-20", "2024-Q3", "9 count")], []),
    "a cut": (
        [goal("2025-01-01", "100-120 EUR")],
        [goal("2025-05-01", "100-110 EUR")],
        ["Acme cuts its revenue guidance for 2025"],
    ),
    "a cut of a bound": (
        [goal("2025-01-01", ">100 EUR")],
        [goal("2025-05-01", ">90 EUR")],
        ["Acme cuts its revenue guidance for 2025"],
    ),
    "raised": ([goal("2025-01-01", "100-120 EUR")], [goal("2025-05-01", "110-120 EUR")], []),
    "narrowed": ([goal("2025-01-01", "100-120 EUR")], [goal("2025-05-01", "105-115 EUR")], []),
    "the same again": ([goal("2025-01-01", "100-120 EUR")], [goal("2025-05-01", "100-120 EUR")], []),
    "another unit": ([goal("2025-01-01", "100-120 EUR")], [goal("2025-05-01", "50 USD")], []),
    "figures alone": (FIRST, statements("-", "-", "-", "ru"), []),
    "read again by a better extractor": ([Q4, STOP], [Q4, STOP], []),
}


@pytest.fixture(scope="module")
def changes(shared_db) -> list[Change]:
    """What changed in the second of two loads; every case has its own company."""
    for part, version, moment in ((0, "1", FIRST_LOAD), (1, "2", NEXT_LOAD)):
        batch = [told_of(case, one) for case, parts in CHANGES.items() for one in parts[part]]
        load_readings(shared_db, batch, run_id=RUN, extractor_version=version, recorded_at=moment)
    return read_changes(shared_db, NEXT_LOAD)


@pytest.mark.parametrize("case", CHANGES)
def test_what_changed_since_the_last_load(changes, case):
    lines = [change.line.replace(case, "Acme") for change in changes if change.company == case]
    assert lines == CHANGES[case][2]


def test_changes_stand_latest_first_with_their_evidence(db, load):
    load(*statements("ru", "ru", "ru", "r"), STOP, units("2025-10-20", "2025-Q3", "90 count"))
    changes = read_changes(db, FIRST_LOAD)
    assert [change.kind for change in changes] == ["resumed", "silent", "stopped"]
    assert changes[0].quote == "Sentence 0 on unit_sales, 约 🙂."
    assert changes[1].url == "https://acme_newsroom.example/2025-01-20"
