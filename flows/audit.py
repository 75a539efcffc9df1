"""The warehouse's own checks after a run's loads: a table artifact of all, a failure for each that does not hold."""

from __future__ import annotations

import asyncio
from typing import Any

from prefect.artifacts import acreate_table_artifact

from flows.failure import Failure
from warehouse.checks import check_warehouse, describe
from warehouse.database import Place, catch_up, open_warehouse


async def audit(warehouse: Place) -> list[Failure]:
    """Run every check and publish the result; gives a failure for each check that a row breaks."""
    found = await asyncio.to_thread(_check, warehouse)
    table: list[dict[str, Any]] = [{"check": name, "rows that break it": len(rows)} for name, rows in found]
    await acreate_table_artifact(table=table, key="warehouse-checks", description="Any row is a failure.")
    return [Failure("warehouse", "check", describe(name, rows)) for name, rows in found if rows]


def _check(warehouse: Place) -> list[tuple[str, list[tuple[Any, ...]]]]:
    with open_warehouse(warehouse) as db:
        catch_up(db)  # loads leave it to whoever comes last
        return check_warehouse(db)
