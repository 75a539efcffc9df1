"""The flows on a lake: what is monitored there is kept up, backed up and asked for as in a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.maintain import maintain
from flows.monitor import monitor
from flows.settings import PROJECT, read_settings
from tests.postgres import lacking, serving
from warehouse.database import Lake
from warehouse.lake import disconnect
from warehouse.publish import open_published

pytestmark = [
    pytest.mark.usefixtures("prefect"),
    pytest.mark.skipif(bool(lacking()), reason=f"no PostgreSQL here: {lacking()}"),
]


@pytest.fixture
def lake(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lake]:
    with serving() as server:
        monkeypatch.setenv("UNDISCLOSED_WAREHOUSE", f"ducklake:{server.make()}")
        lake = read_settings().warehouse
        assert isinstance(lake, Lake)
        yield lake
        disconnect(lake)


async def test_a_document_is_monitored_and_a_night_leaves_a_backup_that_was_compared(home: Path, lake: Lake) -> None:
    golden = PROJECT / "tests" / "golden" / "xiaomi_retold" / "article.txt"
    (home / "inbox" / "xiaomi.txt").write_bytes(golden.read_bytes())
    (home / "sources" / "inbox.toml").write_text('name = "I"\nkind = "folder"\nurl = "inbox"\nauthority = "press"\n')
    for _ in range(2):
        assert (await monitor(return_state=True)).name == "Completed"
    with open_published(lake, lake) as db:
        assert db.execute("select count(*) from pages").fetchone() == (1,)
        assert db.execute("select count(*) > 0 from disclosures").fetchone() == (True,)
    state = await maintain(return_state=True)
    assert (state.name, "restored and compared" in (state.message or "")) == ("Completed", True), state.message
    assert not (home / "home" / "live.duckdb").exists()
