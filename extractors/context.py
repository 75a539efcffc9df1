"""What an article has said so far: its company, period and metric, carried from sentence to sentence."""

from __future__ import annotations

from extractors.candidates import Option
from extractors.companies import Names
from extractors.cues import find_cues
from extractors.measures import Measured
from extractors.metrics import Metric, MetricMention
from extractors.model import Article, Basis, period_span
from extractors.quantities import Quantity
from extractors.readings import Reading, find_reported
from extractors.speakers import Speakers
from extractors.times import period_of
from extractors.withheld import Refusal

_REPORTED = frozenset(("quarter", "half", "year", "month", "span"))
_LEAD = 900
"""Characters of a paragraph that are looked at for what the article reports on."""
_FIRST, _LEADS = 4, 10
"""Title and paragraphs that are; the later ones where the first name no period."""
_DEALS = frozenset(("deal_value", "funding", "valuation"))


class Context:
    """The state of one reading of an article."""

    def __init__(self, article: Article, names: Names) -> None:
        """Start with the article's main company and the period that its title or opening names."""
        self.article = article
        self.names = names
        self.speakers = Speakers(names)
        self.metric: MetricMention | None = None
        self.currency: str | None = None
        self.last_text = ""
        self._sign: tuple[str, int] | None = None
        self.reporting = self._reporting_period()
        self.period: str | None = self.reporting
        self._paragraph: int | None = None

    def enter(self, reading: Reading) -> None:
        """Take in a sentence before its claims are read."""
        if reading.sentence.paragraph != self._paragraph:
            self._paragraph = reading.sentence.paragraph
            self.metric, self._sign = None, None
            self.period = self.reporting or self.period
        self.speakers.enter(reading)
        self.last_text = reading.sentence.text
        self._take_heading(reading)

    def _take_heading(self, reading: Reading) -> None:
        """A short line with one period and no figure says what the lines under it are about."""
        told = [mention for mention in reading.periods if not mention.comparison and mention.kind in _REPORTED]
        if len(told) == 1 and not reading.quantities and len(reading.folded) <= 80 and self._is_over(told[0].period):
            self.period = told[0].period

    def remember(self, option: Option, measured: Measured) -> None:
        """Keep a figure's metric, and the sign of its change, for a sentence that goes on about it."""
        self.metric = option.mention or self.metric
        ends = [end for end in (measured.value.low, measured.value.high) if end]
        self._sign = (option.metric.id, 1 if min(ends, default=1) > 0 else -1) if measured.measure == "change" else None

    def sign_of(self, option: Option) -> int | None:
        """The sign of the change just told of the same metric, where there was one."""
        return self._sign[1] if self._sign is not None and self._sign[0] == option.metric.id else None

    def period_of(
        self, reading: Reading, quantity: Quantity, metric: Metric, basis: Basis, *, compared: bool
    ) -> str | None:
        """The period of a figure; a target's is at least the current year, a deal's is when it was announced."""
        if metric.id in _DEALS and not reading.periods:
            return self.article.published[:7]
        carried = self.period
        looks_back = reading.has("then") or reading.has("earlier")
        if (
            basis == "guidance"
            and not compared
            and not looks_back
            and (carried is None or carried[:4] < self.article.published[:4])
        ):
            carried = self.article.published[:4]
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
        return told and period is not None and self._has_begun(period)

    def _has_begun(self, period: str) -> bool:
        try:
            first = period_span(period).first
        except ValueError:
            return False
        return first is not None and first.isoformat()[:7] <= self.article.published[:7]

    def period_of_refusal(self, reading: Reading, refusal: Refusal) -> str | None:
        """The period that a refusal covers; open-ended where the metric is given up for good."""
        periods = reading.coming if refusal.basis == "guidance" else reading.periods
        told = [mention for mention in periods if not mention.comparison]
        if refusal.metric in _DEALS:
            told = [mention for mention in told if mention.kind in ("month", "year") and self._is_over(mention.period)]
        if refusal.basis == "guidance":
            told = [mention for mention in told if mention.kind not in ("month", "day")]
        nearest = min(told, key=lambda mention: abs(mention.start - refusal.start), default=None)
        if refusal.is_stop:
            if nearest is None:
                return f"{self.article.published[:7]}/.."
            return nearest.period if "/" in nearest.period else f"{nearest.period}/.."
        if nearest is not None:
            return nearest.period
        if refusal.metric in _DEALS:
            return self.article.published[:7]
        if refusal.basis == "guidance":
            return self.article.published[:4]
        return self.period

    def scope_at(self, reading: Reading, quantity: Quantity, metric: Metric) -> str | None:
        """The product that narrows the metric, where one stands near the figure."""
        left, right = reading.segment(quantity.start, quantity.end)
        products = [
            mention for mention in reading.companies if mention.kind == "product" and left <= mention.start <= right
        ]
        if products:
            return min(products, key=lambda mention: abs(mention.start - quantity.end)).text
        return None

    def _reporting_period(self) -> str | None:
        """The period that the title or the opening reports on: the latest that is over, a quarter before a year."""
        article = self.article
        opening = [article.title or "", *(paragraph.text[:_LEAD] for paragraph in article.paragraphs[:_LEADS])]
        told: list[tuple[bool, str]] = []
        for number, text in enumerate(opening):
            if number == _FIRST and told:
                break
            cues = find_cues(text, article.language)
            for mention in find_reported(text, article.language, article.published):
                before = [cue for cue in cues if cue.end <= mention.start + 1 and mention.start - cue.end <= 24]
                if mention.comparison or any("compare" in cue.kinds for cue in before):
                    continue
                is_label = sum(char.isdigit() for char in text[mention.start : mention.end]) >= 3
                is_target = any("guidance" in cue.kinds or "target" in cue.kinds for cue in before)
                is_fiscal = mention.kind in ("quarter", "half") and (is_label or self._has_begun(mention.period))
                if self._is_over(mention.period) or (is_fiscal and not is_target):
                    told.append((mention.kind in ("quarter", "half"), mention.period))
            if number > 0 and any(is_quarter for is_quarter, _ in told):
                break
        told = [one for one in told if ".." not in one[1] and self._is_recent(one[1])]
        return max(told)[1] if told else None

    def _is_recent(self, period: str) -> bool:
        return abs(int(period[:4]) - int(self.article.published[:4])) <= 1

    def _is_over(self, period: str) -> bool:
        try:
            last = period_span(period).last
        except ValueError:
            return False
        return last is not None and last.isoformat()[:7] <= self.article.published[:7]
