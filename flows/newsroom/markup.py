"""The light markup that the newsroom's texts are written in: blocks apart by a blank line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["paragraph", "quote", "list", "heading", "table"]
_PREFIXES: dict[str, BlockKind] = {"> ": "quote", "- ": "list", "## ": "heading", "| ": "table"}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, quotation, list, heading or table; `lines` are its items, or its rows, as cells."""

    kind: BlockKind
    lines: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        """The first cell of the first line: all there is to a paragraph."""
        return self.lines[0][0]


def read_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text.

    >>> read_blocks("Sales rose.\\n\\n- one\\n- two")
    (Block(kind='paragraph', lines=(('Sales rose.',),)), Block(kind='list', lines=(('one',), ('two',))))
    >>> read_blocks("| Revenue | 12.4 |")
    (Block(kind='table', lines=(('Revenue', '12.4'),)),)
    """
    return tuple(_block(part.strip()) for part in text.split("\n\n") if part.strip())


def _block(part: str) -> Block:
    for prefix, kind in _PREFIXES.items():
        if part.startswith(prefix):
            lines = [line.strip() for line in part.splitlines()]
            if kind == "table":
                return Block(kind, tuple(tuple(cell.strip() for cell in line.strip("| ").split("|")) for line in lines))
            if kind == "list":
                return Block(kind, tuple((line.removeprefix(prefix),) for line in lines))
            return Block(kind, ((" ".join(line.removeprefix(prefix) for line in lines),),))
    return Block("paragraph", ((" ".join(part.split("\n")),),))
