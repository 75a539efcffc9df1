"""The kinds of error that claims have against marked ones: missed, spurious, or wrong in some field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from types import ModuleType
from typing import Any

Claim = dict[str, Any]
_MOST = 2
"""Fields in which a claim may be wrong and still be the marked one, misread."""


def kinds_of_error(score: ModuleType, documents: Iterable[dict[str, Any]], predicted: dict[str, Any]) -> Counter[str]:
    """How often each kind occurs: "missed level", "wrong basis", "wrong period, basis", "spurious withheld"."""
    kinds = Counter[str]()
    for document in documents:
        said, marked = predicted[document["id"]]["claims"], document["claims"]
        pairs = score.pair(said, marked)
        left = [claim for number, claim in enumerate(said) if number not in {one for one, _ in pairs}]
        missed = [claim for number, claim in enumerate(marked) if number not in {other for _, other in pairs}]
        for claim in missed:
            misread = _nearest(score, left, claim)
            if misread is None:
                kinds[f"missed {'withheld' if claim['status'] == 'withheld' else claim['measure']}"] += 1
            else:
                kinds[f"wrong {', '.join(_wrong(score, misread, claim))}"] += 1
                left.remove(misread)
        kinds.update(f"spurious {claim['status']}" for claim in left)
    return kinds


def _nearest(score: ModuleType, said: list[Claim], marked: Claim) -> Claim | None:
    """The claim that is the marked one but for a field or two; none where its figure and something else are wrong."""
    best = min(said, key=lambda claim: len(_wrong(score, claim, marked)), default=None)
    if best is None:
        return None
    wrong = _wrong(score, best, marked)
    return best if len(wrong) <= _MOST and (wrong == ["value"] or "value" not in wrong) else None


def _wrong(score: ModuleType, said: Claim, marked: Claim) -> list[str]:
    return [field for field, agrees in score.FIELDS.items() if not agrees(said, marked)]
