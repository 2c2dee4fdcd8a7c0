"""The order of releases: as numbers, never as strings ('9.0' > '20.0' is a lie strings tell)."""

import re

NUMBER = re.compile(r"\d+")


def release_order(release: str) -> tuple[int, ...]:
    """Numbers of a release name in their order: ``"1.2.0"`` is (1, 2, 0), ``"2022-09"`` is (2022, 9).

    Raises ValueError for a name without any number.
    """
    numbers = tuple(int(number) for number in NUMBER.findall(release))
    if not numbers:
        raise ValueError(f"release {release!r} holds no number, so it has no place among other releases")
    return numbers
