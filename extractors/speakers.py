"""Who a statement is about: the company that speaks or is spoken of where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.buyers import buyer_in
from extractors.companies import CompanyMention, Names
from extractors.readings import Reading

_OPENING = 18
"""Characters before a sentence's subject: an article, an adverb, a descriptor."""
_BESIDE = 3
"""Characters between a name and a figure that belong together ("and Lidl 5.4 per cent")."""
_APPOSITION = 60
_NEVER = 1000
"""Sentences since a company was named that never was."""
_BEHIND = 24
"""Characters between a figure and whose it is ("rose 9 per cent at Aon")."""


class Speakers:
    """The company that an article goes on about, from sentence to sentence."""

    def __init__(self, names: Names) -> None:
        """Start with the article's main company."""
        self.names = names
        self.company: str | None = names.main
        self.buyer: str | None = None
        """Who the sentence, or one of the paragraph before, says buys something."""
        self.told: str | None = None
        """The company of the last figure in the paragraph."""
        self._paragraph: int | None = None
        self._sentence = 0
        self._named: dict[str, int] = {}

    def ago(self, company: str) -> int:
        """How many sentences before this one the company was last named; very many where it was not."""
        return self._sentence - self._named.get(company, -_NEVER)

    def enter(self, reading: Reading) -> None:
        """Take in a sentence before its statements are read: its subject is what the next ones go on about."""
        self._sentence += 1
        self._named |= dict.fromkeys((mention.name for mention in reading.companies), self._sentence)
        if reading.sentence.paragraph != self._paragraph:
            self._paragraph = reading.sentence.paragraph
            self.told = None
            if not self.names.are_many:
                self.company = self.names.main
        subject = self._subject(reading)
        if subject is not None:
            self.company = subject.name
        self.buyer = buyer_in(reading) or self.buyer

    def company_at(self, reading: Reading, place: int) -> str | None:
        """The company that a statement at a place of the sentence is about; none where an outsider is the subject."""
        named = [mention for mention in reading.companies if mention.kind != "anaphor" and can_speak(reading, mention)]
        names = [mention for mention in named if mention.kind == "name"]
        beside = [mention for mention in names if 0 <= place - mention.end <= _BESIDE]
        if beside and len(names) > 1:
            return beside[-1].name
        counted = [mention for mention in named if mention.kind == "product" and 0 <= mention.start - place <= 40]
        if counted and not names:
            return counted[0].name
        speaking = [mention for mention in names if mention.start < place and self._speaks(reading, mention)]
        while len(speaking) > 1 and self.names.ends_aside(reading.sentence.text, speaking[-1].end):
            speaking.pop()
        if speaking:
            return speaking[-1].name
        if any(mention.name == self.company for mention in named):
            return self.company
        owner = self._owner(reading, names, place)
        if owner is not None:
            return owner.name
        if self._is_of_others(reading, named):
            return None
        if self.company is None or not self._is_about(reading):
            return named[0].name if named else None
        return self.company

    def _owner(self, reading: Reading, names: Sequence[CompanyMention], place: int) -> CompanyMention | None:
        """The company that stands right behind a figure, joined to it by a word like "at" or "of"."""
        for mention in names:
            if place < mention.start <= place + _BEHIND and self.names.is_joined(reading.folded, mention.start):
                return mention
        return None

    def _is_of_others(self, reading: Reading, named: Sequence[CompanyMention]) -> bool:
        """Whether a sentence that names no company begins with who is none: a government, households, a market."""
        is_told_of_others = not named and not reading.has("estimate")
        return is_told_of_others and self.names.begins_with_outsider(reading.folded)

    def _speaks(self, reading: Reading, mention: CompanyMention) -> bool:
        """Whether the mention is the subject: it opens the sentence, or an act or a possessive follows it."""
        return mention.start <= _OPENING or self.names.acts(reading.sentence.text, mention.start, mention.end)

    def _is_about(self, reading: Reading) -> bool:
        return not reading.has("market") or any(mention.kind == "anaphor" for mention in reading.companies)

    def _subject(self, reading: Reading) -> CompanyMention | None:
        """The company that the sentence is about, unless it only comments on another."""
        for mention in reading.companies:
            if mention.kind == "anaphor" and mention.start == 0:
                return None  # "the carmaker ..., while Acme ..."
            if mention.kind == "name" and can_speak(reading, mention) and self._speaks(reading, mention):
                return mention
        return None


def can_speak(reading: Reading, mention: CompanyMention) -> bool:
    """Whether a mention may be who discloses: not a broker or researcher who gives an outsider's figure."""
    return not any(
        (cue.start - mention.end <= 5 and mention.start - cue.end <= 5)
        or _is_apposition(reading.folded[mention.end : cue.start])
        for cue in reading.cues_of("estimate")
    )


def _is_apposition(gap: str) -> bool:
    """Whether what stands between a name and its verb only says who that is: ", a Zurich bank, "."""
    return gap.startswith(", ") and gap.endswith(", ") and gap.count(",") == 2 and len(gap) <= _APPOSITION
