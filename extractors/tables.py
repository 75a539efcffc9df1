"""The claims of a table: which metric a figure is of, by its row's label or by what the table is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.cues import find_cues
from extractors.fiscal_labels import own_labels
from extractors.metrics import Metric, MetricMention, find_metrics, metrics
from extractors.model import Article, Measure, Value
from extractors.sentences import Sentence
from extractors.table_figures import Figure, read_figures
from extractors.table_heads import period_in, says
from extractors.table_scales import Scale, stated_dollars

_YEAR_END = "-12-31"
_BARE = "USD"
"""What a bare `$` is read as."""
_LINES_ABOVE = 12
_NEAR = 2
"""Lines above a table that may head it."""
_LONGEST_LINE = 150
"""Characters."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a table, read: its metric, period and value."""

    row: Sentence
    metric: Metric
    scope: str | None
    measure: Measure
    period: str | None
    value: Value


class Tables:
    """An article's tables, read one after the other: what one says of its scale holds for the next that is silent."""

    def __init__(self, article: Article, reporting: str | None) -> None:
        """Before the first table: no scale is usual; `reporting` is the period that the article reports on."""
        self._article = article
        self._reporting = reporting
        self._dollars = stated_dollars(article.text, article.language)
        self._usual = Scale(currency=self._dollars)

    def read(self, rows: Sequence[Sentence]) -> Iterator[Cell]:
        """The figures of a table's rows that are of a metric."""
        above = text_above(self._article, rows[0].paragraph)
        figures = self.figures(rows, above)
        first = next((figure.column.period for figure in figures if figure.column.period), None)
        whole = _only_metric(above, self._article.language)
        known: dict[tuple[str, str], tuple[MetricMention | None, str | None]] = {}
        for figure in figures:
            labels = (figure.label, figure.section)
            if labels not in known:  # as the rest of its row has them
                known[labels] = _metric_of(*labels, whole, self._article.language)
            mention, scope = known[labels]
            if mention is not None and first is not None:
                yield from _cell(figure, mention, scope, first)

    def figures(self, rows: Sequence[Sentence], above: str) -> list[Figure]:
        """All figures of a table's rows; `above` are the lines that introduce it."""
        figures = list(read_figures(rows, self._article.language, self._article.published, above, self._usual))
        if figures:
            [(scale, _)] = Counter(figure.scale for figure in figures).most_common(1)
            self._usual = Scale(scale.factor, scale.currency or figures[-1].currency)
        labels = own_labels(
            (figure.column.period for figure in figures if figure.column.period),
            self._reporting,
            self._article.published,
        )
        figures = [_labelled(figure, labels) for figure in figures]
        if figures and _is_one_column(figures):
            figures = [self._under(figure, above) for figure in figures]
        heading = figures[0].column.heading if figures else ""
        is_flow = says(f"{above} {heading}", self._article.language, "flows")
        return [_over_its_year(figure) if is_flow else figure for figure in map(self._in_stated_dollars, figures)]

    def _under(self, figure: Figure, above: str) -> Figure:
        """The figure of a table's only column, for the period that the line right above the table names."""
        told = (
            period_in(line, self._article.language, self._article.published)
            for line in reversed(above.split("\n")[-_NEAR:])
        )
        period = next((one for one in told if one), None)
        return replace(figure, column=replace(figure.column, period=period))

    def _in_stated_dollars(self, figure: Figure) -> Figure:
        """The figure, with what a bare `$` stands for where the article states its currency."""
        if not self._dollars or "US$" in figure.row.text or _BARE not in (figure.unit, figure.currency):
            return figure
        unit, currency = (self._dollars if told == _BARE else told for told in (figure.unit, figure.currency))
        return replace(figure, unit=unit, currency=currency)


def _is_one_column(figures: Sequence[Figure]) -> bool:
    """Whether each row has one figure, under no heading that says when."""
    rows = Counter(figure.row.start for figure in figures)
    return set(rows.values()) == {1} and not any(figure.column.period for figure in figures)


