"""Settings of every test."""

import os

import pytest
from hypothesis import settings

os.environ |= {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}  # a server is a process of its own
os.environ["UNDISCLOSED_WORKERS"] = "1"  # a process of its own for a few pages would cost seconds

settings.register_profile("untimed", deadline=None)  # how fast something is, is measured in benchmarks/
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--lake", action="store_true", help="run all tests of the warehouse on a lake too: half an hour")
