"""Where a warehouse lives: in one DuckDB file, or on a lake, which the setting `ducklake:<catalogue>#<data>` names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_PREFIX = "ducklake:"
EXAMPLE = f"{_PREFIX}postgresql://me@db.example/undisclosed#/srv/lake"
"""A setting that names a lake; its rows may also be in a store such as s3://bucket/folder."""


class WarehouseError(Exception):
    """The warehouse cannot be opened, read or written as asked; the message names it and what to do."""


@dataclass(frozen=True)
class Lake:
    """A DuckLake: its catalogue in PostgreSQL, its rows in Parquet files; many processes write it at once."""

    catalogue: str
    """How its PostgreSQL database is reached, as libpq takes it. Example: postgresql://me@db.example/undisclosed"""
    data: str
    """The folder of its Parquet files, or an address. Example: s3://bucket/undisclosed"""

    def __str__(self) -> str:
        """The setting that names it."""
        return f"{_PREFIX}{self.catalogue}#{self.data}"


Place = Path | Lake
Config = Mapping[str, str | bool | int | float | list[str]]
"""Settings of DuckDB, as `duckdb.connect` takes them."""


def read_lake(text: str, folder: Path) -> Lake:
    """The lake that a setting names; its rows are in `folder` where it does not say. Raises ValueError."""
    found = re.fullmatch(rf"{_PREFIX}(?:postgres:)?((?:postgres(?:ql)?://|[^#]*\bdbname=)[^#]+)(?:#(.+))?", text)
    if not found:
        raise ValueError(f"a lake such as {EXAMPLE}")
    catalogue, data = found.groups()
    if re.search(r"://[^/@]*:[^/@]*@|\bpassword=", catalogue):
        raise ValueError("no password here: it is read from PGPASSWORD or ~/.pgpass")
    if data and "://" not in data and not Path(data).is_absolute():
        raise ValueError(f"the folder of a lake's rows with its whole path, as in {EXAMPLE}")
    return Lake(catalogue, data or str(folder))


def without_password(text: str) -> str:
    """The same text, with stars where an address or a connection string has a password."""
    return re.sub(r"(://[^:/@\s]*:|\bpassword=)[^/@\s]+", r"\1********", text)
