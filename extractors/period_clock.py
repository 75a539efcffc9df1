"""What the relative words of a text are told by: its date and the period that it is about."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from extractors.labels import label_of, months_of
from extractors.model import period_span


@dataclass(frozen=True, slots=True)
class Clock:
    """What a text's relative words are told by."""

    published: date
    """The last day of the published month where only that is known."""
    current: str | None
    prefer_future: bool

    @classmethod
    def at(cls, published: str, current: str | None, prefer_future: bool) -> Clock:
        """Raises ValueError where `published` is no date."""
        last = period_span(published).last
        if last is None:
            raise ValueError(f"no date: {published!r}")
        return cls(last, current, prefer_future)

    def year_of(self, number: int, length: int) -> int:
        """The year of the `number`th period of `length` months, which the text tells without one.

        Months are the calendar's; a quarter or half is a fiscal one where the document's own period is ahead of that.
        """
        year = self._calendar_year(number, length)
        known = months_of(self.current) if self.current and length > 1 else None
        if known is None or known[1] == 1:
            return year
        (own, first), known_length = known
        place = (first - 1) // length + 1
        if known_length == 12:
            return max(year, own)
        if self.prefer_future:
            return own + (number < place)
        is_next = (
            number == place + 1 and own * 12 + place * length + 1 < self.published.year * 12 + self.published.month
        )
        return max(year, own - (number > place and not is_next))

    def _calendar_year(self, number: int, length: int) -> int:
        """The year of the latest such period that had ended or, for what is expected, of the first still to end."""
        year, last = self.published.year, number * length
        if self.prefer_future:
            waits = length > 1 and self.published.month > 1  # a quarter that has just ended is not reported yet
            return year if last >= self.published.month - waits else year + 1
        ended = last < self.published.month or (length == 1 and last == self.published.month) or self._ends_today(last)
        return year if ended else year - 1

    def _ends_today(self, month: int) -> bool:
        day = self.published
        return month == day.month and day.day == monthrange(day.year, month)[1]

    def quarter(self, offset: int) -> str:
        """The quarter that runs at publication (0) or so many after it."""
        return shifted(self.published.year, (self.published.month - 1) // 3 * 3 + 1, 3, offset)

    def told_quarter(self, offset: int) -> str:
        """The last, this or the next quarter, by the labels of a document that is ahead of the calendar."""
        current, label = self.current, self.quarter(offset)
        known = months_of(current) if current else None
        if known is None or known[1] != 3 or current is None or current <= self.quarter(-1):
            return label
        return shifted(*known[0], 3, offset + (offset < 0))

    def fiscal_year(self) -> int:
        """The year that runs: the one after a document's own period where that ends a year."""
        known = months_of(self.current) if self.current else None
        if known is None:
            return self.published.year
        (year, first), length = known
        return year + (first + length == 13)

    def month(self, offset: int) -> str:
        """The month of publication (0) or so many after it."""
        return shifted(self.published.year, self.published.month, 1, offset)


def shifted(year: int, first: int, length: int, offset: int) -> str:
    """The period of `length` months from month `first` of a year, moved by so many of its lengths."""
    index = year * 12 + first - 1 + length * offset
    return label_of(index // 12, index % 12 + 1, length)
