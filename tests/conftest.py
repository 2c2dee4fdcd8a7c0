"""Drawn examples are the same every time: a night must not turn red by chance."""

import pytest
from hypothesis import settings

SAME = settings(derandomize=True, deadline=None, database=None, print_blob=False)
settings.register_profile("whole", SAME)
settings.register_profile("quick", SAME, max_examples=20)
"""Where a test names no number of its own, `make check` draws a fifth of Hypothesis' hundred."""


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("quick" if config.option.markexpr == "not slow" else "whole")
