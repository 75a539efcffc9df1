"""A page's bytes into text: by what declares the encoding, never by a guess that could store mojibake."""

from __future__ import annotations

import codecs
import re

from extractors.draft import ArticleError
from extractors.model import Page

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


def decode_body(page: Page) -> str:
    """The body as text: by its byte order mark, the HTTP header, a `<meta charset>`, or else as UTF-8.

    Raises ArticleError where the body is not in that encoding, or the encoding is unknown.
    """
    encoding = _declared(page)
    try:
        return page.body.decode(encoding)
    except LookupError as error:
        raise ArticleError(f"declares an unknown encoding, {encoding!r}") from error
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"is not {encoding.upper()} (byte {error.start:,}), and declares no other encoding"
        ) from error


def _declared(page: Page) -> str:
    for mark, encoding in _BOMS:
        if page.body.startswith(mark):
            return encoding
    if header := _HEADER.search(page.headers.get("content-type", "")):
        return header[1]
    if meta := _META.search(page.body[:4096]):
        return meta[1].decode("ascii", "replace")
    return "utf-8"
