"""A lake's rows in an S3-compatible store, reached over its own protocol."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Server
from tests.warehouse.given import YEARS, load_years
from warehouse.backup import table_digests
from warehouse.checks import check_warehouse
from warehouse.compact import compact
from warehouse.database import Lake, WarehouseError, open_warehouse
from warehouse.lake import disconnect
from warehouse.move import move

NAMED = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A store that takes every key, with one bucket, `history`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while process.poll() is None:
                try:
                    asked = http.client.HTTPConnection("127.0.0.1", port)
                    asked.request("PUT", "/history")
                except ConnectionRefusedError:
                    time.sleep(0.1)
                else:
                    assert asked.getresponse().status == 200
                    break
            yield port
        finally:
            process.kill()


@pytest.fixture(autouse=True)
def environment(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMED:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}/")


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMED[:2]:
        monkeypatch.setenv(name, "planted")


@pytest.mark.usefixtures("signed_in")
def test_a_lake_in_a_store_is_written_checked_compacted_and_moves_back_with_every_row(
    postgres: Server, tmp_path: Path
) -> None:
    lake = Lake(postgres.make(), "s3://history/one")
    for day in ("2025-01-01", "2025-01-02", "2025-01-02"):
        load_years(lake, day)
    with open_warehouse(lake) as db:
        assert [name for name, broken in check_warehouse(db) if broken] == []
        held = table_digests(db)
        files = db.execute("select data_file from ducklake_list_files('lake', 'claims')").fetchall()
    assert held["claims"][0] == 2 * len(YEARS)
    assert all(file.startswith("s3://history/one/") for (file,) in files)
    compact(lake)
    assert move(lake, tmp_path / "back.duckdb")["claims"] == 2 * len(YEARS)
    with open_warehouse(tmp_path / "back.duckdb") as db:
        assert table_digests(db) == held
    disconnect(lake)


@pytest.mark.usefixtures("signed_in")
def test_a_bucket_that_is_not_there_is_named(postgres: Server) -> None:
    with pytest.raises(WarehouseError, match=r"(?s)s3://nowhere/one.*NoSuchBucket"):
        load_years(Lake(postgres.make(), "s3://nowhere/one"), "2025-01-01")


def test_without_a_key_the_same_store_is_asked_and_no_other(postgres: Server, port: int) -> None:
    with pytest.raises(WarehouseError, match=rf"127\.0\.0\.1:{port}/history/one.*403 Forbidden"):
        load_years(Lake(postgres.make(), "s3://history/one"), "2025-01-01")
