"""Writers of one warehouse file take turns, and whoever waits comes before who has just had one."""

from __future__ import annotations

import fcntl
import threading
import time
from pathlib import Path

import pytest

from warehouse.database import WarehouseError, writers_turn


def is_held(file: Path) -> bool:
    if not file.exists():
        return False
    with file.open() as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_one_who_wants_another_turn_comes_after_the_one_who_waits(path):
    turns = []

    def wait() -> None:
        with writers_turn(path):
            turns.append("waited")

    with writers_turn(path):
        waiting = threading.Thread(target=wait)
        waiting.start()
        while not is_held(path.with_name(path.name + ".queue")):
            time.sleep(0.001)
    with writers_turn(path):
        turns.append("again")
    waiting.join()
    assert turns == ["waited", "again"]


def test_who_holds_the_warehouse_is_named_where_the_wait_is_too_long(path):
    late = writers_turn(path, deadline=time.monotonic())
    with writers_turn(path), pytest.raises(WarehouseError, match=r"still in use by process \d+"), late:
        pass
