"""What the text of a table's cell is: a figure, a date, or only the beginning or the end of a figure."""

from __future__ import annotations

import re

_LONGEST_FIGURE = 40
"""Characters."""
_OPENS = re.compile(r"(?:[A-Z]{1,3}\$|[A-Z]{3}|[^\w\s.,()%+–—-])?\s?[(+–—−-]?")
"""A cell that only begins a figure: a currency, a bracket, a sign."""
_CLOSES = re.compile(r"\)?\s?(?:%|pp|pts?|bps?|x)?\s?\)?")
"""A cell that only ends one."""
_NUMBER = r"\d[\d.,'’\s\u00a0\u202f]*"
_FIGURE = re.compile(
    rf"(?:[A-Z]{{1,3}}\$|[A-Z]{{3}}|[^\w\s])?[\s(+–—−-]*(?:[^\w\s])?\s?{_NUMBER}\s?\)?\s?(?:%|[^\W\d_]{{1,3}})?\s?\)?[*†]?(?:\s?[(\[]\w[)\]])?"
)
_DATE = re.compile(r"(?:19|20)\d\d(?:\s?[/–-]\s?\d{2,4})?[A-Za-z*]?(?:\s?\(\w\))?|\d{1,4}([./-])\d{1,2}\1\d{2,4}")
_SIGNS = "(+-–—−."
_DASH = re.compile(r"[^\w\s]?\s?(?:-{1,3}|[–—−])|n[./]?\s?[am][./]?", re.IGNORECASE)


def is_figure(text: str) -> bool:
    """Whether a cell's text is one number, with its sign, brackets, currency and unit; a year or date is none.

    >>> [is_figure(text) for text in ("$(1,234)", "12.5%", "—", "2024", "Q3 2024")]
    [True, True, False, False, False]
    """
    return _is_number(text) and not is_date(text)


def is_date(text: str) -> bool:
    """Whether a cell's text is a year or a date in figures."""
    return len(text) < _LONGEST_FIGURE and _DATE.fullmatch(text) is not None


def is_dash(text: str) -> bool:
    """Whether a cell's text stands for nothing."""
    return _DASH.fullmatch(text) is not None


def is_opening(text: str) -> bool:
    """Whether a cell's text only begins a figure: a currency, a bracket, a sign."""
    return len(text) < _LONGEST_FIGURE and not is_dash(text) and _OPENS.fullmatch(text) is not None


def is_closing(text: str) -> bool:
    """Whether a cell's text only ends a figure: a bracket, a percent sign."""
    return len(text) < _LONGEST_FIGURE and _CLOSES.fullmatch(text) is not None


def is_split(left: str, right: str) -> bool:
    """Whether two neighbouring cells hold one figure.

    >>> is_split("$", "1,234"), is_split("(12", ")"), is_split("$", "Revenue")
    (True, True, False)
    """
    if is_opening(left):
        return right[0].isdigit() or right[0] in _SIGNS or _is_number(right)
    return is_closing(right) and (left[-1].isdigit() or is_dash(left))


def _is_number(text: str) -> bool:
    return len(text) < _LONGEST_FIGURE and _FIGURE.fullmatch(text) is not None
