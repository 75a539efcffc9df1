"""How far a run is, in a terminal and without one."""

import io
import logging

from rich.console import Console

from flows.local import _Progress


def told(*messages: tuple[int, str, dict[str, int]], is_terminal: bool) -> str:
    out = io.StringIO()
    progress = _Progress(Console(file=out, force_terminal=is_terminal, width=100, color_system=None))
    with progress.display:
        for level, line, numbers in messages:
            record = logging.makeLogRecord({"levelno": level, "msg": line, **numbers})
            progress.emit(record)
    return out.getvalue()


SLICE = (logging.INFO, "[boats]: slice 1 of 4", {"done": 1, "total": 4})


def test_without_a_terminal_a_slice_is_a_line_and_so_is_a_failure() -> None:
    waiting = (logging.INFO, "boats: 12 new", {})
    lost = (logging.WARNING, "boats: answered 500", {})
    lines = ["[boats]: slice 1 of 4", "failed: boats: answered 500"]
    assert told(waiting, SLICE, lost, is_terminal=False).splitlines() == lines


def test_a_terminal_has_a_bar_once_it_is_known_how_much_there_is_to_do() -> None:
    waiting = (logging.INFO, "boats: 12 new", {})
    assert "━" not in told(waiting, is_terminal=True)
    drawn = told(waiting, SLICE, is_terminal=True)
    assert "━" in drawn
    assert "[boats]: slice 1 of 4" in drawn
