import json
from datetime import date

import pytest

from flows.discover import DiscoverError
from tests.unit.discovering import AWeb, a_source, ask

CDX = "https://web.archive.example/cdx/search/cdx?url=acme.example%2Fnews%2F%2A"
QUERY = (
    "https://web.archive.example/cdx/search/cdx?output=json&fl=timestamp%2Coriginal&filter=statuscode%3A200"
    "&collapse=digest&limit=5000&showResumeKey=true"
)
GIVEN = "&url=acme.example%2Fnews%2F%2A"


def captures(*rows: list[str], key: str | None = None) -> str:
    return json.dumps([["timestamp", "original"], *rows, *([[], [key]] if key else [])])


FIRST = ["20240517083000", "https://acme.example/news/2024/05/16/results"]
SECOND = ["20240601000000", "https://acme.example/news/removed"]


def test_captures_are_candidates_by_their_untouched_bytes_and_keys_resume() -> None:
    web = AWeb({QUERY + GIVEN: captures(FIRST, key="acme key"), f"{QUERY}&resumeKey=acme+key{GIVEN}": captures(SECOND)})
    answer = ask(a_source("wayback", url=CDX), web)
    assert [(each.url, each.published) for each in answer.candidates] == [
        (
            "https://web.archive.example/web/20240517083000id_/https://acme.example/news/2024/05/16/results",
            "2024-05-16",
        ),
        ("https://web.archive.example/web/20240601000000id_/https://acme.example/news/removed", None),
    ]
    assert (answer.unseen, answer.beyond) == (None, None)


def test_what_a_later_answer_would_have_named_is_told() -> None:
    answer = ask(a_source("wayback", url=CDX), AWeb({QUERY + GIVEN: captures(FIRST, key="k")}))
    assert len(answer.candidates) == 1
    assert answer.unseen == "captures from number 1 on: answered 500"


def test_between_two_days_means_captured_then() -> None:
    web = AWeb({f"{QUERY}&from=20240501&to=20240531{GIVEN}": captures(FIRST)})
    answer = ask(a_source("wayback", url=CDX), web, since=date(2024, 5, 1), until=date(2024, 5, 31))
    assert len(answer.candidates) == 1


@pytest.mark.parametrize("body", ["<html></html>", '{"a": 1}', '[["original"], ["x"]]', "[[]]", "7"])
def test_what_is_no_answer_of_a_cdx_server_is_an_error(body: str) -> None:
    with pytest.raises(DiscoverError, match="no answer of a CDX server"):
        ask(a_source("wayback", url=CDX), AWeb({QUERY + GIVEN: body}))


def test_no_captures_are_none() -> None:
    for body in ("[]", "", captures()):
        assert ask(a_source("wayback", url=CDX), AWeb({QUERY + GIVEN: body})).candidates == ()
