"""Where a sentence refuses: a negated, ended or declined telling, a target taken back or never set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from extractors.cues import Cue
from extractors.readings import Reading
from extractors.refusal_scope import (
    BESIDE,
    NOUN,
    REACH,
    REPORTS,
    has_late_verbs,
    has_other_object,
    is_another_act,
    is_attributive,
    is_declined,
    is_double,
    is_negated,
    is_no_telling,
    is_of_jobs,
    is_unasked,
    is_verbal,
    may_lead,
    reach,
    span,
    stretch,
)

Rule = Literal["refuse", "withheld", "stop", "withdraw"]

_TELLING = frozenset(("tell", "poses"))
_TARGET_REACH = 160
"""Characters between a withdrawal and the target that it takes back."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A place where something is not told, no longer told, or taken back."""

    start: int
    end: int
    rule: Rule
    is_stop: bool = False
    """From now on, rather than this time."""
    target: tuple[int, int] | None = None
    """The word for a target or forecast, where that is what is refused."""
    figure: tuple[int, int] | None = None
    """The word for a figure ("number", "amount"), where that is what is refused."""
    is_vague: bool = False
    """By a word that says little of what is refused: "declined to comment", "did not answer"."""
    is_gesture: bool = False
    """A reply only where something is asked: "shook his head", "smiled"."""


def find_refusals(reading: Reading) -> list[Refusal]:
    """The refusals of a sentence, in order; none that is speculated about, denied or itself negated."""
    used: set[int] = set()
    found: list[Refusal] = []
    for refusal, *cues in _candidates(reading):
        places = {cue.start for cue in cues} | {cue.partner[0] for cue in cues if cue.partner}
        if places & used or _is_unreal(reading, refusal):
            continue
        used |= places | {cue.start for cue in reading.cues_of("not", refusal.start, refusal.end + BESIDE)}
        found.append(refusal)
    return sorted(found, key=lambda refusal: refusal.start)


_Candidate = tuple[Refusal, *tuple[Cue, ...]]
"""What reads like a refusal, and the cues that make it one."""


def _candidates(reading: Reading) -> Iterator[_Candidate]:
    """Everything that reads like a refusal, the plainest first."""
    yield from _withdrawals(reading)
    for cue in reading.cues_of("withheld"):
        is_real = not is_negated(reading, cue) and not is_attributive(reading, cue)
        if is_real and not is_unasked(reading, cue, cue):
            start, end = stretch(cue)
            is_stop = "stop" in cue.kinds or reading.has("stop", start - BESIDE, end) or _is_onward(reading, start, end)
            figure = _figure(reading, start, end)
            yield Refusal(start, end, "withheld", is_stop, figure=figure, is_vague="vague" in cue.kinds), cue
    for cue in reading.cues_of("gesture"):
        yield Refusal(*stretch(cue), "withheld", is_vague=True, is_gesture=True), cue
    for stop in reading.cues_of("stop"):
        tell = _near(reading, stop, "tell", REACH) or _near(reading, stop, "reports", REPORTS)
        is_real = tell is not None and not is_negated(reading, stop) and not is_declined(reading, stop)
        if tell is not None and is_real and not is_unasked(reading, stop, tell):
            yield _refusal(reading, stop, tell, is_stop=True), stop, tell
    for decline in reading.cues_of("decline"):
        tell = _telling(reading, decline)
        if tell is not None and not is_negated(reading, decline) and not is_unasked(reading, decline, tell):
            yield _refusal(reading, decline, tell, is_stop=False), decline, tell
    for negation in reading.cues_of("not"):
        tell = _telling(reading, negation) if "stop" not in negation.kinds else None
        if tell is not None and not is_double(reading, negation, tell) and not is_unasked(reading, negation, tell):
            start, end = span(negation, tell)
            is_stop = reading.has("stop", start, end) or reading.has("more", start, end + BESIDE)
            is_stop = is_stop or _is_onward(reading, start, end)
            yield _refusal(reading, negation, tell, is_stop=is_stop), negation, tell
    yield from _absences(reading)


def _telling(reading: Reading, cue: Cue) -> Cue | None:
    """The verb of telling that a word denies; "make" or "set" is one where a target is its object."""
    tell = _near(reading, cue, "tell", reach(reading))
    if tell is not None:
        return tell
    posed = _near(reading, cue, "poses", reach(reading))
    return posed if posed and reading.has("target", max(0, posed.start - NOUN), posed.end + NOUN) else None


def _withdrawals(reading: Reading) -> Iterator[_Candidate]:
    """Each target that is taken back, once: "is no longer valid and is withdrawn"."""
    seen: set[int] = set()
    for cue in reading.cues_of("withdraw"):
        target = _near(reading, cue, "target", _TARGET_REACH)
        if target is None or "plans" in target.kinds:  # whatever it was that was planned
            continue
        if is_of_jobs(reading, cue, target) or has_other_object(reading, cue, target):
            continue
        if all(reading.has(kind, cue.end, target.start) for kind in ("not", "tell")):
            continue  # another act's: "shelved the plant and did not say when it would give targets"
        if target.start not in seen and not is_negated(reading, cue):
            seen.add(target.start)
            start, end = span(cue, target)
            yield Refusal(start, end, "withdraw", target=(target.start, target.end)), cue


