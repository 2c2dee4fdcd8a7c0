"""Where the work is done and under what contract."""

from collections.abc import Sequence


def workplace_of(text: str, titles: Sequence[str], header_end: int) -> str:
    """Returns one of vocabulary.WORKPLACES."""
    return "unknown"


def employment_of(text: str, titles: Sequence[str], header_end: int) -> str:
    """Returns one of vocabulary.EMPLOYMENT_TYPES."""
    return "unknown"
