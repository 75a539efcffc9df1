"""Where records stand, what listings were, which articles were edited."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from extractors.model import Source
from tests.warehouse.given import claim, reading
from warehouse.archive import (
    ArchiveRecord,
    HeldListing,
    archive_ends,
    archived_pages,
    archived_versions,
    held_listings,
    held_records,
    record_archive,
    record_listings,
)
from warehouse.coverage import Look, record_coverage
from warehouse.load import known_urls, load_sources

RUN, LATER = UUID(int=1), UUID(int=2)
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
RECORD = ArchiveRecord(None, "https://acme.example/1", "response", "a.warc.gz", 100, 50, "sha1:A", NOON)
LISTING = HeldListing(
    "https://acme.example/feed", NOON, '"1"', None, "a.warc.gz", 100, None, None, None, is_complete=False
)


def test_a_record_is_found_by_its_address_and_its_bytes_and_a_revisit_is_none(db):
    again = replace(RECORD, offset=200, fetched_at=NOON + timedelta(1))
    revisit = replace(RECORD, kind="revisit", payload_digest="sha1:B", offset=300)
    record_archive(db, RUN, [RECORD, again, revisit])
    record_archive(db, LATER, [RECORD])
    wanted = [(RECORD.url, "sha1:A"), (RECORD.url, "sha1:B"), ("https://acme.example/2", "sha1:A")]
    assert held_records(db, wanted) == {(RECORD.url, "sha1:A"): ("a.warc.gz", 100, NOON)}
    assert held_records(db, []) == {}
    assert archive_ends(db) == {"a.warc.gz": 350}


def test_the_latest_copy_of_a_listing_counts_with_the_record_that_has_its_body(db):
    record_archive(db, RUN, [RECORD])
    record_listings(db, RUN, [("acme_newsroom", LISTING)])
    record_listings(db, LATER, [("acme_newsroom", replace(LISTING, is_complete=True))])
    held = held_listings(db, ["acme_newsroom"])["acme_newsroom"]
    assert held == {
        LISTING.url: replace(
            LISTING, archived_at=NOON, payload_digest="sha1:A", archived_url=RECORD.url, is_complete=True
        )
    }
    assert held_listings(db, ["wire"])["wire"] == {}


def test_what_a_listing_was_counts_no_more_when_its_source_has_changed(db):
    record_listings(db, RUN, [("acme_newsroom", LISTING)])
    source = Source(id="acme_newsroom", name="Acme", kind="feed", url="https://acme.example/new.xml", authority="press")
    load_sources(db, [source])
    assert held_listings(db, ["acme_newsroom"])["acme_newsroom"] == {}


def test_a_page_is_found_by_its_id_the_beginning_of_it_and_its_address(db, load):
    first = reading("2025-02-01", [], body=b"1")
    second = replace(first, page=replace(first.page, body=b"2", fetched_at=NOON))
    load(first, second)
    page_id = str(first.page.page_id)
    for asked in (page_id, page_id[:8]):
        assert [version.page_id for version in archived_versions(db, asked)] == [first.page.page_id]
    assert [version.page_id for version in archived_versions(db, first.page.url)] == [
        second.page.page_id,
        first.page.page_id,
    ]
    assert archived_versions(db, page_id[:7]) == []
    assert len(archived_pages(db)) == 2


@pytest.mark.parametrize(
    ("outcome", "stage", "days", "is_known"),
    [
        ("refused", "fetch", 1, True),
        ("unread", "fetch", 1, True),
        ("unread", "extract", 1, False),
        ("refused", "fetch", 31, False),
        ("failed", "fetch", 1, False),
    ],
)
def test_what_is_not_to_be_read_is_left_alone_for_a_month(db, outcome, stage, days, is_known):
    now = datetime.now(UTC)
    look = Look("wire", "https://wire.example/1", stage, outcome, 0, 0, None, now - timedelta(days), None, None)
    record_coverage(db, RUN, [look])
    assert (list(known_urls(db, ["wire"])["wire"]) == ["https://wire.example/1"]) == is_known


def test_a_page_that_was_looked_at_again_is_known_as_of_then(db, load):
    given = reading("2025-02-01", [])
    load(given)
    look = Look("acme_newsroom", given.page.url, "load", "ok", 0, 1, None, NOON, None, None)
    record_coverage(db, LATER, [look])
    assert known_urls(db, ["acme_newsroom"])["acme_newsroom"] == {given.page.url: NOON}


def test_an_edited_article_is_a_revision_and_another_menu_is_none(db, load, ask):
    first = reading("2025-02-01", [claim("revenue", "2024", "1 EUR")], body=b"1")
    menu = replace(first, page=replace(first.page, body=b"2", fetched_at=NOON))
    edited = reading("2025-02-01", [], title="Another title", body=b"3", fetched_at=NOON + timedelta(1))
    load(first, menu)
    assert ask("from article_revisions") == []
    load(edited)
    told = "select url, previous_page_id, page_id, previous_title, title, previous_text <> text from article_revisions"
    assert ask(told) == [(first.page.url, menu.page.page_id, edited.page.page_id, "A title", "Another title", True)]


def test_a_better_reading_of_a_page_is_no_revision(db, load, ask):
    load(reading("2025-02-01", []))
    load(reading("2025-02-01", [], title="Read better"), version="2", recorded_at=NOON)
    assert ask("from article_revisions") == []
