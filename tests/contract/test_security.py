"""SECURITY.md names tests that are there."""

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def test_every_test_that_holds_a_threat_is_there() -> None:
    named = re.findall(r"`(tests/\S+)`", (PROJECT / "SECURITY.md").read_text(encoding="utf-8"))
    assert len(named) > 10
    assert [path for path in named if not (PROJECT / path).is_file()] == []
