"""How well claims are read: precision, recall and F1 against documents with marked claims, and the speed.

    python benchmarks/gold.py [--gold ../shared/gold] [--errors LANG] [--kinds 10]

Documents whose id falls into every fifth bucket are kept aside: they are scored, and never looked at.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from errors import kinds_of_error
from marked import CORPORA, Document, is_aside, is_marked, read_sets

from extractors.article import article_of_text
from extractors.claims import extract_claims
from extractors.lexicon import languages
from flows.documents import claim_json

SETS = {
    "dev": "written to be hard",
    "own": "written to be hard, by others",
    "stories": "written as life is, by others",
    "train": "real articles",
    "real": "real articles, marked by others",
}
"""What the site calls the sets, of which it tells how those kept aside are read."""
SURE = 0.8


def predict(documents: dict[str, Document]) -> dict[str, Document]:
    predicted = {}
    for id_, document in documents.items():
        article = article_of_text(
            document["text"], published=document["published"], title=document["title"], language=document["lang"]
        )
        claims = [claim_json(claim) for claim in extract_claims(article) if is_marked(document, claim.status)]
        predicted[id_] = {"id": id_, "claims": claims}
    return predicted


def load_score(gold: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", gold / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def line(name: str, row: dict[str, float]) -> str:
    counts = f"({row['correct']} of {row['predicted']} said, {row['gold']} marked)"
    return f"{name:34} P {row['precision']:.3f}  R {row['recall']:.3f}  F1 {row['f1']:.3f}  {counts}"


def report(score: ModuleType, name: str, documents: dict[str, Document], predicted: dict[str, Document]) -> None:
    parts: dict[str, Callable[[Document], bool]] = {
        "worked with": lambda each: not is_aside(each),
        "kept aside": is_aside,
    }
    for part, belongs in parts.items():
        chosen = {id_: document for id_, document in documents.items() if belongs(document)}
        if not chosen:
            continue
        rows, _ = score.score(chosen, predicted)
        print(line(f"{name}, {part}", rows["all"]))
        print(line("  withheld", rows["withheld"]))
        for language in languages():
            if f"lang:{language}" in rows:
                print(line(f"  {language}", rows[f"lang:{language}"]))
        print(f"  verbatim quotes {rows['grounded']:.4f}")
        noise = [id_ for id_, document in chosen.items() if document.get("genre") == "noise"]
        if noise:
            print(
                f"  claims out of {len(noise)} noise documents: {sum(len(predicted[id_]['claims']) for id_ in noise)}"
            )


def reliability(score: ModuleType, documents: dict[str, Document], predicted: dict[str, Document]) -> None:
    """How often a claim of a stated confidence is right."""
    right, said = Counter[int](), Counter[int]()
    for id_, document in documents.items():
        claims = predicted[id_]["claims"]
        hits = {index for index, _ in score.pair(claims, document["claims"])}
        for index, claim in enumerate(claims):
            bucket = min(int(claim["confidence"] * 10), 9)
            said[bucket] += 1
            right[bucket] += index in hits
    for bucket in sorted(said):
        print(f"  confidence {bucket / 10:.1f}: {said[bucket]:5} claims, {right[bucket] / said[bucket]:.3f} right")
    sure = [bucket for bucket in said if bucket >= SURE * 10]
    total = sum(said[bucket] for bucket in sure)
    if total:
        print(f"  precision at {SURE} and above: {sum(right[bucket] for bucket in sure) / total:.3f} of {total}")


def kept_aside(
    score: ModuleType, name: str, documents: dict[str, Document], predicted: dict[str, Document]
) -> dict[str, Any]:
    """How well the documents are read that nobody has looked at."""
    rows, _ = score.score({id_: one for id_, one in documents.items() if is_aside(one)}, predicted)
    every, withheld = rows["all"], rows["withheld"]
    return {
        "name": name, **{field: round(every[field], 3) for field in ("precision", "recall", "f1")},
        "f1_withheld": round(withheld["f1"], 3),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "gold")
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument(
        "--errors", metavar="LANG", help="print the misses and wrong claims of the documents worked with"
    )
    parser.add_argument("--kinds", metavar="N", type=int, help="print the most frequent kinds of error of these")
    parser.add_argument("--publish", metavar="FILE", type=Path, help="write what was kept aside for the site's pages")
    options = parser.parse_args()
    if not options.gold.is_dir():
        sys.exit(f"{options.gold}: no such folder of marked documents")
    score = load_score(options.gold)
    aside = []
    for folder, documents in read_sets(options.gold, options.corpora).items():
        predict(documents)  # so that the speed is that of a program that has started
        begun = time.process_time()
        predicted = predict(documents)
        seconds = time.process_time() - begun
        report(score, folder, documents, predicted)
        if folder in SETS:
            aside.append(kept_aside(score, SETS[folder], documents, predicted))
        if folder != "seed":
            reliability(score, documents, predicted)
        print(f"  {len(documents) / seconds:.0f} documents a second of processor time\n")
        if options.kinds:
            worked_with = [one for one in documents.values() if not is_aside(one)]
            for kind, times in kinds_of_error(score, worked_with, predicted).most_common(options.kinds):
                print(f"  {times:4} {kind}")
        if options.errors:
            shown = {i: d for i, d in documents.items() if d["lang"] == options.errors and not is_aside(d)}
            for id_, kind, claim in score.score(shown, predicted)[1]:
                print(kind, id_, json.dumps(claim, ensure_ascii=False))
    if options.publish:
        shown = {"command": "make score", "sets": aside}
        options.publish.write_text(json.dumps(shown, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
