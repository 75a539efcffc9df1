"""Time against length: what a line, a page or a book of one text costs; a ratio of 4 from row to row is linear.

python benchmarks/growth.py

Seconds are the processor's own, so that what else runs on the machine counts little.
"""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

from extractors.article import article_of_text
from extractors.claims import extract_claims
from extractors.markup import read_html

LENGTHS = (2_000, 8_000, 32_000, 128_000)
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
    "scales upon scales": ("en", "one million million "),
    "figures in words": ("zh", "一二三四五六七八九万亿"),
    "spans of periods": ("en", "between May 2015 and 2018 "),
    "dates without an end": ("de", "2016-11-"),
    "dashes": ("en", "- - - 5 "),
    "blanks": ("nl", "omzet          "),
    "control characters": ("es", "ventas\x00\x1b\x07\u202e5 % "),
    "languages mixed": ("zh", "Acme 的营收 stieg um 5% à 3 M€ en 2023 et 不再披露. "),
    "half pairs of surrogates": ("en", "Acme \ud800 sold 5\udfff phones. "),
}


PAGES = {
    "page of paragraphs": "<p>Acme said revenue rose 5% to ${} million, from $2.9 million.</p>",
    "page of dates": "<span class=date>{}.05.2024</span>",
    "page of rows": "<table><tr><td>Sales</td><td>{}</td></tr><tr><td>Loss</td><td>7</td></tr></table>",
    "page of links": "<li><a href=/{}>Acme</a></li>",
    "page of breaks": "Acme {}<br>",
}


def page_seconds(piece: str, length: int) -> float:
    pieces = "".join(piece.format(number) for number in range(length // len(piece)))
    html = f"<title>Acme</title><script>1</script><nav>x</nav><article><h1>Acme</h1>{pieces}</article>"
    begun = time.process_time()
    read_html(html, "https://acme.example/", date(2026, 1, 1))
    return time.process_time() - begun


def seconds(language: str, text: str) -> float:
    article = article_of_text(text, published="2024-05-16", title=None, language=language)
    begun = time.process_time()
    extract_claims(article)
    return time.process_time() - begun


def main() -> None:
    print(f"{'seconds for characters':26}" + "".join(f"{length:>10,}" for length in LENGTHS) + "   us/char  ratios")
    for name, (language, piece) in PIECES.items():
        seconds(language, piece)
        report(name, [seconds(language, (piece * (length // len(piece) + 1))[:length]) for length in LENGTHS])
    for name, piece in PAGES.items():
        page_seconds(piece, LENGTHS[0])
        report(name, [page_seconds(piece, length) for length in LENGTHS])


def report(name: str, times: list[float]) -> None:
    ratios = [f"{later / max(earlier, 1e-4):.1f}" for earlier, later in pairwise(times)]
    cost = times[-1] / LENGTHS[-1] * 1e6
    print(f"{name:26}" + "".join(f"{each:10.3f}" for each in times) + f"{cost:10.1f}  " + " ".join(ratios))


if __name__ == "__main__":
    main()
