"""What came over the wire becomes WARC records that other tools can read."""

import gzip
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from warcio.archiveiterator import ArchiveIterator

from extractors.model import Exchange, Page
from flows.archive import Archive, ArchivedPage, digest_of
from flows.mend import mend_archive
from flows.records import read_record

RUN = UUID(int=7)
NOW = datetime(2024, 5, 17, 9, 30, 0, 123456, tzinfo=UTC)


def an_exchange(url: str, body: bytes = b"", status: int = 200, **headers: str) -> Exchange:
    return Exchange(
        url=url,
        sent_at=NOW,
        request_headers=(("host", "x.test"), ("user-agent", "undisclosed/0.1")),
        status=status,
        reason="OK" if status == 200 else "Other",
        headers=tuple((name.replace("_", "-").title(), value) for name, value in headers.items()),
        body=body,
    )


def a_page(url: str, body: bytes, *before: Exchange, **headers: str) -> Page:
    packed = gzip.compress(body, mtime=0) if headers.get("content_encoding") == "gzip" else body
    last = an_exchange(url, packed, **headers)
    named = {name.lower(): value for name, value in last.headers}
    return Page(source_id="s", url=url, fetched_at=NOW, body=body, headers=named, exchanges=(*before, last))


FILE = Page(
    source_id="s",
    url="file:///tmp/note.txt",
    fetched_at=NOW,
    body=b"\x00\xff" * 5,
    headers={"content-type": "text/plain"},
)
PAGES = [
    a_page(
        "http://x.test/a",
        b"<p>\xc3\xa9\xe2\x82\xac</p>" * 300,
        etag='"1"',
        server="caf\u20ac",
        content_type="text/html",
    ),
    a_page("http://x.test/b?q=1&r=%C3%A9", b""),
    a_page("http://x.test/packed", b"<p>figures</p>" * 50, content_encoding="gzip", transfer_encoding="chunked"),
    a_page("http://x.test/new", b"here", an_exchange("http://x.test/old", status=301, location="/new")),
    FILE,
]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    archive = Archive(tmp_path, RUN, NOW)
    yield archive
    archive.close()


def records(folder: Path) -> list[tuple[str, str | None, bytes]]:
    """Type, address and payload of each record, as a second tool reads them, with digests checked."""
    read = []
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                payload = record.content_stream().read()
                read.append((record.rec_type, record.rec_headers["WARC-Target-URI"], payload))
    return read


def test_each_page_is_read_back_from_its_place(tmp_path: Path, archive: Archive) -> None:
    archived = [*archive.write_pages(PAGES[:1]), *archive.write_pages(PAGES[1:])]
    for each in archived:
        page = read_record(tmp_path / each.file, each.offset)
        assert (page.body, page.fetched_at, page.content_type) == (each.page.body, NOW, each.page.content_type)


def test_a_second_tool_reads_the_file_and_agrees_with_its_digests(tmp_path: Path, archive: Archive) -> None:
    archive.write_pages(PAGES)
    kinds = [kind for kind, *_ in records(tmp_path)]
    assert kinds == ["warcinfo", *["request", "response"] * 3, "response", "request", "request", "response", "resource"]
    told = [(url, body) for kind, url, body in records(tmp_path) if kind in ("response", "resource")]
    assert told == [
        *((page.url, page.body) for page in PAGES[:3]),
        ("http://x.test/old", b""),
        *((page.url, page.body) for page in PAGES[3:]),
    ]


def test_what_was_sent_is_archived_as_it_was_sent(tmp_path: Path, archive: Archive) -> None:
    (archived,) = archive.write_pages(PAGES[2:3])
    with (tmp_path / archived.file).open("rb") as file:
        read = ArchiveIterator(file, no_record_parse=True)
        response = next(record for record in read if record.rec_type == "response")
        head, _, body = response.raw_stream.read().partition(b"\r\n\r\n")
    assert body == gzip.compress(PAGES[2].body, mtime=0)
    assert head == b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nX-Archive-Transfer-Encoding: chunked"


def test_the_same_bytes_again_are_a_revisit_that_names_the_first(tmp_path: Path, archive: Archive) -> None:
    (first,) = archive.write_pages(PAGES[:1])
    later = replace(PAGES[0], exchanges=(replace(PAGES[0].exchanges[0], sent_at=NOW + timedelta(1)),))
    (again,) = archive.write_pages([later], {first.digest: first.place})
    assert (again.kind, again.file, again.offset) == ("revisit", first.file, first.offset)
    with (tmp_path / first.file).open("rb") as file:
        revisit = next(each for each in ArchiveIterator(file) if each.rec_type == "revisit").rec_headers
    assert revisit["WARC-Profile"].endswith("/identical-payload-digest")
    assert revisit["WARC-Refers-To-Date"] == "2024-05-17T09:30:00.123456Z"
    assert revisit["WARC-Refers-To-Target-URI"] == PAGES[0].url
    assert revisit["WARC-Payload-Digest"] == digest_of(PAGES[0])[1]


