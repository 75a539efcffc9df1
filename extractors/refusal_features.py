"""What the form of a refusal says of whether it is one: features that mean the same in every language."""

from __future__ import annotations

from bisect import bisect_left

from extractors.features import Features
from extractors.metrics import NAMES
from extractors.object_features import is_bare
from extractors.readings import Reading
from extractors.refusals import Refusal

_WIDTHS = (12, 24, 40, 64)
"""Characters of a refusal, from its first word to its last, in steps."""


def of_form(reading: Reading, refusal: Refusal) -> Features:
    """How far its words stand apart and what stands between them; what else the clause and the sentence hold."""
    start, end = refusal.start, refusal.end
    left, right = reading.segment(start, end)
    between = [one for one in reading.companies if start < one.start < end]
    return {
        f"wide{bisect_left(_WIDTHS, end - start)}": 1,
        "within:name": float(any(one.kind != "anaphor" for one in between)),
        "within:metric": float(any(one.role in NAMES for one in reading.metrics_within(start, end))),
        "within:figure": float(bool(reading.quantities_within(start, end))),
        "within:cut": min(sum(reading.separators(start, end)), 2),
        **{f"clause:{kind}": float(reading.has(kind, left, right)) for kind in ("decline", "unmeasured", "howmany")},
        **{f"said:{kind}": float(reading.has(kind)) for kind in ("maybe", "deny", "unasked", "hypothetical")},
        "said:figures": min(len(reading.quantities), 3),
        "bare": float(is_bare(reading, refusal)),
    }
