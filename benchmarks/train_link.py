"""Fit the weights by which a figure's metric is chosen, and those that say how sure a claim is.

    python benchmarks/train_link.py [--gold ../shared/gold] [--write]

Trained on documents with marked claims, without every fifth of them; what is printed is cross-validated over documents.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any
from zlib import crc32

from fitting import Features, Group, Weights, fit_groups, fit_single
from gold import load_score
from marked import CORPORA, Document, is_aside, is_marked, read_sets

from extractors import weights
from extractors.article import article_of_text
from extractors.candidates import Option
from extractors.companies import read_names
from extractors.drafts import read_drafts
from extractors.language import detect_language
from extractors.model import Article, Status
from extractors.reported import read_reported
from extractors.sentences import read_sentences
from extractors.statements import Draft
from flows.documents import claim_json

FOLDS = 5
OF_ARTICLE = {"main": 1e-2, "reported": 6e-2}
"""The choices of a whole article that are fitted, and how fast their weights shrink."""
DECAYS = {**OF_ARTICLE, "link": 3e-3, "basis": 1e-2, "period": 2e-2, "discloser": 3e-2, "withheld": 3e-2}
"""The same of all choices."""
TRUST_DECAYS = {"trust": 8e-3, "trust_withheld": 5e-2}
"""The same of how sure a claim is: of what is withheld there are few, and so each weighs less."""
EASY = "of_tests"
KEPT, KEPT_WHOLE = 12, 16
"""How often a text of the tests counts, and an article whose claims they know: so that none hangs on a single fit."""
TAUGHT, TAUGHT_SAMPLE = 3, 8
"""How often the choices in a text of the tests count, and those in the sample article."""
TRUSTS: dict[str, Status] = {"trust": "disclosed", "trust_withheld": "withheld"}
"""How sure a claim is, told apart: what is withheld is marked by other signs, and rarer, than what is disclosed."""
SLACKS = {"trust": 0.002, "trust_withheld": 0.005}
"""What the F1 may lose where so many fewer claims are said: outside of the marked documents there is more noise."""
FOLDER = Path(__file__).resolve().parents[1] / "extractors" / "data" / "weights"
CASES = Path(__file__).resolve().parents[1] / "tests" / "cases" / "claims"
GOLDENS = CASES.parents[1] / "golden"
HEAD = "# Fitted by `python benchmarks/train_link.py --write`: do not edit by hand.\n"


@dataclass(frozen=True)
class Example:
    """A claim as it was read: what speaks for it, and the marked claim that it is (None: it is wrong)."""

    evidence: Features
    document: str
    marked: int | None
    status: Status


def article_of(document: Document) -> Article:
    return article_of_text(
        document["text"], published=document["published"], title=document["title"], language=document["lang"]
    )


def drafts_of(document: Document) -> list[Draft]:
    return list(read_drafts(article_of(document)))


def names_of(score: ModuleType, document: Document) -> Group:
    """The names that a document may be mainly about, and which of them have its claims, or half as many as any."""
    article = article_of(document)
    candidates = read_names(article, list(read_sentences(article))).candidates
    claims = Counter(claim["company"] for claim in document["claims"])
    most = [name for name, times in claims.items() if times >= max(claims.values()) / 2]
    right = [any(score.company_agrees(one.name, name) for name in most) for one in candidates]
    return Group([one.features for one in candidates], right)


def reports_of(score: ModuleType, document: Document) -> Iterator[Group]:
    """The periods that a document may report on: right are those of most claims of what was.

    None is right of an article all of whose claims are of what is to be.
    """
    told = [one["period"] for one in document["claims"] if one["basis"] == "actual"]
    times = Counter(period for period in told if period)
    if times or (document["claims"] and not told and "genre" in document):
        most = [period for period, number in times.items() if number == max(times.values())]
        periods = read_reported(article_of(document))
        right = [any(score.period_agrees(one.period, period) for period in most) for one in periods]
        yield Group([one.features for one in periods], right)


def amounts(low: Any, high: Any) -> list[float]:
    return sorted(abs(float(end)) for end in (low, high) if end is not None)


def marked_as(option: Option, sentence: str, claims: Iterable[Document]) -> Iterator[Document]:
    """The marked claims of the same sentence that have the option's metric and, whatever its sign, its value."""
    value = option.quantity.value
    ends = amounts(value.low, value.high)
    for claim in claims:
        if claim["status"] != "disclosed" or claim["metric"] != option.metric.id:
            continue
        marked = amounts(claim["value"]["low"], claim["value"]["high"])
        near = [1 for one in ends for other in marked if abs(one - other) <= 0.012 * max(one, other, 1e-9)]
        same_place = claim["quote"][:40] in sentence or sentence[:40] in claim["quote"]
        if near and same_place and (option.quantity.kind == "percent") == (claim["value"]["unit"] == "%"):
            yield claim


