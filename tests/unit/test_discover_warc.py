import gzip
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from extractors.model import Exchange, Page
from flows.archive import Archive
from flows.discover import DiscoverError
from flows.files import read_held
from tests.unit.discovering import AWeb, a_source, ask

AT = datetime(2026, 5, 12, tzinfo=UTC)


def a_page(url: str, kind: str = "text/html", status: int = 200) -> Page:
    headers = (("Content-Type", kind), ("Content-Encoding", "gzip"))
    body = gzip.compress(f"<p>{url}</p>".encode(), mtime=0)
    exchange = Exchange(url=url, sent_at=AT, request_headers=(), status=status, reason="", headers=headers, body=body)
    return Page(source_id="x", url=url, fetched_at=AT, body=b"", status=status, exchanges=(exchange,))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    archive = Archive(tmp_path, UUID(int=1), AT)
    archive.write_pages(
        [
            a_page("https://acme.example/2026/05/11/results"),
            a_page("https://acme.example/logo.png", "image/png"),
            a_page("https://acme.example/gone", status=404),
            a_page("https://other.example/news"),
        ]
    )
    archive.close()
    return tmp_path


def test_readable_pages_are_candidates_that_need_no_fetching(folder: Path) -> None:
    answer = ask(a_source("warc", url=str(folder), include="acme"), AWeb({}))
    (candidate,) = answer.candidates
    assert (candidate.url, candidate.published) == ("https://acme.example/2026/05/11/results", "2026-05-11")
    page = read_held(candidate)
    assert (page.body, page.url, page.content_type) == (f"<p>{candidate.url}</p>".encode(), candidate.url, "text/html")
    assert (page.fetched_at, page.candidate) == (AT, candidate)


def test_one_file_is_read_too_and_what_was_crawled_at_another_time_is_left_out(folder: Path) -> None:
    (file,) = folder.glob("*.warc.gz")
    assert len(ask(a_source("warc", url=str(file)), AWeb({})).candidates) == 2
    assert ask(a_source("warc", url=str(file)), AWeb({}), since=date(2026, 5, 13)).candidates == ()


def test_a_record_that_is_not_where_it_was_is_an_error(folder: Path) -> None:
    candidate = ask(a_source("warc", url=str(folder)), AWeb({})).candidates[0]
    with pytest.raises(ValueError, match=r"no .*record at byte 1"):
        read_held(replace(candidate, held_in=f"{str(candidate.held_in).partition('#')[0]}#1"))


def test_a_collection_by_month_names_its_files(folder: Path) -> None:
    (file,) = folder.glob("*.warc.gz")

    class Collection(AWeb):
        async def file(self, url: str) -> Path:
            self.log.append(url)
            return file

    names = [f"crawl-data/NEWS/2026/05/NEWS-202605{day}000000-00001.warc.gz" for day in (11, 12, 13)]
    listing = gzip.compress("\n".join(names).encode())
    web = Collection({"https://data.example/NEWS/2026/05/warc.paths.gz": listing})
    url = "https://data.example/NEWS/"
    answer = ask(a_source("warc", url=url), web, since=date(2026, 5, 12), until=date(2026, 5, 12))
    assert web.log[1:] == [f"https://data.example/{names[1]}"]
    assert len(answer.candidates) == 2
    elsewhere = ask(a_source("warc", url=url), Collection({}), since=date(2026, 4, 1), until=date(2026, 4, 2))
    assert elsewhere.unseen == "https://data.example/NEWS/2026/04/warc.paths.gz: answered 500"


def test_no_file_is_an_error(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.warc.gz"):
        with pytest.raises(DiscoverError, match="there is no WARC file"):
            ask(a_source("warc", url=str(path)), AWeb({}))


def test_a_file_that_is_no_warc_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(b"figures")
    assert ask(a_source("warc", url=str(tmp_path)), AWeb({})).unseen == f"{tmp_path}: Invalid WARC header"


def test_of_a_file_that_breaks_off_what_comes_before_is_read(folder: Path) -> None:
    (file,) = folder.glob("*.warc.gz")
    file.write_bytes(file.read_bytes()[:-40])
    answer = ask(a_source("warc", url=str(folder)), AWeb({}))
    assert [each.url for each in answer.candidates if "acme" in each.url] == ["https://acme.example/2026/05/11/results"]
    for candidate in answer.candidates[1:]:
        with pytest.raises(ValueError, match="no whole record at byte"):
            read_held(candidate)


OTHERS = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:7c8d4a8e-0f37-4e0e-8f6b-0b7e4f3b7c11>\r\n"
    b"WARC-Target-URI: <http://acme.example/2019/02/03/figures>\r\nWARC-Date: 2019-02-03T04:05:06Z\r\n"
    b"Content-Type: application/http;msgtype=response\r\n%sContent-Length: %d\r\n\r\n%s\r\n\r\n"
)
ANSWER = b"HTTP/1.0 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>figures</p>"


def test_a_file_of_another_tool_is_read(tmp_path: Path) -> None:
    """Not compressed, WARC 1.0, the address in angle brackets, as GNU Wget writes it; no digests."""
    (tmp_path / "wget.warc").write_bytes(OTHERS % (b"", len(ANSWER), ANSWER))
    (candidate,) = ask(a_source("warc", url=str(tmp_path)), AWeb({})).candidates
    assert (candidate.url, candidate.published) == ("http://acme.example/2019/02/03/figures", "2019-02-03")
    assert read_held(candidate).body == b"<p>figures</p>"


def test_a_record_whose_digest_is_another_is_an_error(tmp_path: Path) -> None:
    digest = b"WARC-Block-Digest: sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ\r\n"
    (tmp_path / "a.warc").write_bytes(OTHERS % (digest, len(ANSWER), ANSWER))
    (candidate,) = ask(a_source("warc", url=str(tmp_path)), AWeb({})).candidates
    with pytest.raises(ValueError, match="digest"):
        read_held(candidate)
