"""Digits with separators, read as exact decimals."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

FIGURES = r"(?:(?:\d{1,3}(?:[ '](?=\d{3}(?!\d))\d{3})++|\d++)(?:[.,](?=\d)\d++)*+[½¼¾]?+|[½¼¾])"
"""Digits with any separators, in a folded text; every part is possessive, so that a long line costs linear time."""

FRACTIONS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_LONGEST = 40  # digits: what is longer is a serial number or noise


def read_figures(figures: str, decimal: str, groups: Collection[str]) -> Decimal | None:
    """The value of digits whose separators are the language's own, or another's where they can only be that.

    `decimal` is the language's decimal mark; `groups` are its separators of thousands, which win where exactly three
    digits follow a single separator. Spaces and apostrophes always group. None where the separators make no number.

    >>> read_figures("1.234,5", ",", ["."]), read_figures("1,234.5", ",", ["."]), read_figures("12.3.2020", ",", ["."])
    (Decimal('1234.5'), Decimal('1234.5'), None)
    >>> read_figures("1.234", ",", ["."]), read_figures("1,234", ",", ["."]), read_figures("5,93,314", ".", [","])
    (Decimal('1234'), Decimal('1.234'), Decimal('593314'))
    """
    if (fraction := FRACTIONS.get(figures[-1])) is not None:
        whole = read_figures(figures[:-1], decimal, groups) if figures[:-1] else Decimal(0)
        return None if whole is None else whole + fraction
    if figures[0] in ".,":
        return Decimal(f"0.{figures[1:]}") if figures[1:].isdecimal() else None
    digits = figures.replace(" ", "").replace("'", "")
    if len(digits) > _LONGEST:
        return None
    points, commas = digits.count("."), digits.count(",")
    if not points and not commas:
        return Decimal(digits)
    if points and commas:
        mark = max(".,", key=digits.rindex)
        return _grouped(digits, mark) if digits.count(mark) == 1 else None
    mark = "." if points else ","
    if points + commas > 1:
        return _grouped(digits, "," if points else ".")
    whole_part, _, rest = digits.partition(mark)
    is_group = mark in groups and len(rest) == 3 and len(whole_part) <= 3 and whole_part[0] != "0"
    return Decimal(whole_part + rest if is_group and len(digits) == len(figures) else f"{whole_part}.{rest}")


def _grouped(digits: str, decimal: str) -> Decimal | None:
    """Digits in groups of three, or of two and a last of three as in India, with `decimal` before the decimals."""
    whole, _, decimals = digits.partition(decimal)
    head, *groups = whole.split("," if decimal == "." else ".")
    if len(head) > 3 or not groups or len(groups[-1]) != 3 or any(len(group) not in (2, 3) for group in groups):
        return None
    return Decimal(head + "".join(groups) + (f".{decimals}" if decimals else ""))