def _labelled(figure: Figure, labels: Mapping[str, str]) -> Figure:
    """The figure under its company's own label of the period."""
    label = labels.get(figure.column.period or "")
    return replace(figure, column=replace(figure.column, period=label)) if label else figure


def _over_its_year(figure: Figure) -> Figure:
    """A figure of what flows, under no more than the last day of a year: it is that year's."""
    period = figure.column.period or ""
    if not period.endswith(_YEAR_END) or "/" in period:
        return figure
    return replace(figure, column=replace(figure.column, period=period.removesuffix(_YEAR_END)))


def text_above(article: Article, table: int) -> str:
    """The lines that introduce a table: the paragraph before it, and short ones before that."""
    lines: list[str] = []
    for paragraph in reversed(article.paragraphs[max(0, table - _LINES_ABOVE) : table]):
        if paragraph.role == "table" or (lines and len(paragraph.text) > _LONGEST_LINE):
            break
        lines.insert(0, paragraph.text)
    return "\n".join(lines)


def _metric_of(
    label: str, section: str, whole: MetricMention | None, language: str
) -> tuple[MetricMention | None, str | None]:
    """The metric that a row's label names, else its section's or the whole table's: the label is then the scope."""
    mentions = [one for one in find_metrics(label, language) if one.role not in ("verbs", "has")]
    if mentions:
        best = max(mentions, key=lambda one: (one.role in ("terms", "margins", "losses"), one.end - one.start))
        return best, None
    metric = _only_metric(section, language) or whole
    is_total = any(cue.end - cue.start >= len(label) - 1 for cue in find_cues(label, language) if "total" in cue.kinds)
    return metric, label if metric and not is_total else None


def _only_metric(text: str, language: str) -> MetricMention | None:
    mentions = [one for one in find_metrics(text[:200], language) if one.role == "terms"]
    return mentions[0] if len({one.metric for one in mentions}) == 1 else None


def _cell(figure: Figure, mention: MetricMention, scope: str | None, first: str) -> Iterator[Cell]:
    """A claim where the figure fits the metric; a percentage of what is no ratio is a change, of the first period."""
    metric = metrics()[mention.metric]
    value, period = figure.value, figure.column.period
    is_ratio = mention.role == "margins" or metric.units == {"percent"}
    if value.unit in ("%", "pp") and not (is_ratio and value.unit == "%" and period):
        yield Cell(figure.row, metric, scope, "change", period or first, value)
    elif period is None:
        return
    elif metric.units == {"change"}:
        yield Cell(figure.row, metric, scope, "change", period, Value(value.low, value.high, "%"))
    elif (level := _level(figure, metric, is_ratio=is_ratio, is_loss=mention.role == "losses")) is not None:
        yield Cell(figure.row, metric, scope, "level", period, level)


def _level(figure: Figure, metric: Metric, *, is_ratio: bool, is_loss: bool) -> Value | None:
    """The value in the metric's own kind of unit; None where it has another, or is not plausible."""
    value = figure.value
    unit = "%" if is_ratio else _unit(value.unit, figure, metric)
    if unit is None:
        return None
    is_plain = is_ratio or metric.is_per_share
    value = Value(figure.low if is_plain else value.low, figure.high if is_plain else value.high, unit)
    if is_loss and value.low is not None and value.high is not None and value.low > 0:
        value = Value(-value.high, -value.low, value.unit)
    return value if metric.admits(value) else None


def _unit(told: str, figure: Figure, metric: Metric) -> str | None:
    """What the figure's number is in, if the metric is of money or of a number of things."""
    is_money = told not in ("count", "%", "pp")
    if is_money and "money" not in metric.units:
        return "count" if "count" in metric.units else None
    if not is_money and "count" not in metric.units:
        return figure.currency or None
    return told
