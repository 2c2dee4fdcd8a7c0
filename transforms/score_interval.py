"""Intervals of shares of judged items."""

import math

Z_95 = 1.959963984540054
"""Two-sided 95 % of the normal distribution."""


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Returns the 95 % score interval of ``successes`` in ``n`` (Wilson 1927); (0, 1) of nothing.

    For judged items, which are drawn one by one; shares of adverts come in clusters of employers.
    """
    if not n:
        return 0.0, 1.0
    share, square = successes / n, Z_95 * Z_95
    middle = share + square / (2 * n)
    half = Z_95 * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    low, high = (middle - half) / (1 + square / n), (middle + half) / (1 + square / n)
    # At the ends the formula gives 0 and 1 but for rounding.
    return (0.0 if successes == 0 else low), (1.0 if successes == n else high)
