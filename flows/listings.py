"""A source's listing pages: asked for on the condition that they have changed, archived, and remembered."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from extractors.model import Page, Source
from flows.answers import FetchError
from flows.archive import Archive, ArchivedPage, Place
from flows.discover import GetError
from flows.fetch import Fetcher
from flows.records import read_record
from warehouse.archive import HeldListing


class Listings:
    """What a look at a source asks for, and what the look before had of it (`held`)."""

    def __init__(
        self, source: Source, fetcher: Fetcher, archive: Archive, folder: Path, held: Mapping[str, HeldListing]
    ) -> None:
        """`folder`: of the archive, where the bodies of what is held stand."""
        self._source, self._fetcher, self._archive, self._folder = source, fetcher, archive, folder
        self._held = held
        self._downloads = folder.parent / "downloads" / source.id
        self.archived: list[ArchivedPage] = []
        """What was archived, to be entered in its index."""
        self.seen: dict[str, HeldListing] = {}
        """What is to be remembered: each page as it was found, complete where it was complete before."""

    async def page(self, url: str, *, changed_at: datetime | None = None) -> Page:
        """See `Web.page`. What was asked for before by these very means is not asked for again."""
        if url in self.seen and (asked := await asyncio.to_thread(self._read, self.seen[url])):
            return asked
        held = self._held.get(url)
        copy = await asyncio.to_thread(self._read, held) if held else None
        if held and copy and changed_at and held.fetched_at > changed_at:
            if not held.is_complete:
                self.seen[url] = held
            return replace(copy, is_unchanged=held.is_complete)
        try:
            page = await self._fetcher.fetch(
                self._source,
                url,
                etag=held.etag if held and copy else None,
                last_modified=held.last_modified if held and copy else None,
            )
        except FetchError as error:
            raise GetError(str(error)) from error
        archived = await asyncio.to_thread(self._archive.write_pages, [page], _records(held) if copy else {})
        self.archived += archived
        self.seen[url] = _remembered(archived[0], held)
        if held and copy and archived[0].kind == "revisit":
            same = replace(copy, exchanges=page.exchanges) if page.status == 304 else page
            return replace(same, is_unchanged=held.is_complete)
        return page

    async def file(self, url: str) -> Path:
        """See `Web.file`."""
        path = self._downloads / re.sub(r"\W+(?!warc|gz)", "_", urlsplit(url).path)
        if not path.exists():
            try:
                self._downloads.mkdir(parents=True, exist_ok=True)
                await self._fetcher.download(self._source, url, path)
            except (FetchError, OSError) as error:
                raise GetError(str(error)) from error
        return path

    def close(self) -> None:
        """Files that were had for this look alone are not kept: their pages are in the archive."""
        shutil.rmtree(self._downloads, ignore_errors=True)

    def _read(self, held: HeldListing) -> Page | None:
        """The body of a copy that is held; None where the archive does not have it any more."""
        if held.file is None or held.offset is None:
            return None
        try:
            return read_record(self._folder / held.file, held.offset, source_id=self._source.id, url=held.url)
        except (OSError, ValueError):
            return None


def _records(held: HeldListing | None) -> dict[tuple[str, str], Place]:
    """The record that a revisit of a listing refers to."""
    if not (held and held.archived_url and held.payload_digest and held.file and held.archived_at):
        return {}
    return {(held.archived_url, held.payload_digest): Place(held.file, held.offset or 0, held.archived_at)}


def _remembered(archived: ArchivedPage, held: HeldListing | None) -> HeldListing:
    page = archived.page
    is_same = archived.kind == "revisit" and held is not None
    return HeldListing(
        url=page.url,
        fetched_at=page.fetched_at,
        etag=page.headers.get("etag") or (held.etag if is_same and held else None),
        last_modified=page.headers.get("last-modified") or (held.last_modified if is_same and held else None),
        file=archived.file,
        offset=archived.offset,
        archived_at=None,
        payload_digest=None,
        archived_url=None,
        is_complete=bool(is_same and held and held.is_complete),
    )
