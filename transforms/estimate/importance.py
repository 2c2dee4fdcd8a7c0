"""A score out of several parts, and how far it hangs on the weights.

Score = 100 x sum of w s / sum of w over the parts s that are there, each from 0 to 1. The weights are a choice, so
the score is drawn again under weightings that favour none (Dirichlet with all parameters 1); the band holds the middle
90 % of them. Saisana, Saltelli, Tarantola 2005, JRSS A 168:307-323. It is no interval of confidence: nothing in it
speaks of sampling.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import default_rng
from numpy.typing import NDArray

Array = NDArray[np.float64]
BAND = (0.05, 0.95)


@dataclass(frozen=True)
class Scores:
    """One entry a row; NaN where fewer than two parts are there or the parts that are there weigh nothing."""

    score: Array
    low: Array
    high: Array


def scores(parts: Array, weights: Array, *, draws: int, seed: int) -> Scores:
    """Scores of rows of ``parts`` (R x P, NaN where a part is missing); ``weights`` has length P.

    Raises ValueError where a weight is negative or not finite.
    """
    if not np.isfinite(weights).all() or (weights < 0).any():
        raise ValueError("importance_score_weights must be finite and at least 0")
    found = Scores(*(np.full(len(parts), np.nan) for _ in range(3)))
    there = np.isfinite(parts)
    for pattern in np.unique(there, axis=0):
        chosen = weights[pattern]
        if pattern.sum() < 2 or chosen.sum() <= 0:
            continue
        rows = (there == pattern).all(axis=1)
        values = parts[np.ix_(rows, pattern)]
        found.score[rows] = 100 * (values * chosen).sum(axis=1) / chosen.sum()
        drawn = default_rng(seed).dirichlet(np.ones(int(pattern.sum())), size=draws)
        # Not as one product of matrices: its sums would hang on the library's number of threads.
        under = np.stack([(drawn * row).sum(axis=1) for row in values])
        found.low[rows], found.high[rows] = 100 * np.quantile(under, BAND, axis=1)
    return found
