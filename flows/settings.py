"""Where things stand: one place that reads the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Settings:
    """Folders and addresses of this installation; each can be set in the environment."""

    home: Path
    """Warehouse, archive and Prefect's own state: `UNDISCLOSED_HOME`, by default `data/` in the project."""
    sources: Path
    """The folder of source files: `UNDISCLOSED_SOURCES`, by default `sources/` in the project."""
    contact: str | None
    """Mail address or URL that the User-Agent declares: `UNDISCLOSED_CONTACT`."""
    newsroom: str
    """Base URL of the embedded newsroom: `UNDISCLOSED_NEWSROOM`."""

    @property
    def warehouse(self) -> Path:
        """The DuckDB file that the flows write, and nobody else opens."""
        return self.home / "live.duckdb"

    @property
    def published(self) -> Path:
        """The copy of it that analysts open, put in place at the end of each run."""
        return self.home / "undisclosed.duckdb"

    @property
    def archive(self) -> Path:
        """The folder of WARC files."""
        return self.home / "archive"

    @property
    def newsroom_clock(self) -> Path:
        """The file that holds the day on which the embedded newsroom stands."""
        return self.home / "newsroom-day.txt"


def read_settings() -> Settings:
    """The settings that the environment gives now."""
    return Settings(
        home=Path(os.environ.get("UNDISCLOSED_HOME", PROJECT / "data")).absolute(),
        sources=Path(os.environ.get("UNDISCLOSED_SOURCES", PROJECT / "sources")).absolute(),
        contact=os.environ.get("UNDISCLOSED_CONTACT") or None,
        newsroom=os.environ.get("UNDISCLOSED_NEWSROOM", "http://127.0.0.1:8017").rstrip("/"),
    )
