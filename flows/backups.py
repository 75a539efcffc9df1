"""Backups of an installation: the warehouse and the archive, each restored elsewhere and compared before it counts."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from flows.mend import mend_archive
from flows.settings import Settings
from flows.show_archive import verify_archive
from warehouse.archive import archive_ends
from warehouse.backup import Digests, back_up, read_digests
from warehouse.database import WarehouseError, open_warehouse

STAMP = "%Y-%m-%dT%H%M%SZ"
WAREHOUSE, ARCHIVE = "live.duckdb", "archive"


class BackupError(Exception):
    """What is restored is not what was backed up; the message says what differs."""


def back_up_all(settings: Settings, now: datetime, *, verify: bool) -> str:
    """The warehouse and what is new in the archive, restored elsewhere and compared; one that differs is removed."""
    folder = settings.backups / now.strftime(STAMP)
    digests = back_up(settings.warehouse, folder / WAREHOUSE)
    copied = _copy_archive(settings.archive, settings.backups / ARCHIVE)
    try:
        _compare(settings, folder, digests, verify=verify)
    except (BackupError, WarehouseError):
        shutil.rmtree(folder)
        raise
    rows = sum(count for count, _ in digests.values())
    return f"{folder.name}: {rows} rows, {copied} new files of the archive; restored and compared"


def _copy_archive(archive: Path, backup: Path) -> int:
    """Files of the archive only ever grow: those that the backup lacks, or has a part of, are copied."""
    backup.mkdir(parents=True, exist_ok=True)
    copied = 0
    for path in sorted(archive.glob("*.warc.gz")):
        held = backup / path.name
        if not held.exists() or held.stat().st_size < path.stat().st_size:
            beside = backup / f".{path.name}.new"
            shutil.copyfile(path, beside)
            beside.replace(held)
            copied += 1
    return copied


def restore(backup: Path, home: Path) -> None:
    """Put a backup (`backups/<time>/`) in the place of an installation that is not there yet. Raises OSError."""
    home.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(backup / WAREHOUSE, home / WAREHOUSE)
    (home / ARCHIVE).mkdir()
    for path in (backup.parent / ARCHIVE).glob("*.warc.gz"):
        shutil.copyfile(path, home / ARCHIVE / path.name)


def _compare(settings: Settings, backup: Path, digests: Digests, *, verify: bool) -> None:
    """Restore the backup, and compare it with what was backed up. Raises BackupError."""
    with tempfile.TemporaryDirectory(dir=settings.backups, prefix=".restored-") as name:
        restored = settings.model_copy(update={"home": Path(name), "warehouse": Path(name) / WAREHOUSE})
        if verify:
            restore(backup, restored.home)
        else:
            shutil.copyfile(backup / WAREHOUSE, Path(name) / WAREHOUSE)
        found = read_digests(Path(name) / WAREHOUSE)
        if differ := [table for table in digests | found if digests.get(table) != found.get(table)]:
            raise BackupError(f"what is restored differs in {', '.join(sorted(differ))}")
        with open_warehouse(restored.warehouse) as db:
            ends = archive_ends(db)
        mend_archive(restored.archive, ends)  # as the first run there would: one may have been writing to it
        if verify and (problems := verify_archive(restored).problems):
            raise BackupError(f"the archive that is restored has {len(problems)} problems, first: {problems[0]}")


def forget_backups(settings: Settings) -> str:
    """Remove backups beyond those that are kept, and what runs that were killed have left of them."""
    backups = sorted(path for path in settings.backups.glob("*Z") if path.is_dir())
    old = backups[: -settings.keep_backups]
    for path in (*old, *settings.backups.glob(".restored-*")):
        shutil.rmtree(path)
    return f"{len(backups) - len(old)} backups are kept, {len(old)} removed"
