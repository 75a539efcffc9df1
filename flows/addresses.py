"""Connections to the open internet only: a host's addresses are checked, and one that was checked is connected to.

Whatever a name leads to at another moment (DNS rebinding) or a redirect names, no other address is ever used.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

import httpcore


class AddressError(Exception):
    """A host has no address that may be connected to; the message names it."""


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Opens TCP connections; `allow_private`: loopback and private addresses too, but never link-local ones."""

    def __init__(self, *, allow_private: bool) -> None:
        """Connects as httpcore does by itself."""
        self._allow_private = allow_private
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """The first of the host's addresses that answers. Raises AddressError where any of them is not allowed."""
        try:
            async with asyncio.timeout(timeout):
                found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"{host} was not found in time") from error
        except (OSError, UnicodeError) as error:
            raise AddressError(f"could not be reached: {host} has no address") from error
        addresses = list(dict.fromkeys(str(address[0]) for *_, address in found))
        for address in addresses:
            if not is_allowed(address, allow_private=self._allow_private):
                raise AddressError(f"leads to {host} ({address}), which is not on the open internet")
        refused: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in addresses:
            try:
                stream = await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
                return _Stream(stream)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refused = error
        raise refused or AddressError(f"could not be reached: {host} has no address")

    async def sleep(self, seconds: float) -> None:
        """As httpcore does by itself."""
        await self._inner.sleep(seconds)


class _Stream(httpcore.AsyncNetworkStream):
    """A connection that is closed where its TLS handshake is called off: httpcore would leave it open."""

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._inner.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        try:
            return await self._inner.start_tls(ssl_context, server_hostname, timeout)
        except BaseException:
            await self._inner.aclose()
            raise

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def is_allowed(address: str, *, allow_private: bool) -> bool:
    """Whether an IP address may be connected to; one that is wrapped in an IPv6 address counts itself.

    >>> is_allowed("93.184.216.34", allow_private=False), is_allowed("::ffff:10.0.0.1", allow_private=False)
    (True, False)
    >>> is_allowed("127.0.0.1", allow_private=True), is_allowed("169.254.169.254", allow_private=True)
    (True, False)
    """
    ip = ip_address(address.partition("%")[0])
    inner = _wrapped(ip) if isinstance(ip, IPv6Address) else None
    if inner:
        return is_allowed(str(inner), allow_private=allow_private)
    if ip.is_multicast or ip.is_unspecified or ip.is_link_local or (ip.version == 4 and ip.is_reserved):
        return False
    return ip.is_global or (allow_private and ip.is_private)


def _wrapped(ip: IPv6Address) -> IPv4Address | None:
    nat64 = IPv4Address(int(ip) & 0xFFFFFFFF) if int(ip) >> 32 == 0x64FF9B << 64 else None
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or nat64
