"""What was fetched when it appeared, and what was backfilled years later: the same was known at every moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from extractors.model import known_at
from tests.warehouse.given import RUN, claim, reading, told_of
from warehouse.load import Reading, load_readings

RELEASES = {
    "2024-05-16": [claim("revenue", "2024-Q1", "120 EUR"), claim("unit_sales", "2024-Q1", "900 count")],
    "2024-08-15": [claim("revenue", "2024-Q2", "130 EUR"), claim("unit_sales", "2024-Q2", None)],
    "2024-11-14": [claim("revenue", "2024-Q1", "118 EUR"), claim("revenue", "2024-Q3", "90 EUR")],
}
YEARS_LATER = datetime(2026, 1, 5, tzinfo=UTC)
SAID = "metric, period, status_code, value_low, known_at, first_known_at, first_said_so_at"


def releases_of(company: str, fetched_at: datetime | None) -> list[Reading]:
    """Its releases, fetched at a moment, or each on the day after it appeared."""
    return [
        told_of(company, reading(day, said, fetched_at=fetched_at or the_day_after(day)))
        for day, said in RELEASES.items()
    ]


def the_day_after(day: str) -> datetime:
    return known_at(day, YEARS_LATER) + timedelta(hours=9)


def test_at_every_moment_the_same_was_known_and_only_when_it_was_recorded_differs(shared_db):
    for one in releases_of("Then", None):
        load_readings(shared_db, [one], run_id=RUN, extractor_version="1", recorded_at=one.page.fetched_at)
    backfilled = releases_of("Later", YEARS_LATER)
    load_readings(shared_db, backfilled[::-1], run_id=RUN, extractor_version="1", recorded_at=YEARS_LATER)

    counts = []
    for moment in (datetime.fromisoformat(f"{day}T23:59:59Z") for day in ("2024-05-15", *RELEASES, "2026-02-01")):
        then, later = (
            shared_db.execute(
                f"select {SAID} from disclosures_as_of(?) where company = ? order by all",  # noqa: S608 (our columns)
                [moment, company],
            ).fetchall()
            for company in ("Then", "Later")
        )
        assert then == later
        counts.append(len(then))
    assert counts == [0, 2, 4, 5, 5]
    recorded = "select distinct recorded_at from disclosures where company = ? order by all"
    assert [at for (at,) in shared_db.execute(recorded, ["Later"]).fetchall()] == [YEARS_LATER]
    assert len(shared_db.execute(recorded, ["Then"]).fetchall()) == len(RELEASES)
