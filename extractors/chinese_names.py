"""Company names in Chinese: where a code, a colon, a verb of telling or a word like 集团 sets them off."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from extractors.lexicon import read_language
from extractors.metrics import find_metrics
from extractors.name_words import name_words
from extractors.names import on_one_line
from extractors.periods import find_periods
from extractors.registry import registry
from extractors.sentences import Sentence

_HAN = r"[\u4e00-\u9fffA-Za-z]"
_NUMBER = r"\d{6}\.S[HZ]|[A-Z0-9]{1,6}\.[A-Z]{1,2}|(?!19|20)\d{4}"
_EXCHANGE = (
    r"(?:HK|HKEX|SEHK|SH|SZ|SSE|SZSE|NASDAQ|Nasdaq|NYSE|TWSE|港股|美股|A股|港交所|纳斯达克|納斯達克|纽交所|紐交所)"
)
_LISTED = rf"(?:{_EXCHANGE} ?[:：]?|(?:股份|股票|[证證]券)?代?[码碼号號][:：]) ?[A-Z0-9.]{{1,9}}"
_CODE = re.compile(rf"{_HAN}{{2,12}}(?=[(（](?:{_NUMBER}|{_LISTED})[)）、，,;；])")
_GLOSS = re.compile(
    rf"(?:^|[^\u4e00-\u9fffA-Za-z]|[与與和及由])((?:(?![与與和及由]){_HAN}){{2,8}}?)"
    r"(?=[(（][A-Z][\w .&'’-]{2,40}[)）])"
)
"""A name with how it is written in its own country."""
_HEAD = re.compile(
    rf"(?:[日讯消息]{{1,2}}[，,]|电，|[①-⑳]|\d、)\s*({_HAN}{{2,8}}?)(?:：|公告|在互动平台|发公告|发布公告)"
    rf"|^({_HAN}{{2,8}}?)(?:公告|在互动平台|发公告|发布公告)"
)
_TITLE = re.compile(rf"(?:^|[，！？。】》」｜|\s])({_HAN}{{2,8}}?)：")
_DATE = (
    r"[\s的]?(?:20\d\d ?(?:年|财年|財年))?前?(?:[\d０-９]{1,2}月)?"
    r"(?:[\d０-９]{1,2}日|今?[（(][\d０-９]{1,2}[)）]日?)?晚?"
)
_LABEL = re.compile(rf"(?:证券|證券|股票|公司|股份)(?:简称|簡稱|名称|名稱)[：:]\s*({_HAN}{{2,8}})")
_ANY_DAY = "2020-01-01"
"""For whether a phrase names a period at all."""
_SHORTEST = 2
_OFTEN = 2
_LEAD = 2
"""The last sentence, from the title on, that says what an article is about."""
_READ = 20_000
"""Characters of an article in which names are counted."""
_LONGEST = 6
"""Characters of a name that nothing but its place marks as one."""


@cache
def _acting() -> re.Pattern[str]:
    when = "|".join(re.escape(word) for word in read_language("zh")["names"]["when"])
    acts = (*read_language("zh")["names"]["says"], *read_language("zh")["names"]["refuses"])
    says = "|".join(re.escape(word) for word in acts)
    times = "|".join(re.escape(word) for word in read_language("zh")["names"]["when"] if len(word) > 1)
    return re.compile(rf"(?:^|[。；，！？：、“”「」（）\s])({_HAN}{{2,8}}?){_DATE}(?:(?:{when})?(?:{says})|{times})")


@cache
def _described() -> re.Pattern[str]:
    """A name right behind what its company is, before a number, a time or an act ("手机厂商星芒2016年")."""
    names = read_language("zh")["names"]
    kinds = (names["when"], names["says"], names["refuses"])
    when, says, refuses = ("|".join(map(re.escape, sorted(words))) for words in kinds)
    return re.compile(rf"(?:{_descriptors()})({_HAN}{{2,6}}?)(?=20\d\d年|\d{{1,2}}月|{when}|{says}|{refuses})")


@cache
def _quoted() -> re.Pattern[str]:
    """A name in quotes, right behind what its company is ("外卖平台“闪达”")."""
    return re.compile(rf"(?:{_descriptors()}|名叫|名为|名為|叫做|取名)[“「『]({_HAN}{{2,6}})[”」』]")


@cache
def _descriptors() -> str:
    companies = read_language("zh")["companies"]
    words = set(companies["descriptors"]) - set(companies["anaphora"])
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def _formal() -> re.Pattern[str]:
    """A name with its legal form, which it is told without from then on."""
    names = read_language("zh")["names"]
    forms, joints = ("|".join(re.escape(word) for word in names[kind]) for kind in ("forms", "joints"))
    return re.compile(rf"(?:^|[^\u4e00-\u9fff]|{joints})((?:(?!{joints}){_HAN}){{2,8}}?)(?:{forms})")


@cache
def _leads() -> re.Pattern[str]:
    """What stands right before a name and is none of it ("光刻机巨头", "欢迎参加")."""
    words = "|".join(map(re.escape, sorted(read_language("zh")["names"]["leads"], key=len, reverse=True)))
    return re.compile(rf"{_descriptors()}|{words}")


def _without_lead(name: str) -> str:
    """A name without what it is announced by: "光刻机巨头星芒" is 星芒, and 星芒航空科技 stays whole."""
    rests = [name[led.end() :] for led in _leads().finditer(name)]
    endings = name_words("zh").endings
    return next((rest for rest in reversed(rests) if len(rest) >= _SHORTEST and rest not in endings), name)


@cache
def _ending() -> re.Pattern[str]:
    """A name that ends as a company's, behind a break or a joint and before an act or a boss ("对话星芒药业董事长")."""
    names = read_language("zh")["names"]
    endings = "|".join(map(re.escape, name_words("zh").endings))
    joints = "|".join(map(re.escape, sorted({*names["joints"], *names["leads"]}, key=len, reverse=True)))
    kinds = ("says", "refuses", "bosses", "when", "goes_on")
    acts = "|".join(re.escape(word) for kind in kinds for word in names[kind])
    own = rf"(?:(?!{joints}){_HAN}){{2,6}}?(?:{endings})"
    return re.compile(rf"(?:^|[^\u4e00-\u9fffA-Za-z0-9]|{_descriptors()}|{joints})(?![a-z])({own}){_DATE}(?:{acts})")


