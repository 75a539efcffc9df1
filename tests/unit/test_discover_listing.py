from datetime import date

import pytest

from flows.discover import DiscoverError
from tests.unit.discovering import BASE, AWeb, a_source, ask

SITE = "https://acme.example"


def item(number: int, text: str = "") -> str:
    return (
        f'<article><a href="/{number}">Acme {number}</a><time datetime="2026-05-{number:02}">May</time>{text}</article>'
    )


def page(*numbers: int, following: str | None = None) -> str:
    link = f'<a rel="next" href="{following}">Older</a>' if following else ""
    return f"<html><body>{''.join(map(item, numbers))}{link}</body></html>"


PAGES = {
    BASE: page(9, 8, following="?page=2"),
    f"{BASE}?page=2": page(7, 6, following="?page=3"),
    f"{BASE}?page=3": page(5),
}


def test_items_are_candidates_with_title_and_day() -> None:
    answer = ask(a_source("listing"), AWeb(PAGES))
    assert [(each.url, each.title, each.published) for each in answer.candidates] == [
        (f"{SITE}/9", "Acme 9", "2026-05-09"),
        (f"{SITE}/8", "Acme 8", "2026-05-08"),
    ]


def test_older_pages_are_read_back_to_what_is_known_or_asked_about() -> None:
    web = AWeb(PAGES)
    assert len(ask(a_source("listing"), web, known=[f"{SITE}/6"]).candidates) == 4
    assert len(web.log) == 2
    answer = ask(a_source("listing"), AWeb(PAGES), since=date(2026, 5, 6), until=date(2026, 5, 8))
    assert [each.url for each in answer.candidates] == [f"{SITE}/8", f"{SITE}/7", f"{SITE}/6"]


def test_pages_without_end_come_to_one() -> None:
    class Endless(dict[str, str]):
        def __contains__(self, url: object) -> bool:
            return True

        def __getitem__(self, url: str) -> str:
            number = int(url.partition("=")[2] or 0)
            return f'<article><a href="/n{number}">x</a></article><a rel="next" href="?page={number + 1}">Older</a>'

    web = AWeb(Endless())
    answer = ask(a_source("listing"), web, since=date(2020, 1, 1))
    assert (len(web.log), len(answer.candidates)) == (200, 200)
    assert answer.beyond == f"has more than 200 pages, not fetched: {BASE}?page=200 and what follows"


def test_selectors_are_the_sources_own() -> None:
    from extractors.model import Selectors

    body = '<li><h3>Growth</h3><a class="more" href="/1">Read more</a> <i>2026-05-12</i></li><li>No link</li>'
    selectors = Selectors(item="li", link="a.more", title="h3", date="i", next=None)
    answer = ask(a_source("listing", selectors=selectors), AWeb({BASE: body}))
    assert [(each.title, each.published) for each in answer.candidates] == [("Growth", "2026-05-12")]
    assert answer.unseen == "listing has entries without a web address: 1 of 2"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("<p>We moved</p>", 'nothing that selectors.item = "article" finds'),
        ("<article>x</article>", "no item has what"),
    ],
)
def test_selectors_that_find_nothing_are_an_error(body: str, problem: str) -> None:
    with pytest.raises(DiscoverError, match=problem):
        ask(a_source("listing"), AWeb({BASE: body}))
