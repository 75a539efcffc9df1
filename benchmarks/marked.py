"""Documents with marked claims, by set: folders of them beside the project, and those of `benchmarks/marked/`.

    python benchmarks/marked.py FILE... [--corpora ../shared/corpora]

Of articles by others only facts are kept here: which article of a corpus it is, and its claims; title, text and quotes
are places in the article. The command above makes such facts of marked documents; the articles are joined to them again
when they are read.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

Document = dict[str, Any]

HERE = Path(__file__).resolve().parent / "marked"
CORPORA = HERE.parents[2] / "shared" / "corpora"
NEWS, RELEASES = "news-unlabelled.jsonl.xz", "press-releases-2000.tar.xz"


def is_aside(document: Document) -> bool:
    """Whether a document is kept aside: scored, and never looked at."""
    return crc32(document["id"].encode()) % 5 == 0


def read_sets(gold: Path, corpora: Path = CORPORA) -> dict[str, dict[str, Document]]:
    """Each set's documents by their ids; a set whose texts are not there is left out, and said to be."""
    sets = {name: _by_id(sorted((gold / name).glob("*.jsonl"))) for name in ("seed", "dev", "train")}
    sets |= {name: _by_id([HERE / f"{name}.jsonl"]) for name in ("own", "refusals")}
    sets |= {"stories": _by_id(sorted(HERE.glob("stories_*.jsonl")))}
    facts = {"real": _by_id(sorted(HERE.glob("real_*.jsonl"))), "refused": _by_id([HERE / "refused.jsonl"])}
    names = {fact["article"] for some in facts.values() for fact in some.values()}
    if not has_articles(corpora):
        print(f"{corpora}: no articles there, so that the {len(names)} marked ones are left out", file=sys.stderr)
        return sets
    articles = read_articles(corpora, names)
    return sets | {
        name: {id_: document_of(fact, articles[fact["article"]]) for id_, fact in some.items()}
        for name, some in facts.items()
    }


def is_marked(document: Document, status: str) -> bool:
    """Whether a document's claims of a status are marked: of some only what they withhold (`only`)."""
    return document.get("only", status) == status


def _by_id(paths: Iterable[Path]) -> dict[str, Document]:
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").splitlines())
    return {document["id"]: document for document in map(json.loads, lines)}


def has_articles(corpora: Path) -> bool:
    return (corpora / NEWS).exists() and (corpora / RELEASES).exists()


def read_articles(corpora: Path, names: set[str]) -> dict[str, str]:
    """The corpora's articles by their names, a title on the first line: news by its id, a release by its path."""
    return {name: article for name, article in _articles(corpora) if name in names}


def _articles(corpora: Path) -> Iterator[tuple[str, str]]:
    with lzma.open(corpora / NEWS, "rt", encoding="utf-8") as lines:
        for one in map(json.loads, lines):
            yield one["id"], f"{one['title'] or ''}\n{one['text']}"
    with tarfile.open(corpora / RELEASES) as packed:
        for member in packed:
            if (file := packed.extractfile(member)) is not None:
                yield member.name, file.read().decode()


def document_of(fact: Document, article: str) -> Document:
    """A fact with its words."""
    words = {part: article[slice(*fact[part])] for part in ("title", "text")}
    claims = [{**claim, "quote": article[slice(*claim["quote"])]} for claim in fact["claims"]]
    return {**fact, **words, "claims": claims}


def fact_of(document: Document, name: str, article: str) -> Document:
    """A document without its words. Raises ValueError where they are not those of the article."""
    text = _place(article, document["text"])
    title = _place(article, document["title"]) if document["title"] else (0, 0)
    claims = [{**claim, "quote": _quoted(article, claim["quote"], (text, title))} for claim in document["claims"]]
    return {**document, "article": name, "title": title, "text": text, "claims": claims}


def _quoted(article: str, quote: str, parts: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Where a quote stands: in the text, else in the title."""
    within = next((part for part in parts if quote in article[slice(*part)]), (0, 0))
    return _place(article, quote, *within)


def _place(article: str, words: str, start: int = 0, end: int | None = None) -> tuple[int, int]:
    start = article.index(words, start, end)
    return start, start + len(words)


def named(document: Document, articles: Mapping[str, str]) -> str:
    """The name of a document's article: its id, or what an id goes on with. Raises KeyError where there is none."""
    id_: str = document["id"]
    return next(name for name in (id_, id_.partition(":")[2]) if name in articles)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="marked documents, the language its name")
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    options = parser.parse_args()
    if not has_articles(options.corpora):
        sys.exit(f"{options.corpora}: no articles there")
    articles = dict(_articles(options.corpora))
    for path in options.files:
        lines = []
        for document in _by_id([path]).values():
            name = named(document, articles)
            lines.append(json.dumps(fact_of(document, name, articles[name]), ensure_ascii=False, sort_keys=True))
        (HERE / f"real_{path.name}").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
