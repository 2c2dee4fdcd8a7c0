"""Ranks of shares within an occupation, with intervals that hold for all skills at once.

Mogstad, Romano, Shaikh and Wilhelm, "Inference for Ranks with Applications to Mobility across
Neighbourhoods and Academic Achievement across Countries", Review of Economic Studies 91 (2024): a
simultaneous confidence set for all differences gives, by counting those whose sign is sure, a
confidence set for all ranks. The differences here vary between employers.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import norm
from scipy.stats import t as student

from transforms.estimate.employers import Counts, Floats, Integers, degrees_of_freedom, left_out, on_grid


@dataclass(frozen=True)
class Ranks:
    """Rank (1 is the largest share; equal shares share the better rank) and its ends; ``df`` between employers."""

    rank: Integers
    low: Integers
    high: Integers
    df: float


def ranks(cell: Counts, *, level: float, resamples: int, seed: int) -> Ranks:
    """Ranks of the S skills of a cell with a joint confidence set of ``level``.

    With fewer than two employers, or one skill, nothing is told apart: every interval is 1 to S.
    """
    n_skills = cell.asking.shape[1]
    totals = cell.asking.sum(axis=0)
    rank = 1 + (totals[None, :] > totals[:, None]).sum(axis=1)
    low, high = np.ones(n_skills, dtype=np.int64), np.full(n_skills, n_skills, dtype=np.int64)
    df = degrees_of_freedom(cell.families)
    if n_skills < 2 or len(cell.families) < 2:
        return Ranks(rank.astype(np.int64), low, high, df)
    differences, step = on_grid(left_out(cell), n_terms=4 * len(cell.families))
    error = _error_of_differences(differences) * step
    critical = _critical_value(differences, level=level, df=df, resamples=resamples, seed=seed)
    share = totals / cell.families.sum()
    # A difference without error (two skills always asked together) is 0: nothing to tell apart.
    surely_above = (share[None, :] - share[:, None]) > np.where(error > 0, critical * error, np.inf)
    low += surely_above.sum(axis=1)
    high -= surely_above.sum(axis=0)
    return Ranks(rank.astype(np.int64), low, high, df)


def _error_of_differences(differences: Floats) -> Floats:
    """Jackknife standard error of every difference of two shares, S x S, in steps of the grid."""
    k = len(differences)
    products = differences.T @ differences
    sums = differences.sum(axis=0)
    own = np.diag(products)
    squares = own[:, None] + own[None, :] - 2 * products
    centred = squares - (sums[:, None] - sums[None, :]) ** 2 / k
    return np.asarray(np.sqrt(np.maximum(centred, 0.0) * ((k - 1) / k)))


def _critical_value(differences: Floats, *, level: float, df: float, resamples: int, seed: int) -> float:
    """Quantile of the largest studentised difference under random signs of the employers' contributions.

    The normal quantile it stands for is turned into Student's at the employers' degrees of freedom:
    few large employers make the standard errors themselves uncertain.
    """
    k, n_skills = differences.shape
    error = _error_of_differences(differences)
    scale = np.where(error > 0, error, np.inf)
    signs = np.random.Generator(np.random.PCG64(seed)).integers(0, 2, size=(resamples, k)) * 2.0 - 1.0
    drawn = signs @ differences
    upper = np.triu_indices(n_skills, 1)
    inverse = 1.0 / scale[upper]
    largest = np.empty(resamples)
    for b in range(resamples):
        largest[b] = np.max(np.abs(drawn[b][upper[0]] - drawn[b][upper[1]]) * inverse)
    normal = float(np.quantile(largest, level, method="higher"))
    tail = max(float(norm.sf(normal)), 1e-300)
    return float(student.isf(tail, df))