def groups_of(score: ModuleType, drafts: Iterable[Draft], document: Document) -> dict[str, list[Group]]:
    """What each choice of a document's figures and refusals was between, by the name of its model."""
    groups: dict[str, list[Group]] = {name: [] for name in DECAYS if name not in OF_ARTICLE}
    for draft in drafts:
        if draft.objects:
            right = [one.metric in withheld_in(draft.sentence.text, document) for one in draft.objects]
            groups["withheld"].append(Group([one.features for one in draft.objects], right))
        if not is_marked(document, "disclosed"):
            continue
        marked = [list(marked_as(one, draft.sentence.text, document["claims"])) for one in draft.options]
        if draft.options:
            groups["link"].append(Group([one.features for one in draft.options], [bool(each) for each in marked]))
        if draft.chosen is not None:
            chosen = next(each for one, each in zip(draft.options, marked, strict=True) if one is draft.chosen)
            bases = {claim["basis"] for claim in chosen}
            if bases:
                right = [one.basis in bases for one in draft.outlooks]
                groups["basis"].append(Group([one.features for one in draft.outlooks], right))
            groups["period"] += periods_of(score, draft, chosen)
            groups["discloser"] += disclosers_of(score, draft, chosen)
    return groups


def periods_of(score: ModuleType, draft: Draft, marked: Iterable[Document]) -> Iterator[Group]:
    """The periods of a figure, where the marked claims that it is of tell theirs."""
    claim = draft.claim
    assert claim is not None
    told = [one["period"] for one in marked if (one["basis"], one["measure"]) == (claim.basis, claim.measure)]
    if draft.datings and told and None not in told:
        right = [any(score.period_agrees(one.period, period) for period in told) for one in draft.datings]
        yield Group([one.features for one in draft.datings], right)


def disclosers_of(score: ModuleType, draft: Draft, marked: Sequence[Document]) -> Iterator[Group]:
    """The companies of a figure, where it is marked."""
    agrees = score.FIELDS["company"]
    if marked:
        said = [{"company": one.name, "scope": None} for one in draft.disclosers]
        right = [any(agrees(one, claim) for claim in marked) for one in said]
        yield Group([one.features for one in draft.disclosers], right)


def all_groups_of(score: ModuleType, document: Document) -> dict[str, list[Group]]:
    """The same with the names that a document may be about, and the periods that it may report on."""
    is_about = bool(document["claims"]) if "genre" not in document else "only" not in document
    names = [names_of(score, document)] if is_about else []
    reports = list(reports_of(score, document))
    return {"main": names, "reported": reports, **groups_of(score, drafts_of(document), document)}


def withheld_in(sentence: str, document: Document) -> set[str]:
    """The metrics that a sentence withholds."""
    withheld = (claim for claim in document["claims"] if claim["status"] == "withheld")
    return {one["metric"] for one in withheld if one["quote"][:40] in sentence or sentence[:40] in one["quote"]}


