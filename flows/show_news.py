"""News in words: a headline an event, and the message that those who watch are sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from flows.event_text import event_text
from flows.printable import printable
from warehouse.news import Announcement


def headline(news: Announcement) -> str:
    """An event in one line, with its figure where it has one."""
    return printable(event_text(asdict(news)))


def message(news: Sequence[Announcement]) -> tuple[str, str]:
    """Title and plain text of a message on one event or several: of each the headline, the quote, and its link."""
    title = headline(news[0]) if len(news) == 1 else f"{len(news)} events, the first: {headline(news[0])}"
    return title, "\n\n".join(_paragraph(each) for each in news)


def _paragraph(news: Announcement) -> str:
    lines = [
        headline(news),
        f"“{printable(news.quote)}”" if news.quote else f"Proof: {printable(news.title or 'the statement')}",
        printable(news.url),
        f"known {news.known_at:%Y-%m-%d}",
    ]
    return "\n".join(lines)
