"""A sentence as the linking sees it: everything that was found in it, once."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from typing import TypeVar, cast

from extractors.companies import CompanyMention, Names
from extractors.cues import Cue, find_cues
from extractors.datelines import without_dateline
from extractors.factors import read_factors
from extractors.lexicon import read_language
from extractors.metrics import NAMES, MetricMention, find_metrics
from extractors.model import Article
from extractors.periods import PeriodMention, find_periods
from extractors.phrases import fold
from extractors.quantities import Quantity, find_quantities
from extractors.reported_periods import find_reported
from extractors.sentences import Sentence
from extractors.stretches import Cover, Stretch, overlap
from extractors.turns import read_turns

T = TypeVar("T")

_SEPARATOR = re.compile(r"[;:；：—()（）\[\]|\t]|(?<= )[–-](?= )|,(?!\d)|[，、]")
_SILENT = re.compile(r"(?:https?://|www\.)[^\s)\]]+|(?<!\d)\d{4,6}\.[A-Z]{1,2}(?![A-Za-z\d])|(?<=[(（])\d{6}(?=[)）])")
"""A web address or a share's code, whose words and numbers say nothing."""
_MARKS = ("(", "（", "://", "www.")
"""What stands before one."""
_WEAK = frozenset(",，、")
_EXTREME = 40
"""Characters between "the lowest" and the "since 2001" behind it."""
_OF_MARKETS = frozenset(("shares", "market"))


