"""Ranks of shares within an occupation, with intervals that hold for all skills at once.

Mogstad, Romano, Shaikh and Wilhelm, "Inference for Ranks with Applications to Mobility across
Neighbourhoods and Academic Achievement across Countries", Review of Economic Studies 91 (2024): a
simultaneous confidence set for all differences gives, by counting those whose sign is sure, a
confidence set for all ranks. The differences here vary between employers.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm
from scipy.stats import t as student

from transforms.estimate.employers import Counts, Floats, Integers, degrees_of_freedom, left_out, on_grid

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Ranks:
    """Rank (1 is the largest share; equal shares share the better rank) and its ends; ``df`` between employers.

    ``critical`` times the error of a difference is what makes it sure. Of the skills surely above, and surely below,
    ``above`` and ``below`` name the one least surely so (-1 where there is none), beside the errors of the differences.
    """

    rank: Integers
    low: Integers
    high: Integers
    df: float
    critical: float
    above: Integers
    below: Integers
    above_error: Floats
    below_error: Floats


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
        none, unknown = np.full(n_skills, -1, dtype=np.int64), np.full(n_skills, np.nan)
        return Ranks(rank.astype(np.int64), low, high, df, np.nan, none, none, unknown, unknown)
    differences, step = on_grid(left_out(cell), n_terms=4 * len(cell.families))
    error = _error_of_differences(differences) * step
    critical = _critical_value(differences, level=level, df=df, resamples=resamples, seed=seed)
    share = totals / cell.families.sum()
    # A difference without error (two skills always asked together) is 0: nothing to tell apart.
    difference = share[None, :] - share[:, None]
    surely_above = difference > np.where(error > 0, critical * error, np.inf)
    low += surely_above.sum(axis=1)
    high -= surely_above.sum(axis=0)
    above, above_error = _least_sure(difference, error, surely_above)
    below, below_error = _least_sure(-difference, error, surely_above.T)
    return Ranks(rank.astype(np.int64), low, high, df, critical, above, below, above_error, below_error)


def _least_sure(difference: Floats, error: Floats, is_sure: Flags) -> tuple[Integers, Floats]:
    """Of each row's sure differences the one that is the fewest errors from nothing, -1 without any; its error."""
    errors = np.where(is_sure, difference / np.where(is_sure, error, 1.0), np.inf)
    nearest = np.where(is_sure.any(axis=1), errors.argmin(axis=1), -1)
    return nearest, np.where(nearest >= 0, error[np.arange(len(error)), nearest], np.nan)


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
