"""Cells of real results tables: each has its period, its unit and its sign."""

import sys
import tarfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from extractors.article import read_page
from extractors.link import choose_reported
from extractors.model import Article, Page
from extractors.reported import read_reported
from extractors.sentences import read_sentences
from extractors.table_figures import Figure
from extractors.tables import Tables, text_above

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
TYPES = {"md": "text/markdown", "html": "text/html", "htm": "text/html"}
RIGHT = {"table_cells.toml": 0.95, "other_table_cells.toml": 0.3}

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="the releases with tables are not here")


def bodies(files: set[str]) -> Iterator[tuple[str, bytes]]:
    for archive in ("press-sec.tar.xz", "press-releases-2000.tar.xz"):
        with tarfile.open(CORPORA / archive) as tar:
            for member in tar:
                if member.name in files and (file := tar.extractfile(member)):
                    yield member.name, file.read()


def figures(file: str, body: bytes, published: str) -> Iterator[Figure]:
    headers = {"content-type": TYPES[file.rpartition(".")[2]]}
    parts = read_page(
        Page(source_id="press", url="https://example.org/", fetched_at=datetime.now(UTC), body=body, headers=headers)
    )
    article = Article(title=parts.title, paragraphs=parts.paragraphs, published=published, language="en")
    tables = Tables(article, choose_reported(read_reported(article)))
    for (is_row, number), rows in groupby(
        read_sentences(article), key=lambda one: (one.row is not None, one.paragraph)
    ):
        if is_row:
            yield from tables.figures(list(rows), text_above(article, number))


def is_right(cell: list[str], found: list[Figure]) -> bool:
    label, printed, period, value, unit = cell
    return any(
        figure.label.startswith(label)
        and abs(figure.low) == Decimal(printed)
        and (figure.column.period or "") == period
        and figure.value.low == Decimal(value)
        and figure.value.unit == unit
        for figure in found
    )


@pytest.mark.parametrize("facts", RIGHT)
def test_cells_have_their_period_unit_and_sign(facts: str) -> None:
    known = tomllib.loads(Path(__file__).with_name(facts).read_text())
    documents: dict[str, Any] = {one["file"]: one for one in known["document"]}
    told: Counter[bool] = Counter()
    for file, body in bodies(set(documents)):
        found = list(figures(file, body, documents[file]["published"]))
        wrong = [cell for cell in documents[file]["cells"] if not is_right(cell, found)]
        told += Counter({True: len(documents[file]["cells"]) - len(wrong), False: len(wrong)})
        sys.stdout.writelines(f"{file[-60:]}: {cell}\n" for cell in wrong)
    sys.stdout.write(f"{told[True]} of {told.total()} cells right, of {len(documents)} documents\n")
    assert told[True] / told.total() >= RIGHT[facts]
