"""Pages of our own wording, as many as are wanted: one of 400 companies states a quarter, none like another."""

from __future__ import annotations

import random
from datetime import date, timedelta

FIRST, LAST = date(2015, 1, 1), date(2024, 12, 31)
_SYLLABLES = (
    ("Har", "Vel", "Nor", "Kes", "Ald", "Brin", "Car", "Dun"),
    ("bour", "mar", "den", "wick", "low"),
    ("line", "gate", "works", "craft", "yard", "sails", "mills", "foods", "glass", "looms"),
)
_PAGE = (
    '<!doctype html><html lang="en"><head><meta name="date" content="{day}"><title>{name} in the quarter</title></head>'
    "<body><nav><a href='/'>Home</a></nav><article><h1>{name} on its {quarter}</h1>{paragraphs}</article>"
    "<footer>{name}, printed on recycled paper</footer></body></html>"
)
_REST = (
    "Its chairwoman thanked those who had stayed through the wet spring, and those who had come back. The old crane by "
    "the river, which nobody had used since the bridge was built, was taken down on a Sunday while the town looked on. "
    "Nothing was decided about the site on the other bank; the neighbours will be asked, and whoever wants to see the "
    "plans finds them in the library."
)
_ORDINALS = ("first", "second", "third", "fourth")


def day_of(number: int, count: int) -> date:
    """The day on which one of so many pages appeared: evenly over ten years, in the order of their numbers."""
    return FIRST + timedelta(days=number * ((LAST - FIRST).days + 1) // count)


def page_of(number: int, count: int) -> bytes:
    """The page of this number."""
    chance, day = random.Random(number), day_of(number, count)  # noqa: S311 (no secret: the same pages each time)
    name = "".join(map(chance.choice, _SYLLABLES))
    month = (day.month - 1) // 3 * 3
    quarter, year = (_ORDINALS[month // 3 - 1], day.year - (month == 0))
    told = [
        f"{name} AG said on Thursday that its revenue came to {chance.randrange(100, 9000) / 10} million euros in the "
        f"{quarter} quarter of {year}.",
        f"Operating income was {chance.randrange(10, 900) / 10} million euros.",
        f"{name} declined to disclose how many units it sold."
        if number % 7 == 0
        else "It looks to the year with calm.",
        _REST,
    ]
    paragraphs = "".join(f"<p>{text}</p>" for text in told)
    return _PAGE.format(day=day, name=name, quarter=f"{quarter} quarter", paragraphs=paragraphs).encode()
