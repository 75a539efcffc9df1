"""What an article withholds, sentence by sentence, as statements with what speaks for each."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.context import Context
from extractors.disclosers import Discloser
from extractors.evidence import of_statement
from extractors.link import choose_discloser
from extractors.object_features import DEALS
from extractors.readings import Reading
from extractors.statements import Draft, Statement
from extractors.topics import topic_after
from extractors.trust import trust
from extractors.withdrawals import Withdrawal, bare_withdrawal
from extractors.withheld import Withheld, read_withheld
from extractors.withheld_periods import basis_of_withheld


def read_refused(reading: Reading, context: Context) -> Iterator[Draft]:
    """What a sentence withholds."""
    for one in read_withheld(reading, context.topic):
        disclosers = _withholders(reading, one, context)
        if not disclosers:
            yield Draft(reading.sentence, None, {}, objects=one.objects)
            continue
        company, lead = choose_discloser(disclosers)
        period = context.timeline.period_of_withheld(reading, one)
        basis = basis_of_withheld(one, period, context.article.published)
        statement = Statement(one.metric, one.scope, basis, "level", "withheld", period, None, one.refusal.rule)
        evidence = of_statement(statement, company, context, reading, one.refusal.start) | one.evidence
        evidence["company_lead"] = lead
        claim = statement.claim(company, reading.sentence, trust(evidence, "withheld"))
        yield Draft(reading.sentence, claim, evidence, objects=one.objects)
    context.topic = topic_after(reading, context.topic)
    _take_back(reading, context)


def _withholders(reading: Reading, one: Withheld, context: Context) -> list[Discloser]:
    """The companies that may withhold something, the one of the rules first; a deal's price is rather the buyer's."""
    ruled = context.speakers.company_at(reading, one.refusal.start)
    if one.metric in DEALS:
        ruled = context.who_deals(reading, one.metric) or ruled
    return context.disclosers_at(reading, one.refusal.start, ruled)


def _take_back(reading: Reading, context: Context) -> None:
    """Keep targets that are taken back without a word on what they were of, until the article has told them."""
    refusal = bare_withdrawal(reading)
    company = context.speakers.company_at(reading, refusal.start) if refusal else None
    if refusal is not None and company is not None:
        whole = Withheld(refusal, "other", refusal.start, None, "guidance", {})
        period = context.timeline.period_of_withheld(reading, whole)
        context.withdrawals.bare.append(Withdrawal(reading, refusal, company, period))


def read_taken_back(context: Context) -> Iterator[Draft]:
    """Targets that an article takes back in one place and has told in another."""
    for one, metric in context.withdrawals.matched():
        statement = Statement(metric, None, "guidance", "level", "withheld", one.period, None, "withdraw")
        evidence = of_statement(statement, one.company, context, one.reading, one.refusal.start) | {"way:told": 1.0}
        claim = statement.claim(one.company, one.reading.sentence, trust(evidence, "withheld"))
        yield Draft(one.reading.sentence, claim, evidence)
