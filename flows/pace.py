"""How far a long run is, how fast it goes, and when it will be over."""

from __future__ import annotations

_ENOUGH = 0.02
"""Seconds below which no rate is told."""


def time_left(done: int, total: int, seconds: float) -> str:
    """A run's state in one line.

    >>> time_left(1_200, 4_000, 60)
    '1,200 of 4,000 pages, 20 a second, 2 min 20 s left'
    """
    line = f"{done:,} of {total:,} pages"
    if not done or seconds < _ENOUGH:
        return line
    rate = done / seconds
    return f"{line}, {rate:,.0f} a second, {duration((total - done) / rate)} left"


def duration(seconds: float) -> str:
    """A time in its two largest units.

    >>> duration(8), duration(140), duration(7_500)
    ('8 s', '2 min 20 s', '2 h 5 min')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"
