"""Real sequences, and some made up, as short claims of our own: the events of each are exactly those in its file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from extractors.model import period_span
from tests.warehouse.given import FIRST_LOAD, RUN, claim, reading, told_of
from warehouse.load import Reading, load_readings

HISTORIES = {file.stem: tomllib.loads(file.read_text()) for file in Path(__file__).parent.glob("histories/*.toml")}
EVENTS = """
    select
        company,
        strftime(known_at at time zone 'UTC', '%Y-%m-%d ') || event_code || ' ' || metric
        || coalesce(' (' || scope || ')', '') || if(basis_code = 'guidance', ' guidance', '')
        || coalesce(' ' || period, '')
        || coalesce(' as ' || replacement_metric || coalesce(' (' || replacement_scope || ')', ''), '')
    from disclosure_events
    order by all
"""


def periods(first: str, last: str) -> Iterator[str]:
    """The months or quarters from one to another."""
    year, kind, number = int(first[:4]), "Q" if "Q" in first else "", int(first.lstrip("0123456789").strip("-Q"))
    label = first
    while label != last:
        label = f"{year}-Q{number}" if kind else f"{year}-{number:02d}"
        yield label
        year, number = (year + 1, 1) if number == (4 if kind else 12) else (year, number + 1)


def readings(history: dict[str, Any]) -> Iterator[Reading]:
    for steady in history.get("steady", []):
        for period in periods(steady["from"], steady["to"]):
            last_day = period_span(period).last
            assert last_day
            said = [(metric, scope, period, figure) for metric, scope, figure in steady["claims"]]
            yield document(f"{last_day + timedelta(days=steady['lag'])}", said)
    for one in history.get("document", []):
        yield document(one["on"], one["claims"])


def document(published: str, said: list[Any]) -> Reading:
    claims = [
        claim(
            metric,
            period or None,
            None if figure == "withheld" else figure,
            scope=scope or None,
            basis=rest[0] if rest else "actual",
        )
        for metric, scope, period, figure, *rest in said
    ]
    seen = datetime.fromisoformat(f"{published}T12:00+00:00") + timedelta(days=1)
    return reading(published, claims, fetched_at=seen)


@pytest.fixture(scope="module", params=["in order", "in reverse"])
def events(shared_db, request) -> dict[str, list[str]]:
    """The events of every history; the company of each is named after its file and the order of loading."""
    batches: dict[int, list[Reading]] = {}
    for name, history in HISTORIES.items():
        given = list(readings(history))
        given = given if request.param == "in order" else given[::-1]
        for place, one in enumerate(given):
            batches.setdefault(place * 3 // len(given), []).append(told_of(f"{name}, {request.param}", one))
    for _, batch in sorted(batches.items()):
        load_readings(shared_db, batch, run_id=RUN, extractor_version="1", recorded_at=FIRST_LOAD)
    found: dict[str, list[str]] = {name: [] for name in HISTORIES}
    for company, line in shared_db.execute(EVENTS).fetchall():
        name, _, order = company.partition(", ")
        if order == request.param:
            found[name].append(line)
    return found


@pytest.mark.parametrize("name", sorted(HISTORIES))
def test_a_history_gives_its_events_and_no_other_whatever_came_in_first(events, name):
    (expected,) = (one["events"] for one in HISTORIES[name]["expect"])
    assert events[name] == sorted(expected)