def examples_of(score: ModuleType, drafts: Iterable[Draft], document: Document) -> list[Example]:
    examples = []
    for draft in drafts:
        if draft.claim is None or not is_marked(document, draft.claim.status):
            continue
        said = claim_json(draft.claim)
        same = (
            number
            for number, claim in enumerate(document["claims"])
            if all(agrees(said, claim) for agrees in score.FIELDS.values())
        )
        examples.append(Example(draft.evidence, document["id"], next(same, None), draft.claim.status))
    return examples


def read_cases() -> list[Document]:
    """The texts that the tests read, as marked documents: what they hold is to stay so."""
    documents = []
    for path in sorted(CASES.glob("*.toml")):
        for kind, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for number, row in enumerate(rows):
                document = {"id": f"{path.stem} {kind} {number}", "lang": path.stem, "title": row.get("title", "")}
                claims = [claim_of_line(line) for line in row["claims"]]
                document |= {"published": row["published"], "text": row["text"], "claims": claims, "taught": TAUGHT}
                documents.append(document)
    return documents


def read_goldens() -> list[Document]:
    """The articles whose every claim the tests know; they open with their date."""
    documents = []
    for path in sorted(GOLDENS.glob("*/claims.jsonl")):
        _, _, published, text = path.with_name("article.txt").read_text(encoding="utf-8").split(" ", 3)
        claims = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        document = {"id": path.parent.name, "lang": detect_language(text), "title": "", "published": published}
        documents.append({**document, "text": text, "claims": claims, "is_article": True})
    return documents


def claim_of_line(line: str) -> Document:
    company, metric, basis, measure, period, value = (part.strip() for part in line.split("|"))
    claim: Document = {"company": company, "metric": metric, "basis": basis, "measure": measure, "quote": ""}
    claim |= {"scope": None, "status": "disclosed", "period": None if period == "?" else period}
    if value == "-":
        return {**claim, "status": "withheld", "value": None}
    amount, unit = value.split()
    low, _, high = amount.partition("..") if ".." in amount else (amount, "", amount)
    ends = {"low": float(low) if low else None, "high": float(high) if high else None}
    return {**claim, "value": {**ends, "unit": unit, "approx": False}}


def f1_by_chance(chances: Sequence[tuple[float, Example]], marked: int) -> list[tuple[float, float]]:
    """The F1 of the claims that are said from each probability on, the highest first; a marked claim is found once."""
    found: set[tuple[str, int]] = set()
    said, rows = 0, []
    for chance, example in sorted(chances, key=lambda pair: -pair[0]):
        key = (example.document, example.marked) if example.marked is not None else None
        if key is not None and key in found:
            continue
        said += 1
        if key is not None:
            found.add(key)
        rows.append((chance, 2 * len(found) / (said + marked)))
    return rows


def reliability(chances: Sequence[tuple[float, Example]]) -> None:
    rows: dict[int, list[bool]] = defaultdict(list)
    for chance, example in chances:
        rows[min(int(chance * 10), 9)].append(example.marked is not None)
    for tenth in sorted(rows):
        print(f"  {tenth / 10:.1f}: {len(rows[tenth]):5} claims, {sum(rows[tenth]) / len(rows[tenth]):.3f} right")


def fold_of(document: Document) -> int:
    return crc32(f"fold {document['id']}".encode()) % FOLDS


def cross_read(score: ModuleType, documents: Sequence[Document]) -> list[list[Example]]:
    """Each fold's claims as they are read with the choices fitted on the other folds."""
    groups = {one["id"]: all_groups_of(score, one) for one in documents}
    folds = []
    for fold in range(FOLDS):
        others = [one for one in documents if fold_of(one) != fold]
        use(fit_choices(groups[id_] for id_ in as_taught(others)))
        own = [one for one in documents if fold_of(one) == fold]
        folds.append([example for one in own for example in examples_of(score, drafts_of(one), one)])
    use(fit_choices(groups[id_] for id_ in as_taught(documents)))
    return folds


def as_taught(documents: Iterable[Document]) -> Iterator[str]:
    """The ids of documents, as often as their choices count."""
    for one in documents:
        yield from [one["id"]] * one.get("taught", 1)


