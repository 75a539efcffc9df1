"""Where nothing was published is told from where nobody looked."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.warehouse.given import RUN, claim, reading
from warehouse.coverage import Look, record_coverage


def look(outcome: str, at: datetime, since: date | None = None, until: date | None = None) -> Look:
    error = "503" if outcome == "failed" else None
    return Look("acme_newsroom", None, "list", outcome, 0, 0, error, at, None, None, since, until)


def test_a_month_says_whether_it_was_looked_at_and_what_was_there(db, load, ask):
    later = datetime(2025, 6, 10, tzinfo=UTC)
    load(reading("2025-01-15", [claim("revenue", "2024", "1 EUR")]))
    looks = [
        look("ok", later, date(2025, 1, 1), date(2025, 2, 28)),
        look("failed", later, date(2025, 4, 1), date(2025, 4, 30)),
        look("unchanged", later),
    ]
    record_coverage(db, RUN, looks)
    found = ask("select window_start_date, coverage_code, last_error from coverage_by_window order by 1")
    assert found == [
        (date(2025, 1, 1), "published", None),
        (date(2025, 2, 1), "nothing_published", None),
        (date(2025, 3, 1), "not_looked_at", None),
        (date(2025, 4, 1), "failed", "503"),
        (date(2025, 5, 1), "not_looked_at", None),
        (date(2025, 6, 1), "nothing_published", None),
    ]
