"""What an article has said so far: its speaker, metric and currency, carried from sentence to sentence."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from extractors.candidates import Carried, Option, Source
from extractors.companies import Names
from extractors.disclosers import Discloser, read_disclosers
from extractors.features import Features
from extractors.metrics import NAMES, Metric, MetricMention
from extractors.model import Article, Basis
from extractors.outline import Outline
from extractors.quantities import Quantity
from extractors.readings import Reading
from extractors.speakers import Speakers
from extractors.timeline import Timeline
from extractors.topics import Topic
from extractors.withdrawals import Withdrawals

_SOURCES: tuple[Source, ...] = ("figure", "subject", "last", "above")


class Context:
    """The state of one reading of an article."""

    def __init__(self, article: Article, names: Names) -> None:
        """Start with the article's main company and the period that its title or opening names."""
        self.article = article
        self.names = names
        self.outline = Outline()
        self.speakers = Speakers(names)
        self.timeline = Timeline(article)
        self._spoken: dict[Source, MetricMention] = {}
        self._named: list[MetricMention] = []
        self._told = Counter[str]()
        self.currency: str | None = None
        self.topic: Topic | None = None
        self.withdrawals = Withdrawals()
        self.before: Basis | None = None
        """The basis of the figure before, in the same sentence."""
        self.above: Basis | None = None
        """The basis of the last figure of the sentences before, in the same paragraph."""
        self._sign: tuple[str, int] | None = None
        self._paragraph: int | None = None

    def enter(self, reading: Reading) -> None:
        """Take in a sentence before its claims are read."""
        if reading.sentence.paragraph != self._paragraph:
            self._paragraph = reading.sentence.paragraph
            self._sign = None
            self.before = self.above = None
            last = self._named[-1] if self._named else self._spoken.get("figure")
            self._spoken = {"above": last} if last else {}
        elif self._named:
            self._spoken |= {"subject": self._named[0], "last": self._named[-1]}
        self.above, self.before = self.before or self.above, None
        self._named = [mention for mention in reading.metrics if mention.role in NAMES]
        self.timeline.enter(reading)
        self.speakers.enter(reading)

    def carried(self) -> list[Carried]:
        """The metrics that a figure without one may be of, the likeliest first; each once."""
        seen: dict[str, Carried] = {}
        for source in _SOURCES:
            if (mention := self._spoken.get(source)) is not None:
                seen.setdefault(mention.metric, Carried(mention, source))
        return list(seen.values())

    def remember(self, option: Option) -> None:
        """Keep a figure's metric, and the sign of its change, for a sentence that goes on about it."""
        is_ratio = (
            option.quantity.kind == "percent" and option.measured is not None and option.measured.measure == "level"
        )
        mention = option.mention if option.metric.is_per_share else replace(option.mention, metric=option.metric.id)
        self._spoken["figure"] = replace(mention, role="margins") if is_ratio else mention
        self._told[option.metric.id] += 1
        self._sign = None
        if option.measured is not None and option.measured.measure == "change":
            ends = [end for end in (option.measured.value.low, option.measured.value.high) if end]
            self._sign = (option.metric.id, 1 if min(ends, default=1) > 0 else -1)

    def again(self, option: Option) -> Features:
        """How often the article has told a metric so far, whether its last figure was of it, and how much of it is."""
        id_, last = option.metric.id, self._spoken.get("figure")
        times, most = self._told[id_], max(self._told.values(), default=0)
        has_rivals = any(option.features.get(f"rivals{side}") for side in "<>")
        told = {
            "again": min(times, 3) / 3,
            "again_most": float(0 < times == most),
            "again_last": float(last is not None and last.metric == id_),
            "anew": float(not times and most > 0),
        }
        told = {f"{name}{'|' if has_rivals else ''}": value for name, value in told.items()}
        amounts = {f"{id_}/{option.quantity.kind}*amounts": self.outline.amounts}
        return {**told, **amounts, **self.outline.of_metric(id_, option.mention.role)}

    def sign_of(self, option: Option) -> int | None:
        """The sign of the change just told of the same metric, where there was one."""
        return self._sign[1] if self._sign is not None and self._sign[0] == option.metric.id else None

    def who_deals(self, reading: Reading, metric: str) -> str | None:
        """Who buys, here or just before, not who is bought; else, and of money raised, the subject that is named."""
        subject = self.speakers.company
        is_named = any(name.name == subject for name in reading.companies)
        buyer = self.speakers.buyer if metric == "deal_value" else None
        return buyer or (subject if is_named else None)

    def disclosers_at(self, reading: Reading, place: int, ruled: str | None) -> list[Discloser]:
        """The companies that a figure at a place of a sentence may be of; `ruled` is the one of the rules."""
        speakers = self.speakers
        before = {
            "ruled": ruled,
            "speaker": speakers.company,
            "main": self.names.main,
            "told": speakers.told,
            "buyer": speakers.buyer,
        }
        return read_disclosers(reading, place, before, speakers, self.outline)

    def scope_at(self, reading: Reading, quantity: Quantity, metric: Metric) -> str | None:
        """The product that narrows the metric, where one stands near the figure."""
        left, right = reading.segment(quantity.start, quantity.end)
        products = [
            mention for mention in reading.companies if mention.kind == "product" and left <= mention.start <= right
        ]
        if products:
            return min(products, key=lambda mention: abs(mention.start - quantity.end)).text
        return None
