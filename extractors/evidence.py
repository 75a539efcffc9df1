"""What speaks for a whole claim: its metric, and how its company and its period were told."""

from __future__ import annotations

from bisect import bisect_left
from typing import Protocol

from extractors.context import Context
from extractors.features import Features, of_surroundings
from extractors.link import Choice
from extractors.quantities import Quantity
from extractors.readings import Reading

_AGO = (0, 1, 2, 4, 8)
"""Sentences since a company was named, in steps."""
_OF_NAME = ("is:", "acting", "sure", "unannounced", "never_inside")
"""How the features begin that say whether a name is a company's."""


class _Statement(Protocol):
    @property
    def metric(self) -> str: ...
    @property
    def scope(self) -> str | None: ...
    @property
    def basis(self) -> str: ...
    @property
    def measure(self) -> str: ...
    @property
    def period(self) -> str | None: ...
    @property
    def rule(self) -> str: ...


def of_statement(
    statement: _Statement, company: str, context: Context, reading: Reading | None = None, place: int = 0
) -> Features:
    """The evidence for a statement of `company` at a place of its sentence; without a reading, of a table's cell."""
    is_withheld = statement.rule not in ("linked", "carried", "table")
    kind = "withheld" if is_withheld else statement.rule
    told: Features = {
        "bias": 1,
        f"rule:{statement.rule}": 1,
        # of refusals there are too few to tell one metric's from another's
        f"{kind}:{statement.metric}": float(not is_withheld or statement.metric == "other"),
        f"{kind}:{statement.basis}": 1,
        f"{kind}:{statement.measure}": 1,
        "scope": float(statement.scope is not None),
        f"{kind}:undated": float(statement.period is None),
        f"{kind}:as reported".replace(" ", "_"): float(statement.period == context.timeline.reporting),
        "main": float(company == context.names.main),
        "no_main": float(context.names.main is None),
        "about": context.names.about / 2,
        "about<0": min(context.names.about, 0.0),
        "no_reporting": float(context.timeline.reporting is None),
        **context.outline.of_company(company),
        **_of_name(company, context),
    }
    if reading is None:
        return told
    told[f"ago{bisect_left(_AGO, context.speakers.ago(company))}"] = 1.0
    return told | _of_company(reading, company, place) | _of_period(reading, statement.period)


def _of_name(company: str, context: Context) -> Features:
    """What the article announces the company's name as, and whether it does what companies do."""
    told = context.names.told_of(company)
    return {f"name:{name}": value for name, value in told.items() if name.startswith(_OF_NAME)}


def _of_company(reading: Reading, company: str, place: int) -> Features:
    names = {mention.name for mention in reading.companies if mention.kind != "anaphor"}
    said = [one for one in reading.companies if one.name == company and one.kind != "anaphor"]
    return {
        "company_said": float(bool(said)),
        "company_before": float(any(one.start <= place for one in said)),
        "company_opens": float(any(one.start < 18 for one in said)),
        "others_said": min(len(names - {company}), 3),
        "others_only": float(bool(names) and not said),
        "anaphor": float(any(one.kind == "anaphor" for one in reading.companies)),
        "silent": float(not reading.companies),
    }


def _of_period(reading: Reading, period: str | None) -> Features:
    periods = {one.period for one in reading.periods}
    return {
        "period_said": float(period in periods),
        "other_periods": min(len(periods - {period}), 3),
        "no_period_said": float(not periods),
        "title": float(reading.sentence.where == "title"),
        "later": min(max(reading.sentence.paragraph, 0), 20) / 10,
        "long": min(len(reading.folded), 500) / 250,
    }


def of_choice(choice: Choice, reading: Reading, quantity: Quantity) -> Features:
    """The evidence of the metric that was chosen for a quantity."""
    told = {
        "link": choice.score,
        "link<0": min(choice.score, 0.0),
        "link>2": max(choice.score - 2, 0.0),
        "lead": min(choice.lead, 3.0),
        f"carried:{choice.option.carried}": 1.0,
        f"role:{choice.option.mention.role}": 1.0,
        f"kind:{quantity.kind}": 1.0,
    }
    around = of_surroundings(reading, quantity)
    return told | {f"~{name}": value for name, value in around.items()}
