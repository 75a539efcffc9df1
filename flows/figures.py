"""Figures for a table, with three digits and a scale, and for JSON, as they are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

_SCALES = ((Decimal(10) ** 12, "tn"), (Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"), (Decimal(10) ** 3, "k"))
_WRITTEN_OUT = Decimal(10_000)


def range_text(low: Decimal, high: Decimal) -> str:
    """One number, or two with their scale said once.

    >>> range_text(Decimal(80_000_000), Decimal(100_000_000))
    '80–100m'
    """
    if low == high:
        return number_text(low)
    (first, first_scale), (last, last_scale) = _scaled(low), _scaled(high)
    dash = "–" if low >= 0 else " to "
    return f"{first}{'' if first_scale == last_scale else first_scale}{dash}{last}{last_scale}"


def bounds_text(low: Decimal | None, high: Decimal | None, *, is_approx: bool = False) -> str:
    """A figure, a range, or a bound with its sign.

    >>> bounds_text(Decimal(70_000_000), None), bounds_text(Decimal(8), Decimal(8), is_approx=True)
    ('>70m', '~8')
    """
    about = "~" if is_approx else ""
    if low is not None and high is not None:
        return about + range_text(low, high)
    if low is not None:
        return f">{about}{number_text(low)}"
    return f"<{about}{number_text(high)}" if high is not None else "?"


def number_text(number: Decimal) -> str:
    """Three digits and a scale; below ten thousand a whole number is written out, another has two decimals.

    >>> [number_text(Decimal(text)) for text in ("1237000000", "12400", "1103", "51.6", "2.9125", "-999950")]
    ['1.24bn', '12.4k', '1,103', '51.6', '2.91', '-1m']
    """
    return "".join(_scaled(number))


def _scaled(number: Decimal) -> tuple[str, str]:
    if abs(number) < _WRITTEN_OUT and number == number.to_integral_value():
        return f"{number:,.0f}", ""
    if abs(number) < 1000:
        return _short(number, max(2, 1 - number.adjusted())), ""
    rounded = number.quantize(Decimal(1).scaleb(number.adjusted() - 2))
    scale, name = next((scale, name) for scale, name in _SCALES if abs(rounded) >= scale)
    return _short(rounded / scale, 2), name


def _short(number: Decimal, decimals: int) -> str:
    """At most so many decimals, and no zero at the end of them."""
    text = f"{number:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def json_number(number: Decimal | None) -> int | float | None:
    """A number for JSON, which has one kind: whole ones are written without a point.

    >>> json_number(Decimal("7E+7")), json_number(Decimal("2.91")), json_number(None)
    (70000000, 2.91, None)
    """
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def json_value(value: object) -> object:
    """What JSON has no word for, in its own: a Decimal as a number, a day or a moment as ISO 8601 has it, else text."""
    if isinstance(value, Decimal):
        return json_number(value)
    return value.isoformat() if isinstance(value, date) else str(value)
