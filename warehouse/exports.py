"""The warehouse as files: Parquet and CSV of what readers ask, described by a Frictionless data package.

The same warehouse gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from warehouse.database import WarehouseError, read_rows, read_sql
from warehouse.literals import literal

TABLES: Mapping[str, str] = {
    "disclosures": "company, metric, scope_key, basis_code, measure_code, period_start_date, period_end_date, claim_id",
    "disclosure_events": "known_at, event_id",
    "silences": "company, metric, scope_key, cadence_code, period_ordinal",
    "current_claims": "company, metric, known_at, claim_id, url",
    "told_events": "known_at, event_id",
    "current_companies": "company",
    "current_metrics": "metric",
    "current_sources": "source_id",
    "coverage_by_window": "all",
}
"""What is exported, and in which order; no text of articles but the sentences that claims stand on."""
DATABASE = "undisclosed.duckdb"
PACKAGE = "datapackage.json"
_TYPES = (
    ("TIMESTAMP", "datetime"), ("DATE", "date"), ("DECIMAL", "number"), ("DOUBLE", "number"), ("BOOLEAN", "boolean"),
    ("INTEGER", "integer"), ("BIGINT", "integer"), ("UBIGINT", "integer"), ("HUGEINT", "integer"),
)  # fmt: skip


def write_exports(db: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    """Write every file into an empty folder: each table as Parquet and CSV, and all of them as one DuckDB file.

    Raises WarehouseError where the folder cannot be written, or has no room.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, order in TABLES.items():
            _write_table(db, name, order, folder)
        _write_database(folder)
        package = data_package(db)
        for resource in package["resources"]:
            file = folder / Path(resource["path"]).name
            resource |= {"bytes": file.stat().st_size, "hash": f"sha256:{digest_of(file)}"}
        _write(folder / PACKAGE, json.dumps(package, ensure_ascii=False, indent=1) + "\n")
        files = sorted(folder.iterdir())
        _write(folder / "SHA256SUMS", "".join(f"{digest_of(file)}  {file.name}\n" for file in files))
        return sorted(folder.iterdir())
    except (OSError, duckdb.Error) as error:
        raise WarehouseError(f"{folder}: cannot be exported: {error}") from error


def compare_exports(before: Path, after: Path) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Column names and a row for each fact that is new, gone or told otherwise between two folders of exports.

    Raises WarehouseError where one of them holds no `disclosures.parquet`.
    """
    for folder in (before, after):
        if not (folder / "disclosures.parquet").is_file():
            raise WarehouseError(f"{folder}: holds no disclosures.parquet, so it is no export")
    files = {"before": str(before / "disclosures.parquet"), "after": str(after / "disclosures.parquet")}
    with duckdb.connect() as db:
        return read_rows(db, read_sql("compare_exports.sql"), files)


def data_package(db: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The `datapackage.json`: each table as Parquet and CSV, each column with its type and meaning."""
    (known_at,) = db.execute("select max(recorded_at) from claims").fetchone() or (None,)
    resources = [
        {
            "name": f"{name}-{kind}",
            "path": f"{name}.{kind}",
            "title": name,
            "format": kind,
            "mediatype": "text/csv" if kind == "csv" else "application/vnd.apache.parquet",
            "description": description,
            "profile": "tabular-data-resource",
            **({"encoding": "utf-8"} if kind == "csv" else {}),
            "schema": {"fields": fields},
        }
        for name, (description, fields) in described_tables(db).items()
        for kind in ("csv", "parquet")
    ]
    return {
        "name": "undisclosed",
        "title": "What companies disclose, what they withhold, and the day they fall silent",
        "profile": "data-package",
        **({"created": known_at.isoformat()} if known_at else {}),
        "resources": resources,
    }


def described_tables(db: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, list[dict[str, str]]]]:
    """Of each exported table what it holds, and its columns: `name`, `type` as Frictionless calls it, `description`."""
    tables: dict[str, tuple[str, list[dict[str, str]]]] = {name: ("", []) for name in TABLES}
    for name, _, comment, column, kind, meaning in db.execute(read_sql("columns.sql")).fetchall():
        if name in TABLES:
            field = {"name": column, "type": _type(kind), "description": meaning or ""}
            tables[name] = (comment or "", [*tables[name][1], field])
    return tables


def digest_of(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _write_table(db: duckdb.DuckDBPyConnection, name: str, order: str, folder: Path) -> None:
    rows = f"select * from {name} order by {order}"  # noqa: S608 (names of this module)
    db.execute(f"copy ({rows}) to {literal(folder / f'{name}.parquet')} (format parquet, compression zstd)")
    columns = db.execute(f"describe {name}").fetchall()
    safe = ", ".join(_safe(column) if kind == "VARCHAR" else f'"{column}"' for column, kind, *_ in columns)
    db.execute(
        f"copy (select {safe} from ({rows})) to {literal(folder / f'{name}.csv')} (header)"  # noqa: S608 (as above)
    )


def _write_database(folder: Path) -> None:
    with duckdb.connect(str(folder / DATABASE), config={"threads": 1}) as made:
        for name in TABLES:
            made.execute(f"create table {name} as from {literal(folder / f'{name}.parquet')}")


def _safe(column: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before what would begin one."""
    return f"""regexp_replace("{column}", '^[=+@\\t\\r-]', '''\\0') as "{column}\""""


def _type(kind: str) -> str:
    return next((plain for name, plain in _TYPES if kind.startswith(name)), "array" if "[]" in kind else "string")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
