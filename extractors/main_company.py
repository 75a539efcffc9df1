"""Which company an article is mainly about: what speaks for each of the names in it, alike in every language."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.name_words import NameWords, name_words
from extractors.names import Evidence, is_company, on_one_line
from extractors.phrases import Found, fold
from extractors.registry import Kind, registry
from extractors.sentences import Sentence
from extractors.weights import read_weights, weigh

_OPENING = 18
"""Characters before a sentence's subject."""
_COUNTS = (1, 2, 3, 4, 6, 9, 14)
_FIRSTS = (0, 1, 2, 3, 5, 9)
"""The sentence that names a company first, in steps."""
_LEAD = 2
"""The last sentence, from the title on, that says what an article is about."""
_LISTED = 3
"""The longest name that is short for anything."""
_OF_TITLE = frozenset(("title", "headed", "acts"))
"""What any word of a title shows."""
_HEADING = (":", "：", " –", " -", " —", "——")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that an article may be about, and what speaks for it."""

    name: str
    features: dict[str, float]
    is_in_passing: bool = False
    """Whether it is only named in passing: once, behind the opening; as a word of the title alone; as a rival."""


@dataclass(frozen=True, slots=True)
class _Place:
    sentence: int
    start: int
    end: int
    kind: Kind


Find = Callable[[str], Sequence[Found[tuple[str, Kind]]]]


def read_candidates(
    sentences: Sequence[Sentence], evidence: Mapping[str, Evidence], find: Find, language: str
) -> list[Candidate]:
    """Every name that `find` finds in the sentences, by how much of the article is of it."""
    words = name_words(language)
    places: dict[str, list[_Place]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        for found in find(on_one_line(sentence.text)):
            places[found.what[0]].append(_Place(number, found.start, found.end, found.what[1]))
    ranks = _ranks({name: len(own) for name, own in places.items()})
    salience = _salience(places, sentences)
    salient = _ranks(salience)
    total, whole = sum(map(len, places.values())), sum(salience.values())
    told = {registry().canonical.get(name, name): one for name, one in evidence.items()}
    sure = {name for name in places if name not in told or is_company(told[name])}
    paragraphs = len({one.paragraph for one in sentences if one.where == "text"})
    candidates = []
    for name, own in places.items():
        features = _of_places(own, sentences, paragraphs, words) | _of_name(name, told.get(name))
        features |= {
            f"rank{min(ranks[name], 3)}": 1.0,
            f"salient{min(salient[name], 3)}": 1.0,
            "share": len(own) / total,
            "salience": salience[name] / whole,
            "alone": float(len(places) == 1),
            "sure": float(name in sure),
            "sure_beside": float(name not in sure and bool(sure)),
            "sure_often": float(name in sure and len(own) > 1),
            "only_sure": float(sure == {name}),
        }
        is_late = len(own) == 1 and own[0].sentence > _LEAD and name in registry().canonical
        is_word = name in told and not told[name].signals - _OF_TITLE and _is_lone(own, sentences)
        is_rival = len(sure | {name}) > 1 and all(_is_rival(sentences[one.sentence], one, words) for one in own)
        candidates.append(Candidate(name, features, is_late or is_word or is_rival))
    return candidates


def _is_lone(places: Sequence[_Place], sentences: Sequence[Sentence]) -> bool:
    """Whether a name is a single word that only opens the title, and a small word follows: "Letter to shareholders"."""
    if len(places) > 1:
        return False
    place, sentence = places[0], sentences[places[0].sentence]
    word, behind = sentence.text[place.start : place.end], sentence.text[place.end :]
    return sentence.where == "title" and place.start <= 2 and " " not in word and behind[1:2].islower()


def _is_rival(sentence: Sentence, place: _Place, words: NameWords) -> bool:
    """Whether a name stands for somebody else's rival ("competitor Acme"), or for the one it rivals ("Acme-Rivale")."""
    text = fold(on_one_line(sentence.text))
    return bool(
        words.rival.search(text[max(0, place.start - 40) : place.start]) or words.rivalled.match(text[place.end :])
    )


def main_candidate(candidates: Sequence[Candidate]) -> tuple[Candidate, float] | None:
    """The name that most speaks for, and how much; None where there is no name."""
    weights = read_weights("main")
    scored = [(weigh(one.features, weights), one) for one in candidates if not one.is_in_passing]
    if not scored:
        return None
    score, best = max(scored, key=lambda pair: pair[0])
    return best, score


def _ranks(sizes: Mapping[str, float]) -> dict[str, int]:
    """The place of each name by size, from 0."""
    return {name: rank for rank, name in enumerate(sorted(sizes, key=lambda name: -sizes[name]))}


