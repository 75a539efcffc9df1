"""Add a source: find the feeds and sitemaps of a site, and write its file."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

from extractors.model import Page, Source, SourceKind
from flows.answers import FetchError
from flows.check import Checked, check_source
from flows.fetch import Fetcher

_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/json")
_USUAL: tuple[tuple[SourceKind, str], ...] = (
    ("feed", "feed/"),
    ("feed", "rss.xml"),
    ("feed", "atom.xml"),
    ("sitemap", "/sitemap.xml"),
)
_MOST = 6


class AddError(Exception):
    """No source was added; the message says why."""


async def find_source(url: str, fetcher: Fetcher, *, allow_private: bool = False) -> Checked:
    """The best of what a page's site offers: its feeds, the sitemaps that robots.txt names, then the usual places.

    Raises AddError where none of them can be read.
    """
    source = _source("feed", url, allow_private)
    try:
        page = await fetcher.fetch(source, url)
        robots = await _sitemaps(source, url, fetcher)
    except FetchError as error:
        raise AddError(f"{url}: {error}") from error
    places: list[tuple[SourceKind, str]] = [_itself(page), *(("feed", link) for link in _feeds(page))]
    places += [("sitemap", link) for link in robots]
    places += [(kind, urljoin(url, path)) for kind, path in _USUAL]
    tried = []
    for kind, place in list(dict.fromkeys(places))[: 1 + _MOST]:
        checked = await check_source(_source(kind, place, allow_private), fetcher)
        if checked.candidates:
            return checked
        tried.append(f"{place} ({'; '.join(checked.remarks)})")
    raise AddError(f"{url}: no feed or sitemap was found; tried {', '.join(tried)}")


def write_source(folder: Path, source: Source, *, source_id: str | None = None) -> Path:
    """Write the file of a source, not enabled. Raises AddError where there is one already."""
    path = folder / f"{source_id or _id(source.url)}.toml"
    fields = {"name": source.name, "kind": source.kind, "url": source.url, "authority": source.authority}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    lines += ["allow_private = true"] if source.allow_private else []
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write("\n".join([*lines, "enabled = false", ""]))
    except FileExistsError as error:
        raise AddError(f"{path}: is there already") from error
    return path


def _source(kind: SourceKind, url: str, allow_private: bool) -> Source:
    host = urlsplit(url).hostname or url
    return Source(id="new", name=host, kind=kind, url=url, authority="press", allow_private=allow_private)


def _itself(page: Page) -> tuple[SourceKind, str]:
    return ("sitemap" if b"<urlset" in page.body[:2000] or b"<sitemapindex" in page.body[:2000] else "feed"), page.url


def _feeds(page: Page) -> list[str]:
    """The feeds that a page's head names, in its order."""
    links = BeautifulSoup(page.body, "lxml").select('link[rel~="alternate"][href]')
    return [urljoin(page.base_url, str(link["href"])) for link in links if str(link.get("type")).lower() in _FEEDS]


async def _sitemaps(source: Source, url: str, fetcher: Fetcher) -> list[str]:
    """The sitemaps that robots.txt names."""
    try:
        robots = await fetcher.fetch(source, urljoin(url, "/robots.txt"))
    except FetchError:
        return []
    return re.findall(r"(?im)^sitemap:\s*(\S+)", robots.body.decode("utf-8", "replace"))


def _id(url: str) -> str:
    """A file's name of a host: `news.acme.example` gives `news_acme_example`."""
    return re.sub(r"\W+", "_", (urlsplit(url).hostname or "source").removeprefix("www.")).strip("_").lower()
