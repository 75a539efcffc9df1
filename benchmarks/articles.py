"""Pages into articles, side by side with trafilatura and htmldate: body F1, dates, language, pages a second.

python benchmarks/articles.py [--every N]

Every page goes through all readers in turn, in one process; times are CPU seconds. The pages stand beside the project.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import re
import tarfile
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import mean
from typing import Any

import htmldate
import trafilatura

from extractors.article import language_of, read_page
from extractors.model import Page

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
# By publisher where it writes in another language than its country, the folder's name, has.
# fmt: off
LANGUAGES = {
    "at": "de", "au": "en", "cn": "zh", "cz": "cs", "de": "de", "dk": "da", "es": "es", "fr": "fr", "id": "id",
    "il": "he", "isl": "is", "it": "it", "jp": "ja", "kr": "ko", "li": "de", "lt": "lt", "mx": "es", "no": "no",
    "pl": "pl", "pt": "pt", "ru": "ru", "se": "sv", "tr": "tr", "tw": "en", "ua": "uk", "uk": "en", "us": "en",
    "vn": "vi", "MallorcaZeitung": "de", "IsraelNachrichten": "de", "TheJapanNews": "en", "MexicoNewsDaily": "en",
    "ThePortugalNews": "en", "Pravda": "ru",
}
# fmt: on
WORD = re.compile(r"\w+")


@dataclass
class Sample:
    """A page with what is known of it."""

    html: bytes
    url: str = ""
    body: str | None = None
    snippets: tuple[Sequence[str], Sequence[str]] | None = None
    published: str | None = None
    language: str | None = None


@dataclass
class Answer:
    text: str = ""
    published: str | None = None
    language: str | None = None


@dataclass
class Run:
    answers: list[Answer] = field(default_factory=list)
    seconds: float = 0.0


def ours(sample: Sample) -> Answer:
    page = Page(
        source_id="benchmark",
        url=sample.url,
        fetched_at=datetime.now(UTC),
        body=sample.html,
        headers={"content-type": "text/html"},
    )
    parts = read_page(page)
    return Answer(parts.text, parts.published, language_of(parts, parts.title))


def default_with_metadata(sample: Sample) -> Answer:
    found = trafilatura.bare_extraction(sample.html, url=sample.url or None, include_comments=False, with_metadata=True)
    if found is None:
        return Answer()
    return Answer(trafilatura.xml.xmltotxt(found.body, False), found.date)


def fast(sample: Sample) -> Answer:
    return Answer(trafilatura.extract(sample.html, include_comments=False, fast=True) or "")


def date_extensive(sample: Sample) -> Answer:
    return Answer(published=htmldate.find_date(sample.html, extensive_search=True, original_date=True))


READERS: dict[str, Callable[[Sample], Answer]] = {
    "undisclosed": ours,
    "trafilatura default + metadata": default_with_metadata,
    "trafilatura fast": fast,
    "htmldate extensive": date_extensive,
}


def zyte(folder: Path) -> Iterator[Sample]:
    for name, known in json.loads((folder / "zyte/ground-truth.json").read_text()).items():
        yield Sample((folder / f"zyte/html/{name}.html").read_bytes(), known["url"], body=known["articleBody"])


def snippets(folder: Path) -> Iterator[Sample]:
    for url, known in json.loads((folder / "trafilatura/evaldata.json").read_text()).items():
        for place in (folder / "trafilatura" / part / known["file"] for part in ("eval", "cache")):
            if place.exists():
                marks = known["with"], known["without"]
                yield Sample(place.read_bytes(), url, snippets=marks, published=known.get("date"))
                break


def publishers(folder: Path) -> Iterator[Sample]:
    for place in sorted(folder.glob("fundus/*/*.html.gz")):
        html = gzip.decompress(place.read_bytes())
        publisher = re.sub(r"_\d{4}_\d\d_\d\d.*", "", place.name)
        versions = json.loads((place.parent / f"{publisher}.json").read_text()).values()
        shown = "".join(WORD.findall(html.decode("utf-8", "replace")))
        known = max((each for each in versions if each.get("body")), key=lambda each: _held(body_of(each), shown))
        published = str(known.get("publishing_date") or "")[:10] or None
        spoken = LANGUAGES.get(publisher, LANGUAGES.get(place.parent.name))
        yield Sample(html, body=body_of(known), published=published, language=spoken)


def body_of(known: dict[str, Any]) -> str:
    sections = known["body"]["sections"]
    texts = [text for part in sections for key in ("headline", "paragraphs") for text in part[key]]
    return "\n".join([*(known["body"]["summary"] or ()), *texts])


def _held(body: str, shown: str) -> float:
    lines = body.split("\n")
    return mean("".join(WORD.findall(line))[:30] in shown for line in lines)


def shingles(text: str, length: int) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text)
    return Counter(tuple(words[place : place + length]) for place in range(max(1, len(words) - length + 1)))


def shingle_f1(pairs: Sequence[tuple[Sample, Answer]]) -> float:
    """F1 of mean precision and mean recall, over shingles of four words."""
    precisions, recalls = [], []
    for sample, answer in pairs:
        true, said = shingles(sample.body or "", 4), shingles(answer.text, 4)
        common = (true & said).total()
        precisions.append(common / said.total())
        recalls.append(common / true.total())
    return 2 * mean(precisions) * mean(recalls) / (mean(precisions) + mean(recalls))


def snippet_f1(pairs: Sequence[tuple[Sample, Answer]]) -> float:
    """F1 of the snippets that must and must not stand in the text."""
    wanted = [snippet in answer.text for sample, answer in pairs for snippet in sample.snippets[0]]
    unwanted = [snippet in answer.text for sample, answer in pairs for snippet in sample.snippets[1]]
    return 2 * sum(wanted) / (2 * sum(wanted) + sum(unwanted) + wanted.count(False))


def word_f1(pairs: Sequence[tuple[Sample, Answer]]) -> float:
    """The mean of every page's F1, over its words."""
    scores = []
    for sample, answer in pairs:
        true, said = shingles(sample.body or "", 1), shingles(answer.text, 1)
        scores.append(2 * (true & said).total() / (true.total() + said.total()))
    return mean(scores)


