"""Every statement that an article may make, each with what speaks for it, before it is known which are believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import groupby

from extractors.bases import Outlook, read_outlooks
from extractors.candidates import Option, read_options
from extractors.companies import read_names
from extractors.context import Context
from extractors.evidence import of_choice, of_statement
from extractors.features import Features
from extractors.link import choose, choose_basis
from extractors.measures import measure
from extractors.model import Article, Basis, Claim, Measure, Status, Value
from extractors.object_features import DEALS
from extractors.objects import Object
from extractors.outline import read_outline
from extractors.quantities import Quantity
from extractors.readings import Reading, read_sentence
from extractors.sentences import Sentence, read_sentences
from extractors.tables import Tables
from extractors.topics import Topic, topic_after
from extractors.trust import believed, trust
from extractors.withdrawals import Withdrawal, bare_withdrawal
from extractors.withheld import Withheld, read_withheld
from extractors.withheld_periods import basis_of_withheld

_TOLD = ("money", "percent", "points", "count")
_YEARS = range(1900, 2101)


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
    rule: str

    def claim(self, company: str, sentence: Sentence, confidence: float) -> Claim:
        """The claim, with the sentence as its witness."""
        return Claim(
            company=company,
            **{one.name: getattr(self, one.name) for one in fields(self)},
            quote=sentence.text,
            quote_in=sentence.where,
            start=sentence.start,
            end=sentence.end,
            confidence=confidence,
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement that an article may make; a quantity that is nothing has options and no claim."""

    sentence: Sentence
    claim: Claim | None
    evidence: Features
    """What speaks for the whole claim."""
    quantity: Quantity | None = None
    options: Sequence[Option] = field(default=())
    chosen: Option | None = None
    outlooks: Sequence[Outlook] = field(default=())
    """The bases that the chosen option may have."""
    objects: Sequence[Object] = field(default=())
    """Of a refusal: everything that it may withhold."""

    @property
    def is_believed(self) -> bool:
        """Whether the claim is sure enough to be said."""
        return self.claim is not None and self.claim.confidence >= believed()


def read_drafts(article: Article) -> Iterator[Draft]:
    """The article's statements in the order of the text, with those that are not believed."""
    sentences = list(read_sentences(article))
    names = read_names(article, sentences)
    context = Context(article, names)
    tables = Tables(article, context.timeline.reporting)
    pairs = [(one, _read(one, context) if one.row is None else None) for one in sentences]
    readings = [reading for _, reading in pairs if reading is not None]
    context.outline = read_outline(readings, names)
    context.currency = _usual_currency(readings)
    for _, group in groupby(pairs, key=lambda pair: (pair[0].paragraph, pair[1] is None)):
        pieces = list(group)
        if pieces[0][1] is None:
            yield from _of_table([row for row, _ in pieces], tables, context)
        for _, reading in pieces:
            if reading is not None:
                yield from _of_sentence(reading, context)
    yield from _taken_back(context)


def _read(sentence: Sentence, context: Context) -> Reading:
    article = context.article
    return read_sentence(sentence, article.language, article.published, context.names, context.timeline.reporting)


def _usual_currency(readings: Iterable[Reading]) -> str | None:
    """The currency that most amounts of the article are told in."""
    amounts = (one for reading in readings for one in reading.quantities if one.kind == "money")
    most = Counter(one.value.unit for one in amounts).most_common(1)
    return most[0][0] if most else None


def _of_sentence(reading: Reading, context: Context) -> Iterator[Draft]:
    context.enter(reading)
    yield from _withheld(reading, context)
    if reading.sentence.text.rstrip().endswith(("?", "？")):
        return
    previous: Quantity | None = None
    for quantity in reading.quantities:
        if quantity.kind not in _TOLD or _is_year(reading, quantity):
            continue
        if not _is_conversion(reading, quantity, previous):
            draft = _disclosed(reading, quantity, context)
            if draft.claim is not None and draft.is_believed:
                context.topic = Topic(draft.claim.metric, draft.claim.basis)
                context.withdrawals.tell(draft.claim, reading)
            yield draft
            previous = quantity


