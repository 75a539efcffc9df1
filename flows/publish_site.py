"""The published warehouse as a site: the work of the flow `publish`, and of the command by that name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flows.settings import read_settings
from flows.site.build import Built, build_site
from warehouse.publish import open_published


def publish_site(
    out: Path | None = None, url: str | None = None, progress: Callable[[int, int], None] = lambda done, total: None
) -> Built:
    """Bring the site in the folder `out` up to date, to stand at `url`; by default those of the settings.

    Raises WarehouseError where nothing was ever loaded, OSError, AssetsError."""
    settings = read_settings()
    with open_published(settings.warehouse, settings.published) as db:
        at = (url or settings.site_url).rstrip("/") + "/"
        return build_site(db, out or settings.site, at, progress)


def summary(built: Built) -> str:
    """What a build did, in one line."""
    return f"{built.companies} company pages made, {len(built.written)} files written"