SETS: dict[str, tuple[Callable[[Path], Iterator[Sample]], Callable[[Sequence[tuple[Sample, Answer]]], float]]] = {
    "articles-zyte": (zyte, shingle_f1),
    "articles-trafilatura": (snippets, snippet_f1),
    "articles-fundus-half": (publishers, word_f1),
}


def dates(pairs: Sequence[tuple[Sample, Answer]]) -> str:
    """The shares of dates that are exact, wrong by over a day, and missing."""
    counts: Counter[str] = Counter()
    for sample, answer in pairs:
        if sample.published:
            counts[_verdict(answer.published, sample.published)] += 1
    total = counts.total()
    return " ".join(f"{counts[each] / total:.3f}" for each in ("exact", "wrong", "none")) if total else ""


def _verdict(said: str | None, known: str) -> str:
    if said is None or said == known:
        return "exact" if said else "none"
    try:
        return "wrong" if abs((date.fromisoformat(said) - date.fromisoformat(known)).days) > 1 else "day"
    except ValueError:
        return "wrong"


def language(pairs: Sequence[tuple[Sample, Answer]]) -> str:
    known = [
        sample.language == answer.language for sample, answer in pairs if sample.language and len(answer.text) > 200
    ]
    return f"{mean(known):.3f} of {len(known)}" if known else ""


def run(samples: Sequence[Sample]) -> dict[str, Run]:
    runs: defaultdict[str, Run] = defaultdict(Run)
    for reader in READERS.values():
        reader(samples[0])  # what is loaded once is not counted
    for sample in samples:
        for name, reader in READERS.items():
            begun = time.process_time()
            try:
                answer = reader(sample)
            except Exception as error:
                print(f"{name}: {type(error).__name__}: {error}")
                answer = Answer()
            runs[name].seconds += time.process_time() - begun
            runs[name].answers.append(answer)
    return runs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth page")
    every = parser.parse_args().every
    logging.disable(logging.CRITICAL)
    if not CORPORA.is_dir():
        raise SystemExit(f"{CORPORA} is not there: nothing to measure")
    print(f"{'':22}{'':32}{'F1':>7}{'pages/s':>9}{'ratio':>7}  {'exact wrong none':20}language")
    for name, (read, f1) in SETS.items():
        with tempfile.TemporaryDirectory() as folder, tarfile.open(CORPORA / f"{name}.tar.xz") as packed:
            packed.extractall(folder, filter="data")
            samples = list(read(Path(folder)))[::every]
        runs = run(samples)
        base = runs["trafilatura default + metadata"].seconds
        for reader, result in runs.items():
            pairs = list(zip(samples, result.answers, strict=True))
            score = f"{f1(pairs):.4f}" if any(answer.text for answer in result.answers) else ""
            shown = dates(pairs) if any(answer.published for answer in result.answers) else ""
            spoken = language(pairs) if any(answer.language for answer in result.answers) else ""
            speed = f"{len(samples) / result.seconds:9.1f}{base / result.seconds:7.2f}"
            print(f"{name:22}{reader:32}{score:>7}{speed}  {shown:20}{spoken}")


if __name__ == "__main__":
    main()
