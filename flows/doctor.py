"""Doctor: what is not as it should be, of the warehouse, the disk and the backups."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta

from flows.backups import STAMP
from flows.settings import Settings
from warehouse.database import open_warehouse
from warehouse.health import find_ills

_NIGHTS = 2
"""A backup, where there are any, is no older."""


def examine(settings: Settings, now: datetime) -> list[tuple[str, str]]:
    """What was found: the part that it is about, and what; nothing where all is well. Raises WarehouseError."""
    ills = _examine_disk(settings) + _examine_backups(settings, now)
    with open_warehouse(settings.published, read_only=True) as db:
        return ills + find_ills(db, now, settings.news_days)


def _examine_disk(settings: Settings) -> list[tuple[str, str]]:
    free = shutil.disk_usage(settings.home).free / 10**9
    if free >= settings.least_free_gb:
        return []
    return [("disk", f"{free:.1f} GB are free, where {settings.least_free_gb:g} are to be (least_free_gb)")]


def _examine_backups(settings: Settings, now: datetime) -> list[tuple[str, str]]:
    stamps = sorted(path.name for path in settings.backups.glob("*Z"))
    if not stamps:
        return []
    age = now - datetime.strptime(stamps[-1], STAMP).replace(tzinfo=UTC)
    return [("backup", f"the last one is {age.days} days old")] if age > timedelta(_NIGHTS) else []
