"""What makes a word no refusal: that it is negated itself, only describes something, or is of another act."""

from __future__ import annotations

from extractors.cues import Cue
from extractors.lexicon import read_language
from extractors.metrics import NAMES
from extractors.readings import Reading

REACH = 60
"""Characters between a negation and the verb of telling that it denies."""
REPORTS = 40
"""Characters between an end and the report or figures that are ended."""
BESIDE = 16
"""Characters between two words of one verb group ("has not yet withdrawn")."""
NOUN = 26
"""Characters between a "no" and the noun that it denies ("no new full-year target")."""


def stretch(cue: Cue) -> tuple[int, int]:
    """A cue with its other half."""
    start, end = cue.partner or (cue.start, cue.end)
    return min(cue.start, start), max(cue.end, end)


def span(one: Cue, other: Cue) -> tuple[int, int]:
    """From the first of two cues to the last, each with its other half."""
    ends = (stretch(one), stretch(other))
    return min(start for start, _ in ends), max(end for _, end in ends)


def reach(reading: Reading) -> int:
    """How far a negation may stand from its verb: where verbs end a clause, farther."""
    reach: int = read_language(reading.language)["reach"]["not"]
    return reach


def has_late_verbs(reading: Reading) -> bool:
    """Whether verbs end their clause."""
    return reach(reading) >= REACH


def is_negated(reading: Reading, cue: Cue) -> bool:
    """Whether a negation before it, or within its verb, takes a refusing word back ("did not decline to")."""
    if _is_negative(reading, cue):  # a second half of a negation of its own ("n'est pas connu")
        return False
    start, end = stretch(cue)
    halves = ((cue.start, cue.end), cue.partner or (cue.start, cue.end))
    return any(
        "stop" not in other.kinds and reading.separators(min(other.end, start), start) == (0, 0)
        for other in reading.cues_of("not", max(0, start - BESIDE), end)
        if not any(first <= other.start < last for first, last in halves)
    )


def is_double(reading: Reading, negation: Cue, tell: Cue) -> bool:
    """Whether what is negated is itself a refusal ("did not refuse to disclose")."""
    between = reading.cues_within(negation.end, tell.start)
    return any(cue.kinds & {"decline", "stop"} and "not" not in cue.kinds for cue in between)


def is_declined(reading: Reading, stop: Cue) -> bool:
    """Whether the end is itself declined ("has no plans to stop reporting")."""
    declined = reading.cues_of("decline", max(0, stop.start - 2 * BESIDE), stop.start)
    return "not" not in stop.kinds and any(reading.separators(one.end, stop.start) == (0, 0) for one in declined)


def is_attributive(reading: Reading, cue: Cue) -> bool:
    """Whether a word like "confidential" only describes a noun that is no figure: "confidential information"."""
    if "attribute" not in cue.kinds:
        return False
    rest = reading.folded[cue.end :].lstrip(" ")
    if not rest or not rest[0].isalnum():
        return False
    first, last = cue.start - BESIDE, cue.end + BESIDE
    kinds = ("figure", "howmany", "price", "target")
    is_figure = any(reading.has(kind, max(0, first), last) for kind in kinds)
    is_metric = any(one.role != "also" and one.end > first for one in reading.metrics_within(max(0, first - 20), last))
    return not is_figure and not is_metric


def is_unasked(reading: Reading, one: Cue, tell: Cue) -> bool:
    """Whether what is not told is no figure: "did not say when", "whether", "who", "the name of the buyer"."""
    start, end = span(one, tell)
    if any(
        cue.start - end <= 2 and not _is_pronoun(reading, cue) for cue in reading.cues_of("unasked", end, end + NOUN)
    ):
        return not _is_also_asked(reading, end)
    if _is_whether(reading, start):
        return True
    left, right = reading.segment(start, end)
    if any(reading.has(kind, left, right) for kind in ("howmany", "figure", "target")):
        return False
    return _is_unmeasured(reading, end, right) or _is_unmeasured(reading, left, start)


