"""The named questions: one `.sql` file each in `sql/ask/`, whose first line says what it answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).with_name("sql") / "ask"
PARAMETERS = ("since", "company", "metric", "at")


@dataclass(frozen=True)
class Question:
    """A query with a name."""

    name: str
    title: str
    sql: str

    @property
    def parameters(self) -> tuple[str, ...]:
        """Those of `PARAMETERS` that it takes."""
        return tuple(name for name in PARAMETERS if re.search(rf"\${name}\b", self.sql))

    def bind(self, given: Mapping[str, object]) -> dict[str, object]:
        """The values that its SQL takes, of those given."""
        return {name: given[name] for name in self.parameters}


def read_questions() -> dict[str, Question]:
    """Every question by its name, in alphabetical order."""
    texts = {file.stem: file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.sql"))}
    return {name: Question(name, sql.partition("\n")[0].removeprefix("-- "), sql) for name, sql in texts.items()}
