"""The data files that the extractors read with: one TOML a language, one a metric, and the company registry."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_DATA = files("extractors") / "data"


@cache
def languages() -> tuple[str, ...]:
    """The ISO 639-1 codes that have a file, sorted."""
    names = (entry.name for entry in (_DATA / "languages").iterdir())
    return tuple(sorted({name.partition(".")[0] for name in names if name.endswith(".toml")}))


@cache
def read_language(code: str) -> dict[str, Any]:
    """A language's words, as its TOML file has them. Raises FileNotFoundError where the language has none."""
    tables: dict[str, Any] = {}
    for entry in (_DATA / "languages").iterdir():
        if entry.name.partition(".")[0] == code:
            tables |= tomllib.loads(entry.read_text(encoding="utf-8"))
    if not tables:
        raise FileNotFoundError(f"extractors/data/languages/{code}.toml")
    return tables
