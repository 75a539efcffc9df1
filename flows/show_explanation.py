"""Why a document gave the claims it gave: what was found in each sentence, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rich.console import Group, RenderableType
from rich.text import Text

from extractors.cues import find_cues
from extractors.drafts import read_drafts
from extractors.lexicon import languages
from extractors.metrics import find_metrics
from extractors.model import Article
from extractors.periods import find_periods
from extractors.sentences import Sentence, read_sentences
from extractors.statements import Draft
from extractors.trust import believed
from flows.printable import printable
from flows.show_claims import value_text

_MOST = 4
"""How many of a statement's strongest features are shown."""


def explanation(article: Article) -> RenderableType:
    """Each sentence with a figure, a cue or a statement: what was found in it, then each statement and its fate."""
    if article.language not in languages():
        return Text(f"No sentence is read: the language is {article.language}; {', '.join(languages())} are.")
    drafts = {
        place: list(group)
        for place, group in groupby(
            read_drafts(article), key=lambda draft: (draft.sentence.where, draft.sentence.start)
        )
    }
    parts: list[Text] = []
    for sentence in read_sentences(article):
        of_sentence = drafts.get((sentence.where, sentence.start), [])
        found = list(_found(sentence, article))
        if of_sentence or found:
            parts += [Text(f"{sentence.where}:{sentence.start} {printable(sentence.text)}", style="bold")]
            parts += [Text(f"    {line}", style="dim") for line in found]
            parts += [Text(f"  -> {printable(_fate(draft))}") for draft in of_sentence] or [Text("  -> no statement")]
    told, withheld = believed("disclosed"), believed("withheld")
    return Group(
        *parts, Text(f"A figure is believed from a confidence of {told:.2f} on, a refusal from {withheld:.2f} on.")
    )


def _found(sentence: Sentence, article: Article) -> Iterator[str]:
    """What stands in a sentence, a line a kind; nothing where there is neither a figure's metric nor a cue."""
    text, language = sentence.text, article.language
    metrics = [f"{text[one.start : one.end]} = {one.metric}" for one in find_metrics(text, language)]
    cues = [f"{text[one.start : one.end]} = {'/'.join(sorted(one.kinds))}" for one in find_cues(text, language)]
    periods = [f"{text[one.start : one.end]} = {one.period}" for one in find_periods(text, language, article.published)]
    for kind, found in (("metrics", metrics), ("periods", periods), ("cues", cues)):
        if found and (metrics or kind == "cues"):
            yield f"{kind}: {printable('; '.join(found))}"


def _fate(draft: Draft) -> str:
    """What became of a statement, in one line."""
    about = draft.quantity.text if draft.quantity else "refusal"
    strongest = sorted(draft.evidence.items(), key=lambda item: -abs(item[1]))[:_MOST]
    why = ", ".join(f"{name} {value:g}" for name, value in strongest)
    claim = draft.claim
    if claim is None:
        options = {option.metric.id for option in draft.options}
        return f"{about}: no claim; {'it could be ' + ', '.join(sorted(options)) if options else 'no metric near it'}"
    said = f"{claim.company}, {claim.metric}, {claim.basis}, {claim.measure}, {claim.period or 'no period'}, "
    said += value_text(claim.value) if claim.value else "withheld"
    return f"{about}: {'' if draft.is_believed else 'not believed: '}{said}; confidence {claim.confidence:.2f} ({why})"
