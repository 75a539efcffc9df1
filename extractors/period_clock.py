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
        """The year of the `number`th period of `length` months, which the text tells without one."""
        if self.current and (known := months_of(self.current)):
            (year, first), known_length = known
            if known_length == 12:
                return year
            place = (first - 1) // length + 1
            if self.prefer_future:
                return year + (number < place)
            return year - (number > place)
        year, last = self.published.year, number * length
        ended = last < self.published.month or (length == 1 and last == self.published.month) or self._ends_today(last)
        if self.prefer_future:
            return year if last >= self.published.month else year + 1
        return year if ended else year - 1

    def _ends_today(self, month: int) -> bool:
        day = self.published
        return month == day.month and day.day == monthrange(day.year, month)[1]

    def quarter(self, offset: int) -> str:
        """The quarter that runs at publication (0) or so many after it."""
        return shifted(self.published.year, (self.published.month - 1) // 3 * 3 + 1, 3, offset)

    def month(self, offset: int) -> str:
        """The month of publication (0) or so many after it."""
        return shifted(self.published.year, self.published.month, 1, offset)


def shifted(year: int, first: int, length: int, offset: int) -> str:
    """The period of `length` months from month `first` of a year, moved by so many of its lengths."""
    index = year * 12 + first - 1 + length * offset
    return label_of(index // 12, index % 12 + 1, length)
