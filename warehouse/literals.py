"""Text as it stands within a statement, where DuckDB takes no parameter."""

from __future__ import annotations


def literal(value: object) -> str:
    """The text of a value as SQL's literal, its quotes doubled.

    >>> literal("the company's")
    "'the company''s'"
    """
    text = str(value).replace("'", "''")
    return f"'{text}'"
