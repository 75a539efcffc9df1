"""A secret comes from the environment or from a Prefect block, and is seen by nobody."""

from __future__ import annotations

import asyncio

import pytest
from prefect.blocks.system import Secret

from flows.credentials import SecretError, read_headers
from tests.unit.discovering import a_source

SOURCE = a_source("feed", headers={"X-Api-Key": "key {secret:acme_ir}"})


@pytest.fixture(autouse=True)
def blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The block `secret/acme-ir` holds a secret; no other block is there."""

    async def aload(name: str) -> Secret[str]:
        if name != "acme-ir":
            raise ValueError(f"Unable to find block document named {name}")
        return Secret(value="hunter2")

    monkeypatch.setattr(Secret, "aload", aload)


def test_a_block_holds_it() -> None:
    sent, seen = asyncio.run(read_headers(SOURCE))
    assert (sent, seen) == ({"X-Api-Key": "key hunter2"}, {"X-Api-Key": "key [secret]"})


def test_the_environment_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDISCLOSED_SECRET_ACME_IR", "swordfish")
    assert asyncio.run(read_headers(SOURCE))[0] == {"X-Api-Key": "key swordfish"}


def test_where_it_is_nowhere_both_places_are_named() -> None:
    with pytest.raises(SecretError, match="set UNDISCLOSED_SECRET_OTHER or make the Prefect block secret/other"):
        asyncio.run(read_headers(a_source("feed", headers={"X-Api-Key": "{secret:other}"})))
