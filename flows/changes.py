"""What a replay changed: claims added, gone and changed, counted by metric and language, with examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from warehouse.replay import Said

Kind = Literal["added", "gone", "changed"]
KINDS: tuple[Kind, ...] = ("added", "gone", "changed")
MOST_EXAMPLES = 10


@dataclass(frozen=True)
class Example:
    """One claim that differs, and where it was read."""

    url: str
    before: Said | None
    after: Said | None


@dataclass
class Changes:
    """The differences between two readings of the same pages."""

    pages: Counter[str] = field(default_factory=Counter)
    """By result: same, changed, failed."""
    claims: Counter[tuple[Kind, str, str]] = field(default_factory=Counter)
    """By kind, metric and language."""
    examples: dict[Kind, list[Example]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    def compare(self, url: str, language: str, before: Sequence[Said], after: Sequence[Said]) -> None:
        """Count what one page said before and says after; claims of the same thing that say another are changed."""
        was, now = _by_subject(before), _by_subject(after)
        for subject in dict.fromkeys([*was, *now]):
            old, new = was.get(subject), now.get(subject)
            if old is None or new is None or old.content != new.content:
                kind: Kind = "added" if old is None else "gone" if new is None else "changed"
                self.claims[kind, str(subject[1]), language] += 1
                if len(self.examples[kind]) < MOST_EXAMPLES:
                    self.examples[kind].append(Example(url, old, new))

    def count(self, kind: Kind) -> int:
        """How many claims were added, are gone, or have changed."""
        return sum(number for (each, _, _), number in self.claims.items() if each == kind)

    def table(self) -> list[dict[str, str | int]]:
        """A row a metric and language: how many claims were added, are gone, have changed."""
        cells = sorted({(metric, language) for _, metric, language in self.claims})
        return [
            {"metric": metric, "language": language} | {kind: self.claims[kind, metric, language] for kind in KINDS}
            for metric, language in cells
        ]

    def summary(self) -> str:
        """All of it in one line."""
        claims = ", ".join(f"{self.count(kind)} {kind}" for kind in KINDS)
        line = f"{self.pages.total()} pages read again, {self.pages['changed']} of them otherwise; claims: {claims}"
        return f"{line}, {self.pages['failed']} failed" if self.pages["failed"] else line


def _by_subject(claims: Iterable[Said]) -> dict[tuple[str | None, ...], Said]:
    return {claim.subject: claim for claim in claims}
