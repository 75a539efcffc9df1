"""Bodies as they were sent, unpacked: never more than is allowed, whatever a server packs."""

from __future__ import annotations

import zlib

MAX_BYTES = 20_000_000
"""What a body may be, sent and unpacked."""
MAX_RATIO = 250
"""How often its sent length a body may be, beyond `_SMALL`: prose has 3 to 10, lists of links up to 60."""
_SMALL = 1_000_000
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


class BodyError(Exception):
    """A body cannot be unpacked, or would be too large; the message reads after "the page"."""


def unpack(body: bytes, encoding: str) -> bytes:
    """The body that was sent with this `Content-Encoding`. Raises BodyError.

    >>> unpack(zlib.compress(b"figures"), "deflate")
    b'figures'
    """
    names = [name for name in encoding.lower().replace(" ", "").split(",") if name not in ("", "identity")]
    if not names or not body:
        return body
    if len(names) > 1 or names[0] not in _WINDOWS:
        raise BodyError(f"is encoded as {encoding}, which was not asked for")
    window = _WINDOWS[names[0]]
    if names[0] == "deflate" and body[0] & 0x0F != 8:  # some servers send it without its two bytes of header
        window = -15
    limit = min(MAX_BYTES, max(_SMALL, MAX_RATIO * len(body)))
    return inflate(body, window, limit)


def inflate(body: bytes, window: int, limit: int) -> bytes:
    """What zlib unpacks, gzip members one after the other, up to `limit` bytes. Raises BodyError."""
    parts: list[bytes] = []
    left = limit + 1
    while body and left > 0:
        unpacker = zlib.decompressobj(wbits=window)
        try:
            parts.append(unpacker.decompress(body, left))
        except zlib.error as error:
            raise BodyError(f"cannot be unpacked ({error})") from error
        left -= len(parts[-1])
        if left > 0 and not unpacker.eof:
            raise BodyError("cannot be unpacked (it breaks off)")
        body = unpacker.unused_data if window == 31 else b""
        if body and not body.startswith(b"\x1f\x8b"):
            break  # padding after the last member
    if left <= 0:
        raise BodyError(f"is larger than {limit:,} bytes unpacked")
    return b"".join(parts)
