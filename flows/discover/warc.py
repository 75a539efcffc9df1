"""WARC files: pages that somebody has crawled, on this machine or at an address, or Common Crawl's news by month."""

from __future__ import annotations

import asyncio
import gzip
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecordType

from extractors.model import Candidate, Source
from flows.discover.question import Answer, DiscoverError, GetError, Question, Web, join_remarks
from flows.discover.sitemap_file import date_in_path

_READABLE = ("text/html", "application/xhtml+xml", "text/plain")
_LISTED = re.compile(r"\S*-(\d{8})\d{6}-\S*\.warc\.gz")


async def discover_warc(source: Source, web: Web, asked: Question) -> Answer:
    """The pages that WARC files hold and `include` selects, with the place of each, so that none is fetched.

    The address is of one file, of a folder of them, or of a collection by month that lists its files in
    `YYYY/MM/warc.paths.gz`, as Common Crawl's news does. Between two days means crawled then. Raises
    UnseenError where there is no file; one that cannot be had or read is told in `unseen`.
    """
    found: list[Candidate] = []
    remarks: list[str | None] = []
    if source.url.startswith(("http://", "https://")) and source.url.endswith("/"):
        urls, remark = await _of_months(source, web, asked)
        remarks.append(remark)
    else:
        urls = [source.url]
    for url in urls:
        try:
            for path in [await web.file(url)] if "://" in url else _files(source, Path(url)):
                found += await asyncio.to_thread(_pages, source, path, asked)
        except (GetError, OSError, ValueError) as error:
            remarks.append(f"{url}: {error}")
    return Answer(tuple(found), join_remarks(remarks))


def _files(source: Source, path: Path) -> list[Path]:
    files = sorted(path.glob("*.warc*")) if path.is_dir() else [path]
    if not files or not path.exists():
        raise DiscoverError(source, str(path), "there is no WARC file")
    return files


async def _of_months(source: Source, web: Web, asked: Question) -> tuple[list[str], str | None]:
    """The files that a collection lists for the days asked about; for what is new, those of the last two days."""
    today = datetime.now(UTC).date()
    first, last = asked.since or today - timedelta(2), min(asked.until or today, today)
    urls, remarks = [], []
    for year, month in sorted({(day.year, day.month) for day in _days(first, last)}):
        listing = urljoin(source.url, f"{year}/{month:02}/warc.paths.gz")
        try:
            page = await web.page(listing)
            body = gzip.decompress(page.body) if page.body.startswith(b"\x1f\x8b") else page.body
        except (GetError, OSError, EOFError) as error:
            remarks.append(f"{listing}: {error}")
            continue
        for name in body.decode("utf-8", "replace").split():
            listed = _LISTED.fullmatch(name)
            if listed and f"{first:%Y%m%d}" <= listed[1] <= f"{last:%Y%m%d}":
                # The names count from the top of the host, whatever folder the collection stands in.
                urls.append(urlsplit(source.url)._replace(path=f"/{name.lstrip('/')}").geturl())
    return urls, join_remarks(remarks)


def _pages(source: Source, path: Path, asked: Question) -> list[Candidate]:
    """The pages that a WARC file holds. Raises OSError or ValueError where it cannot be read."""
    wanted, place, found = re.compile(source.include or ""), path.absolute().as_uri(), []
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
            url = (record.headers.get("WARC-Target-URI") or "").strip("<>")  # as some tools write it
            crawled = (record.headers.get("WARC-Date") or "")[:10]
            if not url.startswith(("http://", "https://")) or not wanted.search(url) or not _covers(asked, crawled):
                continue
            if (
                record.http_headers
                and record.http_headers.status_code == 200
                and _is_readable(record.http_content_type)
            ):
                held_in = f"{place}#{record.stream_pos}"
                found.append(Candidate(source_id=source.id, url=url, published=date_in_path(url), held_in=held_in))
    return found


def _is_readable(content_type: str | None) -> bool:
    return (content_type or "").partition(";")[0].strip().lower() in _READABLE


def _covers(asked: Question, crawled: str) -> bool:
    try:
        return asked.covers(crawled)
    except ValueError:
        return True


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(number) for number in range((last - first).days + 1))