def test_an_answer_of_not_modified_is_a_revisit_too(tmp_path: Path, archive: Archive) -> None:
    (first,) = archive.write_pages(PAGES[:1])
    same = an_exchange(PAGES[0].url, status=304)
    page = Page(source_id="s", url=same.url, fetched_at=NOW, body=b"", status=304, exchanges=(same,))
    (again,) = archive.write_pages([page], {first.digest: first.place})
    assert (again.kind, again.offset) == ("revisit", first.offset)


def test_the_same_bytes_twice_in_a_batch_are_kept_once(tmp_path: Path, archive: Archive) -> None:
    assert [each.kind for each in archive.write_pages([PAGES[0], PAGES[0]])] == ["response", "revisit"]


def test_nothing_to_archive_makes_no_file(tmp_path: Path) -> None:
    assert Archive(tmp_path / "deep", RUN, NOW).write_pages([]) == ()
    assert not (tmp_path / "deep").exists()


def test_a_file_that_has_grown_is_followed_by_another(tmp_path: Path) -> None:
    archive = Archive(tmp_path, RUN, NOW, max_bytes=1000)
    files = [archive.write_pages([page])[0].file for page in PAGES]
    archive.close()
    assert len(set(files)) > 1
    assert files == sorted(files)
    assert len([kind for kind, *_ in records(tmp_path) if kind == "warcinfo"]) == len(set(files))


def test_no_two_runs_write_to_one_file(tmp_path: Path, archive: Archive) -> None:
    archive.write_pages(PAGES)
    with pytest.raises(FileExistsError):
        Archive(tmp_path, RUN, NOW).write_pages(PAGES)


def test_no_record_at_an_offset_is_an_error(tmp_path: Path, archive: Archive) -> None:
    (archived,) = archive.write_pages([FILE])
    path = tmp_path / archived.file
    for offset in (path.stat().st_size, archived.offset + 1, 3):
        with pytest.raises(ValueError, match=f"record at byte {offset}"):
            read_record(path, offset)
    os.truncate(path, path.stat().st_size - 30)
    with pytest.raises(ValueError, match=r"no (whole )?record"):
        read_record(path, archived.offset)


def ends(archived: list[ArchivedPage]) -> dict[str, int]:
    return {each.written.file: each.written.offset + each.length for each in archived}


def test_a_torn_tail_is_cut_off_and_told(tmp_path: Path, archive: Archive) -> None:
    acknowledged = [*archive.write_pages(PAGES[:2])]
    archive.close()
    path = tmp_path / acknowledged[0].file
    whole = path.read_bytes()
    path.write_bytes(whole + whole[-100:-5])
    (mended,) = mend_archive(tmp_path, ends(acknowledged))
    assert (mended.cut_bytes, mended.unheard, path.read_bytes()) == (95, (), whole)
    assert str(mended) == f"archive: {path.name}: 95 torn bytes cut off"
    assert mend_archive(tmp_path, ends(acknowledged)) == []


def test_a_whole_record_that_nobody_heard_of_stays_and_is_entered(tmp_path: Path, archive: Archive) -> None:
    acknowledged = [*archive.write_pages(PAGES[:1])]
    (unheard,) = archive.write_pages(PAGES[2:3])
    archive.close()
    (mended,) = mend_archive(tmp_path, ends(acknowledged))
    (found,) = mended.unheard
    assert (found.url, found.payload_digest) == unheard.digest
    assert (found.file, found.offset, found.length) == (unheard.file, unheard.offset, unheard.length)
    assert (mended.cut_bytes, found.fetched_at) == (0, NOW)


def test_every_tail_that_a_crash_can_leave_is_mended(tmp_path: Path, archive: Archive) -> None:
    acknowledged = [*archive.write_pages(PAGES[:1])]
    start = ends(acknowledged)[acknowledged[0].file]
    archive.write_pages(PAGES[2:])
    archive.close()
    path = tmp_path / acknowledged[0].file
    whole = path.read_bytes()
    for size in range(start + 1, len(whole), 7):
        path.write_bytes(whole[:size])
        mend_archive(tmp_path, ends(acknowledged))
        assert start <= path.stat().st_size <= size
        assert records(tmp_path)[2][0] == "response"


def test_a_file_that_a_run_writes_to_is_left_alone(tmp_path: Path, archive: Archive) -> None:
    archive.write_pages(PAGES)
    assert mend_archive(tmp_path, {}) == []
    archive.close()
    assert len(mend_archive(tmp_path, {})) == 1
