"""The named questions as the browser asks them: over the exported tables alone, of all companies and metrics."""

from __future__ import annotations

import re

from warehouse.exports import TABLES
from warehouse.questions import read_questions

_SINCE = "timestamp '2000-01-01'"
_NARROWED = re.compile(r"^.*\$(?:company|metric) is null.*\n", re.MULTILINE)
_NAMES = re.compile(r"\b(?:from|join)\s+([a-z_]+)\b", re.IGNORECASE)


def browser_questions() -> list[dict[str, str]]:
    """`name`, `title` and `sql` of each question that needs nothing but exported tables."""
    asked = []
    for question in read_questions().values():
        sql = _NARROWED.sub(_any, question.sql.partition("\n")[2])
        own = set(re.findall(r"\b([a-z_]+) as \(", sql))
        sql = re.sub(r"\$since\b", _SINCE, sql)
        if set(_NAMES.findall(sql)) - own <= TABLES.keys() and "$" not in sql:
            asked.append({"name": question.name, "title": question.title, "sql": sql.strip()})
    return asked


def _any(line: re.Match[str]) -> str:
    """What stands in place of a condition on a company or a metric: none, or one that always holds."""
    return "" if line[0].lstrip().startswith("and ") else "    true\n"
