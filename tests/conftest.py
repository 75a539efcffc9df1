"""Settings of every test."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)  # how fast something is, is measured in benchmarks/
settings.load_profile("untimed")
