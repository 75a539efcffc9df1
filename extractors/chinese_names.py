"""Company names in Chinese: where a code, a colon, a verb of telling or a word like 集团 sets them off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from extractors.lexicon import read_language
from extractors.name_words import name_words
from extractors.names import on_one_line
from extractors.sentences import Sentence

_HAN = r"[\u4e00-\u9fffA-Za-z]"
_CODE = re.compile(rf"{_HAN}{{2,12}}(?=[(（](?:\d{{6}}\.S[HZ]|[A-Z0-9]{{1,6}}\.[A-Z]{{1,2}})[)）])")
_HEAD = re.compile(
    rf"(?:[日讯消息]{{1,2}}[，,]|电，|[①-⑳]|\d、)\s*({_HAN}{{2,8}}?)(?:：|公告|在互动平台|发公告|发布公告)"
    rf"|^({_HAN}{{2,8}}?)(?:公告|在互动平台|发公告|发布公告)"
)
_TITLE = re.compile(rf"(?:^|[，！？。\s])({_HAN}{{2,8}}?)：")
_DATE = r"(?:20\d\d年)?前?(?:[\d０-９]{1,2}月)?(?:[\d０-９]{1,2}日)?"
_SHORTEST = 2
_LONGEST = 6
"""Characters of a name that nothing but its place marks as one."""


@cache
def _acting() -> re.Pattern[str]:
    when = "|".join(re.escape(word) for word in read_language("zh")["names"]["when"])
    acts = (*read_language("zh")["names"]["says"], *read_language("zh")["names"]["refuses"])
    says = "|".join(re.escape(word) for word in acts)
    return re.compile(rf"(?:^|[。；，！？：、“”（）\s])({_HAN}{{2,8}}?){_DATE}(?:{when})?(?:{says})")


@cache
def _described() -> re.Pattern[str]:
    """A name right behind what its company is, before a number, a time or an act ("手机厂商星芒2016年")."""
    names, companies = read_language("zh")["names"], read_language("zh")["companies"]
    kinds = (names["when"], names["says"], names["refuses"], set(companies["descriptors"]) - set(companies["anaphora"]))
    when, says, refuses, descriptors = ("|".join(map(re.escape, sorted(words))) for words in kinds)
    return re.compile(rf"(?:{descriptors})({_HAN}{{2,6}}?)(?=20\d\d年|{when}|{says}|{refuses})")


@cache
def _formal() -> re.Pattern[str]:
    """A name with its legal form, which it is told without from then on."""
    names = read_language("zh")["names"]
    forms, joints = ("|".join(re.escape(word) for word in names[kind]) for kind in ("forms", "joints"))
    return re.compile(rf"(?:^|[^\u4e00-\u9fff]|{joints})((?:(?!{joints}){_HAN}){{2,8}}?)(?:{forms})")


def _acting_names(sentences: Sequence[Sentence]) -> Iterator[str]:
    """Names that open a clause and do what companies do: with a company's ending, or said more than once."""
    endings = tuple(read_language("zh")["companies"]["suffixes"])
    strangers = tuple(read_language("zh")["names"]["strangers"])
    whole = "\n".join(sentence.text for sentence in sentences)
    title = "\n".join(sentence.text for sentence in sentences if sentence.where == "title")
    for number, sentence in enumerate(sentences):
        for match in _described().finditer(sentence.text) if number <= 1 else ():
            if not match.group(1).startswith(strangers) and match.group(1) not in endings:
                yield match.group(1)
        for match in _acting().finditer(sentence.text):
            name = match.group(1)
            is_topic = name in title and len(name) > _SHORTEST and whole.count(name) > 1
            opens = number <= 1 and match.start(1) == 0 and len(name) <= _LONGEST
            is_named = name.endswith(endings) or (opens and whole.count(name) > 1)
            if name not in endings and (is_topic or (is_named and not name.startswith(strangers))):
                yield name


def chinese_names(sentences: Sequence[Sentence]) -> Iterator[str]:
    """The names of an article's sentences that their surroundings mark as a company's."""
    other = name_words("zh").other | set(read_language("zh")["names"]["says"])
    for name in _acting_names(sentences):
        if not any(word in name for word in other):
            yield name
    for sentence in sentences:
        patterns = (_CODE, _HEAD, _formal(), *((_TITLE,) if sentence.where == "title" else ()))
        text = on_one_line(sentence.text)
        for match in (match for pattern in patterns for match in pattern.finditer(text)):
            written = next((group for group in match.groups() if group), match.group())
            if not any(word in written for word in other):
                yield written
