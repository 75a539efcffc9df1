"""Which held pages are to be read again, by the extractors that read each of them last."""

from __future__ import annotations

from datetime import timedelta

import duckdb
import pytest

from tests.warehouse.given import FIRST_LOAD, RUN, claim, reading
from warehouse.replay import held_pages, is_same, load_rereadings, pages_to_read

ONE = reading("2025-03-01", [claim("revenue", "2024", "100 EUR")])
OTHER = reading("2025-03-01", [claim("revenue", "2024", "1000 EUR")], body=ONE.page.body)
PAGE = ONE.page.page_id


def read_again(db: duckdb.DuckDBPyConnection, version: str, found: object) -> str:
    """As a replay does: what is found in the page is compared, and recorded."""
    (held,) = held_pages(db, [PAGE])
    if found == "failed" or is_same(held, found):
        result = "failed" if found == "failed" else "same"
        load_rereadings(db, [], {PAGE: result}, version=version, run_id=RUN)
        return result
    load_rereadings(db, [found], {}, version=version, run_id=RUN)
    return "changed"


@pytest.mark.parametrize(
    ("others", "result"), [(OTHER, "changed"), (ONE, "same"), ("failed", "same")], ids=["other", "same", "failed"]
)
def test_a_page_is_read_again_by_extractors_that_were_rolled_back_and_came_back(db, load, others, result):
    load(ONE, version="2", recorded_at=FIRST_LOAD)
    assert pages_to_read(db, "2") == []
    assert pages_to_read(db, "1") == [PAGE]
    read_again(db, "1", others)
    assert (pages_to_read(db, "1"), pages_to_read(db, "2")) == ([], [PAGE])
    assert read_again(db, "2", ONE) == result
    assert (pages_to_read(db, "1"), pages_to_read(db, "2")) == ([PAGE], [])
    assert db.execute("select value_low from disclosures").fetchall() == [(100,)]
    (held,) = held_pages(db, [PAGE])
    assert is_same(held, ONE)


def test_what_is_found_again_is_noted_once(db, load):
    load(ONE, version="2", recorded_at=FIRST_LOAD + timedelta(days=1))
    for version in "1122":
        read_again(db, version, ONE)
    noted = "select extractor_version, result_code from rereadings order by recorded_at"
    assert db.execute(noted).fetchall() == [("1", "same"), ("2", "same")]
