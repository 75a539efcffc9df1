"""The quantities of a text: money, percentages, points and counts, with their bounds, as exact values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from extractors.elided import tell_scales
from extractors.figures import read_figures
from extractors.grammar import Grammar, grammar
from extractors.mentions import Mention, Passage, is_named, read_mention
from extractors.model import Value
from extractors.numerals import numerals
from extractors.patterns import fold
from extractors.ranges import join_ranges
from extractors.units import Kind

_INDEX = 100  # so many points are a share index's
_CODE_BEFORE, _CODE_BEHIND = re.compile(r"\d-$"), re.compile(r"-\d")
_CELL = re.compile(r"(?P<open>\()?\s*(?P<sign>[-–+]\s?)?(?P<figures>\d[\d., ']*[½¼¾]?)(?(open)\s*\))")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity as the text has it, with its bound, currency and unit."""

    start: int
    end: int
    value: Value
    """In full ("€1.2bn" is 1,200,000,000 EUR; pence are pounds); the unit of a plain number is `count`."""
    text: str
    """`text_given[start:end]`."""
    kind: Kind
    """`other`: a number that can be no claim's (a length, a duration, a clock time, a part of a name)."""
    noun: str | None
    """The word that directly follows a count."""


def find_quantities(text: str, language: str, local: Mapping[str, str] = MappingProxyType({})) -> list[Quantity]:
    """The quantities of a text in order, none overlapping; the two ends of a range are one.

    `local` are the currencies that names mean in the article ("$": CAD), by these names.

    >>> [(q.text, q.value.low, q.value.high, q.value.unit) for q in find_quantities("more than €1.2bn of it", "en")]
    [('more than €1.2bn', Decimal('1200000000'), None, 'EUR')]

    Raises FileNotFoundError where the language has no data.
    """
    rules = grammar(language)
    passage = Passage(text, rules, local)
    folded = passage.folded
    mentions: list[Mention] = []
    for start, run, reading in rules.numbers(folded):
        previous = mentions[-1] if mentions else None
        if previous is None or start >= previous.end:
            mention = read_mention(start, run, reading, passage, previous)
            if mention is not None:
                mentions.append(mention)
    joined = join_ranges(mentions, text, folded, rules)
    tell_scales(joined, folded, rules)
    quantities = (_quantity(mention, text, folded, rules) for mention in joined)
    return [quantity for quantity in quantities if quantity is not None]


def decimal_of(text: str, language: str) -> Decimal | None:
    """The number of one table cell; None for a dash, "n/a" or anything else that is none.

    >>> decimal_of("12.345,6", "nl"), decimal_of("(1,234)", "en"), decimal_of("$ 5", "en"), decimal_of("n/a", "en")
    (Decimal('12345.6'), Decimal('-1234'), Decimal('5'), None)

    Raises FileNotFoundError where the language has no data.
    """
    numbers = numerals(language)
    units = grammar(language).units
    cell = fold(text).strip()
    for _ in range(2):
        for name in (cell[:3], cell[:1]):
            cell = cell.removeprefix(name).lstrip() if name in units.before else cell
    match = _CELL.match(cell)
    if match is None:
        return None
    rest = cell[match.end() :].strip(" )*¹²³").lstrip()
    if rest and rest not in units.after and rest not in units.codes:
        return None
    value = read_figures(match["figures"].strip().rstrip(".,"), numbers.decimal, numbers.groups)
    if value is None:
        return None
    is_negative = match["open"] or (match["sign"] or "+")[0] != "+"
    return -value if is_negative else value


def _quantity(mention: Mention, text: str, folded: str, rules: Grammar) -> Quantity | None:
    """The finished quantity; None for a word that only looks like a number (三星)."""
    unit = mention.unit.code if mention.unit else "count"
    kind: Kind = mention.unit.kind if mention.unit else "count"
    if kind in ("year", "other"):
        kind = "year" if mention.is_bare and 1900 <= mention.value < 2100 else "other"
    if kind == "points" and unit == "pp" and abs(mention.value) >= _INDEX:
        kind = "other"
    noun = None
    if kind == "count" and unit == "count":
        following = rules.noun.match(folded, mention.end)
        if following and not mention.is_elided and following["noun"] not in rules.no_noun:
            noun = text[following.start("noun") : following.end()]
        if mention.is_spelt and not rules.is_spaced and noun is None and mention.end - mention.core == 1:
            return None
        kind = _kind_of_plain(mention, noun, text, folded, rules)
    value = _value(mention, unit)
    noun = noun if kind == "count" else None
    return Quantity(mention.start, mention.end, value, text[mention.start : mention.end], kind, noun)


def _kind_of_plain(mention: Mention, noun: str | None, text: str, folded: str, rules: Grammar) -> Kind:
    """Whether a number without a unit is a count, a year or something else."""
    if "ordinal" in mention.roles:
        return "ordinal"
    if "other" in mention.roles:
        return "other"
    beside = folded[mention.core - 1 : mention.core], folded[mention.end : mention.end + 2]
    if "/" in (beside[0], beside[1][:1]) and (beside[1][1:].isdigit() or beside[0]):
        return "other"
    if not mention.is_bare:
        return "count"
    if _CODE_BEFORE.search(folded, max(0, mention.core - 2), mention.core) or _CODE_BEHIND.match(folded, mention.end):
        return "other"  # no range, but a product's code ("747-8") or a result ("4-1")
    letter = beside[1][:1]
    if beside[0] == "'" or (letter.isalpha() and (rules.is_spaced or letter.isascii())):  # 5G
        return "other"
    bounded = mention.roles & {"low", "high", "about"}
    if 1900 <= mention.value < 2100 and mention.end - mention.core == 4 and not bounded:
        return "count" if noun and noun.lower() in rules.counted else "year"
    if mention.value < 1000 and noun is None and not bounded and rules.names_by_capital:
        return "other" if is_named(mention, text) else "count"
    return "count"


def _value(mention: Mention, unit: str) -> Value:
    approx = "about" in mention.roles
    low = _plain(mention.value)
    if mention.high is not None:
        high = _plain(mention.high)
        return Value(min(low, high), max(low, high), unit, approx)
    if "low" in mention.roles:
        return Value(low, None, unit, approx)
    if "high" in mention.roles:
        return Value(None, low, unit, approx)
    return Value(low, low, unit, approx)


def _plain(value: Decimal) -> Decimal:
    """The same value without an exponent or trailing zeros."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()