def _salience(places: Mapping[str, Sequence[_Place]], sentences: Sequence[Sentence]) -> dict[str, float]:
    """How much each name is spoken of: a title and an opening count more, and so does a sentence's first name."""
    firsts = {(one.sentence, one.start) for one in _firsts(places)}
    weights = [4.0 if one.where == "title" else 3.0 if number <= _LEAD else 1.0 for number, one in enumerate(sentences)]
    return {
        name: sum(weights[one.sentence] * (1.5 if (one.sentence, one.start) in firsts else 1.0) for one in own)
        for name, own in places.items()
    }


def _firsts(places: Mapping[str, Sequence[_Place]]) -> Iterable[_Place]:
    """The first name of each sentence."""
    first: dict[int, _Place] = {}
    for one in (one for own in places.values() for one in own):
        known = first.get(one.sentence)
        if known is None or one.start < known.start:
            first[one.sentence] = one
    return first.values()


def _of_places(
    places: Sequence[_Place], sentences: Sequence[Sentence], all_paragraphs: int, words: NameWords
) -> dict[str, float]:
    """Where a name stands, how often, and what it does there."""
    body = [one for one in places if sentences[one.sentence].where == "text"]
    first_text = next((number for number, one in enumerate(sentences) if one.where == "text"), 0)
    first = body[0].sentence - first_text if body else len(sentences)
    last = body[-1].sentence - first_text if body else 0
    paragraphs = {sentences[one.sentence].paragraph for one in body}
    told: dict[str, float] = {
        f"times{bisect_left(_COUNTS, len(places))}": 1.0,
        f"first{bisect_left(_FIRSTS, first)}": 1.0,
        "first_place": min(first / max(len(sentences), 1), 1.0),
        "spread": max(last - first, 0) / max(len(sentences), 1),
        "paragraphs": len(paragraphs) / max(all_paragraphs, 1),
        "products": sum(one.kind == "product" for one in places) / len(places),
        "untold": float(not body),
    }
    for name, is_so in _KINDS_OF_PLACE.items():
        count = sum(is_so(sentences[one.sentence], one, words) for one in places)
        told |= {name: count / len(places), f"{name}:ever": float(count > 0)}
    return told


def _in_title(sentence: Sentence, place: _Place, words: NameWords) -> bool:
    return sentence.where == "title"


def _opens_title(sentence: Sentence, place: _Place, words: NameWords) -> bool:
    return sentence.where == "title" and place.start <= 2


def _heads_title(sentence: Sentence, place: _Place, words: NameWords) -> bool:
    """Whether it is all that stands before a colon or a dash in the title."""
    return _opens_title(sentence, place, words) and sentence.text.startswith(_HEADING, place.end)


def _opens(sentence: Sentence, place: _Place, words: NameWords) -> bool:
    return sentence.where == "text" and place.start <= _OPENING


def _acts(sentence: Sentence, place: _Place, words: NameWords) -> bool:
    return words.acts_at(on_one_line(sentence.text), place.start, place.end)


def _is_joined(sentence: Sentence, place: _Place, words: NameWords) -> bool:
    before = fold(on_one_line(sentence.text)[max(0, place.start - 20) : place.start])
    return bool(words.place_before.search(before))


def _is_figured(sentence: Sentence, place: _Place, words: NameWords) -> bool:
    return _has_digit(sentence.text)


@lru_cache(maxsize=256)
def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


_KINDS_OF_PLACE = {
    "titled": _in_title,
    "title_opened": _opens_title,
    "title_headed": _heads_title,
    "opens": _opens,
    "acting": _acts,
    "joined": _is_joined,
    "figured": _is_figured,
}


def _of_name(name: str, evidence: Evidence | None) -> dict[str, float]:
    """What the name itself is, and what the article announces it as."""
    told: dict[str, float] = {
        "registered": float(name in registry().canonical),
        "also_word": float(name in registry().also_words),
        f"words{min(name.count(' '), 3)}": 1.0,
        "short": float(len(name) <= _LISTED and name.isascii()),
        "capitals": float(name.isupper() and name.isascii()),
        "digits": float(any(char.isdigit() for char in name)),
        "unannounced": float(evidence is None),
    }
    if evidence is not None:
        told |= {f"is:{signal}": 1.0 for signal in evidence.signals}
        told |= {
            "is:none": float(not evidence.signals),
            "person": float(evidence.is_person),
            "human": float(evidence.is_human),
            "never_inside": float(not evidence.inside),
            "inside": min(evidence.inside, 5) / 5,
        }
    return told