@dataclass(frozen=True)
class Reading:
    """A sentence and its annotations, each kind in the order of the text."""

    sentence: Sentence
    language: str
    folded: str
    quantities: tuple[Quantity, ...]
    periods: tuple[PeriodMention, ...]
    coming: tuple[PeriodMention, ...]
    """The same, with a period that is told without its year as the next one: for what is expected."""
    now: tuple[PeriodMention, ...]
    """Where the sentence speaks of the present ("currently"): the month of publication."""
    metrics: tuple[MetricMention, ...]
    companies: tuple[CompanyMention, ...]
    cues: tuple[Cue, ...]

    def cues_of(self, kind: str, start: int = 0, end: int | None = None) -> Iterator[Cue]:
        """The cues of a kind that lie within a stretch of the sentence."""
        if kind not in self._cues_by_kind:
            return iter(())
        starts, cues = self._cues_by_kind[kind]
        stop = len(self.folded) if end is None else end
        within = cues[bisect_left(starts, start) : bisect_left(starts, stop)]
        return (cue for cue in within if cue.end <= stop)

    def cues_within(self, start: int, end: int) -> tuple[Cue, ...]:
        """The cues of any kind that begin within a stretch of the sentence."""
        return self.cues[bisect_left(self._cue_starts, start) : bisect_left(self._cue_starts, end)]

    @cached_property
    def _cue_starts(self) -> list[int]:
        return [cue.start for cue in self.cues]

    @cached_property
    def _cues_by_kind(self) -> dict[str, tuple[list[int], list[Cue]]]:
        """The cues of each kind, with where they start."""
        by_kind: dict[str, tuple[list[int], list[Cue]]] = {}
        for cue in self.cues:
            for kind in cue.kinds:
                starts, cues = by_kind.setdefault(kind, ([], []))
                starts.append(cue.start)
                cues.append(cue)
        return by_kind

    @cached_property
    def answers(self) -> dict[tuple[object, int, str], object]:
        """What was asked about its quantities (`once`)."""
        return {}

    def has(self, kind: str, start: int = 0, end: int | None = None) -> bool:
        """Whether a cue of the kind lies within the stretch."""
        return kind in self._cues_by_kind and next(self.cues_of(kind, start, end), None) is not None

    def metrics_within(self, start: int, end: int) -> tuple[MetricMention, ...]:
        """The metrics that begin within a stretch of the sentence."""
        return self.metrics[bisect_left(self._metric_starts, start) : bisect_left(self._metric_starts, end)]

    @cached_property
    def _metric_starts(self) -> list[int]:
        return [mention.start for mention in self.metrics]

    @cached_property
    def metrics_said(self) -> frozenset[str]:
        """The metrics that the sentence speaks of by name or by act, not merely by what is counted."""
        return frozenset(mention.metric for mention in self.metrics if mention.role != "also")

    @cached_property
    def turns(self) -> Mapping[tuple[int, int], bool]:
        """For figures and metrics of two lists side by side, by where they start: whether each has the other's turn."""
        return read_turns(self)

    def quantities_within(self, start: int, end: int) -> tuple[Quantity, ...]:
        """The quantities that begin within a stretch of the sentence."""
        return self.quantities[bisect_left(self._quantity_starts, start) : bisect_left(self._quantity_starts, end)]

    @cached_property
    def _quantity_starts(self) -> list[int]:
        return [quantity.start for quantity in self.quantities]

    def separators(self, start: int, end: int) -> tuple[int, int]:
        """How many strong (semicolon, dash, open bracket) and weak (comma) separators lie between two places.

        A bracket that opens and closes between them is an aside, and counts for nothing.
        """
        strong = weak = 0
        for place in self.cuts_within(start, end):
            if any(start <= first <= place <= last < end for first, last in self._brackets):
                continue
            if self.folded[place] in _WEAK:
                weak += 1
            else:
                strong += 1
        return strong, weak

    def segment(self, start: int, end: int) -> tuple[int, int]:
        """The stretch between separators around a stretch of the sentence; asides in brackets are passed over."""
        known = self._segments.get((start, end))
        if known is None:
            known = self._segments[start, end] = self._find_segment(start, end)
        return known

    @cached_property
    def _segments(self) -> dict[tuple[int, int], tuple[int, int]]:
        return {}

    def _find_segment(self, start: int, end: int) -> tuple[int, int]:
        inside = [(first, last) for first, last in self._brackets if first < start and end <= last]
        first, last = max(inside, default=(-1, len(self.folded)))
        left, right = first + 1, last
        others = [(a, b) for a, b in self._brackets if not (a <= first and b >= last)]
        for place in reversed(self.cuts_within(left, start)):
            if not any(a <= place <= b for a, b in others):
                left = place + 1
                break
        for place in self.cuts_within(end, right):
            if not any(a <= place <= b for a, b in others):
                right = place
                break
        return left, right

    @cached_property
    def has_brackets(self) -> bool:
        """Whether a bracket opens in the sentence."""
        return any(mark in self.folded for mark in "(（[")

    def is_aside(self, place: int, seen_from: int) -> bool:
        """Whether a place lies in brackets that another place is not in."""
        return self.has_brackets and any(
            first < place < last and not first < seen_from < last for first, last in self._brackets
        )

    def cuts_within(self, start: int, end: int) -> list[int]:
        """Where separators stand in a stretch of the sentence."""
        return self._cuts[bisect_left(self._cuts, start) : bisect_left(self._cuts, end)]

    def breaks_within(self, start: int, end: int) -> list[int]:
        """Where the strong ones of them stand."""
        return [place for place in self.cuts_within(start, end) if self.folded[place] not in _WEAK]

    @cached_property
    def _cuts(self) -> list[int]:
        insides = [(one.start, one.end) for one in self.quantities]
        cuts = []
        for match in _SEPARATOR.finditer(self.folded):
            place = match.start()
            while insides and insides[0][1] <= place:
                insides.pop(0)
            if not (insides and insides[0][0] <= place):  # a comma within a number is a decimal's or a group's
                cuts.append(place)
        return cuts

    @cached_property
    def _brackets(self) -> list[tuple[int, int]]:
        """Pairs of brackets, none within another."""
        pairs, opened = [], None
        for place in self._cuts:
            char = self.folded[place]
            if char in "(（[":
                opened = place
            elif char in ")）]" and opened is not None:
                pairs.append((opened, place))
                opened = None
        return pairs


def once(ask: Callable[[Reading, Quantity], T]) -> Callable[[Reading, Quantity], T]:
    """Keep the answer about a quantity of a sentence: it is asked anew for every metric that the quantity may be of."""

    @wraps(ask)
    def recall(reading: Reading, quantity: Quantity) -> T:
        key = ask, quantity.start, quantity.kind
        if key not in reading.answers:
            reading.answers[key] = ask(reading, quantity)
        return cast("T", reading.answers[key])

    return recall


