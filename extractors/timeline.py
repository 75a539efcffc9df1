"""The period that each statement of an article is about, carried from sentence to sentence."""

from __future__ import annotations

from extractors.metrics import Metric
from extractors.model import Article, Basis
from extractors.quantities import Quantity
from extractors.readings import Reading
from extractors.reporting import has_begun, is_over, reporting_period
from extractors.times import period_of
from extractors.withheld import Refusal

_REPORTED = frozenset(("quarter", "half", "year", "month", "span"))
_DEALS = frozenset(("deal_value", "funding", "valuation"))


class Timeline:
    """Where an article is in time."""

    def __init__(self, article: Article) -> None:
        """Start with the period that the title or the opening reports on."""
        self.published = article.published
        self.reporting = reporting_period(article)
        """The period that the article as a whole reports on, where it names one."""
        self.period = self.reporting
        self._paragraph: int | None = None

    def enter(self, reading: Reading) -> None:
        """Take in a sentence: a paragraph starts with the article's own period again, a heading names another."""
        if reading.sentence.paragraph != self._paragraph:
            self._paragraph = reading.sentence.paragraph
            self.period = self.reporting or self.period
        self._take_heading(reading)

    def _take_heading(self, reading: Reading) -> None:
        """A short line with one period and no figure says what the lines under it are about."""
        told = [mention for mention in reading.periods if not mention.comparison and mention.kind in _REPORTED]
        is_heading = len(told) == 1 and not reading.quantities and len(reading.folded) <= 80
        if is_heading and is_over(told[0].period, self.published):
            self.period = told[0].period

    def period_of(
        self, reading: Reading, quantity: Quantity, metric: Metric, basis: Basis, *, compared: bool
    ) -> str | None:
        """The period of a figure; a target's is at least the current year, a deal's is when it was announced."""
        if metric.id in _DEALS and not reading.periods:
            return self.published[:7]
        carried = self.period
        looks_back = reading.has("then") or reading.has("earlier")
        if (
            basis == "guidance"
            and not compared
            and not looks_back
            and (carried is None or carried[:4] < self.published[:4])
        ):
            carried = self.published[:4]
        period = period_of(reading, quantity, carried, basis, compared=compared)
        if not compared and basis == "actual" and period != carried and self._leads(reading, quantity, period):
            self.period = period
        return period

    def _leads(self, reading: Reading, quantity: Quantity, period: str | None) -> bool:
        """Whether a period told before a figure is what the text goes on about."""
        told = any(
            one.period == period
            and not one.comparison
            and one.kind != "day"
            and (one.end <= quantity.start or one.kind == "year")
            for one in reading.periods
        )
        return told and period is not None and has_begun(period, self.published)

    def period_of_refusal(self, reading: Reading, refusal: Refusal) -> str | None:
        """The period that a refusal covers; open-ended where the metric is given up for good."""
        periods = reading.coming if refusal.basis == "guidance" else reading.periods
        told = [mention for mention in periods if not mention.comparison]
        if refusal.metric in _DEALS:
            told = [
                mention
                for mention in told
                if mention.kind in ("month", "year") and is_over(mention.period, self.published)
            ]
        if refusal.basis == "guidance":
            told = [mention for mention in told if mention.kind not in ("month", "day")]
        nearest = min(told, key=lambda mention: abs(mention.start - refusal.start), default=None)
        if refusal.is_stop:
            if nearest is None:
                return f"{self.published[:7]}/.."
            return nearest.period if "/" in nearest.period else f"{nearest.period}/.."
        if nearest is not None:
            return nearest.period
        if refusal.metric in _DEALS:
            return self.published[:7]
        if refusal.basis == "guidance":
            return self.published[:4]
        return self.period
