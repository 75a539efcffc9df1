from __future__ import annotations

from dataclasses import replace

import pytest

from tests.warehouse.given import claim, reading
from warehouse.checks import CHECKS, check_warehouse

GOOD = reading("2025-02-01", [claim("revenue", "2024-Q4", "1200 EUR"), claim("employees", None, None)])


def spoil(**fields):
    """A reading with one claim that is not as it should be."""
    one = claim("revenue", "2024-Q4", "1200 EUR")
    (placed,) = reading("2025-02-01", [one]).claims
    return reading("2025-02-01", [replace(placed, **fields)])


TWICE = "insert into {0} select * from {0}"

SLIP = ("1 EUR", "1 EUR", "1 EUR", "5000 EUR")

BROKEN = {
    "facts_have_one_best_claim": [
        TWICE.format("best_now"),
        "insert into best_before by name select *, 'infinity' as stands_until from best_now",
        "delete from claims",
    ],
    "implausible_figures_are_flagged": ["create or replace view claim_checks as select 1::ubigint as claim_id"],
    "quotes_stand_in_their_articles": [spoil(start=1), spoil(quote="Sentence 0 on income."), spoil(quote_in="title")],
    "actuals_end_before_they_are_known": [reading("2025-02-01", [claim("revenue", "2031", "1200 EUR")])],
    "figures_fit_their_status": [spoil(value=None), spoil(status="withheld")],
    "codes_are_known": [spoil(basis="rumour")],
    "pages_have_sources": [reading("2025-02-01", [], source="nobody")],
    "claims_stand_once": [
        reading("2025-02-01", [claim("revenue", "2024-Q4", "1200 EUR"), claim("revenue", "2024-Q4", "1200 EUR")])
    ],
    "rows_stand_once": [TWICE.format(table) for table in ("claims", "articles", "pages")],
    "articles_have_pages": ["delete from pages", "delete from articles"],
}


def failing(db):
    return {name for name, rows in check_warehouse(db) if rows}


def test_a_good_warehouse_passes_every_check(db, load):
    load(GOOD)
    assert failing(db) == set()


@pytest.mark.parametrize(("check", "case"), [(check, case) for check, cases in BROKEN.items() for case in cases])
def test_each_check_fires_on_what_it_is_for(db, load, check, case):
    if isinstance(case, str):
        quarters = [claim("orders", f"2023-Q{number}", said) for number, said in enumerate(SLIP, 1)]
        load(GOOD, reading("2025-02-01", quarters, source="wire"))
        assert failing(db) == set()
        db.execute(case)
    else:
        load(case)
    assert check in failing(db)


def test_every_check_has_a_case_that_breaks_it():
    assert {file.stem for file in CHECKS.glob("*.sql")} == set(BROKEN)
