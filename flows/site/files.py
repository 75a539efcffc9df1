"""The files of a site: written whole, and only where they differ from what stands there."""

from __future__ import annotations

import filecmp
import os
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath


@dataclass
class SiteFolder:
    """A folder that is brought up to date file by file; one that is killed leaves every file whole."""

    root: Path
    written: list[str] = field(default_factory=list)
    """Files that were made or changed, relative to the root."""

    def write(self, name: str, content: str | bytes) -> None:
        """Put the content at a place within the folder; where it stands there already, nothing is touched."""
        data = content.encode() if isinstance(content, str) else content
        path = self.root / PurePosixPath(name)
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            beside.write_bytes(data)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        self.written.append(name)

    def take(self, file: Path, name: str) -> None:
        """Move a file of the same disk into its place; where its very bytes stand there, nothing is touched."""
        if self.holds(file, name):
            return
        path = self.root / PurePosixPath(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        file.replace(path)
        self.written.append(name)

    def holds(self, file: Path, name: str) -> bool:
        """Whether the file's very bytes stand at a place within the folder."""
        path = self.root / PurePosixPath(name)
        return path.is_file() and filecmp.cmp(file, path, shallow=False)

    def remove(self, name: str) -> None:
        """Take a file away, where it is there."""
        (self.root / PurePosixPath(name)).unlink(missing_ok=True)
