"""A small warehouse that has every kind of cell and event, and text that would like to be more than text."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from flows.site.build import Built, build_site
from tests.warehouse.given import FIRST_LOAD, NEWSROOM, PAPER, RUN, WIRE, claim, reading, told_of
from warehouse.database import open_warehouse
from warehouse.load import Reading, load_readings, load_sources

URL = "https://site.example/sub/"
LATER = FIRST_LOAD + timedelta(days=200)
SCRIPT = "<script>document.title='owned'</script>"
FORMULA = "=cmd|' /C calc'!A0"
HOSTILE = f"Hostile {SCRIPT}"
FOREIGN = "小米"
QUARTERS = {
    "2023-Q1": "2023-04-20", "2023-Q2": "2023-07-20", "2023-Q3": "2023-10-20", "2023-Q4": "2024-01-20",
    "2024-Q1": "2024-04-20", "2024-Q2": "2024-07-20",
}  # fmt: skip


def readings() -> list[Reading]:
    """Acme reports four quarters and falls silent on unit sales, a paper refuses and estimates, outlooks move."""
    told = []
    for number, (quarter, day) in enumerate(QUARTERS.items()):
        claims = [
            claim("revenue", quarter, f"{100 + number}000000 EUR"),
            claim("employees", day, f"{900 + number} count"),
        ]
        if number < 4:
            claims.append(claim("unit_sales", quarter, f"{50 + number}000 count"))
        if number == 1:
            claims.append(claim("revenue", "2023", "400000000-420000000 EUR", basis="guidance"))
        if number == 2:
            claims.append(claim("revenue", "2023", "380000000-400000000 EUR", basis="guidance"))
        if number == 3:
            claims.append(claim("revenue", "2023", "390000000 EUR"))
        told.append(reading(day, claims, title=f"Acme in {quarter}"))
    told.append(reading("2024-05-02", [claim("net_income", "2024-Q1", None)], title="No word on profit"))
    told.append(
        reading(
            "2024-05-03", [claim("unit_sales", "2024-Q1", "~61000 count", basis="estimate")],
            source="paper", title="What Acme may have sold",
        )
    )  # fmt: skip
    told.append(
        told_of(FOREIGN, reading("2024-02-01", [claim("revenue", "2023", ">9 CNY"), claim("unit_sales", "2024", None)]))
    )
    hostile = reading(
        "2024-03-01", [claim("revenue", "2023", None, scope=FORMULA)],
        source="paper", title=f"</script>{SCRIPT}", url="javascript:document.title='owned'",
    )  # fmt: skip
    told.append(replace(told_of(HOSTILE, hostile), page=hostile.page))
    return told


def write_warehouse(file: Path, more: list[Reading] | None = None) -> Path:
    """The warehouse as a file that nobody has open."""
    with open_warehouse(file) as db:
        load_sources(db, [NEWSROOM, WIRE, PAPER])
        load_readings(db, readings() + (more or []), run_id=RUN, extractor_version="1", recorded_at=FIRST_LOAD)
    return file


def build(warehouse: Path, root: Path) -> Built:
    with open_warehouse(warehouse, read_only=True) as db:
        return build_site(db, root, URL)
