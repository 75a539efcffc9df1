"""What a publisher reserves: text and data mining (TDM Reservation Protocol), use by AI (`noai`)."""

from __future__ import annotations

import re
from collections.abc import Iterable

_HEAD_BYTES = 100_000
_META = re.compile(rb"<meta\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""\b(name|content)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""", re.IGNORECASE)
_WORD = re.compile(r"[^\s,;:]+")


def reserved_by(headers: Iterable[tuple[str, str]], body: bytes) -> str | None:
    """What in a page's headers or in its HTML head reserves it, in words; None where nothing does.

    >>> reserved_by([("TDM-Reservation", "1")], b"")
    'tdm-reservation: 1'
    >>> reserved_by([], b'<meta name="robots" content="index, NOAI">')
    'robots: noai'
    """
    told = [(name.lower(), value.lower()) for name, value in headers]
    told += _meta(body[:_HEAD_BYTES])
    for name, value in told:
        if name == "tdm-reservation" and value.strip() == "1":
            return "tdm-reservation: 1"
        if name in ("x-robots-tag", "robots") and "noai" in _WORD.findall(value):
            return f"{name}: noai"
    return None


def _meta(head: bytes) -> list[tuple[str, str]]:
    found = []
    for tag in _META.findall(head):
        values = {key.lower(): b"".join(value).decode("ascii", "replace") for key, *value in _ATTRIBUTE.findall(tag)}
        if b"name" in values and b"content" in values:
            found.append((values[b"name"].strip().lower(), values[b"content"].lower()))
    return found
