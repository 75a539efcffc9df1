"""The period that each statement of an article is about, carried from sentence to sentence."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.datings import Dating, read_datings
from extractors.labels import month_number, months_of
from extractors.link import choose_reported
from extractors.metrics import Metric
from extractors.model import Article, Basis, Measure
from extractors.name_words import name_words
from extractors.object_features import DEALS
from extractors.period_clock import Clock
from extractors.period_tense import has_begun, is_over
from extractors.periods import PeriodMention
from extractors.quantities import Quantity
from extractors.readings import Reading
from extractors.reported import read_reported
from extractors.times import is_compared
from extractors.told_periods import as_long_as, compared_period, is_told_as_compared, own_period
from extractors.withheld import Withheld
from extractors.withheld_periods import period_of_withheld

_EVENTS = frozenset(("orders", "job_cuts", "affected_customers", "other"))
"""Metrics that are news by themselves where an article reports on no period."""
_MONTHLY = frozenset(("unit_sales", "deliveries", "production", "passengers", "same_store_sales"))
"""Metrics that are told month by month."""
_LAST_OF_MEETINGS = "06"
"""The month up to which a dividend is mostly that of the year before."""
_BESIDE = 16
"""Characters between "currently" and a figure."""
_OPENING = 30
"""Characters before a period that opens its sentence."""
_REPORTED = frozenset(("quarter", "half", "year", "month", "span"))


def _is_of_telling(reading: Reading, mention: PeriodMention) -> bool:
    """Whether a month only says when a result was told: "last month posted a profit"."""
    is_month = mention.kind == "month" and not mention.is_dated
    return is_month and bool(name_words(reading.language).says.match(reading.folded, mention.end))


class Timeline:
    """Where an article is in time."""

    def __init__(self, article: Article) -> None:
        """Start with the period that the title or the opening reports on."""
        self.published = article.published
        self.reports = read_reported(article)
        """The periods that the article may report on."""
        self.reporting = choose_reported(self.reports)
        """The period that the article as a whole reports on, where it names one."""
        self.period = self.reporting
        self.target: str | None = None
        """The period of the last target."""
        self._last: str | None = None
        """The period of the figure before, in the same sentence."""
        self._stated: str | None = None
        """The period last told of what the company reports."""
        self._is_stated = False
        """Whether that figure was what the company reports."""
        self._is_expecting = False
        """Whether the last figure of the paragraph was a target."""
        self._before: dict[str, str | None] = {}
        """The periods chosen or named so far: of the figure before in the sentence (`beside`), of the last one of the
        paragraph before the sentence (`above`), the last that the paragraph names before it (`named`) and in it."""
        self._of_metric: dict[str, str | None] = {}
        """The period of the last figure of each metric that the company reports."""
        self._paragraph: int | None = None

    def enter(self, reading: Reading) -> None:
        """Take in a sentence: a paragraph starts with the article's own period again, a heading names another."""
        if reading.sentence.paragraph != self._paragraph:
            self._paragraph = reading.sentence.paragraph
            self.period = self.reporting or self.period
            self._is_expecting = False
            self._before = {}
        named = [one.period for one in reading.periods if not one.comparison]
        self._before = {
            "above": self._before.get("beside") or self._before.get("above"),
            "named": self._before.get("here") or self._before.get("named"),
            "here": named[-1] if named else None,
        }
        self._last, self._is_stated = self.period, False
        self._take_heading(reading)
        self._take_target(reading)

    def _take_heading(self, reading: Reading) -> None:
        """A short line with one period and no figure says what the lines under it are about."""
        told = [mention for mention in reading.periods if not mention.comparison and mention.kind in _REPORTED]
        is_heading = len(told) == 1 and not reading.quantities and len(reading.folded) <= 80
        if is_heading and is_over(told[0].period, self.published):
            self.period = told[0].period

    def _take_target(self, reading: Reading) -> None:
        """A sentence about a forecast names the period of those told after it."""
        if not reading.has("target"):
            return
        told = {one.period for one in reading.coming if one.kind in ("quarter", "half", "year") and not one.comparison}
        ahead = [period for period in told if not is_over(period, self.published)]
        self.target = ahead[0] if len(ahead) == 1 else self.target

    def datings_of(
        self, reading: Reading, quantity: Quantity, metric: Metric, basis: Basis, measure: Measure
    ) -> list[Dating]:
        """The periods that a figure may be of, each with what speaks for it; that of the rules is the first.

        None where nothing tells the period of what flows; what is measured at an instant is told as of now at least.
        What another figure is compared with has the one of the rules.
        """
        before = {
            "last": self._last,
            "article": self.period,
            "reporting": self.reporting,
            "target": self.target,
            "stated": self._stated,
            "same": self._of_metric.get(metric.id),
            **{name: self._before.get(name) for name in ("beside", "above", "named")},
        }
        ruled = self._by_rules(reading, quantity, metric, basis, measure)
        if ruled is None and not metric.is_stock:
            return []
        if ruled is not None and is_compared(reading, quantity):
            return [Dating(ruled, {}, is_ruled=True)]
        mentions = reading.coming if basis == "guidance" else reading.periods
        return read_datings(reading, quantity, metric, measure, mentions, {"ruled": ruled, **before}, self.published)

    def is_undated(self, reading: Reading, datings: Sequence[Dating], period: str | None) -> bool:
        """Whether a figure is told in the present tense alone, with neither a period nor a word such as "now"."""
        return period == self.published[:7] and not (datings[0].is_ruled or reading.now)

    def settle(self, metric: Metric, basis: Basis, period: str | None) -> None:
        """Go on from the period that was chosen for a figure."""
        self._before["beside"] = period
        if basis == "actual":
            self._of_metric[metric.id] = period

    def _by_rules(
        self, reading: Reading, quantity: Quantity, metric: Metric, basis: Basis, measure: Measure
    ) -> str | None:
        """The period by rules; a target's is at least the current year, a deal's is when it was announced."""
        compared = is_compared(reading, quantity)
        if measure == "change" or basis == "estimate":
            compared = compared and is_told_as_compared(reading, quantity)
        carried = self._expected(reading) if basis == "guidance" else self.period
        candidates = self._candidates(reading, quantity, metric, basis)
        own = own_period(reading, quantity, candidates, measure, self.published[:4] if basis == "guidance" else None)
        period = self._told(reading, own, basis) if own else None
        if compared and basis != "guidance":
            return compared_period(reading, quantity, self._last if self._is_stated else period or carried)
        if compared:
            return period or carried
        if basis == "estimate" and own is None and self._is_expecting:
            carried = self.target or carried
        self._is_stated = basis == "actual"
        self._is_expecting = basis == "guidance" or (basis == "estimate" and self._is_expecting and own is None)
        if own is None or period is None:
            self._last = self._untold(metric, basis, carried)
            return self._last
        self._last = self._last if own is not None and reading.is_aside(own.start, -1) else period
        if basis == "actual" and not own.comparison:
            self._stated = period
        if basis == "guidance":
            self.target = period
        elif basis == "actual" and period != self.period and self._leads(reading, own, quantity, period):
            self.period = period
        return period

    def _expected(self, reading: Reading) -> str:
        """The period of a target that is told without one: the last target's, else the year that runs."""
        if reading.has("then") or reading.has("earlier"):
            is_beside = self._is_stated and self._last
            return is_beside or self.target or (self._stated or self.period or self.published)[:4]
        if self.target:
            return self.target
        year = self.published[:4]
        if self.reporting is None or months_of(self.reporting) is None:
            return year
        return max(year, str(Clock.at(self.published, self.reporting, prefer_future=True).fiscal_year()))

    def _candidates(self, reading: Reading, quantity: Quantity, metric: Metric, basis: Basis) -> list[PeriodMention]:
        if metric.id in DEALS:
            told = [one for one in reading.periods if one.kind in ("month", "day", "year")]
            return [one for one in told if self._is_past(one) or (basis == "guidance" and one.kind == "year")]
        if basis == "guidance":  # a target is set in a month or on a day, but seldom for one
            told = [one for one in reading.coming if not one.comparison]
            return [one for one in told if one.kind != "month" and one.way != "date"] or [
                one for one in told if one.period[:7] >= self.published[:7] and not self._is_far(one.period)
            ]
        if metric.id == "dividend":  # a day or a month is when it is paid
            told = [one for one in reading.periods if one.kind not in ("day", "month")]
            return [one for one in told if basis == "actual" or not one.comparison]
        told = [one for one in reading.periods if basis == "actual" or not one.comparison]
        told = [one for one in told if metric.id in _EVENTS | _MONTHLY or not _is_of_telling(reading, one)]
        now = [one for one in reading.now if metric.is_stock and -_BESIDE <= quantity.start - one.end <= 3 * _BESIDE]
        return [*told, *now]

    def _is_far(self, period: str) -> bool:
        """Whether a month told without its year was rather the last one."""
        return month_number(period) - month_number(self.published) > 6

    def _is_past(self, mention: PeriodMention) -> bool:
        return has_begun(mention.period, self.published)

    def _told(self, reading: Reading, own: PeriodMention, basis: Basis) -> str:
        """The period as the figure has it: that of an earlier year as long as the reported one, "since" up to now."""
        if basis != "guidance" and own.period.endswith("/.."):
            return f"{own.period[:-3]}/{self.published[:7]}"
        in_brackets = reading.is_aside(own.start, -1)
        return as_long_as(self._last, own) if in_brackets and basis == "actual" else own.period

    def _untold(self, metric: Metric, basis: Basis, carried: str | None) -> str | None:
        if metric.id in DEALS:
            return self.published[:7]
        if metric.id == "dividend" and basis == "actual" and carried is None:
            return str(int(self.published[:4]) - (self.published[5:7] <= _LAST_OF_MEETINGS))
        if metric.id in _EVENTS and basis != "guidance":
            return carried or self.published[:7] if basis == "actual" else self.published[:4]
        return carried

    def _leads(self, reading: Reading, own: PeriodMention, quantity: Quantity, period: str) -> bool:
        """Whether a period that opens a sentence is what the text goes on about."""
        if own.comparison or own.kind == "day" or reading.is_aside(own.start, -1):
            return False
        if not has_begun(period, self.published):
            return False
        return own.end <= quantity.start and (self.reporting is None or own.start <= _OPENING)

    def period_of_withheld(self, reading: Reading, withheld: Withheld) -> str | None:
        """The period that a refusal covers; open-ended where the metric is given up for good."""
        return period_of_withheld(reading, withheld, self.reporting or self.period, self.published)
