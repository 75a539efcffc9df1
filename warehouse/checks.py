"""Statements that hold of every warehouse: one query a file in `sql/checks/`, and any row it gives is a failure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

CHECKS = Path(__file__).with_name("sql") / "checks"


def check_warehouse(db: duckdb.DuckDBPyConnection) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """Every check by its name, in order, with the rows that break it: none where it holds."""
    return [
        (check.stem, db.execute(check.read_text(encoding="utf-8")).fetchall()) for check in sorted(CHECKS.glob("*.sql"))
    ]


def describe(name: str, rows: list[tuple[Any, ...]]) -> str:
    """A check that does not hold, in one line, with the first row that breaks it."""
    return f"{name.replace('_', ' ')}: not so in {len(rows)} row{'s' if len(rows) > 1 else ''}, first {rows[0]}"
