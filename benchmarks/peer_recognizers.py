"""What a peer, the package recognizers-text-suite, reads of texts.

Run by `benchmarks/figures.py` with a Python that has it. Reads JSON lines `[culture, kind, text, written]`; writes a
line of values or spans for each, then the seconds it took.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime
from typing import Any

import recognizers_date_time as periods
import recognizers_number as numbers
import recognizers_number_with_unit as units


def read(culture: str, kind: str, text: str, written: str) -> list[Any]:
    """`[value, unit]` or `[first day, last day]` of everything that the peer finds."""
    if kind == "period":
        found = periods.recognize_datetime(text, culture, reference=datetime.fromisoformat(written))
        told = [value for one in found for value in (one.resolution or {}).get("values", ())]
        return [[value.get("start"), value.get("end")] for value in told]
    recognize = {
        "number": numbers.recognize_number,
        "percentage": numbers.recognize_percentage,
        "currency": units.recognize_currency,
    }[kind]
    resolutions = (one.resolution or {} for one in recognize(text, culture))
    return [[one.get("value"), one.get("isoCurrency")] for one in resolutions]


def main() -> None:
    lines = [json.loads(line) for line in sys.stdin]
    for culture, kind in {(line[0], line[1]) for line in lines}:
        read(culture, kind, "1", "2016-11-07")  # loading is left out
    begun = time.process_time()
    for line in lines:
        try:
            told = read(*line)
        except Exception:
            told = []
        sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.write(f"{time.process_time() - begun}\n")


if __name__ == "__main__":
    main()
