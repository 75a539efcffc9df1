"""A listing: a newsroom's HTML page of links, and its next pages, by CSS selectors."""

from __future__ import annotations

from functools import partial

import soupsieve
from bs4 import BeautifulSoup, Tag

from extractors.model import Candidate, Page, Source
from extractors.parts import date_of
from flows.discover.paging import Part, read_pages, without_address
from flows.discover.question import Answer, DiscoverError, Question, Web, join_remarks, web_address


async def discover_listing(source: Source, web: Web, asked: Question) -> Answer:
    """The links that a newsroom's page holds, with titles and days as hints where the selectors find them.

    Raises DiscoverError where the selectors find nothing: the page was made anew, or they are wrong.
    """
    return await read_pages(source, web, asked, partial(read_listing, source))


def read_listing(source: Source, page: Page) -> Part:
    """The items of one page. Raises DiscoverError where it has none."""
    tree = BeautifulSoup(page.body, "lxml")
    items = tree.select(source.selectors.item)
    if not items:
        raise DiscoverError(
            source, page.url, f'listing has nothing that selectors.item = "{source.selectors.item}" finds'
        )
    candidates = [_candidate(source, page.base_url, item) for item in items]
    named = tuple(candidate for candidate in candidates if candidate)
    if not named:
        raise DiscoverError(source, page.url, f'no item has what selectors.link = "{source.selectors.link}" finds')
    following = tree.select_one(source.selectors.next) if source.selectors.next else None
    return Part(
        named,
        join_remarks([without_address("listing", candidates.count(None), len(candidates))]),
        older_url=web_address(str(following["href"]), page.base_url) if following and following.get("href") else None,
    )


def _candidate(source: Source, base: str, item: Tag) -> Candidate | None:
    selectors = source.selectors
    link = item if soupsieve.match(selectors.link, item) else item.select_one(selectors.link)
    url = web_address(str(link.get("href", "")), base) if link else None
    if url is None:
        return None
    title = item.select_one(selectors.title) if selectors.title else link
    day = item.select_one(selectors.date) if selectors.date else None
    return Candidate(
        source_id=source.id,
        url=url,
        title=" ".join(title.get_text(" ").split()) or None if title else None,
        published=date_of(str(day.get("datetime") or day.get_text(" ", strip=True))) if day else None,
    )
