"""Files of every released version open under this code with all their rows.

`versions/NNN.sql` fills a file that has the steps up to NNN; a new step comes with a new file of rows.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse import schema
from warehouse.archive import archived_versions
from warehouse.board import read_board
from warehouse.checks import check_warehouse
from warehouse.database import open_warehouse
from warehouse.load import known_urls

VERSIONS = sorted((Path(__file__).parent / "versions").glob("*.sql"))
TABLES = ("runs", "sources", "companies", "metrics", "coverage", "pages", "articles", "claims")


@pytest.fixture(params=VERSIONS, ids=lambda file: file.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file as that version of the code left it."""
    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as db:
        steps = schema.read_schema().steps
        schema.apply_steps(db, [step for step in steps if step.name[:3] <= request.param.stem])
        db.execute(request.param.read_text(encoding="utf-8"))
    return path


def rows(path: Path) -> dict[str, int]:
    with duckdb.connect(str(path), read_only=True) as db:
        return {table: len(db.table(table).fetchall()) for table in TABLES}


def test_a_file_of_an_earlier_version_keeps_its_rows_and_answers(old):
    before = rows(old)
    assert all(before.values())
    with open_warehouse(old, read_only=True) as db:
        (table,) = read_board(db).tables
        cells = {row.metric: row.cells[0] for row in table.rows}
        assert (cells["revenue"].low, cells["unit_sales"].state) == (1_237_000_000, "withheld")
        agreeing = "select agreeing_source_count from disclosures where metric = 'revenue'"
        assert db.execute(agreeing).fetchall() == [(2,)]
        assert set(known_urls(db, ["wire"])["wire"]) == {"https://wire.example/acme"}
        (version,) = archived_versions(db, "https://wire.example/acme")
        indexed = "select record_kind_code, archive_file from archive_records where page_id = ?"
        assert db.execute(indexed, [version.page_id]).fetchall() == [("response", version.file)]
        assert not any(broken for _, broken in check_warehouse(db))
    assert rows(old) == before


def test_the_latest_version_has_rows_to_be_tested_with():
    assert int(VERSIONS[-1].stem) == schema.read_schema().version
