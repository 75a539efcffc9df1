"""Where a sentence refuses: a negated, ended or declined telling, a target taken back or never set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extractors.cues import Cue
from extractors.lexicon import read_language
from extractors.readings import Reading

Rule = Literal["refuse", "withheld", "stop", "withdraw"]

_REACH = 60
"""Characters between a negation and the verb of telling that it denies."""
_TARGET_REACH = 160
"""Characters between a withdrawal and the target that it takes back."""
_REPORTS = 40
"""Characters between an end and the report or figures that are ended."""
_BESIDE = 16
"""Characters between two words of one verb group ("has not yet withdrawn")."""
_NOUN = 26
"""Characters between a "no" and the noun that it denies ("no new full-year target")."""


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


def find_refusals(reading: Reading) -> list[Refusal]:
    """The refusals of a sentence, in order; none that is speculated about, denied or itself negated."""
    used: set[int] = set()
    found: list[Refusal] = []
    for refusal, *cues in _candidates(reading):
        places = {cue.start for cue in cues} | {cue.partner[0] for cue in cues if cue.partner}
        if places & used or _is_unreal(reading, refusal):
            continue
        used |= places | {cue.start for cue in reading.cues_of("not", refusal.start, refusal.end + _BESIDE)}
        found.append(refusal)
    return sorted(found, key=lambda refusal: refusal.start)


_Candidate = tuple[Refusal, *tuple[Cue, ...]]
"""What reads like a refusal, and the cues that make it one."""


def _candidates(reading: Reading) -> Iterator[_Candidate]:
    """Everything that reads like a refusal, the plainest first."""
    yield from _withdrawals(reading)
    for cue in reading.cues_of("withheld"):
        if not _is_negated(reading, cue) and not _is_attributive(reading, cue):
            start, end = _stretch(cue)
            is_stop = "stop" in cue.kinds or reading.has("stop", start - _BESIDE, end)
            figure = _figure(reading, start, end)
            yield Refusal(start, end, "withheld", is_stop, figure=figure, is_vague="vague" in cue.kinds), cue
    for stop in reading.cues_of("stop"):
        tell = _near(reading, stop, "tell", _REACH) or _near(reading, stop, "reports", _REPORTS)
        is_real = tell is not None and not _is_negated(reading, stop) and not _is_declined(reading, stop)
        if tell is not None and is_real and not _is_unasked(reading, stop, tell):
            yield _refusal(reading, stop, tell, is_stop=True), stop, tell
    for decline in reading.cues_of("decline"):
        tell = _near(reading, decline, "tell", _reach(reading))
        if tell is not None and not _is_negated(reading, decline) and not _is_unasked(reading, decline, tell):
            yield _refusal(reading, decline, tell, is_stop=False), decline, tell
    for negation in reading.cues_of("not"):
        tell = _near(reading, negation, "tell", _reach(reading)) if "stop" not in negation.kinds else None
        if tell is not None and not _is_double(reading, negation, tell) and not _is_unasked(reading, negation, tell):
            start, end = _span(negation, tell)
            is_stop = reading.has("stop", start, end) or reading.has("more", start, end + _BESIDE)
            yield _refusal(reading, negation, tell, is_stop=is_stop), negation, tell
    yield from _absences(reading)


def _withdrawals(reading: Reading) -> Iterator[_Candidate]:
    for cue in reading.cues_of("withdraw"):
        target = _near(reading, cue, "target", _TARGET_REACH)
        if target is None or _is_of_jobs(reading, cue, target) or _has_other_object(reading, cue, target):
            continue
        if not _is_negated(reading, cue):
            start, end = _span(cue, target)
            yield Refusal(start, end, "withdraw", target=(target.start, target.end)), cue


def _absences(reading: Reading) -> Iterator[_Candidate]:
    """Nothing there to be told: "no sales target", "without figures"."""
    for none in reading.cues_of("none"):
        for kind in ("target", "figure"):
            noun = next(reading.cues_of(kind, none.end, none.end + 2 * _NOUN), None)
            if noun is None or noun.start - none.end > _NOUN or reading.separators(none.end, noun.start) != (0, 0):
                continue
            place = (noun.start, noun.end)
            if kind == "target":
                yield Refusal(none.start, noun.end, "refuse", target=place), none, noun
            else:
                yield Refusal(none.start, noun.end, "refuse", figure=place), none, noun


def _refusal(reading: Reading, one: Cue, tell: Cue, *, is_stop: bool) -> Refusal:
    """A negated or ended telling."""
    start, end = _span(one, tell)
    rule: Rule = "stop" if is_stop else "refuse"
    return Refusal(start, end, rule, is_stop, figure=_figure(reading, start, end), is_vague="vague" in tell.kinds)


def _figure(reading: Reading, start: int, end: int) -> tuple[int, int] | None:
    """The word for a figure in a refusal or right behind it."""
    figure = next(reading.cues_of("figure", start, end + _NOUN), None)
    if figure is None or reading.separators(end, max(end, figure.start)) != (0, 0):
        return None
    return figure.start, figure.end


def _stretch(cue: Cue) -> tuple[int, int]:
    """A cue with its other half."""
    start, end = cue.partner or (cue.start, cue.end)
    return min(cue.start, start), max(cue.end, end)


def _span(one: Cue, other: Cue) -> tuple[int, int]:
    ends = (_stretch(one), _stretch(other))
    return min(start for start, _ in ends), max(end for _, end in ends)


def _near(reading: Reading, cue: Cue, kind: str, reach: int) -> Cue | None:
    """The nearest cue of a kind, with no full break between; one that follows counts as nearer."""
    best: tuple[float, Cue] | None = None
    for other in reading.cues_of(kind, max(0, cue.start - reach), cue.end + reach):
        if other is cue or cue.partner == (other.start, other.end):
            continue
        ahead = other.start >= cue.end
        if not ahead and (kind == "reports" or (kind == "tell" and not _may_lead(other, cue))):
            continue
        if kind == "tell" and ahead and _is_another_act(reading, cue, other):
            continue
        start, end = (cue.end, other.start) if ahead else (other.end, cue.start)
        strong, weak = reading.separators(start, end)
        aside = 10 if kind == "target" or not ahead else 25
        cost = (end - start) * (1 if ahead else 1.2) + 40 * strong + aside * weak
        if cost <= reach and (best is None or cost < best[0]):
            best = cost, other
    return best[1] if best else None


def _reach(reading: Reading) -> int:
    """How far a negation may stand from its verb: where verbs end a clause, farther."""
    reach: int = read_language(reading.language)["reach"]["not"]
    return reach


def _is_attributive(reading: Reading, cue: Cue) -> bool:
    """Whether a word like "confidential" only describes a noun that is no figure: "confidential information"."""
    if "attribute" not in cue.kinds:
        return False
    rest = reading.folded[cue.end :].lstrip(" ")
    if not rest or not rest[0].isalnum():
        return False
    first, last = cue.start - _BESIDE, cue.end + _BESIDE
    kinds = ("figure", "howmany", "price", "target")
    is_figure = any(reading.has(kind, max(0, first), last) for kind in kinds)
    is_metric = any(one.role != "also" and one.end > first for one in reading.metrics_within(max(0, first - 20), last))
    return not is_figure and not is_metric


def _is_unasked(reading: Reading, one: Cue, tell: Cue) -> bool:
    """Whether what is not told is no figure: "did not say when", "whether", "who"."""
    _, end = _span(one, tell)
    return any(cue.start - end <= 2 for cue in reading.cues_of("unasked", end, end + _NOUN))


def _is_another_act(reading: Reading, cue: Cue, tell: Cue) -> bool:
    """Whether the telling is a second act, where verbs do not end their clause: "stopped shipping and providing"."""
    return _reach(reading) < _REACH and "not" not in cue.kinds and reading.has("and", cue.end, tell.start)


def _has_other_object(reading: Reading, cue: Cue, target: Cue) -> bool:
    """Whether what is withdrawn stands behind, and a target only before: "a goal to pull back the curtain"."""
    if target.start >= cue.end or _reach(reading) >= _REACH:
        return False
    rest = reading.folded[cue.end :].lstrip(" ")
    word = rest.split(" ", 1)[0].strip(".,;:)")
    return bool(word) and word not in read_language(reading.language)["refusals"]["beyond"] and not word[0].isdigit()


def _is_of_jobs(reading: Reading, cue: Cue, target: Cue) -> bool:
    """Whether jobs are what is cut, not the target: "cuts its outlook and scraps 500 jobs"."""
    first, last = sorted((cue.end, target.start)) if target.start >= cue.end else (cue.end, cue.end + _REPORTS)
    jobs = [one for one in reading.metrics_within(cue.start, last) if one.metric in ("job_cuts", "employees")]
    return any(one.start >= cue.end and first <= one.start < last for one in jobs)


def _is_double(reading: Reading, negation: Cue, tell: Cue) -> bool:
    """Whether what is negated is itself a refusal ("did not refuse to disclose")."""
    between = reading.cues_within(negation.end, tell.start)
    return any(cue.kinds & {"decline", "stop"} and "not" not in cue.kinds for cue in between)


def _is_declined(reading: Reading, stop: Cue) -> bool:
    """Whether the end is itself declined ("has no plans to stop reporting")."""
    declined = reading.cues_of("decline", max(0, stop.start - 2 * _BESIDE), stop.start)
    return "not" not in stop.kinds and any(reading.separators(one.end, stop.start) == (0, 0) for one in declined)


def _may_lead(tell: Cue, negation: Cue) -> bool:
    """Whether a verb of telling may stand before what negates it ("publishes neither", "nennt ... nicht")."""
    return "leads" in tell.kinds or ("none" in negation.kinds and negation.start - tell.end <= _BESIDE // 4)


def _is_negated(reading: Reading, cue: Cue) -> bool:
    """Whether a negation before it, or within its verb, takes a refusing word back ("did not decline to")."""
    start, end = _stretch(cue)
    return any(
        "stop" not in other.kinds and reading.separators(min(other.end, start), start) == (0, 0)
        for other in reading.cues_of("not", max(0, start - _BESIDE), end)
        if other.start not in (start, cue.start)
    )


def _is_unreal(reading: Reading, refusal: Refusal) -> bool:
    """Whether the refusal is only thought of ("may stop"), or denied ("denied that it would stop")."""
    if refusal.rule != "withheld":
        for cue in reading.cues_of("maybe", max(0, refusal.start - _BESIDE), refusal.end):
            if reading.separators(min(cue.end, refusal.start), refusal.start) == (0, 0):
                return True
    denying = reading.cues_of("deny", max(0, refusal.start - _REACH), refusal.end)
    return any(reading.separators(cue.end, max(cue.end, refusal.start))[0] == 0 for cue in denying)
