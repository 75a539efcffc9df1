"""The tables in their steps, and the views and comments on top of them: what makes a DuckDB file a warehouse."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

import duckdb

from warehouse.derive import mark_all
from warehouse.lake import is_lake
from warehouse.literals import literal
from warehouse.place import Place, WarehouseError

SQL = Path(str(files("warehouse") / "sql"))
_VIEWS = "select view_name from duckdb_views() where database_name = current_database() and not internal"
_OWNERS = ("claims", "pages", "articles")  # whose word on a column's name goes for the others


@dataclass(frozen=True)
class Schema:
    """What the code has: the steps that make the tables, in order, and the scripts that replace the views."""

    steps: tuple[Path, ...]
    """`NNN_name.sql`, each with a number of its own; a step that was released never changes, a new one is added."""
    views: tuple[Path, ...]

    @cached_property
    def version(self) -> int:
        """The number of the last step."""
        return max((_number(step) for step in self.steps), default=0)

    @cached_property
    def digest(self) -> str:
        """Of all that is replaced as a whole: the same text, the same views, derived rows and comments."""
        scripts = (*self.views, *sorted((SQL / "derive").rglob("*.sql")), SQL / "comments.sql")
        return hashlib.sha256("\0".join(map(_read, scripts)).encode()).hexdigest()


@cache
def read_schema(folder: Path = SQL) -> Schema:
    """The schema in a folder of SQL files. Raises ValueError where two steps have one number."""
    steps = tuple(sorted((folder / "tables").glob("*.sql")))
    numbers = [_number(step) for step in steps]
    if len(set(numbers)) < len(numbers):
        raise ValueError(f"{folder / 'tables'}: steps are numbered {numbers}")
    return Schema(steps, tuple(sorted((folder / "marts").glob("*.sql"))))


def is_current(db: duckdb.DuckDBPyConnection, path: Place, schema: Schema | None = None) -> bool:
    """Whether the file has the tables and the views of this code. Raises WarehouseError where it is newer."""
    schema = schema or read_schema()
    applied, digest = _state(db)
    known = {step.stem for step in schema.steps}
    if not applied and db.execute("from duckdb_tables() where database_name = current_database() limit 1").fetchone():
        raise WarehouseError(f"{path}: is a DuckDB file of something else, no warehouse")
    if newer := sorted(applied - known):
        raise WarehouseError(f"{path}: has steps that this code does not know, install the newer undisclosed: {newer}")
    return (applied, digest) == (known, schema.digest)


def bring_up(db: duckdb.DuckDBPyConnection, path: Place, schema: Schema | None = None) -> None:
    """Apply the steps that the file lacks, then its views and comments: all of it or, on an error, nothing.

    The derived rows are left to be made: `catch_up` in `database`.
    """
    schema = schema or read_schema()
    if is_current(db, path, schema):
        return
    db.begin()
    try:
        apply_steps(db, schema.steps)
        for (view,) in db.execute(_VIEWS).fetchall():
            db.execute(f'drop view "{view}"')  # what was a view may be a table now
        for script in schema.views:
            db.execute(_read(script))
        mark_all(db)
        _describe(db)
        _record(db, schema.version, "views", schema.digest)
    except duckdb.Error as error:
        db.rollback()
        raise WarehouseError(f"{path}: cannot be brought up to version {schema.version}: {error}") from error
    db.commit()


def apply_steps(db: duckdb.DuckDBPyConnection, steps: Sequence[Path]) -> None:
    """Apply those of the steps that the file has not had; the tables alone."""
    db.execute(_read(SQL / "schema_versions.sql"))
    applied, _ = _state(db)
    for step in steps:
        if step.stem not in applied:
            db.execute(_read(step))
            _record(db, _number(step), step.stem, "")


def _state(db: duckdb.DuckDBPyConnection) -> tuple[set[str], str]:
    """The steps that were applied and the digest of the views; none and "" in an empty file."""
    try:
        rows = db.execute("select step, digest from schema_versions order by applied_at, version, digest").fetchall()
    except duckdb.CatalogException:
        return set(), ""
    return {step for step, _ in rows if step != "views"}, rows[-1][1] if rows else ""


def _number(step: Path) -> int:
    return int(step.name.partition("_")[0])


def _record(db: duckdb.DuckDBPyConnection, version: int, name: str, digest: str) -> None:
    db.execute("insert into schema_versions values (?, ?, ?, ?)", [version, name, digest, datetime.now(UTC)])


def _describe(db: duckdb.DuckDBPyConnection) -> None:
    """Write every comment afresh; a column without one gets that of its name in claims, or else its only one."""
    for relation, is_view, _, column, _, comment in _columns(db):
        if comment is not None and not is_view:  # of an earlier version of the code
            db.execute(f'comment on column "{relation}"."{column}" is null')
    for statement in db.extract_statements(_read(SQL / "comments.sql")):
        _comment(db, statement)
    columns = _columns(db)
    described: defaultdict[tuple[str, bool], dict[str, str]] = defaultdict(dict)
    for relation, is_view, _, column, _, comment in columns:
        if comment is not None:
            described[column, is_view][relation] = comment
    for relation, _, _, column, _, comment in columns:
        meanings = described[column, False] or described[column, True]
        owners = [owner for owner in _OWNERS if owner in meanings] or list(meanings)
        if comment is None and owners and (len(owners) == 1 or owners[0] in _OWNERS):
            _comment(db, f'comment on column "{relation}"."{column}" is {literal(meanings[owners[0]])}')


def _comment(db: duckdb.DuckDBPyConnection, statement: duckdb.Statement | str) -> None:
    """Write a comment; a lake has none for macros and for the columns of views."""
    try:
        db.execute(statement)
    except duckdb.BinderException:
        if not is_lake(db):
            raise


def _columns(db: duckdb.DuckDBPyConnection) -> list[tuple[str, bool, str | None, str, str, str | None]]:
    """Table or view, whether it is a view, its comment, column, type, the column's comment."""
    return db.execute(_read(SQL / "columns.sql")).fetchall()


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
