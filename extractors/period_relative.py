"""Periods told by their distance from the publication or from the document's own period."""

from __future__ import annotations

from extractors.labels import end_of, label_of, months_of
from extractors.period_clock import Clock, shifted
from extractors.period_parts import Part


def relative_label(part: Part, clock: Clock) -> str | None:
    """A period told by its distance from the publication or from the document's own period."""
    current = clock.current
    known = months_of(current) if current else None
    match part.kind:
        case "quarters":
            return clock.told_quarter(part.number)
        case "halves":
            return shifted(clock.published.year, 1 if clock.published.month <= 6 else 7, 6, part.number)
        case "fiscal_years":
            return str(clock.fiscal_year() + part.number)
        case "month_offsets":
            return clock.month(part.number)
        case "this_quarter":
            return (current if known[1] == 3 else None) if known else clock.quarter(-1)
        case "running_quarter":
            running = clock.quarter(0)
            if known and known[1] == 3 and current and running <= current:
                return shifted(*known[0], 3, 1)
            return running
        case "whole_year":
            return str(_whole_year(clock))
        case "period_end" if current is not None:
            return end_of(current)
        case "year_end" | "period_end":
            return _year_end(part, clock)
        case "year_end_ahead":
            return str(clock.published.year)
        case "year_to_date":
            if known:
                return label_of(known[0][0], 1, known[0][1] + known[1] - 1)
            return label_of(clock.published.year, 1, clock.published.month)
        case "decade_end":
            return str((clock.published.year // 10 + 1) * 10)
        case "now":
            return clock.month(0)
        case "context":
            return current
        case "context_month":
            return current if known and known[1] == 1 else clock.month(-1)
    return None


def _year_end(part: Part, clock: Clock) -> str:
    """The year of the document's own period, unless its end lies ahead of what is reported; else the last."""
    if part.year is not None:
        return str(part.year)
    known = months_of(clock.current) if clock.current else None
    year = known[0][0] if known else clock.published.year
    return str(year - (not clock.prefer_future and year >= clock.published.year and clock.published.month < 12))


def _whole_year(clock: Clock) -> int:
    """The year of the document's own period; else the last that had ended, unless most of this one has passed."""
    if clock.current and (known := months_of(clock.current)):
        return clock.fiscal_year() if clock.prefer_future else known[0][0]
    return clock.published.year - (clock.published.month <= 4 and not clock.prefer_future)
