"""The data files that the extractors read with: one TOML a language, one a metric, and the company registry."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
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
    """A language's words, as its TOML files have them; those of lists in each of its scripts.

    Raises FileNotFoundError where the language has none.
    """
    tables: dict[str, Any] = {}
    for entry in (_DATA / "languages").iterdir():
        if entry.name.partition(".")[0] == code:
            tables |= tomllib.loads(entry.read_text(encoding="utf-8"))
    if not tables:
        raise FileNotFoundError(f"extractors/data/languages/{code}.toml")
    both: dict[str, Any] = _in_both_scripts(tables, _other_script(code))
    return both


@cache
def _other_script(code: str) -> dict[int, str]:
    """The characters of a language that have another form in its other script; none where it has one script."""
    file = _DATA / "languages" / f"{code}.script.toml"
    lines = tomllib.loads(file.read_text(encoding="utf-8"))["script"]["pairs"] if file.is_file() else ()
    return str.maketrans(dict(pair for line in lines for pair in line.split()))


def _in_both_scripts(table: Any, other: dict[int, str]) -> Any:
    """A table of which every list of words has them in the other script too, behind those that it has."""
    if not other:
        return table
    if isinstance(table, dict):
        return {name: _in_both_scripts(one, other) for name, one in table.items()}
    if not isinstance(table, list) or not all(isinstance(one, str) for one in table):
        return table
    known = frozenset(table)
    return [*table, *dict.fromkeys(word for one in table if (word := one.translate(other)) not in known)]


@cache
def read_metrics() -> dict[str, dict[str, Any]]:
    """Every metric's file by the metric's id, which is the file's name."""
    return {
        entry.name.removesuffix(".toml"): {
            name: _in_both_scripts(table, _other_script(name))
            for name, table in tomllib.loads(entry.read_text(encoding="utf-8")).items()
        }
        for entry in sorted((_DATA / "metrics").iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    }


@dataclass(frozen=True, slots=True)
class Company:
    """A row of the registry: a company, its other names, and the products that stand for it."""

    name: str
    aliases: tuple[str, ...]
    products: tuple[str, ...]
    ticker: str | None
    country: str | None


@cache
def read_companies() -> tuple[Company, ...]:
    """The company registry. Raises ValueError with the line of a row that has not five columns."""
    companies = []
    rows = csv.reader((_DATA / "companies.csv").read_text(encoding="utf-8").splitlines())
    next(rows)
    for row in rows:
        if len(row) != 5 or not row[0]:
            raise ValueError(f"companies.csv:{rows.line_num}: not name,aliases,products,ticker,country: {row}")
        name, aliases, products, ticker, country = row
        companies.append(Company(name, _parts(aliases), _parts(products), ticker or None, country or None))
    return tuple(companies)


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


@cache
def read_listed_names() -> frozenset[str]:
    """Names of companies listed somewhere in the world, without legal form: a hint that a name is a company's."""
    return frozenset((_DATA / "listed_companies.txt").read_text(encoding="utf-8").splitlines())


@cache
def read_company_forms() -> dict[str, Any]:
    """Legal forms, stock exchanges and the like, in any language."""
    return tomllib.loads((_DATA / "companies.toml").read_text(encoding="utf-8"))


@cache
def read_given_names() -> frozenset[str]:
    """Names that people are given: one before another name makes that a person's."""
    return frozenset((_DATA / "given_names.txt").read_text(encoding="utf-8").splitlines())


@cache
def read_currency_codes() -> frozenset[str]:
    """The ISO 4217 codes that amounts are read in."""
    return frozenset(_currencies()["codes"])


@cache
def read_currency_worth() -> dict[str, int]:
    """How many of a currency are worth about a dollar, by its code; a currency that is not there is worth as much."""
    return dict(_currencies()["worth"])


@cache
def read_currency_symbols() -> frozenset[str]:
    """What stands for a currency in any language: "$", "rs"."""
    return frozenset(_currencies()["symbols"])


def _currencies() -> dict[str, Any]:
    return tomllib.loads((_DATA / "currencies.toml").read_text(encoding="utf-8"))
