"""Publish: the published warehouse as a static site with feeds and exports; only what changed is made again."""

from __future__ import annotations

import asyncio
from pathlib import Path

from prefect import flow
from prefect.artifacts import acreate_table_artifact

from flows.publish_site import publish_site, summary


@flow(name="publish")
async def publish(out: Path | None = None, url: str | None = None) -> str:
    """Bring the site in the folder `out` up to date, to stand at `url`; by default those of the settings."""
    built = await asyncio.to_thread(publish_site, out, url)
    table = [{"company pages": built.companies, "files written": len(built.written)}]
    await acreate_table_artifact(table=table, key="site", description="What differs from the site of before.")
    return summary(built)
