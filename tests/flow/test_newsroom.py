"""The embedded newsroom serves its story as real sites would, and only what the clock's day has seen."""

from __future__ import annotations

from datetime import date

import feedparser
import httpx
import pytest

from flows.newsroom.clock import FIRST_DAY, SEASON_ENDS
from flows.newsroom.editions import sites
from flows.newsroom.server import serve, serve_in_thread

LAST_DAY = SEASON_ENDS[-1]


@pytest.fixture(scope="module")
def newsroom():
    today = [LAST_DAY]
    with serve_in_thread(lambda: today[0]) as base_url, httpx.Client(base_url=base_url) as client:
        client.today = today
        yield client
        today[0] = LAST_DAY


def each_site():
    return [pytest.param(site, id=site.id) for site in sites().values()]


@pytest.mark.parametrize("site", each_site())
def test_feed_is_valid_and_lists_the_newest_first(newsroom, site):
    response = newsroom.get(f"/{site.id}/{site.look['listing']}")
    feed = feedparser.parse(response.content)
    assert not feed.bozo
    assert [entry.link for entry in feed.entries] == [
        f"{str(newsroom.base_url).rstrip('/')}/{site.id}/news/{publication.slug}"
        for publication in site.publications[:20]
    ]
