"""A page that ends the process that reads it costs only itself, as does one that no process has read."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from extractors.model import Source
from flows.failure import Batch
from flows.reread import Rereading
from flows.rerun import Rerun
from flows.settings import read_settings
from flows.workers import Workers
from warehouse.replay import HeldPage

PAGES = 2
DEADLY = "https://acme.example/1"


def held(number: int) -> HeldPage:
    url = f"https://acme.example/{number}"
    return HeldPage(uuid4(), url, "acme", "a.warc.gz", number, None, None, None, None, None)


def read_until_the_deadly_one(_: Path, __: Mapping[str, Source], pages: Sequence[HeldPage]) -> Batch[Rereading]:
    if any(page.url == DEADLY for page in pages):
        os.kill(os.getpid(), signal.SIGKILL)
    return Batch(tuple(Rereading(page, "same", None) for page in pages))


async def test_what_ends_the_process_that_reads_it_is_found_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.rerun.reread_pages", read_until_the_deadly_one)
    pages = [held(number) for number in range(PAGES)]
    with Workers(2) as workers:
        run = Rerun(read_settings(), UUID(int=1), [], {}, False, workers, asyncio.Semaphore(2))
        told = await run.reread(pages)
    assert [each.held.url for each in told.done] == [page.url for page in pages]
    assert [each.held.url for each in told.done if each.result == "failed"] == [DEADLY]
    assert [str(failure) for failure in told.failures] == [f"acme: {DEADLY}: reread: ends the process that reads it"]
