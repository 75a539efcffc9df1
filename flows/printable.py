"""Text from the open web, made harmless for a terminal."""

from __future__ import annotations


def printable(text: str) -> str:
    """The text on one line, without what would steer the terminal.

    >>> printable("Acme\\n sells\\x1b[2J more")
    'Acme sells\ufffd[2J more'
    """
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in " ".join(text.split()))
