"""No name leads to an address that was not checked, whatever it leads to at another moment."""

from __future__ import annotations

import asyncio
from typing import Any

import httpcore
import pytest

from flows.addresses import AddressError, CheckedBackend, is_allowed

PUBLIC, LOOPBACK = "93.184.216.34", "127.0.0.1"


class Recorded(httpcore.AsyncNetworkBackend):
    """Opens no connection: notes where to."""

    def __init__(self, refusing: tuple[str, ...] = ()) -> None:
        self.hosts: list[str] = []
        self.refusing = refusing

    async def connect_tcp(self, host: str, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        self.hosts.append(host)
        if host in self.refusing:
            raise httpcore.ConnectError("refused")
        return httpcore.AsyncNetworkStream()


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """A name server that gives one answer after the other; what it was asked."""
    asked: list[str] = []

    async def getaddrinfo(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        return [(0, 0, 0, "", (address, port)) for address in answers[min(len(asked), len(answers)) - 1]]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", getaddrinfo)
    return asked


def backend(inner: Recorded, *, allow_private: bool = False) -> CheckedBackend:
    checked = CheckedBackend(allow_private=allow_private)
    checked._inner = inner  # type: ignore[assignment]
    return checked


async def test_what_was_checked_is_connected_to_and_the_name_is_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = resolving(monkeypatch, [PUBLIC], [LOOPBACK])
    inner = Recorded()
    await backend(inner).connect_tcp("rebind.example", 80)
    assert (inner.hosts, asked) == ([PUBLIC], ["rebind.example"])
    with pytest.raises(AddressError, match=r"leads to rebind\.example \(127\.0\.0\.1\)"):
        await backend(inner).connect_tcp("rebind.example", 80)
    assert inner.hosts == [PUBLIC]


async def test_a_name_with_one_private_address_among_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, [PUBLIC, LOOPBACK])
    inner = Recorded()
    with pytest.raises(AddressError):
        await backend(inner).connect_tcp("mixed.example", 80)
    assert inner.hosts == []


async def test_the_next_address_is_tried_where_one_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, [PUBLIC, "93.184.216.35"])
    inner = Recorded(refusing=(PUBLIC,))
    await backend(inner).connect_tcp("two.example", 80)
    assert inner.hosts == [PUBLIC, "93.184.216.35"]


ADDRESSES = [
    ("93.184.216.34", True, True),
    ("2606:2800:220:1::1", True, True),
    ("127.0.0.1", False, True),
    ("::1", False, True),
    ("10.1.2.3", False, True),
    ("192.168.1.1", False, True),
    ("fd00::1", False, True),
    ("100.64.0.1", False, False),
    ("169.254.169.254", False, False),
    ("fe80::1%eth0", False, False),
    ("0.0.0.0", False, False),  # noqa: S104 (refused)
    ("::", False, False),
    ("224.0.0.1", False, False),
    ("255.255.255.255", False, False),
    ("::ffff:169.254.169.254", False, False),
    ("::ffff:127.0.0.1", False, True),
    ("64:ff9b::7f00:1", False, True),
    ("2002:7f00:1::", False, True),
    ("2002:a9fe:a9fe::", False, False),
]


@pytest.mark.parametrize(("address", "openly", "privately"), ADDRESSES)
def test_which_addresses_may_be_connected_to(address: str, openly: bool, privately: bool) -> None:
    assert is_allowed(address, allow_private=False) == openly
    assert is_allowed(address, allow_private=True) == privately
