"""A page's bytes into text: by what declares the encoding, never by a guess that could store mojibake."""

from __future__ import annotations

import codecs
import re

import webencodings

from extractors.model import Page
from extractors.parts import ArticleError

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


def decode_body(page: Page) -> str:
    """The body as text: by its byte order mark, the HTTP header, a `<meta charset>`, or else as UTF-8.

    A label means what it means on the web: `iso-8859-1` is windows-1252, `gb2312` is GBK.
    Raises ArticleError where the body is not in that encoding, or the encoding is unknown.
    """
    label = _declared(page)
    encoding = webencodings.lookup(label)
    if encoding is None:
        raise ArticleError(f"declares an unknown encoding, {label!r}")
    try:
        text, _ = encoding.codec_info.decode(page.body, "strict")
    except UnicodeError as error:
        place = f" (byte {error.start:,})" if isinstance(error, UnicodeDecodeError) else ""
        raise ArticleError(f"is not {label.upper()}{place}, and declares no other encoding") from error
    return str(text).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")


def _declared(page: Page) -> str:
    for mark, label in _BOMS:
        if page.body.startswith(mark):
            return label
    if header := _HEADER.search(page.headers.get("content-type", "")):
        return header[1]
    if meta := _META.search(page.body[:4096]):
        return meta[1].decode("ascii", "replace")
    return "utf-8"