def fit_choices(groups: Iterable[Mapping[str, Sequence[Group]]]) -> dict[str, Weights]:
    """The models of all choices, from the groups of each document."""
    together: dict[str, list[Group]] = defaultdict(list)
    for each in groups:
        for name, some in each.items():
            together[name] += some
    return {name: fit_groups(together[name], decay=DECAYS[name]) for name in DECAYS}


def use(models: Mapping[str, Weights]) -> None:
    for name, model in models.items():
        weights.use_weights(name, model)


def as_measured(example: Example, ids: Collection[str]) -> Example:
    """A claim of a text written for a test is easier: told by a feature of its own, so that it flatters no other."""
    return example if example.document in ids else replace(example, evidence={**example.evidence, EASY: 1.0})


def fit(score: ModuleType, marked: Sequence[Document], own: Sequence[Document]) -> dict[str, Weights]:
    """Every model; `own` documents, those of the tests, are learned from and not measured by."""
    documents = [*marked, *own]
    ids = {one["id"] for one in marked}
    whole = ids | {one["id"] for one in own if one.get("is_article")}
    folds = [[as_measured(one, whole) for one in fold] for fold in cross_read(score, documents)]
    times = {one["id"]: KEPT_WHOLE if one.get("is_article") else KEPT for one in own}
    trusts = {}
    for name, status in TRUSTS.items():
        claims = sum(claim["status"] == status for one in marked for claim in one["claims"])
        print(f"{status}: ", end="")
        some = [[one for one in fold if one.status == status] for fold in folds]
        trusts[name] = fit_trust(some, ids, claims, times, TRUST_DECAYS[name], SLACKS[name])
    groups = {one["id"]: all_groups_of(score, one) for one in documents}
    return fit_choices(groups[id_] for id_ in as_taught(documents)) | trusts


def fit_trust(
    folds: Sequence[Sequence[Example]],
    ids: Collection[str],
    claims: int,
    times: Mapping[str, int],
    decay: float,
    slack: float,
) -> Weights:
    """How sure claims are, and from where on they are said; measured by the documents of `ids`, which have `claims`."""
    held: list[tuple[float, Example]] = []
    for number, fold in enumerate(folds):
        others = [(one.evidence, one.marked is not None) for i, each in enumerate(folds) if i != number for one in each]
        model = fit_single(others, decay=decay)
        held += [(weights.chance(weights.weigh(one.evidence, model)), one) for one in fold if one.document in ids]
    rows = f1_by_chance(held, claims)
    f1 = max(each for _, each in rows)
    print(f"cross-validated F1 {f1:.3f}")
    reliability(held)
    examples = [one for fold in folds for one in fold for _ in range(times.get(one.document, 1))]
    trust = fit_single([(one.evidence, one.marked is not None) for one in examples], decay=decay)
    trust.pop(EASY, None)
    trust["believed"] = round(max(chance for chance, each in rows if each >= f1 - slack), 3)
    return trust


def write(name: str, model: Weights) -> None:
    lines = (f"{feature} {weight:g}\n" for feature, weight in sorted(model.items()) if weight)
    (FOLDER / f"{name}.txt").write_text(HEAD + "".join(lines), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "gold")
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--write", action="store_true", help="keep the weights")
    options = parser.parse_args()
    if not options.gold.is_dir():
        sys.exit(f"{options.gold}: no such folder of marked documents")
    begun = time.perf_counter()
    sets = read_sets(options.gold, options.corpora)
    samples = [{**one, "is_article": True, "taught": TAUGHT_SAMPLE} for one in sets.pop("seed").values()]
    marked = [one for documents in sets.values() for one in documents.values() if not is_aside(one)]
    models = fit(load_score(options.gold), marked, samples + read_cases() + read_goldens())
    counts = ", ".join(f"{name} {len(model)}" for name, model in models.items())
    print(f"weights: {counts}; {time.perf_counter() - begun:.0f} seconds")
    if options.write:
        for name, model in models.items():
            write(name, model)


if __name__ == "__main__":
    main()
