"""How many of a published recognizer's expected values are found, and how fast; beside its own package where it is.

    python benchmarks/figures.py [--peer PYTHON]

`PYTHON` is one that has the peer: pip install recognizers-text-suite 'emoji<2' into an environment of its own. Both
read the same texts; `benchmarks/numeric_suites.py` says which of the suites' values are left out, and why.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from numeric_suites import (
    LANGUAGES,
    SUITES,
    WRITTEN,
    Case,
    Result,
    has_value,
    is_found,
    read_cases,
    spans,
    why_left_out,
)

Row = tuple[str, str, Case, Result]
_CULTURES = {"en": "en-us", "nl": "nl-nl", "de": "de-de", "fr": "fr-fr", "es": "es-es", "zh": "zh-cn"}


def ask_peer(python: str, rows: list[Row]) -> tuple[list[list[Any]], float]:
    """What the peer tells of each row's text, and its seconds of processor time."""
    asked = "".join(
        json.dumps([_CULTURES[language], kind, case["input"], (case["ref"] or WRITTEN)[:10]]) + "\n"
        for language, kind, case, _ in rows
    )
    script = str(Path(__file__).with_name("peer_recognizers.py"))
    answer = subprocess.run([python, script], input=asked, capture_output=True, text=True, check=True)  # noqa: S603
    *told, seconds = answer.stdout.splitlines()
    return [json.loads(line) for line in told], float(seconds)


def is_told(told: list[Any], language: str, kind: str, result: Result) -> bool:
    if kind == "period":
        return any(_days(*each) & spans(result["Value"]) for each in told)
    values = [(value, unit) for text, unit in told if (value := _decimal(text)) is not None]
    return has_value(values, result, language)


def _days(first: str | None, last: str | None) -> set[tuple[date, date]]:
    try:
        begin, end = date.fromisoformat(first or ""), date.fromisoformat(last or "")
    except ValueError:
        return set()
    return {(begin, end), (begin, end - timedelta(days=1))}


def _decimal(text: str | None) -> Decimal | None:
    try:
        return Decimal((text or "").rstrip("%").replace(",", "."))
    except InvalidOperation:
        return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", metavar="PYTHON", help="a Python that has recognizers-text-suite")
    arguments = parser.parse_args()
    if not SUITES.exists():
        print(f"the suites do not stand at {SUITES}")
        return
    everything = list(read_cases())
    reasons = Counter(reason for row in everything if (reason := why_left_out(*row)))
    rows = [row for row in everything if why_left_out(*row) is None]
    found, peers, wanted = Counter[tuple[str, str]](), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for language in LANGUAGES:  # loading is left out
        is_found(*next(row for row in rows if row[0] == language))
    begun = time.process_time()
    for row in rows:
        wanted[row[:2]] += 1
        found[row[:2]] += is_found(*row)
    seconds = time.process_time() - begun
    told, peer_seconds = ask_peer(arguments.peer, rows) if arguments.peer else ([], 0.0)
    for (language, kind, _, result), each in zip(rows, told, strict=False):
        peers[language, kind] += is_told(each, language, kind, result)
    print(f"{'':14} {'found':>6} {'of':>5} {'share':>6}" + (f" {'peer':>6}" if told else ""))
    for (language, kind), count in sorted(wanted.items()):
        share = f" {peers[language, kind] / count:6.3f}" if told else ""
        print(f"{language} {kind:11} {found[language, kind]:6} {count:5} {found[language, kind] / count:6.3f}{share}")
    print(f"sentences a second: {len(rows) / seconds:.0f}" + (f", peer {len(rows) / peer_seconds:.0f}" if told else ""))
    print("left out:")
    for reason, count in reasons.most_common():
        print(f"{count:6} {reason}")


if __name__ == "__main__":
    main()
