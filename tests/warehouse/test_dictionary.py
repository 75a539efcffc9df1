from __future__ import annotations

import pytest

from warehouse.database import read_sql
from warehouse.dictionary import FILE, dictionary


def test_every_table_view_and_column_says_what_it_means(db):
    rows = db.execute(read_sql("columns.sql")).fetchall()
    assert len(rows) > 100
    assert not [name for name, _, comment, *_ in rows if not comment]
    assert not [f"{name}.{column}" for name, _, _, column, _, meaning in rows if not meaning]


def test_every_macro_says_what_it_gives(db):
    macros = db.execute(read_sql("macros.sql")).fetchall()
    assert len(macros) > 20
    assert not [name for name, *_, comment in macros if not comment]


def test_the_page_is_fresh(db):
    assert FILE.read_text(encoding="utf-8") == dictionary(db), "run python -m warehouse.dictionary"


@pytest.mark.parametrize(
    ("suffix", "kinds"), [("_at", {"TIMESTAMP WITH TIME ZONE"}), ("_date", {"DATE"}), ("_code", {"VARCHAR"})]
)
def test_a_columns_name_tells_its_type(db, suffix, kinds):
    columns = db.execute(read_sql("columns.sql")).fetchall()
    assert {kind for *_, column, kind, _ in columns if column.endswith(suffix)} == kinds
