"""The same examples every time: a night must not turn red by chance."""

from hypothesis import settings

settings.register_profile("evidence", derandomize=True, deadline=None)
settings.load_profile("evidence")