def _withheld(reading: Reading, context: Context) -> Iterator[Draft]:
    for one in read_withheld(reading, context.topic):
        company = context.speakers.company_at(reading, one.refusal.start)
        if one.metric in DEALS:
            company = _who_deals(reading, context, one.metric) or company
        if company is None:
            yield Draft(reading.sentence, None, {}, objects=one.objects)
            continue
        period = context.timeline.period_of_withheld(reading, one)
        basis = basis_of_withheld(one, period, context.article.published)
        statement = Statement(one.metric, one.scope, basis, "level", "withheld", period, None, one.refusal.rule)
        evidence = of_statement(statement, company, context, reading, one.refusal.start) | one.evidence
        claim = statement.claim(company, reading.sentence, trust(evidence))
        yield Draft(reading.sentence, claim, evidence, objects=one.objects)
    context.topic = topic_after(reading, context.topic)
    _take_back(reading, context)


def _take_back(reading: Reading, context: Context) -> None:
    """Keep targets that are taken back without a word on what they were of, until the article has told them."""
    refusal = bare_withdrawal(reading)
    company = context.speakers.company_at(reading, refusal.start) if refusal else None
    if refusal is not None and company is not None:
        whole = Withheld(refusal, "other", refusal.start, None, "guidance", {})
        period = context.timeline.period_of_withheld(reading, whole)
        context.withdrawals.bare.append(Withdrawal(reading, refusal, company, period))


def _taken_back(context: Context) -> Iterator[Draft]:
    for one, metric in context.withdrawals.matched():
        statement = Statement(metric, None, "guidance", "level", "withheld", one.period, None, "withdraw")
        evidence = of_statement(statement, one.company, context, one.reading, one.refusal.start) | {"way:told": 1.0}
        yield Draft(one.reading.sentence, statement.claim(one.company, one.reading.sentence, trust(evidence)), evidence)


def _who_deals(reading: Reading, context: Context, metric: str) -> str | None:
    """Who buys, here or just before, not who is bought; else, and of money raised, the subject that is named."""
    subject = context.speakers.company
    is_named = any(name.name == subject for name in reading.companies)
    buyer = context.speakers.buyer if metric == "deal_value" else None
    return buyer or (subject if is_named else None)


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
        company = _who_deals(reading, context, option.metric.id) or company
    outlooks = read_outlooks(reading, option, context.article.published, context.before, context.above)
    basis, lead = choose_basis(outlooks)
    context.before = basis
    statement = Statement(
        metric=option.metric.id,
        scope=context.scope_at(reading, quantity, option.metric),
        basis=basis,
        measure=measured.measure,
        status="disclosed",
        period=context.timeline.period_of(reading, quantity, option.metric, basis, measured.measure),
        value=measured.value,
        rule="carried" if option.carried else "linked",
    )
    evidence = of_statement(statement, company, context, reading, quantity.start) | of_choice(choice, reading, quantity)
    evidence |= {f"basis_lead:{basis}": lead}
    claim = statement.claim(company, reading.sentence, trust(evidence))
    draft = replace(draft, claim=claim, evidence=evidence, chosen=option, outlooks=outlooks)
    if draft.is_believed:
        context.remember(option)
    return draft


def _measured(reading: Reading, option: Option, context: Context) -> Option:
    measured = measure(reading, option.quantity, option, context.sign_of(option))
    told: dict[str, float] = {measured.measure if measured else "unmeasured": 1.0}
    return Option(option.metric, option.quantity, option.mention, option.carried, {**option.features, **told}, measured)


def _of_table(rows: list[Sentence], tables: Tables, context: Context) -> Iterator[Draft]:
    company = context.names.main
    if company is None:
        return
    for cell in tables.read(rows):
        statement = Statement(
            cell.metric.id, cell.scope, "actual", cell.measure, "disclosed", cell.period, cell.value, "table"
        )
        evidence = of_statement(statement, company, context)
        yield Draft(cell.row, statement.claim(company, cell.row, trust(evidence)), evidence)
