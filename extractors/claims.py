"""Articles into claims: which company discloses or withholds which metric for which period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from itertools import groupby

from extractors.bases import basis_of
from extractors.candidates import read_options
from extractors.companies import Names, read_names
from extractors.context import Context
from extractors.lexicon import languages
from extractors.link import choose, confidence
from extractors.measures import measure
from extractors.model import Article, Basis, Claim, Measure, Status, Value
from extractors.quantities import Quantity
from extractors.readings import Reading, read_sentence
from extractors.sentences import Sentence, read_sentences
from extractors.tables import read_table
from extractors.times import is_compared
from extractors.withheld import read_refusals

EXTRACTOR_VERSION = "0.1.0"
"""Of the claims that this code and these data give; a replay under a new version supersedes the old one's claims."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sentence or a row says, before it is known of whom."""

    metric: str
    scope: str | None
    basis: Basis
    measure: Measure
    status: Status
    period: str | None
    value: Value | None
    confidence: float
    rule: str

    def claim(self, company: str, sentence: Sentence) -> Claim:
        """The claim, with the sentence as its witness."""
        return Claim(
            company=company,
            **{field.name: getattr(self, field.name) for field in fields(self)},
            quote=sentence.text,
            quote_in=sentence.where,
            start=sentence.start,
            end=sentence.end,
        )


def extract_claims(article: Article) -> list[Claim]:
    """Every claim of an article, in the order of the text, each fact once; none where the language has no data.

    Every quote stands verbatim in the title or the text. Never raises for what a text holds.
    """
    if article.language not in languages():
        return []
    sentences = list(read_sentences(article))
    names = read_names(article, sentences)
    context = Context(article, names)
    claims: list[Claim] = []
    for is_table, group in groupby(sentences, key=lambda sentence: (sentence.paragraph, sentence.row is not None)):
        pieces = list(group)
        if is_table[1]:
            claims += _table_claims(pieces, context)
        else:
            for sentence in pieces:
                claims += _sentence_claims(sentence, names, context)
    return _each_once(claims)


def _sentence_claims(sentence: Sentence, names: Names, context: Context) -> Iterator[Claim]:
    reading = read_sentence(
        sentence, context.article.language, context.article.published, names, context.timeline.reporting
    )
    context.enter(reading)
    for refusal in read_refusals(reading):
        company = context.speakers.company_at(reading, refusal.start)
        if company is None:
            continue
        period = context.timeline.period_of_refusal(reading, refusal)
        yield Statement(
            refusal.metric, refusal.scope, refusal.basis, "level", "withheld", period, None, 0.6, refusal.rule
        ).claim(company, sentence)
    if sentence.text.rstrip().endswith(("?", "？")):
        return
    previous: Quantity | None = None
    for quantity in reading.quantities:
        if quantity.kind not in ("money", "percent", "points", "count") or _is_conversion(reading, quantity, previous):
            continue
        yield from _disclosed(reading, quantity, context)
        previous = quantity


def _is_conversion(reading: Reading, quantity: Quantity, previous: Quantity | None) -> bool:
    """Whether an amount only repeats the one before it in another currency: in brackets, or said to."""
    if previous is None or previous.kind != "money" or quantity.kind != "money":
        return False
    gap = reading.folded[previous.end : quantity.start].lstrip()
    is_told_so = gap[:1] in ("(", "（") or reading.has("converted", previous.end, quantity.start + 16)
    return previous.value.unit != quantity.value.unit and is_told_so and len(gap) <= 24


def _disclosed(reading: Reading, quantity: Quantity, context: Context) -> Iterator[Claim]:
    choice = choose(read_options(reading, quantity, context.metric, context.currency))
    if choice is None:
        return
    option = choice.option
    if quantity.kind == "money":
        context.currency = quantity.value.unit
    measured = measure(reading, option.quantity, option, context.sign_of(option))
    company = context.speakers.company_at(reading, quantity.start)
    if measured is None or company is None:
        return
    compared = measured.measure == "level" and is_compared(reading, quantity)
    basis = basis_of(reading, quantity.start, quantity.end)
    period = context.timeline.period_of(reading, quantity, option.metric, basis, compared=compared)
    context.remember(option, measured)
    yield Statement(
        metric=option.metric.id,
        scope=context.scope_at(reading, quantity, option.metric),
        basis=basis,
        measure=measured.measure,
        status="disclosed",
        period=period,
        value=measured.value,
        confidence=confidence(choice.score),
        rule="linked" if option.mention else "carried",
    ).claim(company, reading.sentence)


def _table_claims(rows: list[Sentence], context: Context) -> Iterator[Claim]:
    company = context.names.main
    if company is None:
        return
    for cell in read_table(rows, context.article.language, context.article.published, context.last_text):
        statement = Statement(
            cell.metric.id, cell.scope, "actual", cell.measure, "disclosed", cell.period, cell.value, 0.85, "table"
        )
        yield statement.claim(company, cell.row)


@dataclass(frozen=True, slots=True)
class _Fact:
    """What makes two claims the same one."""

    company: str
    metric: str
    status: Status
    measure: Measure
    basis: Basis
    period: str | None
    value: tuple[object, ...] | None
    scope: str | None


def _each_once(claims: Iterable[Claim]) -> list[Claim]:
    """The same fact said twice is one claim, with the fuller quote; the text is preferred to the title."""
    kept: dict[_Fact, Claim] = {}
    for claim in claims:
        value = (claim.value.low, claim.value.high, claim.value.unit) if claim.value else None
        scope = claim.scope if claim.status == "withheld" else None
        fact = _Fact(claim.company, claim.metric, claim.status, claim.measure, claim.basis, claim.period, value, scope)
        other = kept.get(fact)
        if other is None:
            kept[fact] = claim
        elif (claim.quote_in == "text", len(claim.quote)) > (other.quote_in == "text", len(other.quote)):
            kept[fact] = replace(claim, confidence=max(claim.confidence, other.confidence))
    return sorted(kept.values(), key=lambda claim: (claim.quote_in == "text", claim.start))
