"""Settings of every test."""

import os

from hypothesis import settings

os.environ["UNDISCLOSED_WORKERS"] = "1"  # a process of its own for a few pages would cost seconds

settings.register_profile("untimed", deadline=None)  # how fast something is, is measured in benchmarks/
settings.load_profile("untimed")
