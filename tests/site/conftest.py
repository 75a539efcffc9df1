from __future__ import annotations

from pathlib import Path

import pytest

from flows.site.assets import AssetsError, built_assets
from tests.site.given import write_warehouse


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of a few companies, hostile ones among them."""
    return write_warehouse(tmp_path_factory.mktemp("site") / "warehouse.duckdb")


@pytest.fixture(scope="session")
def assets() -> None:
    """The site's scripts, which `make assets` makes; `make test` does it first."""
    try:
        built_assets()
    except AssetsError as error:
        pytest.fail(str(error))
