"""Targets that are taken back without a word on what they were of: those that the text tells nearby."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.model import Claim
from extractors.object_features import is_figure
from extractors.readings import Reading
from extractors.refusals import Refusal, find_refusals

_NEAR = 2
"""Paragraphs between a withdrawal and a target that it takes back."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A sentence that takes targets back, of a company and for a period, and names no metric."""

    reading: Reading
    refusal: Refusal
    company: str
    period: str | None


@dataclass(frozen=True, slots=True)
class Aim:
    """A target that the text tells."""

    paragraph: int
    company: str
    metric: str
    period: str | None


@dataclass(slots=True)
class Withdrawals:
    """What an article takes back, and the targets that it tells, before or after."""

    bare: list[Withdrawal] = field(default_factory=list)
    aims: list[Aim] = field(default_factory=list)

    def tell(self, claim: Claim, reading: Reading) -> None:
        """Take in a claim of the article, where it is a target's."""
        if claim.basis == "guidance":
            self.aims.append(Aim(reading.sentence.paragraph, claim.company, claim.metric, claim.period))

    def matched(self) -> Iterator[tuple[Withdrawal, str]]:
        """Each withdrawal with the metrics of the targets of its company and period nearby."""
        for one in self.bare:
            near = [
                aim.metric
                for aim in self.aims
                if (aim.company, aim.period) == (one.company, one.period)
                and abs(aim.paragraph - one.reading.sentence.paragraph) <= _NEAR
            ]
            yield from ((one, metric) for metric in dict.fromkeys(near))


def bare_withdrawal(reading: Reading) -> Refusal | None:
    """The withdrawal of targets in a sentence that names no metric."""
    if not reading.has("withdraw") or any(
        one.role in ("terms", "losses", "margins") and not is_figure(reading, one) for one in reading.metrics
    ):
        return None
    return next((one for one in find_refusals(reading) if one.rule == "withdraw"), None)
