"""A language's grammar of quantities, compiled once from its data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from extractors.lexicon import read_language
from extractors.numerals import Numerals, Reading, numerals
from extractors.patterns import one_of
from extractors.units import Unit, Units, units

_DATE = (
    r"(?P<date>\d{4}-\d\d(?:-\d\d)?(?![.,]?\d)|"
    r"\d{1,2}([./-])\d{1,2}\2(?:\d{4}|\d\d)(?!\d)|\d{1,2}:\d\d(?::\d\d)?(?!\d))"
)


_DIGIT = re.compile("[0-9½¼¾]")
_HEADLESS = re.compile(r"(?:^|[\s(=$€£])[.,]$")


class Grammar:
    """The compiled patterns of one language; every one is matched on folded text."""

    def __init__(self, language: str) -> None:
        """Raises FileNotFoundError where the language has no data."""
        table = read_language(language)
        numbers: Mapping[str, Any] = table["numbers"]
        periods: Mapping[str, Any] = table.get("periods", {})
        self.numerals: Numerals = numerals(language)
        self.units: Units = units(language)
        self.is_spaced = self.numerals.is_spaced
        self.names_by_capital: bool = numbers.get("names_by_capital", self.is_spaced)
        self.months = frozenset(periods.get("months", {})) if self.is_spaced else frozenset()
        self.figures = re.compile(f"{_DATE}|{self.numerals.figures}")
        self.words = re.compile(self.numerals.words)
        self.phrases_before = _roles(numbers.get("before", {}))
        self.phrases_after = _roles(numbers.get("after", {}))
        days = {
            f"{suffix} {month}" for month in self.months for suffix in periods.get("day_suffixes", ())
        } | self.months
        self.after: Mapping[str, Unit] = {
            **{day: Unit("other", "count") for day in days},
            **self.units.after,
        }
        letter = r"[^\W\d_]" if self.is_spaced else "[a-z]"
        on = letter if self.is_spaced else "(?<=[a-z])[a-z]"  # a letter behind a character begins a word (元A股)
        words = one_of(word for word in self.after if word[-1].isalpha())
        signs = one_of(word for word in self.after if not word[-1].isalpha())
        not_before = f"(?!{one_of(self.units.marks)} ?\\d)"  # what stands before the next number belongs to that
        linkers = f"(?: ?{one_of(numbers['linkers'])} ?)?" if numbers.get("linkers") else ""
        self.unit_after = re.compile(f"[ -]{{0,2}}{linkers}{not_before}(?P<unit>{words}(?!{on})|{signs})")
        self.scale_after_unit = re.compile(rf" (?P<scale>{self.numerals.long_scale_pattern})(?!{letter})")
        self.scale_after_bracket = re.compile(rf"\) ?(?P<scale>{self.numerals.scale_pattern})(?!{letter})")
        sign = rf"[-–+](?![\d%)\]]|{letter})| [-–](?=\()"
        unit = _reversed({*self.units.before, *self.months})
        self.before = re.compile(
            rf"(?P<sign>{sign})?(?P<bracket>\()?"
            rf"(?:(?P<gap> {{0,2}})(?P<unit>{unit})(?!{letter})(?P<outer_sign>{sign})?)?"
        )
        end = r"(?!\w)" if self.is_spaced else ""
        self.phrases_before = _roles(numbers.get("before", {}))
        self.phrases_after = _roles(numbers.get("after", {}))
        self.phrase_before = re.compile(rf"[ '\"“”„«»]{{0,2}}(?P<phrase>{_reversed(self.phrases_before)}){end}")
        self.phrase_after = re.compile(rf"[ ,]{{0,2}}(?P<phrase>{one_of(self.phrases_after)}){end}(?!/| ?\d)")
        ranges: Mapping[str, Any] = numbers.get("ranges", {})
        self.connectors = {
            role: frozenset(ranges.get(role, ()))
            for role in ("to", "and", "or", "list", "change", "margin", "coins", "by", "rough", "back", "onto")
        }
        self.coins = {word: Decimal(part) for word, part in table.get("currencies", {}).get("coins", {}).items()}
        self.tenth = re.compile(rf" ?(?P<tenth>\d(?!\d)|{one_of(self.numerals.digits)})")
        self.coin = re.compile(f" ?(?P<coin>{one_of(self.coins)})")
        self.from_is_change: bool = ranges.get("from_is_change", False)
        self.elided = _elided(numbers.get("elided", {}))
        movement = ranges.get("movement", ())
        arrival = numbers.get("arrival", ())
        self.arrival = re.compile((r"(?<!\w)" if self.is_spaced else "") + one_of(arrival)) if arrival else None
        bracketed = numbers.get("bracketed", ())
        self.bracketed = re.compile(rf" \({one_of(bracketed)} ?") if bracketed else None
        arrived = numbers.get("arrived", ())
        self.arrived = re.compile(rf" {one_of(arrived)}(?!\w)") if arrived else None
        self.movement = re.compile((r"(?<!\w)" if self.is_spaced else "") + one_of(movement)) if movement else None
        nouns = table.get("units", {})
        self.counted = frozenset(nouns.get("counted", ()))
        self.no_noun = frozenset(nouns.get("no_noun", ()))
        linked = f"(?:{one_of(numbers['linkers'])} ?)?" if numbers.get("linkers") else ""
        self.noun = re.compile(
            rf"[ -]{linked}(?P<noun>[^\W\d_][\w'-]*)"
            if self.is_spaced
            else f" ?(?P<noun>{one_of(nouns.get('measures', ()))})"
        )

    def before_number(self, reverse: str) -> re.Match[str]:
        """What stands before a number, matched on the reversed text before it; every part may be missing."""
        match = self.before.match(reverse)
        if match is None:  # the pattern matches the empty text
            raise AssertionError(reverse)
        return match

    def numbers(self, folded: str) -> Iterator[tuple[int, str, Reading | None]]:
        """Every number of a folded text: where it starts, as it stands, and what it says (None: a date, a version).

        Digits and words are searched apart: one search for both costs ten times as much.
        """
        position, word, digit = 0, self.words.search(folded), _DIGIT.search(folded)
        while True:
            if digit is not None and digit.start() < position:
                digit = _DIGIT.search(folded, position)
            if word is not None and word.start() < position:
                word = self.words.search(folded, position)
            if digit is None and word is None:
                return
            if word is not None and (digit is None or word.start() < digit.start()):
                start, run = word.start(), word.group()
            else:
                start = digit.start() if digit else position
                if _HEADLESS.search(folded, max(0, start - 2), start):
                    start -= 1  # $.08
                match = self.figures.match(folded, start)
                run = match.group() if match else folded[start]
                if match is None or match["date"]:
                    position = start + len(run)
                    yield start, run, None
                    continue
            reading = self.numerals.read(run)
            if reading is not None:
                run = run[: reading.length]
            position = start + len(run)
            yield start, run, reading


def _elided(table: Mapping[str, Iterable[str]]) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]] | None:
    """What stands before and behind a number that leaves its scale out, and what may follow it; None for no words."""
    if not table:
        return None
    return (
        re.compile(rf"(?:(?<!\w){one_of(table['before'])}|\((?:19|20)\d\d:) $"),
        re.compile(rf" {one_of(table['behind'])}(?!\w)"),
        re.compile(rf"$|[.,;:)\]\"”»](?!\d)| [–—(-]| (?:{one_of(table['follows'])}(?!\w)|(?:de )?(?:19|20)\d\d(?!\d))"),
    )


def _roles(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {phrase: role for role, phrases in table.items() for phrase in phrases}


def _reversed(words: Iterable[str]) -> str:
    return one_of(word[::-1] for word in words)


@cache
def grammar(language: str) -> Grammar:
    """The language's grammar. Raises FileNotFoundError where the language has no data."""
    return Grammar(language)
