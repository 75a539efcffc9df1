"""Imports run one way: flows -> warehouse -> extractors.model, flows -> extractors."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
OURS = {"extractors", "flows", "warehouse"}

# A module prefix -> what may import it.
ONLY_FROM = {
    "prefect": ("flows/",),
    "httpx": ("flows/fetch.py", "flows/answers.py"),
    "httpx_retries": ("flows/fetch.py",),
    "duckdb": ("warehouse/",),
    "flows": ("flows/",),
    "warehouse": ("flows/", "warehouse/"),
}
NETWORK = {"socket", "urllib.request", "http", "requests", "sqlite3"}
# Prefect may be imported by flows only, and not by what the quick commands load.
WITHOUT_PREFECT = tuple(
    f"flows/{name}.py"
    for name in (
        *("cli", "cli_asking", "cli_keeping", "cli_operating", "cli_reading", "cli_runs", "cli_showing"),
        *("terminal", "documents", "show_board", "show_claims", "show_rows"),
    )
)


def python_files() -> list[str]:
    return sorted(str(path.relative_to(PROJECT)) for name in OURS for path in (PROJECT / name).rglob("*.py"))


def imports_of(file: str, *, at_module_level: bool = False) -> Iterator[str]:
    tree = ast.parse((PROJECT / file).read_text(encoding="utf-8"))
    for node in tree.body if at_module_level else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: a relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_of(module: str, prefix: str) -> bool:
    return module == prefix or module.startswith(f"{prefix}.")


def test_there_are_files_to_look_at() -> None:
    assert len(python_files()) > 20


@pytest.mark.parametrize("file", python_files())
def test_imports_run_one_way(file: str) -> None:
    for module in imports_of(file):
        for prefix, places in ONLY_FROM.items():
            assert not is_of(module, prefix) or file.startswith(places), f"{file} imports {module}"
        if file.startswith("warehouse/") and is_of(module, "extractors"):
            assert module == "extractors" or is_of(module, "extractors.model"), f"{file} imports {module}"
        if file.startswith("extractors/"):
            assert not any(is_of(module, name) for name in NETWORK), f"{file} imports {module}"


@pytest.mark.parametrize("file", WITHOUT_PREFECT)
def test_quick_commands_load_without_prefect(file: str) -> None:
    modules = list(imports_of(file, at_module_level=True))
    assert not any(is_of(module, "prefect") or is_of(module, "flows.monitor") for module in modules)
