"""A setting comes from the environment, the Prefect variable, the file, or by default; a wrong one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows import settings
from flows.settings import Settings, SettingsError, merge_layers, read_layers, read_settings
from warehouse.place import Lake


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of settings, empty; nothing of the environment."""
    for variable in ("HOME", "WORKERS"):
        monkeypatch.delenv(f"UNDISCLOSED_{variable}", raising=False)
    path = tmp_path / "undisclosed.toml"
    path.touch()
    monkeypatch.setenv("UNDISCLOSED_CONFIG", str(path))
    return path


def test_the_environment_comes_before_the_variable_and_that_before_the_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('home = "here"\nworkers = 2\nkeep_backups = 3\ncontact = "file@acme.example"')
    monkeypatch.setattr(settings, "_read_variable", lambda: {"workers": 3, "contact": "variable@acme.example"})
    monkeypatch.setenv("UNDISCLOSED_CONTACT", "me@acme.example")
    merged = merge_layers(read_layers(with_variable=True))
    assert (merged.contact, merged.workers, merged.keep_backups) == ("me@acme.example", 3, 3)
    assert merged.home == file.parent / "here"
    assert merged.newsroom == "http://127.0.0.1:8017"


def test_only_a_deployed_run_asks_the_server(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "_read_variable", lambda: {"workers": 3})
    assert read_settings().workers is None
    monkeypatch.setenv("PREFECT__FLOW_RUN_ID", "4c5a")
    assert read_settings().workers == 3


def test_a_relative_path_counts_from_where_it_was_written(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (file.parent / "elsewhere").mkdir()
    monkeypatch.chdir(file.parent / "elsewhere")
    file.write_text('sources = "mine"')
    monkeypatch.setenv("UNDISCLOSED_HOME", "data")
    assert read_settings().sources == file.parent / "mine"
    assert read_settings().home == file.parent / "elsewhere" / "data"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('hoem = "x"', "undisclosed.toml: hoem is no setting: did you mean "),
        ("workers = 0", "undisclosed.toml: workers = 0 is not allowed: Input should be greater than or equal to 1"),
        ('newsroom = "acme"', "undisclosed.toml: newsroom = 'acme' is not allowed: Value error, an address such as"),
        ('news_days = "soon"', "undisclosed.toml: news_days = 'soon' is not allowed"),
        (
            'warehouse = "w.duckdb"',
            "warehouse = 'w.duckdb' is not allowed: Value error, a lake such as ducklake:postgresql://",
        ),
        ('warehouse = "ducklake:sqlite:x.db"', "Value error, a lake such as ducklake:postgresql://"),
        ('warehouse = "ducklake:postgresql://me@h/d#rows"', "the folder of a lake's rows with its whole path"),
        (
            'warehouse = "ducklake:postgresql://me:hush@h/d"',
            "me:********@h/d' is not allowed: Value error, no password here",
        ),
        ("warehouse = 7", "warehouse = 7 is not allowed: Value error, a lake such as"),
        ("home = 7", "undisclosed.toml: home = 7 is not allowed"),
        ("home =", "undisclosed.toml: cannot be read as TOML"),
    ],
)
def test_a_wrong_setting_of_the_file_is_named(file: Path, text: str, said: str) -> None:
    file.write_text(text)
    with pytest.raises(SettingsError) as raised:
        read_settings()
    assert said in str(raised.value)


def test_wrong_variables_are_named(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNDISCLOSED_WORKERS", "many")
    monkeypatch.setenv("UNDISCLOSED_SOURCE", "x")
    with pytest.raises(SettingsError) as raised:
        read_settings()
    assert "UNDISCLOSED_SOURCE is no setting: did you mean UNDISCLOSED_SOURCES?" in str(raised.value)
    assert "UNDISCLOSED_WORKERS = 'many' is not allowed" in str(raised.value)


def test_a_file_that_was_named_and_is_not_there_is_a_fault(file: Path) -> None:
    file.unlink()
    with pytest.raises(SettingsError, match="cannot be read"):
        read_settings()


@pytest.mark.parametrize(
    ("text", "lake"),
    [
        ("ducklake:postgresql://me@h/d#/srv/rows", Lake("postgresql://me@h/d", "/srv/rows")),
        ("ducklake:postgres:dbname=d host=h#s3://bucket/rows", Lake("dbname=d host=h", "s3://bucket/rows")),
    ],
)
def test_a_lake_is_its_catalogue_and_the_place_of_its_rows(file: Path, text: str, lake: Lake) -> None:
    file.write_text(f'warehouse = "{text}"')
    assert read_settings().warehouse == read_settings().published == lake


def test_where_nothing_is_said_the_warehouse_and_the_rows_of_a_lake_are_in_the_home(file: Path) -> None:
    file.write_text('home = "here"')
    assert read_settings().warehouse == file.parent / "here" / "live.duckdb"
    file.write_text('home = "here"\nwarehouse = "ducklake:postgresql://me@h/d"')
    assert read_settings().warehouse == Lake("postgresql://me@h/d", str(file.parent / "here" / "lake"))


def test_every_setting_says_what_it_is_for() -> None:
    assert all(field.description for field in Settings.model_fields.values())