def _ending_names(sentences: Sequence[Sentence], whole: str) -> Iterator[str]:
    """Names that end as a company's: told before a colon in the title, of a boss, or again without the ending."""
    strangers = tuple(read_language("zh")["names"]["strangers"])
    bosses = tuple(read_language("zh")["names"]["bosses"])
    for number, sentence in enumerate(sentences):
        text = on_one_line(sentence.text)
        is_title = sentence.where == "title"
        for match in _ending().finditer(text):
            name, behind = match.group(1), text[match.end(1) : match.end(1) + 8]
            stem = _stem(name)
            is_short = whole.count(stem) > whole.count(name)
            is_shown = number <= _LEAD or behind.startswith(bosses) or whole.count(name) > 1 or is_short
            if is_shown and len(stem) >= _SHORTEST and stem != name and not name.startswith(strangers):
                yield name
        for match in _TITLE.finditer(text) if is_title else ():
            if _stem(match.group(1)) != match.group(1):
                yield match.group(1)
        for match in _GLOSS.finditer(text):
            if match.group(1).endswith(name_words("zh").endings):
                yield match.group(1)


def _acting_names(sentences: Sequence[Sentence], whole: str) -> Iterator[str]:
    """Names that open a clause and do what companies do: with a company's ending, or said more than once."""
    endings = name_words("zh").endings
    strangers = tuple(read_language("zh")["names"]["strangers"])
    voices = tuple(read_language("zh")["names"]["voices"])
    title = "\n".join(sentence.text for sentence in sentences if sentence.where == "title")
    for number, sentence in enumerate(sentences):
        for match in _described().finditer(sentence.text):
            name = match.group(1)
            is_shown = number <= 1 or name.endswith(endings) or whole.count(name) > 1
            if is_shown and not name.startswith(strangers) and name not in endings:
                yield name
        for match in _quoted().finditer(sentence.text):
            if whole.count(match.group(1)) > 1:
                yield match.group(1)
        for match in _acting().finditer(sentence.text):
            name = match.group(1)
            is_topic = name in title and len(name) > _SHORTEST and whole.count(name) > 1
            opens = number <= 1 and match.start(1) == 0 and len(name) <= _LONGEST
            is_short_topic = name in title and whole.count(name) > _SHORTEST
            is_known = name in registry().also_words and sentence.text.startswith(voices, match.end(1))
            is_named = name.endswith(endings) or (opens and whole.count(name) > 1) or is_short_topic or is_known
            if name not in endings and (is_topic or (is_named and not name.startswith(strangers))):
                yield name


