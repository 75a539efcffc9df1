"""Every page becomes a WARC record that other tools can read."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from warcio.archiveiterator import ArchiveIterator

from extractors.model import Page
from flows.archive import Archive, read_body

RUN = UUID(int=7)
NOW = datetime(2024, 5, 17, 9, 30, tzinfo=UTC)


def page(url: str, body: bytes, **headers: str) -> Page:
    return Page(source_id="s", url=url, fetched_at=NOW, body=body, headers=headers or {"content-type": "text/html"})


PAGES = [
    page("http://x.test/a", b"<p>\xc3\xa9\xe2\x82\xac</p>" * 300, etag='"1"', server="caf\u20ac"),
    page("http://x.test/b?q=1&r=%C3%A9", b""),
    page("file:///tmp/note.txt", b"\x00\xff" * 5),
]


def test_each_page_is_read_back_from_its_place(tmp_path: Path) -> None:
    archive = Archive(tmp_path, RUN, NOW)
    archived = [*archive.write_pages(PAGES[:1]), *archive.write_pages(PAGES[1:])]
    assert [read_body(tmp_path, item.file, item.offset) for item in archived] == [each.body for each in PAGES]


def test_a_second_tool_reads_the_file_and_agrees_with_its_digests(tmp_path: Path) -> None:
    archive = Archive(tmp_path, RUN, NOW)
    archive.write_pages(PAGES)
    with archive.path.open("rb") as file:
        records = [
            (record.rec_type, record.rec_headers["WARC-Target-URI"], record.content_stream().read())
            for record in ArchiveIterator(file, check_digests="raise")
        ]
    kinds = ["response", "response", "resource"]
    assert records == [(kind, each.url, each.body) for kind, each in zip(kinds, PAGES, strict=True)]


def test_nothing_to_archive_makes_no_file(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "deep", RUN, NOW)
    assert archive.write_pages([]) == ()
    assert not archive.path.parent.exists()


def test_no_record_at_an_offset_is_an_error(tmp_path: Path) -> None:
    archive = Archive(tmp_path, RUN, NOW)
    archive.write_pages(PAGES)
    with pytest.raises(ValueError, match="no record at byte"):
        read_body(tmp_path, archive.path.name, archive.path.stat().st_size)
