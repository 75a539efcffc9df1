"""How a language writes amounts and dates: separators, scale words, plurals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from flows.newsroom.chronicle import read_toml
from flows.newsroom.story import Amount

BILLION = 1_000_000_000
MILLION = 1_000_000


@dataclass(frozen=True)
class Writer:
    """Writes amounts and dates as its language does; every method is a filter of the templates."""

    language: str

    @property
    def words(self) -> Mapping[str, Any]:
        """The language's file under `words/`."""
        return _words(self.language)

    @property
    def locale(self) -> Locale:
        """The locale whose separators and plurals hold."""
        return Locale.parse(self.words["locale"])

    def number(self, amount: Amount | Decimal) -> str:
        """The figure without sign, as `41.230` in Dutch; an amount with the digits it has."""
        if isinstance(amount, Amount):
            return self._decimal(abs(amount.value), amount.digits)
        return format_decimal(abs(amount), "#,##0.###", locale=self.locale)

    def rate(self, per_cent: Amount | Decimal) -> str:
        """A percentage without sign and without the word for it: `8`, `12,4`."""
        value = per_cent.value if isinstance(per_cent, Amount) else per_cent
        return format_decimal(abs(value), "#,##0.#", locale=self.locale)

    def money(self, amount: Amount) -> str:
        """An amount without sign, with scale word and currency: `84,2 miljoen euro`, `€12.4 million`."""
        value = abs(amount.value)
        unit = self.words["money"]["units"][amount.unit]
        if _is_round_billion(value):
            return self._scaled("money", "billion", value / BILLION, 2, unit)
        if amount.scale == MILLION:
            return self._scaled("money", "million", value / MILLION, amount.digits, unit)
        return str(self.words["money"]["plain"]).format(n=self._decimal(value, amount.digits), unit=unit)

    def bare(self, amount: Amount) -> str:
        """The number of `money` alone, for the first of two: `340` in `tussen 340 en 360 miljoen euro`."""
        value = abs(amount.value)
        if _is_round_billion(value):
            return self._decimal(value / BILLION, 2)
        return self.number(value / amount.scale)

    def millions(self, amount: Amount) -> str:
        """A count in millions: `2.35 million`."""
        return self._scaled("count", "million", amount.value / MILLION, amount.digits, "")

    def cell(self, amount: Amount | None) -> str:
        """A table's cell: the figure in the table's scale, with its sign; `n/a` in the language where there is none."""
        if amount is None:
            return str(self.words["no_figure"])
        return self._decimal(amount.value / amount.scale, amount.digits)

    def day(self, day: date) -> str:
        """A date: `14 februari 2024`."""
        return format_date(day, "long", locale=self.locale)

    def month(self, day: date) -> str:
        """A month and its year: `februari 2024`."""
        return format_date(day, "LLLL y", locale=self.locale)

    def ordinal(self, number: int) -> str:
        """The word for the first to the fourth quarter."""
        return str(self.words["ordinals"][number - 1])

    def _scaled(self, kind: str, scale: str, value: Decimal, digits: int, unit: str) -> str:
        is_whole = scale == "million" and value == value.to_integral()
        written = self._decimal(value, 0 if is_whole else digits)
        forms = self.words[kind][scale]
        return str(forms.get(self.locale.plural_form(value), forms["other"])).format(n=written, unit=unit)

    def _decimal(self, value: Decimal, digits: int) -> str:
        return format_decimal(value, "#,##0." + "0" * digits if digits else "#,##0", locale=self.locale)


def _is_round_billion(value: Decimal) -> bool:
    """Two decimals say it all; `1.240,9` million is not written as billions."""
    return value >= BILLION and value % (BILLION // 100) == 0


@cache
def _words(language: str) -> Mapping[str, Any]:
    return read_toml(f"words/{language}.toml")
