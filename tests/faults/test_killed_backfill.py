"""A backfill and a replay that are killed at any moment and begun again end as those that nobody disturbed."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

from warehouse.database import open_warehouse

from .hostile import ARTICLE, Behaviour, answer, sends, serving
from .test_killed import KILLS, Runs, check

DAYS = [f"2023/{month:02}/{day:02}" for month in range(1, 4) for day in range(1, 13, 2)]
FACTS = (
    "select page_id, url, source_id, body_sha256 from pages",
    "select * exclude (recorded_at, run_id) from articles",
    "select * exclude (recorded_at, run_id) from claims",
    "select claim_id from current_claims",
    "select distinct source_id, since_date, until_date, outcome_code from coverage where outcome_code <> 'failed'",
    "select page_id, extractor_version, result_code from rereadings",
)


def site() -> dict[str, Behaviour]:
    """A sitemap of pages of a quarter, one in ten without a claim."""
    pages: dict[str, Behaviour] = {}
    for number, day in enumerate(DAYS):
        body = ARTICLE.replace(b"2024-05-16", day.replace("/", "-").encode()).replace(b"12.4", b"%d.4" % number)
        body = body.replace(b"revenue", b"result") if number % 10 == 0 else body
        pages[f"/{day}/news"] = sends(answer(body))
    entries = "".join(f"<url><loc>{path}</loc></url>" for path in pages)
    return pages | {"/sitemap.xml": sends(answer(f"<urlset>{entries}</urlset>".encode(), kind="application/xml"))}


def install(home: Path, url: str) -> Path:
    (home / "sources").mkdir(parents=True)
    (home / "sources" / "s.toml").write_text(
        f'name = "S"\nkind = "sitemap"\nurl = "{url}/sitemap.xml"\nauthority = "press"\nlanguage = "en"\n'
        "pace_seconds = 0\nallow_private = true\n"
    )
    return home


def facts(home: Path) -> dict[str, list[tuple[Any, ...]]]:
    with open_warehouse(home / "home" / "undisclosed.duckdb") as db:
        return {sql: sorted(db.execute(sql).fetchall(), key=repr) for sql in FACTS}


def finish(runs: Runs, home: Path, flow: str, seconds: float) -> int:
    """Kill a run now and then, each a little later, until one comes to its end; gives how many were killed."""
    kills = 0
    while runs.run(home, random.uniform(0, seconds * (0.5 + kills / 4)), flow=flow)[0]:
        kills += 1
    return kills


def test_what_was_killed_ends_as_what_was_not(tmp_path: Path) -> None:
    with serving(site()) as server, Runs() as runs:
        whole = install(tmp_path / "whole", server.url)
        code, seconds = runs.run(whole, flow="backfill")
        assert (code, check(whole)) == (0, len(DAYS))
        backfilled = facts(whole)
        code, seconds_again = runs.run(shutil.copytree(whole, tmp_path / "again", dirs_exist_ok=True), flow="replay")
        assert code == 0
        reread = facts(tmp_path / "again")
        assert len(reread[FACTS[2]]) > len(backfilled[FACTS[2]]) == 0

        kills = number = 0
        while kills < KILLS:
            home, number = install(tmp_path / str(number), server.url), number + 1
            kills += finish(runs, home, "backfill", seconds)
            assert check(home) == len(DAYS)
            assert facts(home) == backfilled
            kills += finish(runs, home, "replay", seconds_again)
            assert facts(home) == reread
            shutil.rmtree(home)
