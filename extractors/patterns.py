"""Regular expressions from word lists: what the annotators of a language are compiled from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

# One character for one character, so that offsets in the folded text are offsets in the text.
_SAME_LENGTH: dict[int, str | int] = {
    **{ord(wide): " " for wide in "\u00a0\u2007\u2009\u202f\u3000"},
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) != "，"},  # which never groups digits
    ord("’"): "'",
    ord("‘"): "'",
    ord("−"): "-",
    ord("‑"): "-",
}


_FOLDABLE = re.compile(f"[{''.join(map(chr, _SAME_LENGTH))}]".replace("-", r"\-"))

_WIDE_GROUP = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")


def fold(text: str) -> str:
    """The text in lower case, with plain spaces, apostrophes, minus signs and half-width digits; as long as the text.

    >>> fold("Ｂ轮 ５０００万，3\\u202f000 M€")
    'b轮 5000万，3 000 m€'
    """
    if "，" in text:
        text = _WIDE_GROUP.sub(",", text)
    folded = text.lower()
    if len(folded) != len(text):  # a few capitals have a longer lower case
        folded = "".join(small if len(small := char.lower()) == 1 else char for char in text)
    return folded.translate(_SAME_LENGTH) if not folded.isascii() and _FOLDABLE.search(folded) else folded


def one_of(words: Iterable[str]) -> str:
    """A pattern that matches the longest of the words, which shares their beginnings so that a miss is seen at once.

    >>> one_of(["six", "sixty", "two"])
    '(?:six(?:ty)?|two)'
    """
    trie: dict[str, Any] = {}
    for word in words:
        node = trie
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branch(trie) if trie else r"(?!)"


def _branch(node: dict[str, Any]) -> str:
    branches = []
    for char in sorted(char for char in node if char):
        path, child = char, node[char]
        while len(child) == 1 and "" not in child:
            ((following, child),) = child.items()
            path += following
        branches.append(re.escape(path).replace(r"\ ", " ") + ("" if set(child) == {""} else _branch(child)))
    if len(branches) == 1 and "" not in node:
        return branches[0]
    return f"(?:{'|'.join(branches)})" + ("?" if "" in node else "")
