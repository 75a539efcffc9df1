"""Every statement that an article may make, each with what speaks for it, before it is known which are believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from extractors.companies import read_names
from extractors.context import Context
from extractors.evidence import of_statement
from extractors.model import Article
from extractors.outline import read_outline
from extractors.readings import Reading, read_sentence
from extractors.refused import read_refused, read_taken_back
from extractors.sentences import Sentence, read_sentences
from extractors.statements import Draft, Statement
from extractors.tables import Tables
from extractors.told import read_told
from extractors.topics import is_question
from extractors.trust import trust
from extractors.units import units


def read_drafts(article: Article) -> Iterator[Draft]:
    """The article's statements in the order of the text, with those that are not believed."""
    sentences = list(read_sentences(article))
    names = read_names(article, sentences)
    context = Context(article, names)
    tables = Tables(article, context.timeline.reporting)
    local = units(article.language).local_to_article(f"{article.title}\n{article.text}")
    pairs = [(one, _read(one, context, local) if one.row is None else None) for one in sentences]
    readings = [reading for _, reading in pairs if reading is not None]
    context.outline = read_outline(readings, names, article.issuer)
    context.currency = _usual_currency(readings) or units(article.language).home
    for _, group in groupby(pairs, key=lambda pair: (pair[0].paragraph, pair[1] is None)):
        pieces = list(group)
        if pieces[0][1] is None:
            yield from _of_table([row for row, _ in pieces], tables, context)
        for _, reading in pieces:
            if reading is not None:
                yield from _of_sentence(reading, context)
    yield from read_taken_back(context)


def _read(sentence: Sentence, context: Context, local: Mapping[str, str]) -> Reading:
    return read_sentence(sentence, context.article, context.names, context.timeline.reporting, local)


def _usual_currency(readings: Iterable[Reading]) -> str | None:
    """The currency that most amounts of the article are told in."""
    amounts = (one for reading in readings for one in reading.quantities if one.kind == "money")
    most = Counter(one.value.unit for one in amounts).most_common(1)
    return most[0][0] if most else None


def _of_sentence(reading: Reading, context: Context) -> Iterator[Draft]:
    context.enter(reading)
    yield from read_refused(reading, context)
    if is_question(reading):
        return
    yield from read_told(reading, context)


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
