"""A page's bytes into text: by what declares the encoding, or by the bytes; never into mojibake unnoticed."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import webencodings

from extractors.language import detect_language
from extractors.model import Page
from extractors.parts import ArticleError

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_UNREADABLE = "\N{REPLACEMENT CHARACTER}"
_FEW = 0.001
"""The share of characters that may be broken in a text that is in its encoding all the same."""
_SAMPLE = 50_000
"""Bytes that are looked at where nothing declares the encoding."""
_DETECTED = {
    "cp1250": "windows-1250", "iso8859_2": "iso-8859-2", "cp1251": "windows-1251", "cp1253": "windows-1253",
    "cp1254": "windows-1254", "cp1255": "windows-1255", "cp1256": "windows-1256", "koi8_r": "koi8-r",
    "gb18030": "gb18030", "big5": "big5", "shift_jis": "shift_jis", "euc_jp": "euc-jp", "cp949": "euc-kr",
}  # fmt: skip
"""What a page without a label may be in, and its label on the web."""
_OF_SCRIPT = {"gb18030": "zh", "big5": "zh", "shift_jis": "ja", "euc_jp": "ja", "cp949": "ko"}
"""Encodings of a script that tells its language, where a few words confirm it."""
_LEAST_MESS = 0.1
_CENTRAL_EUROPE = {"pl", "cs", "sk", "hu", "ro", "hr", "bs", "sl"}
"""Languages that windows-1250 was made for; it and windows-1252 look alike to who counts characters."""


def decode_body(page: Page) -> str:
    """The body as text: by its byte order mark, the HTTP header, a `<meta charset>`, as UTF-8, or as its bytes look.

    A label means what it means on the web: `iso-8859-1` is windows-1252, `gb2312` is GBK; what is UTF-8 byte for byte
    is UTF-8 whatever it declares. A few bytes that fit nowhere become replacement characters. Raises ArticleError
    where nothing fits, or an unknown encoding is declared.
    """
    body, declared = page.body, list(_declared(page))
    tells = b"\0" not in body and not body.isascii()
    for label in dict.fromkeys(["utf-8", *declared] if tells else [*declared, "utf-8"]):
        text = _decode(body, label, "strict")
        if text is not None:
            return text
    if not declared and (text := _detected(body)) is not None:
        return text
    label = declared[0] if declared else "utf-8"
    text = _decode(body, label, "replace") or ""
    if text.count(_UNREADABLE) > _FEW * len(text):
        raise ArticleError(
            f"is not {label.upper()} (byte {_first_fault(body, label):,}), and declares no other encoding"
        )
    return text


def _declared(page: Page) -> Iterator[str]:
    """The labels that a page gives itself, the surest first. Raises ArticleError where one is unknown."""
    if mark := next((label for mark, label in _BOMS if page.body.startswith(mark)), None):
        yield mark
        return
    header = _HEADER.search(page.headers.get("content-type", ""))
    meta = _META.search(page.body[:4096])
    for label in (header and header[1], meta and meta[1].decode("ascii", "replace")):
        if label and webencodings.lookup(label) is None:
            raise ArticleError(f"declares an unknown encoding, {label!r}")
        if label:
            yield label.lower()


def _decode(body: bytes, label: str, errors: str) -> str | None:
    """The text without its byte order mark; None where the body is not in this encoding."""
    try:
        text, _ = webencodings.lookup(label).codec_info.decode(body, errors)
    except UnicodeError:
        return None
    return str(text).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")


def _first_fault(body: bytes, label: str) -> int:
    try:
        webencodings.lookup(label).codec_info.decode(body, "strict")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _detected(body: bytes) -> str | None:
    """The text in the encoding that its bytes look like; None where no language confirms it."""
    from charset_normalizer import from_bytes  # only who has to guess waits for it

    start = next((place for place, byte in enumerate(body) if byte > 127), 0)
    sample = body[max(0, start - _SAMPLE // 2) :][:_SAMPLE]
    found = from_bytes(sample, cp_isolation=list(_DETECTED)).best()
    if found is None or not (found.coherence or _is_of_script(str(found), found)):
        return None
    is_western = found.encoding == "cp1250" and detect_language(str(found)) not in _CENTRAL_EUROPE
    return _decode(body, "windows-1252" if is_western else _DETECTED[found.encoding], "strict")


def _is_of_script(text: str, found: CharsetMatch) -> bool:
    """Whether what is not ASCII in a text is of the language that its encoding was made for."""
    words = "".join(char for char in text if not char.isascii())
    return found.chaos < _LEAST_MESS and detect_language(words) == _OF_SCRIPT.get(found.encoding)
