"""What truly happened: the companies, their figures quarter by quarter, and which of them each release tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

State = Literal["first", "loss", "turn", "up", "down", "same"]
GuidanceKind = Literal["set", "kept", "raised", "cut", "suspended", "none"]


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter by the company's own label; `year_end_month` is the last month of its fiscal year."""

    year: int
    number: int
    year_end_month: int = 12

    @property
    def label(self) -> str:
        """As `2024-Q2`."""
        return f"{self.year}-Q{self.number}"

    @property
    def first(self) -> date:
        """Its first day.

        >>> Quarter(2024, 2, year_end_month=3).first
        datetime.date(2023, 7, 1)
        """
        months = 12 * self.year + self.year_end_month - 12 + 3 * (self.number - 1)
        return date(months // 12, months % 12 + 1, 1)

    @property
    def last(self) -> date:
        """Its last day.

        >>> Quarter(2024, 1).last
        datetime.date(2024, 3, 31)
        """
        after = self.first + timedelta(days=100)
        return after.replace(day=1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure in full with its unit: an ISO 4217 code, `%` or `count`; and the digits it is written with."""

    value: Decimal
    unit: str
    scale: int = 1
    digits: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric of one period, with the year-earlier amount where there is one."""

    metric: str
    period: str
    now: Amount
    before: Amount | None = None
    is_change: bool = False
    """The amount is itself a growth against the year-earlier period (same-store sales)."""

    @property
    def growth(self) -> Decimal:
        """Per cent against the year-earlier amount, one decimal. Raises ValueError where that is missing or a loss."""
        if self.before is None or self.before.value <= 0:
            raise ValueError(f"{self.metric} {self.period}: no growth to tell")
        ratio = (self.now.value / self.before.value - 1) * 100
        return ratio.quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def change(self) -> Amount:
        """The difference to the year-earlier amount, in the same unit. Raises ValueError where that is missing."""
        if self.before is None:
            raise ValueError(f"{self.metric} {self.period}: no year-earlier amount")
        return Amount(self.now.value - self.before.value, self.now.unit, self.now.scale, self.now.digits)

    @property
    def state(self) -> State:
        """Which way it went: decides the sentence."""
        if self.is_change:
            return "up" if self.now.value > 0 else "down"
        if self.now.value < 0:
            return "loss"
        if self.before is None:
            return "first"
        if self.before.value < 0:
            return "turn"
        if self.now.value == self.before.value:
            return "same"
        return "up" if self.now.value > self.before.value else "down"


@dataclass(frozen=True, slots=True)
class Guidance:
    """What a release says of the year to come; `low` and `high` are None where it says that there is none."""

    kind: GuidanceKind
    metric: str
    period: str
    low: Amount | None = None
    high: Amount | None = None


@dataclass(frozen=True, slots=True)
class Release:
    """A quarter's press release: the facts it tells and the words written for it alone."""

    company: str
    quarter: Quarter
    published: date
    ordinal: int
    """Its place among the company's releases, from 0."""
    figures: Mapping[str, Figure]
    """Metric id -> this quarter's figure, as the release tells it."""
    full_year: Mapping[str, Figure]
    """Metric id -> the whole year's figure; told in the fourth quarter's release."""
    withheld: frozenset[str]
    """Metrics that the company has said it does not give for this quarter."""
    guidance: Guidance | None
    own: Mapping[str, str]
    """Slot -> words of this release alone: `quote`, `note`, or in place of a standing phrase."""


@dataclass(frozen=True, slots=True)
class Company:
    """A company with its site's settings and its releases, oldest first."""

    id: str
    name: str
    language: str
    about: Mapping[str, Any]
    """The file's other keys: legal name, town, tagline, colours, feed."""
    releases: tuple[Release, ...]
    news: tuple[Mapping[str, Any], ...]
    """Its other announcements: title, published, text."""