def _sure_names(sentences: Sequence[Sentence]) -> Iterator[str]:
    """Names with a code, a label or a legal form: they may hold any word ("客户云科技股份有限公司")."""
    for sentence in sentences:
        for pattern in (_CODE, _LABEL, _formal()):
            found = pattern.finditer(on_one_line(sentence.text))
            yield from (_without_form(_without_lead(match.group(match.lastindex or 0))) for match in found)


def _without_form(name: str) -> str:
    """A name without its legal form."""
    forms = read_language("zh")["names"]["forms"]
    return next((name.removesuffix(form) for form in forms if name.endswith(form) and len(name) > len(form) + 1), name)


def _headed_names(sentences: Sequence[Sentence], whole: str) -> Iterator[str]:
    """Names that open a notice, or a title, before a colon."""
    for sentence in sentences:
        text = on_one_line(sentence.text)
        written = list(_HEAD.finditer(text))
        if sentence.where == "title":
            written += [match for match in _TITLE.finditer(text) if whole.count(match.group(1)) > 1]
        for match in written:
            yield match.group(match.lastindex or 0)


def chinese_names(sentences: Sequence[Sentence]) -> Iterator[str]:
    """The names of an article's sentences that their surroundings mark as a company's, each once."""
    names = read_language("zh")["names"]
    other = (name_words("zh").other | set(names["says"])) - set(names["places"])
    whole = "\n".join(sentence.text for sentence in sentences)[:_READ]
    acted = dict.fromkeys(_acting_names(sentences, whole))
    acted |= dict.fromkeys(_ending_names(sentences, whole))
    acted = dict.fromkeys(map(_without_lead, acted))
    acting = [name for name in acted if _is_name(name, () if _is_topic(name, whole) else other)]
    stems = (_stem(name) for name in acting)
    alone = (stem for name, stem in zip(acting, stems, strict=True) if whole.count(stem) > whole.count(name))
    others = (name for name in (*_headed_names(sentences, whole), *alone) if _is_name(name, other))
    sure = (name for name in _sure_names(sentences) if name not in other and _is_name(name, ()))
    yield from dict.fromkeys((*acting, *sure, *others))


def _is_topic(name: str, whole: str) -> bool:
    """Whether a name that ends as a company's is said so often that it may hold any word ("目标汽车")."""
    return name.endswith(name_words("zh").endings) and whole.count(name) > _OFTEN


def _stem(name: str) -> str:
    """A name without the word for what its company does, which it is also told without; itself where it has none."""
    stem = next((name.removesuffix(one) for one in name_words("zh").endings if name.endswith(one)), name)
    return stem if len(stem) >= _SHORTEST else name


def _is_name(written: str, other: Collection[str]) -> bool:
    """Whether a phrase may be a name: no word of reports, no place, no metric, no period."""
    names = read_language("zh")["names"]
    if any(word in written for word in other) or written in names["places"] or written in names["nouns"]:
        return False
    measured = any(one.end - one.start == len(written) for one in find_metrics(written, "zh"))
    return not measured and not find_periods(written, "zh", _ANY_DAY)
