"""A statement that an article may make, with what speaks for it, before it is known whether it is believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

from extractors.bases import Outlook
from extractors.candidates import Option
from extractors.datings import Dating
from extractors.disclosers import Discloser
from extractors.features import Features
from extractors.model import Basis, Claim, Measure, Status, Value
from extractors.objects import Object
from extractors.quantities import Quantity
from extractors.sentences import Sentence
from extractors.trust import believed


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sentence or a row says, before it is known of whom."""

    metric: str
    scope: str | None
    basis: Basis
    measure: Measure
    status: Status
    period: str | None
    value: Value | None
    rule: str

    def claim(self, company: str, sentence: Sentence, confidence: float) -> Claim:
        """The claim, with the sentence as its witness."""
        return Claim(
            company=company,
            **{one.name: getattr(self, one.name) for one in fields(self)},
            quote=sentence.text,
            quote_in=sentence.where,
            start=sentence.start,
            end=sentence.end,
            confidence=confidence,
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement that an article may make; a quantity that is nothing has options and no claim."""

    sentence: Sentence
    claim: Claim | None
    evidence: Features
    """What speaks for the whole claim."""
    quantity: Quantity | None = None
    options: Sequence[Option] = field(default=())
    chosen: Option | None = None
    outlooks: Sequence[Outlook] = field(default=())
    """The bases that the chosen option may have."""
    datings: Sequence[Dating] = field(default=())
    """The periods that it may be of."""
    disclosers: Sequence[Discloser] = field(default=())
    """The companies that it may be of."""
    objects: Sequence[Object] = field(default=())
    """Of a refusal: everything that it may withhold."""

    @property
    def is_believed(self) -> bool:
        """Whether the claim is sure enough to be said."""
        return self.claim is not None and self.claim.confidence >= believed(self.claim.status)
