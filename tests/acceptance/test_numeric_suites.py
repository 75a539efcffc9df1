"""The published suites of a number recognizer: of the values that a report may have, nine in ten are found."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
LEAST = 0.90


def suites() -> ModuleType:
    spec = importlib.util.spec_from_file_location("numeric_suites", BENCHMARKS / "numeric_suites.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_nine_in_ten_of_the_suites_values_are_found_in_every_language() -> None:
    module = suites()
    if not module.SUITES.exists():
        pytest.skip("the suites do not stand beside the project")
    short = {
        (language, kind): found / wanted for language, kind, found, wanted in module.rates() if found < LEAST * wanted
    }
    assert not short
