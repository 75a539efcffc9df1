"""The newsroom's writers: facts and turns of phrase in, a title and marked-up text out, as each language writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment, StrictUndefined

from flows.newsroom.story import Amount, Release, company_ids, read_company, read_toml

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


FILTERS = ("number", "rate", "money", "bare", "millions", "cell", "day", "month", "ordinal")


@cache
def _words(language: str) -> Mapping[str, Any]:
    return read_toml(f"words/{language}.toml")


@cache
def _environment(language: str) -> Environment:
    environment = Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True)  # noqa: S701 (text, escaped in the page)
    writer = Writer(language)
    environment.filters |= {name: getattr(writer, name) for name in FILTERS}
    return environment


def write(template: str, language: str, facts: Mapping[str, Any]) -> str:
    """A text with its figures filled in. Raises jinja2.UndefinedError where one is missing."""
    text = _environment(language).from_string(template).render(facts).strip()
    for plain, typeset in _words(language).get("typography", {}).items():
        text = text.replace(plain, typeset)
    return text


@cache
def history() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    """What a journalist looks figures up in: company -> quarter -> metric -> Figure, with `year` and `guidance`."""
    return {
        company_id: {release.quarter.label: _facts(release) for release in read_company(company_id).releases}
        for company_id in company_ids()
    }


def write_release(release: Release, language: str) -> tuple[str, str]:
    """Title and marked-up text of a quarter's press release, in the company's own turns of phrase."""
    texts = read_toml(f"texts/{release.company}.toml")
    fill: Callable[[str], str] = lambda text: write(text, language, _facts(release))  # noqa: E731
    title = release.own.get("title") or _vary(texts["titles"], release.ordinal)
    chosen = (_phrase(spec, release, place) for place, spec in enumerate(texts["paragraphs"]))
    return fill(title), "\n\n".join(fill(text) for text in chosen if text)


def _facts(release: Release) -> dict[str, Any]:
    return {
        **release.figures,
        "q": release.quarter,
        "year": release.full_year,
        "guidance": release.guidance,
        "published": release.published,
    }


def _phrase(spec: Mapping[str, Any], release: Release, place: int) -> str | None:
    """The wording of one paragraph for one release; None where the release has nothing to say there."""
    if release.quarter.number not in spec.get("quarters", (1, 2, 3, 4)):
        return None
    if (own := release.own.get(spec.get("own", ""))) is not None:
        return own
    return _vary(_variants(spec, release), release.ordinal + place)


def _variants(spec: Mapping[str, Any], release: Release) -> Any:
    metric = spec.get("metric")
    if metric is not None:
        if metric not in release.figures:
            return spec.get("withheld", ()) if metric in release.withheld else ()
        state = release.figures[metric].state
        if state not in spec and "any" not in spec:
            raise ValueError(f"texts/{release.company}.toml: {metric} has no wording for {state!r}")
        return spec.get(state, spec.get("any", ()))
    if spec.get("guidance"):
        return spec.get(release.guidance.kind, ()) if release.guidance else ()
    return spec.get("texts", ())


def _vary(variants: Sequence[str], turn: int) -> str:
    return variants[turn % len(variants)] if variants else ""
