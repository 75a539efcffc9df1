"""A site's documents as bytes: article pages, indexes, feeds, sitemaps and robots.txt."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from flows.newsroom.editions import Publication, Site, sites
from flows.newsroom.writer import Writer

FEED_LENGTH = 20
RELATED = 3


def render_article(site: Site, publication: Publication, base_url: str) -> bytes:
    """A page. Its related links go to older pages only, so that it never changes."""
    older = [other for other in site.publications if other.day < publication.day][:RELATED]
    return _render(
        "article.html",
        site,
        base_url,
        publication=publication,
        related=older,
        url=article_url(site, publication, base_url),
        json_ld=Markup(_json_ld(site, publication, base_url)),  # noqa: S704 (JSON with its < escaped)
    )


def render_index(site: Site, publications: Sequence[Publication], base_url: str) -> bytes:
    """A site's front page."""
    return _render("site.html", site, base_url, publications=publications)


def render_listing(name: str, site: Site, publications: Sequence[Publication], base_url: str) -> bytes:
    """`feed.xml` or `atom.xml` with the newest, or `sitemap.xml` with all. Raises KeyError for another name."""
    if name not in {site.look["listing"], "sitemap.xml"}:
        raise KeyError(name)
    shown = publications if name == "sitemap.xml" else publications[:FEED_LENGTH]
    return _render(name, site, base_url, publications=shown, updated=last_published(publications))


def render_welcome(base_url: str) -> bytes:
    """The page that lists the sites."""
    return _environment().get_template("welcome.html").render(sites=sites().values(), base_url=base_url).encode()


def render_robots(base_url: str) -> bytes:
    """What crawlers may read."""
    return _environment().get_template("robots.txt").render(sites=sites().values(), base_url=base_url).encode()


def article_url(site: Site, publication: Publication, base_url: str) -> str:
    """Where a publication stands."""
    return f"{base_url}/{site.id}/news/{publication.slug}"


def last_published(publications: Sequence[Publication]) -> datetime | None:
    """When the newest appeared; None where nothing has."""
    return publications[0].published_at if publications else None


def _json_ld(site: Site, publication: Publication, base_url: str) -> str:
    organization = {"@type": "Organization", "name": site.look.get("legal_name", site.name)}
    author = {"@type": "Person", "name": publication.author} if publication.author else organization
    document = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": publication.title,
        "datePublished": publication.published_at.isoformat(),
        "inLanguage": site.language,
        "mainEntityOfPage": article_url(site, publication, base_url),
        "author": author,
        "publisher": organization,
    }
    return json.dumps(document, ensure_ascii=False).replace("<", "\\u003c")


def _render(template: str, site: Site, base_url: str, **context: Any) -> bytes:
    writer = Writer(site.language)
    context |= {"site": site, "base_url": base_url, "words": writer.words["page"], "day": writer.day}
    return _environment().get_template(template).render(context).encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("flows.newsroom"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.lstrip_blocks = True
    environment.filters["rfc822"] = format_datetime
    environment.globals["article_url"] = article_url
    return environment
