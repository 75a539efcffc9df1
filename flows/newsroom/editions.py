"""Every site with all that it ever publishes, and what of it stands there on a given day."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from flows.newsroom.chronicle import file_ids, read_company, read_toml
from flows.newsroom.markup import Block, read_blocks
from flows.newsroom.prose import history, write, write_release

PRESS_TIME = time(6, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Publication:
    """A press release or a news article as it stands on its site, for good."""

    slug: str
    title: str
    day: date
    blocks: tuple[Block, ...]
    author: str | None = None
    section: str | None = None

    @property
    def published_at(self) -> datetime:
        """The moment it appeared, UTC."""
        return datetime.combine(self.day, PRESS_TIME)

    @property
    def summary(self) -> str:
        """Its first paragraph."""
        return next(block.text for block in self.blocks if block.kind == "paragraph")


@dataclass(frozen=True, slots=True)
class Site:
    """One publisher's site: a company's newsroom or a news site."""

    id: str
    name: str
    language: str
    is_press: bool
    look: Mapping[str, Any]
    """Tagline, colour, listing (`feed.xml` or `atom.xml`), and a company's town and boilerplate."""
    publications: tuple[Publication, ...]
    """Newest first."""

    def on(self, day: date) -> tuple[Publication, ...]:
        """What has been published by the end of `day`, newest first."""
        return tuple(publication for publication in self.publications if publication.day <= day)


@cache
def sites() -> Mapping[str, Site]:
    """Every site by its path prefix. Raises ValueError where two pages of a site would share an address."""
    every = (*map(_company_site, file_ids("companies")), *map(_press_site, file_ids("press")))
    return {site.id: site for site in every}


def _company_site(company_id: str) -> Site:
    company = read_company(company_id)
    releases = (
        _publication(release.published, *write_release(release, company.language)) for release in company.releases
    )
    news = (_piece(piece, company.language) for piece in company.news)
    return Site(
        company.id, company.name, company.language, False, company.about, _newest_first(company_id, [*releases, *news])
    )


def _press_site(site_id: str) -> Site:
    table = read_toml(f"press/{site_id}.toml")
    articles = [_piece(piece, table["language"]) for piece in table.pop("articles")]
    return Site(site_id, table["name"], table["language"], True, table, _newest_first(site_id, articles))


def _piece(piece: Mapping[str, Any], language: str) -> Publication:
    title, text = (write(piece[part], language, history()) for part in ("title", "text"))
    return _publication(piece["published"], title, text, piece.get("author"), piece.get("section"))


def _publication(
    day: date, title: str, text: str, author: str | None = None, section: str | None = None
) -> Publication:
    return Publication(f"{day:%Y-%m}-{_slug(title)}", title, day, read_blocks(text), author, section)


def _newest_first(site_id: str, publications: Iterable[Publication]) -> tuple[Publication, ...]:
    ordered = tuple(sorted(publications, key=lambda publication: (publication.day, publication.slug), reverse=True))
    slugs = [publication.slug for publication in ordered]
    if len(set(slugs)) < len(slugs):
        raise ValueError(f"{site_id}: two pages with one address: {sorted(slugs)}")
    return ordered


def _slug(title: str) -> str:
    """A title as an address has it.

    >>> _slug("Omzet 82,6 miljoen, één recht voor Velderwiek")
    'omzet-82-6-miljoen-een-recht-voor-velderwiek'
    """
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].rstrip("-")
