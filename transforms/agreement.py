"""How well a ranking agrees with a list: area under the curve with an interval over the ranked things."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm, rankdata

FEWEST = 5
"""Fewer things in the list, or outside of it, and the interval is no interval."""


@dataclass(frozen=True)
class Agreement:
    """``auc``: the chance that a listed thing ranks above one that is not, ties half; None where too few."""

    n_listed: int
    n_others: int
    auc: float | None
    low: float | None
    high: float | None


def auc(listed: list[float], others: list[float], *, level: float) -> Agreement:
    """The area and its interval by the variance of placements (DeLong, DeLong, Clarke-Pearson 1988, Biometrics 44)."""
    n, m = len(listed), len(others)
    if min(n, m) < FEWEST:
        return Agreement(n, m, None, None, None)
    everything = rankdata([*listed, *others])
    above = (everything[:n] - rankdata(listed)) / m
    below = 1 - (everything[n:] - rankdata(others)) / n
    area = float(above.mean())
    error = float(np.sqrt(above.var(ddof=1) / n + below.var(ddof=1) / m))
    half = float(norm.isf((1 - level) / 2)) * error
    return Agreement(n, m, round(area, 6), round(max(0.0, area - half), 6), round(min(1.0, area + half), 6))
