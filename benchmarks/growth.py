"""Time against length: what a line, a page or a book of one text costs; a ratio of 4 from row to row is linear.

python benchmarks/growth.py
"""

from __future__ import annotations

import time
from itertools import pairwise

from extractors.article import article_of_text
from extractors.claims import extract_claims

LENGTHS = (5_000, 20_000, 80_000, 320_000)
PIECES = {
    "prose, many sentences": (
        "en",
        "Acme said revenue rose 5% to $3 million in 2023, from $2.9 million a year earlier. ",
    ),
    "one line of figures": ("en", "revenue rose 5% to $3 million, "),
    "one line of refusals": ("zh", "不再披露营收3亿元"),
    "one word": ("nl", "omzetomzet"),
    "a name over and over": ("en", "Siemens "),
    "open brackets": ("de", "12,5 ("),
    "a number without end": ("en", "1234567890"),
    "table cells": ("fr", "Chiffre d'affaires\t12,5\t11,0\n"),
}


def seconds(language: str, text: str) -> float:
    article = article_of_text(text, published="2024-05-16", title=None, language=language)
    begun = time.perf_counter()
    extract_claims(article)
    return time.perf_counter() - begun


def main() -> None:
    print(f"{'seconds for characters':26}" + "".join(f"{length:>10,}" for length in LENGTHS) + "   ratios")
    for name, (language, piece) in PIECES.items():
        seconds(language, piece)
        times = [seconds(language, (piece * (length // len(piece) + 1))[:length]) for length in LENGTHS]
        ratios = [f"{later / max(earlier, 1e-4):.1f}" for earlier, later in pairwise(times)]
        print(f"{name:26}" + "".join(f"{each:10.3f}" for each in times) + "   " + " ".join(ratios))


if __name__ == "__main__":
    main()