def read_sentence(
    sentence: Sentence, article: Article, names: Names, current: str | None, local: Mapping[str, str]
) -> Reading:
    """Annotate one sentence; `current` is the period that "the quarter" means, `local` what "$" or "pesos" mean."""
    language, published = article.language, article.published
    text = sentence.text
    if any(mark in text for mark in _MARKS):
        text = _SILENT.sub(lambda match: "_" * len(match.group()), text)
    companies = names.find(text)
    cues = [cue for cue in find_cues(text, language) if not any(_is_name(cue, one, names) for one in companies)]
    metrics = [one for one in find_metrics(text, language) if not _is_part(one, companies)]
    terms = Cover(one for one in metrics if one.role not in ("verbs", "has"))
    cues = list(_of_no_market(_of_no_name(cues, terms), metrics))
    on_one_line = text.replace("\n", " ")  # a line of old wires may end between a number and its scale
    quantities, cues = read_factors(text, language, cues, find_quantities(on_one_line, language, local))
    told = without_dateline(find_reported(text, language, published, current), text, language)
    now = [one for one in told if one.way == "now"]
    folded = fold(text)
    periods = [one for one in told if one.way != "now" and not _is_of_extreme(one, folded, language, cues)]
    looks_ahead = bool(periods) and any("guidance" in cue.kinds for cue in cues)
    coming = find_periods(text, language, published, current, prefer_future=True) if looks_ahead else periods
    coming = without_dateline(coming, text, language)
    dates = Cover(periods)
    quantities = [one for one in quantities if not dates.overlaps(one) and not terms.holds(one)]
    figures = Cover(quantities)
    cues = [cue for cue in cues if "compare" not in cue.kinds or not figures.covers(cue.start)]  # "more than half"
    return Reading(
        sentence=sentence,
        language=language,
        folded=folded,
        quantities=tuple(sorted(quantities, key=lambda one: one.start)),
        periods=tuple(periods),
        coming=tuple(one for one in coming if one.way != "now"),
        now=tuple(now),
        metrics=tuple(metrics),
        companies=tuple(one for one in companies if not figures.overlaps(one)),
        cues=tuple(sorted(cues, key=lambda one: one.start)),
    )


def _is_of_extreme(mention: PeriodMention, folded: str, language: str, cues: Iterable[Cue]) -> bool:
    """Whether a period with an open end only says how long nothing was as low, or as high: "the lowest since 2001"."""
    if not mention.period.endswith("/.."):
        return False
    since = tuple(read_language(language)["periods"].get("since", ()))
    is_since = folded.startswith(since, mention.start)
    return is_since and any("extremes" in cue.kinds and 0 <= mention.start - cue.end <= _EXTREME for cue in cues)


def _is_name(cue: Cue, mention: CompanyMention, names: Names) -> bool:
    """Whether a cue is part of a name; a bank that comments on others is a cue as a whole, unless it is the topic."""
    if not mention.name or not overlap(cue, mention):
        return False
    return (cue.start, cue.end) != (mention.start, mention.end) or mention.name == names.main


def _of_no_name(cues: Iterable[Cue], terms: Cover) -> Iterator[Cue]:
    """The cues; those within a metric's name tell nothing, though they say what it is: "pulled its sales forecast"."""
    for cue in cues:
        if "tell" not in cue.kinds or not terms.extends(cue):
            yield cue
        elif "target" in cue.kinds:
            yield replace(cue, kinds=cue.kinds - {"tell"})


def _of_no_market(cues: Iterable[Cue], metrics: Iterable[MetricMention]) -> Iterator[Cue]:
    """The cues; those within a metric's name tell of no share price or market: "market share", "profit per share"."""
    named = Cover(one for one in metrics if one.role in NAMES)
    for cue in cues:
        if cue.kinds & _OF_MARKETS and named.extends(cue):
            if cue.kinds - _OF_MARKETS:
                yield replace(cue, kinds=cue.kinds - _OF_MARKETS)
        else:
            yield cue


def _is_part(one: Stretch, companies: Sequence[CompanyMention]) -> bool:
    """Whether it is a part of a company's name: the hotels of "Hoteles Levante" are no metric."""
    return any(name.kind == "name" and name.start <= one.start and one.end <= name.end for name in companies)
