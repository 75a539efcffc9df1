"""One number of a text with what stands around it: currency, unit, sign, and words that make it a bound."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from extractors.figures import FRACTIONS
from extractors.grammar import Grammar
from extractors.numerals import Reading
from extractors.patterns import fold
from extractors.units import Unit

_WINDOW = 64  # characters before a number in which its currency and its bound are looked for
_OTHER = Unit("other", "count")
_ORDINAL = Unit("ordinal", "count")
_CELL_START = re.compile(r"(?:^|[\t\n|｜]|  )\s*$")
_NAME = re.compile(r"[^\s.!?:•–-]+ (?P<word>[^\W\d_][\w'’-]*) $")
_CELL_END = re.compile(r"\s*(?:$|[\t\n|｜])|  ")


class Passage:
    """A text with the grammar that it is read by."""

    def __init__(self, text: str, rules: Grammar, local: Mapping[str, str]) -> None:
        """The text is folded once; what it says of local currencies is looked for when it is first asked.

        `local` are those of the article, by the names that mean them.
        """
        self.text = text
        self._local = local
        self.folded = fold(text)
        self.rules = rules

    @cached_property
    def _local_currencies(self) -> dict[str, str]:
        in_sentence = self.rules.units.local_currencies
        return {**in_sentence(self.text, weak=True), **self._local, **in_sentence(self.text, weak=False)}

    def local_unit(self, name: str, unit: Unit) -> Unit:
        """The unit that a name means in this text: "pesos" beside "Bogotá" are Colombian."""
        currency = self._local_currencies.get(name) if name in self.rules.units.local_names else None
        return Unit(unit.kind, currency, unit.factor) if currency else unit


@dataclass(slots=True)
class Mention:
    """A number as it stands in a text, before the two ends of a range are joined."""

    start: int
    """Where its bound or approximation begins."""
    core: int
    """Where its sign, currency or first digit begins."""
    lead: int
    """Where the words begin that make it the start of a range."""
    end: int
    value: Decimal
    tail: int = 0
    """Where its unit ends, before the words behind it that make it a bound."""
    role_behind: str | None = None
    high: Decimal | None = None
    """The other end, where the mention is a range."""
    scale: Decimal = Decimal(1)
    unit: Unit | None = None
    is_unit_before: bool = False
    roles: set[str] = field(default_factory=set)
    is_spelt: bool = False
    """In words."""
    is_bare: bool = False
    """Digits alone, without separator or scale."""
    is_elided: bool = False
    """Whether its scale is only told by the amount before it: it counts nothing that follows."""

    def give_back(self) -> None:
        """Leave the words behind it to the number that follows: "12 and more than 15"."""
        self.end = self.tail
        self.roles.discard(self.role_behind or "")

    def multiply(self, factor: Decimal) -> None:
        """Give it the scale that another number of the same phrase tells."""
        self.value, self.scale, self.is_bare = self.value * factor, self.scale * factor, False


def read_mention(
    start: int, run: str, reading: Reading | None, passage: Passage, previous: Mention | None
) -> Mention | None:
    """The mention of a number that stands at `start` as `run`; None where it is part of a name."""
    folded, rules = passage.folded, passage.rules
    end = start + len(run)
    if reading is None:
        return Mention(start, start, start, end, Decimal(0), unit=_OTHER)
    mention = Mention(start, start, start, end, reading.value, scale=reading.scale, is_bare=run.isdecimal())
    mention.is_spelt = not (run[0].isdecimal() or run[0] in FRACTIONS or run[0] in ".,")
    mention.unit = _ORDINAL if reading.is_ordinal else None
    if reading.is_more:
        mention.roles.add("low")
    reverse = folded[max(0, start - _WINDOW, previous.tail if previous else 0) : start][::-1]
    before = rules.before_number(reverse)
    is_closed = before["bracket"] is not None and folded[end : end + 1] == ")"
    opening = start - before.end("bracket") if is_closed else _opening(mention, folded, rules, previous)
    if not before["bracket"] or is_closed:
        _take_unit_before(mention, before, passage)
    is_second = previous is not None and previous.end == start - 1 and reverse[0] in "-–~"  # "5m-6m"
    if not (mention.is_spelt or mention.is_unit_before or is_second) and _is_glued(reverse, rules):
        return None
    is_dash = previous is not None and start - before.end("outer_sign") == previous.tail  # "$5-$6 million"
    signs = (before["sign"] if not is_second else None, before["outer_sign"] if not is_dash else None)
    is_code = mention.is_unit_before and before["unit"] is not None and before["unit"][::-1] in rules.units.codes
    if is_code and not before["gap"] and folded[end : end + 1].isalpha():
        return None  # NOK1V.HE
    is_negative = any(sign and sign.strip() in ("-", "–") for sign in signs)
    taken = ["sign"] if signs[0] else []
    taken += ["unit"] if mention.is_unit_before else []
    taken += ["outer_sign"] if mention.is_unit_before and signs[1] else []
    mention.core = start - max((before.end(part) for part in taken), default=0)
    if opening is not None:
        is_negative |= _take_bracket(mention, folded, opening, rules, previous)
    else:
        _take_unit_after(mention, passage)
    _take_phrases(mention, folded, rules, previous)
    if is_negative or "minus" in mention.roles:
        mention.value = -mention.value
    return mention


def _is_glued(reverse: str, rules: Grammar) -> bool:
    """Whether the digits belong to a name: Q4, COVID-19."""
    letter = reverse[1:2] if reverse[:1] in ("-", "–") else reverse[:1]
    return letter.isalpha() and (rules.is_spaced or letter.isascii())


def _take_unit_before(mention: Mention, before: re.Match[str], passage: Passage) -> None:
    rules = passage.rules
    name = before["unit"]
    if name is None:
        return
    name, at = name[::-1], mention.core - before.end("unit")
    if name in rules.units.codes and not passage.text[at : at + len(name)].isupper():
        return
    if name in rules.months:
        mention.unit = _OTHER if mention.is_bare and mention.value <= 31 else mention.unit
        return
    mention.unit, mention.is_unit_before = passage.local_unit(name, rules.units.before[name]), True
    mention.value *= mention.unit.factor


def _take_unit_after(mention: Mention, passage: Passage) -> None:
    folded, rules = passage.folded, passage.rules
    match = rules.unit_after.match(folded, mention.end)
    if match is None:
        return
    name = match["unit"]
    if name in rules.units.codes and not passage.text[match.start("unit") : match.end()].isupper():
        return
    unit = passage.local_unit(name, rules.after[name])
    if unit.kind == "count" and unit.code == "count":
        return
    if mention.is_unit_before and mention.unit is not None:
        if unit.kind != "money":
            return
        unit = unit if mention.unit.code == "USD" else mention.unit
    mention.unit, mention.end = unit, match.end()
    mention.value *= unit.factor
    if unit.kind == "percent" and unit.factor > 1 and (tenth := rules.tenth.match(folded, mention.end)):
        _take_tenth(mention, tenth, rules)
    if mention.scale == 1 and unit.kind == "money" and (scale := rules.scale_after_unit.match(folded, mention.end)):
        mention.multiply(rules.numerals.scale_of(scale["scale"]))  # 75 USD million
        mention.end = scale.end()


def _take_tenth(mention: Mention, tenth: re.Match[str], rules: Grammar) -> None:
    """Take in the figure behind tens of per cent: 七成六 is 76%, 三成半 is 35%."""
    reading = rules.numerals.read(tenth["tenth"])
    if reading is not None:
        mention.value += reading.value if reading.value >= 1 else reading.value * 10
        mention.end = tenth.end()


def _opening(mention: Mention, folded: str, rules: Grammar, previous: Mention | None) -> int | None:
    """Where brackets open that tell the earlier amount between a number and its scale: "92 (Vorjahr: 88) Millionen"."""
    if previous is None or rules.bracketed is None or folded[mention.end : mention.end + 1] != ")":
        return None
    is_open = previous.scale == 1 and previous.unit is None
    return previous.end + 1 if is_open and rules.bracketed.fullmatch(folded, previous.end, mention.start) else None


def _take_bracket(mention: Mention, folded: str, opening: int, rules: Grammar, previous: Mention | None) -> bool:
    """Read on behind a closing bracket; whether the brackets say that the number is negative.

    "EUR 412.3 (398.7) million" is two amounts of one scale and unit; "$(3.2) million", "(3,2) millions d'euros",
    "(21.1)%" and a table cell "(3.2)" are losses; other brackets are a writer's.
    """
    end = mention.end
    scale = rules.scale_after_bracket.match(folded, end)
    factor = rules.numerals.scale_of(scale["scale"]) if scale else Decimal(1)
    unit_match = rules.unit_after.match(folded, scale.end() if scale else end + 1)
    unit = rules.after[unit_match["unit"]] if unit_match else None
    if previous is not None and folded[previous.end : opening] == " " and previous.scale == 1:
        if scale or unit:
            mention.end = unit_match.end() if unit_match else scale.end() if scale else end
            mention.multiply(factor)
            previous.multiply(factor)
        if previous.unit is None or previous.is_unit_before:
            previous.unit = mention.unit = previous.unit or unit
        return False
    if mention.is_unit_before or scale or (unit is not None and unit.kind in ("percent", "points")):
        mention.core = min(mention.core, opening)
        mention.end = unit_match.end() if unit_match else scale.end() if scale else end + 1
        mention.multiply(factor)
        mention.unit = mention.unit or unit
        return True
    if _CELL_START.search(folded, max(0, opening - 3), opening) and _CELL_END.match(folded, end + 1):
        mention.core, mention.end = opening, end + 1
        return True
    return False


def _take_phrases(mention: Mention, folded: str, rules: Grammar, previous: Mention | None) -> None:
    """Read the words before and behind that make a bound, an approximation or the start of a range."""
    bound = max(0, mention.core - _WINDOW, previous.tail if previous else 0)
    reverse = folded[bound : mention.core][::-1]
    position = 0
    mention.start = mention.lead = mention.core
    while match := rules.phrase_before.match(reverse, position):
        role = rules.phrases_before[match["phrase"][::-1]]
        if role in ("minus", "plus") and "from" in mention.roles:
            break  # "ein Minus von" is a noun, no sign
        position = match.end()
        if role == "until":
            role = "plain" if _is_arrival(mention, folded, rules, previous) else "high"
        mention.roles.add(role)
        mention.lead = mention.core - position
        if role not in ("from", "between", "plain", "skip"):
            mention.start = mention.lead
    if previous is not None and mention.start < previous.end:
        previous.give_back()
    mention.tail = mention.end
    if match := rules.phrase_after.match(folded, mention.end):
        role = rules.phrases_after[match["phrase"]]
        mention.role_behind = role if role not in mention.roles else None
        mention.roles.add(role)
        mention.end = match.end()


def _is_arrival(mention: Mention, folded: str, rules: Grammar, previous: Mention | None) -> bool:
    """Whether "tot", "hasta" tell where a movement ends ("steeg met 7% tot 1,9 miljard"), and no upper bound.

    The movement may be told right behind it: "tot 1,9 miljard steeg".
    """
    after_percent = previous is not None and previous.unit is not None and previous.unit.kind in ("percent", "points")
    if after_percent and previous is not None and mention.core - previous.end < _WINDOW:
        return True
    if rules.arrived is not None and rules.arrived.match(folded, mention.end):
        return True
    return (
        rules.arrival is not None
        and rules.arrival.search(folded, max(0, mention.core - 2 * _WINDOW), mention.core) is not None
    )


def is_named(mention: Mention, text: str) -> bool:
    """Whether the number follows a capitalized word within a sentence, as in PlayStation 5."""
    before = _NAME.search(text, max(0, mention.start - _WINDOW), mention.start)
    return before is not None and before["word"][0].isupper()
