"""What stands beside a number and says what it measures: currencies, percent, points, tonnes of CO2, all else."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from extractors.lexicon import read_language
from extractors.patterns import one_of

Kind = Literal["money", "percent", "points", "count", "ordinal", "year", "other"]

_ONE = Decimal(1)
_CODE = re.compile(r"[a-z]{3}")


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number is measured in: `code` as a value's unit, and the factor to its main unit (cents: 0.01)."""

    kind: Kind
    code: str
    factor: Decimal = _ONE


@dataclass(frozen=True, slots=True)
class LocalCurrency:
    """A currency that a common name means where the text has one of the cues ("pesos" beside "Bogotá")."""

    names: frozenset[str]
    currency: str
    cues: re.Pattern[str]
    """What has to stand in the same sentence."""
    anywhere: re.Pattern[str]
    """What may stand anywhere in the article."""
    is_weak: bool = False
    """Whether what the article says elsewhere counts for more than the sentence's cues."""


@dataclass(frozen=True, slots=True)
class Units:
    """A language's units: by the words behind a number and by those before it (all in lower case)."""

    after: Mapping[str, Unit]
    before: Mapping[str, Unit]
    codes: frozenset[str]
    """Currency codes in lower case: they count only where the text has them in capitals."""
    marks: frozenset[str]
    """Currency codes and symbols: before a number they belong to it, and not to the number before."""
    local: tuple[LocalCurrency, ...]
    local_names: frozenset[str]
    """The names that mean another currency in some texts."""
    home: str
    """The currency of amounts in a text that names none."""

    def local_currencies(self, text: str, *, weak: bool) -> dict[str, str]:
        """The currencies that such names mean in this sentence, by the cues that are weak, or by the others."""
        return _by_name(local for local in self.local if local.is_weak is weak and local.cues.search(text))

    def local_to_article(self, text: str) -> dict[str, str]:
        """The currencies that such names mean in all of an article ("$" where it is of Québec)."""
        return _by_name(local for local in self.local if local.anywhere.search(text))


@cache
def units(language: str) -> Units:
    """The language's units. Raises FileNotFoundError where the language has no data."""
    table = read_language(language)
    everywhere = tomllib.loads((files("extractors") / "data" / "currencies.toml").read_text(encoding="utf-8"))
    codes = {code.lower(): Unit("money", code) for code in everywhere["codes"]}
    symbols = {symbol: Unit("money", code) for symbol, code in everywhere["symbols"].items()}
    currencies = table.get("currencies", {})
    codes |= {
        short + code: Unit("money", unit.code, Decimal(factor))
        for code, unit in list(codes.items())
        for short, factor in everywhere["scaled_codes"].items()
    }
    symbols |= {
        symbol[:-1] + " $": unit
        for symbol, unit in symbols.items()
        if len(symbol) > 2 and symbol[0].isalpha() and symbol[-1] == "$"
    }
    names = dict(_currencies(currencies))
    prefixes = {name: Unit("money", code) for code, names_ in currencies.get("prefixes", {}).items() for name in names_}
    prefixes |= {name: unit for name, unit in names.items() if name in currencies.get("before", ())}
    prefixes |= {
        word: Unit("percent", "%", Decimal(factor))
        for word, factor in table.get("units", {}).get("percent_before", {}).items()
    }
    after = {**codes, **symbols, **names, **dict(_measures(table.get("units", {})))}
    local = tuple(_locals(currencies))
    return Units(
        after,
        {**codes, **symbols, **prefixes},
        frozenset(codes),
        frozenset(codes) | frozenset(symbols),
        local,
        frozenset(name for each in local for name in each.names),
        currencies["home"],
    )


def _currencies(table: Mapping[str, Any]) -> Iterator[tuple[str, Unit]]:
    for part, factor in (
        ("names", _ONE),
        ("cents", Decimal("0.01")),
        ("tenths", Decimal("0.1")),
        ("millions", Decimal(10**6)),
        ("billions", Decimal(10**9)),
    ):
        for code, names in table.get(part, {}).items():
            for name in names:
                yield name, Unit("money", code, factor)


def _measures(table: Mapping[str, Any]) -> Iterator[tuple[str, Unit]]:
    kinds = {
        "other": Unit("other", "count"),
        "year": Unit("year", "count"),
        "ordinal": Unit("ordinal", "count"),
        "things": Unit("count", "count"),
        "co2": Unit("count", "tCO2e"),
        "percent": Unit("percent", "%"),
        "tens_of_percent": Unit("percent", "%", Decimal(10)),
        "points": Unit("points", "pp"),
        "tenths_of_points": Unit("points", "pp", Decimal("0.1")),
        "basis_points": Unit("points", "bp"),
    }
    for kind, unit in kinds.items():
        for word in table.get(kind, ()):
            yield word, unit


def _locals(table: Mapping[str, Any]) -> Iterator[LocalCurrency]:
    for row in table.get("local", ()):
        cues, anywhere = (re.compile(one_of(row.get(kind, ()))) for kind in ("cues", "anywhere"))
        yield LocalCurrency(frozenset(row["names"]), row["currency"], cues, anywhere, row.get("weak", False))


def _by_name(told: Iterable[LocalCurrency]) -> dict[str, str]:
    """The currency of each name; the first that has it counts."""
    return {name: local.currency for local in reversed(list(told)) for name in local.names}
