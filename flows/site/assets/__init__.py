"""What browsers are given beside the pages: our scripts with the libraries they stand on, bundled, and the style."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

FOLDER = Path(__file__).parent / "dist"


class AssetsError(Exception):
    """The assets were not made on this machine."""


def built_assets() -> Mapping[str, bytes]:
    """Every asset by its name. Raises AssetsError where `make assets` has not made them."""
    if not (FOLDER / "page.js").is_file():
        raise AssetsError("the site's scripts are not made yet: run `make assets` once")
    return {file.name: file.read_bytes() for file in sorted(FOLDER.iterdir()) if file.is_file()}
