"""The data dictionary: `DICTIONARY.md`, from the comments on tables, views, columns and macros.

`python -m warehouse.dictionary` writes it.
"""

from __future__ import annotations

import tempfile
from itertools import groupby
from pathlib import Path

import duckdb

from warehouse.database import open_warehouse, read_sql

FILE = Path(__file__).with_name("DICTIONARY.md")

_INTRODUCTION = """# Data dictionary

Made from the comments in the warehouse by `python -m warehouse.dictionary`; change `warehouse/sql/comments.sql`, not
this page. Tables are only ever added to; what readers want stands in the views. Times are instants with a time zone,
shown in UTC; ids are 128 bits, of claims 64, that the content decides.
"""


def dictionary(db: duckdb.DuckDBPyConnection) -> str:
    """The page, in Markdown: each table and view with its columns, their types and meaning."""
    sections = [_INTRODUCTION]
    columns = db.execute(read_sql("columns.sql")).fetchall()
    for (name, is_view, comment), rows in groupby(columns, key=lambda row: row[:3]):
        lines = [f"## {name}", "", f"{'View' if is_view else 'Table'}. {comment or ''}".rstrip(), ""]
        lines += ["| column | type | meaning |", "| --- | --- | --- |"]
        lines += [f"| `{column}` | {kind.lower()} | {_cell(meaning)} |" for *_, column, kind, meaning in rows]
        sections.append("\n".join(lines) + "\n")
    macros = db.execute(read_sql("macros.sql")).fetchall()
    lines = ["## Macros", "", "| macro | gives | meaning |", "| --- | --- | --- |"]
    lines += [f"| `{name}({', '.join(given)})` | {kind} | {_cell(comment)} |" for name, kind, given, comment in macros]
    return "\n".join([*sections, "\n".join(lines) + "\n"])


def fresh_dictionary() -> str:
    """The page as it should be now, from a warehouse made for it."""
    with tempfile.TemporaryDirectory() as folder, open_warehouse(Path(folder) / "empty.duckdb") as db:
        return dictionary(db)


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|")


if __name__ == "__main__":
    FILE.write_text(fresh_dictionary(), encoding="utf-8")
