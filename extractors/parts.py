"""What a page itself says of its article, before the source's hints fill the gaps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cached_property

from extractors.model import Paragraph, period_span

_ISO = re.compile(r"\s*(\d{4})-?(\d\d)(?:-?(\d\d))?(?![\d-])", re.ASCII)
_LEAST_BYTES = 40
"""Of text in UTF-8: forty Latin letters or a dozen Chinese characters."""


class ArticleError(Exception):
    """A page that is no article; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Parts:
    """An article's parts as far as the page has them; None = it does not say."""

    paragraphs: tuple[Paragraph, ...]
    title: str | None = None
    subtitle: str | None = None
    byline: str | None = None
    """Who wrote it; several are separated by commas."""
    published: str | None = None
    """`YYYY-MM-DD` or `YYYY-MM`."""
    published_in: str | None = None
    """Where that was found: `json-ld`, `meta`, `json` (of a script), `url`, `text` or `file` (when it was made)."""
    modified: str | None = None
    """`YYYY-MM-DD` or `YYYY-MM`: when the page says that it was last changed."""
    language: str | None = None
    """ISO 639-1."""
    publisher: str | None = None
    canonical_url: str | None = None
    """The address that the page says to be its own."""
    note: str | None = None
    """What was not as its source says, for those who run it."""

    @cached_property
    def text(self) -> str:
        """The paragraphs, separated by a blank line."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def has_text(self) -> bool:
        """Whether there is enough of it for an article."""
        return len(self.text.encode()) >= _LEAST_BYTES


def date_of(text: str) -> str | None:
    """A date as machines write it, as `YYYY-MM-DD` or `YYYY-MM`; None where it is none.

    The day is the one that the text names: it is not moved into another time zone.

    >>> date_of("2024-05-16T23:30:00-04:00"), date_of("2017-01"), date_of("Thu, 16 May 2024 08:00:00 +0200")
    ('2024-05-16', '2017-01', '2024-05-16')
    >>> date_of("2024-13-01") is None and date_of("yesterday") is None
    True
    """
    try:
        if match := _ISO.match(text):
            label = "-".join(part for part in match.groups() if part)
            period_span(label)
        else:
            label = parsedate_to_datetime(text).date().isoformat()
    except (ValueError, OverflowError):
        return None
    return label


def language_code(tag: str) -> str | None:
    """The ISO 639-1 code of a language tag; None where it has none.

    >>> language_code("pt_BR"), language_code("EN"), language_code("English")
    ('pt', 'en', None)
    """
    code = tag.replace("_", "-").partition("-")[0].strip().lower()
    return code if len(code) == 2 and code.isalpha() else None


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    r"""A text's paragraphs, separated by blank lines; one whose lines hold tabs is a table.

    Nothing is trimmed: the paragraphs joined by blank lines are the text again, so that offsets hold in both.

    >>> paragraphs_of("One.\n\nSales\t12")
    (Paragraph(text='One.', role='paragraph'), Paragraph(text='Sales\t12', role='table'))
    """
    return tuple(Paragraph(block, "table" if "\t" in block else "paragraph") for block in text.split("\n\n"))
