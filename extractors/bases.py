"""Who stands behind a figure: the company's report, the company's own target, or an outsider."""

from __future__ import annotations

from extractors.model import Basis
from extractors.readings import Reading


def basis_of(reading: Reading, start: int, end: int) -> Basis:
    """The basis of a figure that stands at start:end of the sentence."""
    left, right = reading.segment(start, end)
    if reading.has("estimate", left, right):
        return "estimate"
    first = reading.quantities[0].start if reading.quantities else start
    leads = min(first, start)
    if reading.has("estimate", 0, leads):
        return "estimate"
    if reading.has("guidance", left, right) or (reading.has("earlier", left, right) and reading.has("target")):
        return "guidance"
    opening = reading.folded[:leads]
    if reading.has("guidance", 0, leads) and len(opening) < 200:
        return "guidance"
    return "actual"