def _absences(reading: Reading) -> Iterator[_Candidate]:
    """Nothing there to be told, or none to be given: "no sales target", "without figures", "refused any forecast"."""
    declined = [
        one for one in reading.cues_of("decline") if not is_negated(reading, one) and not is_verbal(one, reading)
    ]
    yield from _fronted(reading, declined)
    for none in (*reading.cues_of("none"), *declined):
        for kind in ("target", "figure"):
            noun = next(reading.cues_of(kind, none.end, none.end + 2 * NOUN), None)
            if noun is None or noun.start - none.end > NOUN or reading.separators(none.end, noun.start) != (0, 0):
                continue
            if "plans" in noun.kinds:  # whatever it is that is not planned
                continue
            place = (noun.start, noun.end)
            if kind == "target":
                yield Refusal(none.start, noun.end, "refuse", target=place), none, noun
            else:
                yield Refusal(none.start, noun.end, "refuse", figure=place), none, noun


def _fronted(reading: Reading, declined: Iterable[Cue]) -> Iterator[_Candidate]:
    """A refused target that opens the clause, where verbs end it: "eine Prognose lehnte der Vorstand ab"."""
    if not has_late_verbs(reading):
        return
    for decline in declined:
        target = next(reversed(list(reading.cues_of("target", 0, decline.start))), None)
        if target is None or "plans" in target.kinds or any(reading.separators(target.end, decline.start)):
            continue
        yield Refusal(target.start, decline.end, "refuse", target=(target.start, target.end)), decline


def _refusal(reading: Reading, one: Cue, tell: Cue, *, is_stop: bool) -> Refusal:
    """A negated or ended telling."""
    start, end = span(one, tell)
    rule: Rule = "stop" if is_stop else "refuse"
    return Refusal(start, end, rule, is_stop, figure=_figure(reading, start, end), is_vague="vague" in tell.kinds)


def _figure(reading: Reading, start: int, end: int) -> tuple[int, int] | None:
    """The word for a figure in a refusal or right behind it, else right before."""
    figure = next(reading.cues_of("figure", start, end + NOUN), None)
    if figure is not None and reading.separators(end, max(end, figure.start)) == (0, 0):
        return figure.start, figure.end
    first = max(0, start - NOUN) if end - start > NOUN else max(0, start - REACH)
    before = list(reading.cues_of("figure", first, start))  # "a sum that it did not disclose"
    if not before or reading.separators(before[-1].end, start) != (0, 0):
        return None
    return before[-1].start, before[-1].end


def _is_onward(reading: Reading, start: int, end: int) -> bool:
    """Whether a refusal is from now on: "in future it will not say"."""
    left, right = reading.segment(start, end)
    return reading.has("onward", left, right)


def _near(reading: Reading, cue: Cue, kind: str, reach: int) -> Cue | None:
    """The nearest cue of a kind, with no full break between; one that follows counts as nearer."""
    best: tuple[float, Cue] | None = None
    for other in reading.cues_of(kind, max(0, cue.start - reach), cue.end + reach):
        if other is cue or cue.partner == (other.start, other.end):
            continue
        ahead = other.start >= cue.end
        if not ahead and kind == "reports" and not has_late_verbs(reading):  # "it is gone from the report"
            continue
        if not ahead and kind in _TELLING and not may_lead(reading, other, cue):
            continue
        if kind in _TELLING and ahead and (is_another_act(reading, cue, other) or is_no_telling(reading, cue, other)):
            continue
        start, end = (cue.end, other.start) if ahead else (other.end, cue.start)
        if kind in _TELLING and not ahead and reading.has("that", start, end):  # "says that it is not"
            continue
        strong, weak = reading.separators(start, end)
        aside = 10 if kind == "target" or not ahead else 25
        cost = (end - start) * (1 if ahead else 1.2) + 40 * strong + aside * weak
        if cost <= reach and (best is None or cost < best[0]):
            best = cost, other
    return best[1] if best else None


def _is_unreal(reading: Reading, refusal: Refusal) -> bool:
    """Whether the refusal is only thought of ("may stop"), or denied ("denied that it would stop")."""
    if refusal.rule != "withheld":
        for cue in reading.cues_of("maybe", max(0, refusal.start - BESIDE), refusal.end):
            if reading.separators(min(cue.end, refusal.start), refusal.start) == (0, 0):
                return True
    denying = reading.cues_of("deny", max(0, refusal.start - REACH), refusal.end)
    return any(reading.separators(cue.end, max(cue.end, refusal.start))[0] == 0 for cue in denying)
