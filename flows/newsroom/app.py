"""The newsroom as an ASGI app: what a day's clock lets stand, with conditional answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from flows.newsroom.editions import Publication, Site, sites
from flows.newsroom.pages import (
    last_published,
    render_article,
    render_index,
    render_listing,
    render_robots,
    render_welcome,
)

Clock = Callable[[], date]
MEDIA_TYPES = {
    "feed.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "sitemap.xml": "application/xml; charset=utf-8",
}
HTML = "text/html; charset=utf-8"


def create_app(clock: Clock) -> Starlette:
    """The app that serves what is published by the clock's day. It asks the clock at every request."""
    sites()  # a fault in the story's files is raised here, not answered as a 500 later

    async def welcome(request: Request) -> Response:
        return _answer(request, render_welcome(_base_url(request)), HTML, None)

    async def robots(request: Request) -> Response:
        return _answer(request, render_robots(_base_url(request)), "text/plain; charset=utf-8", None)

    async def index(request: Request) -> Response:
        site, published = _site(request, clock())
        return _answer(request, render_index(site, published, _base_url(request)), HTML, last_published(published))

    async def listing(request: Request) -> Response:
        site, published = _site(request, clock())
        name = request.path_params["listing"]
        try:
            body = render_listing(name, site, published, _base_url(request))
        except KeyError:
            raise HTTPException(404) from None
        return _answer(request, body, MEDIA_TYPES[name], last_published(published))

    async def article(request: Request) -> Response:
        site, published = _site(request, clock())
        for publication in published:
            if publication.slug == request.path_params["slug"]:
                body = render_article(site, publication, _base_url(request))
                return _answer(request, body, HTML, publication.published_at)
        raise HTTPException(404)

    return Starlette(
        routes=[
            Route("/", welcome),
            Route("/robots.txt", robots),
            Route("/{site}/", index),
            Route("/{site}/{listing}", listing),
            Route("/{site}/news/{slug}", article),
        ]
    )


def _base_url(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _site(request: Request, day: date) -> tuple[Site, tuple[Publication, ...]]:
    site = sites().get(request.path_params["site"])
    if site is None:
        raise HTTPException(404)
    return site, site.on(day)


def _answer(request: Request, body: bytes, media_type: str, modified: datetime | None) -> Response:
    """The document, or 304 without a body where the asker holds it already."""
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if modified:
        headers["Last-Modified"] = format_datetime(modified, usegmt=True)
    if _is_held(request, etag, modified):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def _is_held(request: Request, etag: str, modified: datetime | None) -> bool:
    """If-None-Match decides where it is sent; If-Modified-Since only without it (RFC 9110, 13.2.2)."""
    if (tags := request.headers.get("if-none-match")) is not None:
        return tags.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in tags.split(",")}
    since = request.headers.get("if-modified-since")
    if since is None or modified is None:
        return False
    try:
        return modified <= parsedate_to_datetime(since)
    except (ValueError, TypeError):  # not a date, or one without a zone: as if it had not been sent
        return False
