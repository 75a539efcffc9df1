"""A night's upkeep: everything is checked, and a backup is only one that was restored and compared."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey

from flows import backups
from flows.backups import BackupError, back_up_all, restore
from flows.doctor import examine
from flows.maintain import maintain
from flows.monitor import monitor
from flows.settings import PROJECT, Settings, read_settings
from flows.show_archive import verify_archive
from warehouse.backup import Digests, read_digests

pytestmark = pytest.mark.usefixtures("prefect")
NIGHT = datetime(2026, 1, 1, 3, tzinfo=UTC)


@pytest.fixture
async def settings(home: Path) -> Settings:
    """An installation that has read one document."""
    golden = PROJECT / "tests" / "golden" / "xiaomi_retold" / "article.txt"
    (home / "inbox" / "xiaomi.txt").write_bytes(golden.read_bytes())
    (home / "sources" / "inbox.toml").write_text('name = "I"\nkind = "folder"\nurl = "inbox"\nauthority = "press"\n')
    await monitor(return_state=True)
    return read_settings()


async def test_a_night_leaves_a_backup_that_another_home_can_go_on_from(settings: Settings, tmp_path: Path) -> None:
    state = await maintain(return_state=True)
    assert state.name == "Completed"
    assert "restored and compared" in (state.message or "")
    (backup,) = settings.backups.glob("*Z")
    restored = Settings(home=tmp_path / "elsewhere")
    restore(backup, restored.home)
    assert read_digests(restored.warehouse) == read_digests(settings.warehouse)
    assert verify_archive(restored) == verify_archive(settings)
    assert not list(settings.backups.glob(".restored-*"))


async def test_a_damaged_archive_is_named_and_the_rest_is_done(settings: Settings) -> None:
    (file,) = settings.archive.glob("*.warc.gz")
    file.write_bytes(file.read_bytes()[:-40])
    state = await maintain(return_state=True)
    assert state.name == "Failed"
    assert f"archive: failed: 2 problems, the first: {file.name}: no whole record" in (state.message or "")
    assert list(settings.backups.glob("*Z")) == []


async def test_a_run_that_is_writing_to_the_archive_is_no_damage(settings: Settings) -> None:
    (file,) = settings.archive.glob("*.warc.gz")
    file.write_bytes(file.read_bytes() + file.read_bytes()[:50])  # half a record that the warehouse has not heard of
    assert "restored and compared" in back_up_all(settings, NIGHT, verify=True)


async def test_a_backup_that_differs_is_no_backup(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def other(path: Path) -> Digests:
        return read_digests(path) | {"claims": (4, 4)}

    monkeypatch.setattr(backups, "read_digests", other)
    with pytest.raises(BackupError, match="what is restored differs in claims"):
        back_up_all(settings, NIGHT, verify=True)
    assert list(settings.backups.glob("*Z")) == []


async def test_only_so_many_backups_are_kept_and_the_archive_is_copied_once(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNDISCLOSED_KEEP_BACKUPS", "2")
    told = [back_up_all(settings, NIGHT + timedelta(days=day), verify=False) for day in range(3)]
    assert ["1 new files" in told[0], "0 new files" in told[1]] == [True, True]
    await maintain(return_state=True)
    kept = sorted(path.name for path in settings.backups.glob("*Z"))
    assert len(kept) == 2
    assert kept[0] == "2026-01-03T030000Z"


async def artifact(key: str) -> Any:
    async with get_client() as client:
        found = await client.read_artifacts(artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=[key])))
        return json.loads(max(found, key=lambda each: str(each.created)).data)


async def test_each_step_and_each_finding_stands_in_an_artifact(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNDISCLOSED_LEAST_FREE_GB", "1e9")
    state = await maintain(return_state=True)
    assert state.name == "Failed"
    (finding,) = [row for row in await artifact("health") if row["of"] == "disk"]
    assert "where 1e+09 are to be (least_free_gb)" in finding["finding"]
    steps = {row["step"]: row["outcome"] for row in await artifact("maintain")}
    assert list(steps) == ["compaction", "archive", "backup", "retention", "health"]
    assert "records in 1 files are as they were written" in steps["archive"]
    assert steps["health"] == f"{len(await artifact('health'))} findings"


def test_a_full_disk_and_an_old_backup_are_found(settings: Settings) -> None:
    assert examine(settings, datetime.now(UTC)) == []
    full = settings.model_copy(update={"least_free_gb": 1e9})
    assert [of for of, _ in examine(full, datetime.now(UTC))] == ["disk"]
    (settings.backups / "2026-01-01T030000Z").mkdir(parents=True)
    told = {days: examine(settings, NIGHT + timedelta(days=days)) for days in (2, 3)}
    assert ("backup", "the last one is 3 days old") in told[3]
    assert [of for of, _ in told[2] if of == "backup"] == []


async def test_where_nothing_was_loaded_there_is_nothing_to_do(home: Path) -> None:
    assert (await maintain(return_state=True)).message == "there is no warehouse yet"
