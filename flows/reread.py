"""Read held pages again, a slice at a time and without a network: what differs from the reading before is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from extractors.model import Candidate, Page, Source
from flows.failure import Batch, Failure
from flows.read import extract_readings, parse_pages
from flows.records import read_record
from warehouse.load import Reading
from warehouse.replay import HeldPage, is_same

Result = Literal["same", "changed", "failed"]


@dataclass(frozen=True)
class Rereading:
    """A held page, read again."""

    held: HeldPage
    result: Result
    reading: Reading | None
    """What is read in it now, where that has changed."""


@dataclass(frozen=True)
class _Taken:
    """A page, taken out of the archive."""

    page: Page
    file: str
    offset: int


def reread_pages(archive: Path, sources: Mapping[str, Source], pages: Sequence[HeldPage]) -> Batch[Rereading]:
    """Each page's reading by these extractors; a record that is gone or damaged costs only its page.

    What a listing had told of a page (its title, date and issuer) stands in its last reading, and is told again.
    """
    done: list[Rereading] = []
    failures: list[Failure] = []
    by_source: defaultdict[str, dict[str, HeldPage]] = defaultdict(dict)
    taken: defaultdict[str, list[_Taken]] = defaultdict(list)
    for held in pages:
        try:
            taken[held.source_id].append(_take(archive, held))
            by_source[held.source_id][held.page_id.hex] = held
        except (OSError, ValueError) as error:
            done.append(Rereading(held, "failed", None))
            failures.append(Failure(held.source_id, "archive", str(error), held.url))
    for source_id, items in taken.items():
        parsed = parse_pages(sources[source_id], items)
        read = extract_readings(sources[source_id], parsed.done)
        failures += [*parsed.failures, *read.failures]
        done += [_compare(by_source[source_id][reading.page.page_id.hex], reading) for reading in read.done]
    return Batch(tuple(done), tuple(failures))


def _take(archive: Path, held: HeldPage) -> _Taken:
    """Raises OSError, or ValueError where the record is not whole or holds another page."""
    page = read_record(archive / held.file, held.offset, source_id=held.source_id, url=held.url)
    if page.page_id != held.page_id:
        raise ValueError(f"{held.file}: the record at byte {held.offset} is not what was archived there")
    candidate = Candidate(
        source_id=held.source_id, url=held.url, title=held.title, published=held.published, issuer=held.issuer
    )
    return _Taken(replace(page, candidate=candidate), held.file, held.offset)


def _compare(held: HeldPage, reading: Reading) -> Rereading:
    if is_same(held, reading):
        return Rereading(held, "same", None)
    return Rereading(held, "changed" if reading.article else "failed", reading if reading.article else None)