def _is_pronoun(reading: Reading, cue: Cue) -> bool:
    """Whether nothing follows a word that may open a clause or point back: "I will not answer that"."""
    return "it" in cue.kinds and not reading.folded[cue.end : cue.end + 1].isspace()


def _is_also_asked(reading: Reading, start: int) -> bool:
    """Whether a question for a figure is joined behind one that is not: "whether it pays or how much"."""
    asked = next(reading.cues_of("howmany", start, start + 2 * REACH), None)
    return asked is not None and reading.has("and", start, asked.start)


def _is_whether(reading: Reading, end: int) -> bool:
    """Whether the sentence opens with a question that is not for a figure: "Whether that is good is unknown"."""
    opens = any(cue.start <= BESIDE // 8 for cue in reading.cues_of("unasked", 0, end))
    return opens and not any(reading.has(kind, 0, end) for kind in ("howmany", "figure", "target", "it"))


def _is_unmeasured(reading: Reading, start: int, end: int) -> bool:
    """Whether the first thing that a stretch speaks of has no figure: "the reason for the fall in sales"."""
    noun = next(reading.cues_of("unmeasured", start, end), None)
    named = [one.start for one in reading.metrics_within(start, end) if one.role in NAMES]
    if noun is None or read_language(reading.language)["reach"].get("heads_last"):
        return any(end - one.end <= 1 for one in reading.cues_of("unmeasured", start, end))
    return noun.start <= min(named, default=end)


def is_another_act(reading: Reading, cue: Cue, tell: Cue) -> bool:
    """Whether the telling is a second act, where verbs do not end their clause: "stopped shipping and providing"."""
    return not has_late_verbs(reading) and "not" not in cue.kinds and reading.has("and", cue.end, tell.start)


def is_no_telling(reading: Reading, cue: Cue, tell: Cue) -> bool:
    """Whether it only says who says so ("is not so, says Acme"), or is a noun ("did not raise its forecast")."""
    if "target" in tell.kinds and tell.start - cue.end > BESIDE:
        return True
    return "leads" in tell.kinds and reading.separators(cue.end, tell.start) != (0, 0)


def has_other_object(reading: Reading, cue: Cue, target: Cue) -> bool:
    """Whether what is withdrawn stands behind, and a target only before: "a goal to pull back the curtain"."""
    if target.start >= cue.end or has_late_verbs(reading):
        return False
    rest = reading.folded[cue.end :].lstrip(" ")
    word = rest.split(" ", 1)[0].strip(".,;:)")
    return bool(word) and word not in read_language(reading.language)["refusals"]["beyond"] and not word[0].isdigit()


def is_verbal(cue: Cue, reading: Reading) -> bool:
    """Whether a refusing word leads to a verb and has no noun as its object: "failed to"."""
    return cue.text.rpartition(" ")[2] in read_language(reading.language)["refusals"]["verbal"]


def is_of_jobs(reading: Reading, cue: Cue, target: Cue) -> bool:
    """Whether jobs are what is cut, not the target: "cuts its outlook and scraps 500 jobs"."""
    first, last = (cue.end, target.start) if target.start >= cue.end else (target.end, cue.end + REPORTS)
    jobs = (one for one in reading.metrics_within(first, last) if one.metric in ("job_cuts", "employees"))
    return any(not (one.start < cue.end and cue.start < one.end) for one in jobs)


def _is_negative(reading: Reading, cue: Cue) -> bool:
    """Whether a word opens with a negation itself: "niet langer", "pas connu"."""
    return cue.text.partition(" ")[0] in read_language(reading.language)["refusals"]["not"]


def may_lead(reading: Reading, tell: Cue, negation: Cue) -> bool:
    """Whether a verb of telling may stand before its negation or end ("publishes neither", "nennt ... nicht")."""
    if "stop" in negation.kinds and "more" in negation.kinds:  # "published them for the last time"
        return True
    if "stop" in negation.kinds and not _is_negative(reading, negation):  # "announced that it would stop"
        return False
    return "leads" in tell.kinds or ("none" in negation.kinds and negation.start - tell.end <= BESIDE // 4)
