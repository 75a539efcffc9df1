"""Plain text and Markdown into an article's parts."""

from __future__ import annotations

import re

from extractors.model import Paragraph
from extractors.parts import Parts, date_of, language_code, paragraphs_of
from extractors.spilled import gather_tables

_MARKER = re.compile(r"\s*date (\d{4}-\d\d(?:-\d\d)?)\s+")
_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(.*?)\n---[^\S\n]*(?:\n|$)", re.DOTALL)
_SETTING = re.compile(r"^(\w+):[^\S\n]*(.+?)[^\S\n]*$", re.MULTILINE)
_HEADING = re.compile(r"#{1,6}[^\S\n]+([^\n]*?)[\s#]*")
_BLANK_LINES = re.compile(r"\r?\n(?:[^\S\n]*\n)+")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_EMPHASIS = re.compile(r"\*\*|__|`")


def read_text(text: str) -> Parts:
    """Plain text, which may begin with a date marker.

    >>> read_text(" date 2017-01 Xiaomi will not say.").published
    '2017-01'
    """
    marker = _MARKER.match(text)
    published = date_of(marker[1]) if marker else None
    body = text[marker.end() :] if marker else text
    paragraphs = gather_tables(paragraphs_of(_BLANK_LINES.sub("\n\n", body).strip()))
    return Parts(paragraphs=paragraphs, published=published, published_in="text" if published else None)


def read_markdown(text: str) -> Parts:
    """Markdown: front matter (`title`, `date`, `lang`), a first heading as the title, links and emphasis taken off.

    >>> parts = read_markdown("---\\ndate: 2024-05-16\\n---\\n# Results\\n\\nSales were **12**.")
    >>> parts.title, parts.published, parts.paragraphs[0].text
    ('Results', '2024-05-16', 'Sales were 12.')
    """
    front = _FRONT_MATTER.match(text)
    settings = {key.lower(): value.strip("\"'") for key, value in _SETTING.findall(front[1])} if front else {}
    parts = read_text(text[front.end() :] if front else text)
    title = settings.get("title")
    paragraphs: list[Paragraph] = []
    for paragraph in parts.paragraphs:
        words = _EMPHASIS.sub("", _LINK.sub(r"\1", paragraph.text))
        heading = _HEADING.fullmatch(words)
        if heading and not title and not paragraphs:
            title = heading[1]
        elif heading:
            paragraphs.append(Paragraph(heading[1], "headline"))
        else:
            paragraphs.append(Paragraph(words, paragraph.role))
    published = date_of(settings.get("date", "")) or date_of(settings.get("published", "")) or parts.published
    return Parts(
        paragraphs=tuple(paragraphs),
        title=title,
        published=published,
        published_in="text" if published else None,
        language=language_code(settings.get("lang") or settings.get("language") or ""),
    )
