"""What an article's figures say, sentence by sentence, as statements with what speaks for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.bases import read_outlooks
from extractors.candidates import Option, read_options
from extractors.context import Context
from extractors.evidence import of_choice, of_statement
from extractors.link import choose, choose_basis, choose_discloser, choose_period
from extractors.measures import measure
from extractors.quantities import Quantity
from extractors.readings import Reading
from extractors.share_prices import is_of_share
from extractors.statements import Draft, Statement
from extractors.stretches import Stretch, overlap
from extractors.topics import Topic
from extractors.trust import trust

_TOLD = ("money", "percent", "points", "count")
_COUNTED = 24
"""Characters behind a number in which what it counts stands."""
_YEARS = range(1900, 2101)


def read_told(reading: Reading, context: Context) -> Iterator[Draft]:
    """What each figure of a sentence says; one that is nothing has options and no claim."""
    previous: Quantity | None = None
    for quantity in reading.quantities:
        if quantity.kind not in _TOLD or _is_year(reading, quantity):
            continue
        if is_of_share(reading, quantity) or _counts_others(reading, quantity):
            yield Draft(reading.sentence, None, {}, quantity)
        elif not _is_conversion(reading, quantity, previous):
            draft = _disclosed(reading, quantity, context)
            if draft.claim is not None and draft.is_believed:
                context.topic = Topic(draft.claim.metric, draft.claim.basis)
                context.withdrawals.tell(draft.claim, reading)
            yield draft
            previous = quantity


def _counts_others(reading: Reading, quantity: Quantity) -> bool:
    """Whether a number counts what is no company's: "branches in 24 U.S. states"."""
    if quantity.kind != "count" or quantity.value.unit != "count":
        return False
    times: list[Stretch] = [*reading.periods, *reading.quantities_within(quantity.end, quantity.end + _COUNTED)]
    for cue in reading.cues_of("not_goods", quantity.end, quantity.end + _COUNTED):
        between = reading.folded[quantity.end : cue.start].split()
        if any(overlap(one, cue) for one in times):  # "3.1 million a year earlier"
            return False
        if len(between) <= 1 and not any(one.end > quantity.end for one in reading.metrics_within(0, cue.end)):
            return reading.separators(quantity.end, cue.start) == (0, 0)
    return False


def _is_year(reading: Reading, quantity: Quantity) -> bool:
    """Whether a number is the year of the date just before it, whatever noun follows: "31. März 2023 beschäftigte"."""
    low = quantity.value.low
    is_dated = any(reading.folded[one.end : quantity.start].isspace() for one in reading.periods)
    return is_dated and quantity.kind == "count" and low == quantity.value.high and low in _YEARS


def _is_conversion(reading: Reading, quantity: Quantity, previous: Quantity | None) -> bool:
    """Whether an amount only repeats the one before it in another currency: in brackets, or said to."""
    if previous is None or previous.kind != "money" or quantity.kind != "money":
        return False
    gap = reading.folded[previous.end : quantity.start].lstrip()
    is_told_so = gap[:1] in ("(", "（") or reading.has("converted", previous.end, quantity.start + 16)
    return previous.value.unit != quantity.value.unit and is_told_so and len(gap) <= 24


def _disclosed(reading: Reading, quantity: Quantity, context: Context) -> Draft:
    if quantity.kind == "money":
        context.currency = quantity.value.unit
    options = [
        _measured(reading, one, context) for one in read_options(reading, quantity, context.carried(), context.currency)
    ]
    choice = choose(options)
    draft = Draft(reading.sentence, None, {}, quantity, options)
    company = context.speakers.company_at(reading, quantity.start)
    measured = choice.option.measured if choice else None
    if choice is None or measured is None or company is None:
        return draft
    option = choice.option
    if option.metric.id == "deal_value":
        company = context.who_deals(reading, option.metric.id) or company
    disclosers = context.disclosers_at(reading, quantity.start, company)
    company, company_lead = choose_discloser(disclosers)
    context.speakers.told = company
    outlooks = read_outlooks(reading, option, context.article.published, context.before, context.above)
    basis, lead = choose_basis(outlooks)
    context.before = basis
    datings = context.timeline.datings_of(reading, quantity, option.metric, basis, measured.measure)
    period, period_lead = choose_period(datings)
    context.timeline.settle(option.metric, basis, period)
    statement = Statement(
        metric=option.metric.id,
        scope=context.scope_at(reading, quantity, option.metric),
        basis=basis,
        measure=measured.measure,
        status="disclosed",
        period=period,
        value=measured.value,
        rule="carried" if option.carried else "linked",
    )
    evidence = of_statement(statement, company, context, reading, quantity.start) | of_choice(choice, reading, quantity)
    evidence |= {f"basis_lead:{basis}": lead, "period_lead": period_lead, "company_lead": company_lead}
    evidence["unruled"] = float(not datings or not datings[0].is_ruled)
    if context.timeline.is_undated(reading, datings, period):
        statement = replace(statement, period=None)
    claim = statement.claim(company, reading.sentence, trust(evidence))
    draft = replace(
        draft, claim=claim, evidence=evidence, chosen=option, outlooks=outlooks, datings=datings, disclosers=disclosers
    )
    if draft.is_believed:
        context.remember(option)
    return draft


def _measured(reading: Reading, option: Option, context: Context) -> Option:
    measured = measure(reading, option.quantity, option, context.sign_of(option))
    told = {measured.measure if measured else "unmeasured": 1.0, **context.again(option)}
    return replace(option, features={**option.features, **told}, measured=measured)
