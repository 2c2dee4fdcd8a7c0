"""Employers as sampling units: sums over them, what leaving one out changes, and how many there are in effect."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

EXACT_BITS = 52
"""Whole numbers below 2^53 add up exactly in float64, whatever the order and the number of threads."""


@dataclass(frozen=True)
class Counts:
    """Families of one cell by employer: ``families`` (K) and ``asking`` (K x S), rows in a fixed order."""

    families: Integers
    asking: Integers


def counts(families: Integers, asking: Integers) -> Counts:
    """The same counts with employers sorted by them, so that no result depends on the order given.

    Employers without a family are left out. Raises ValueError where an employer asks more often than
    it has families, or a count is negative.
    """
    families = np.asarray(families, dtype=np.int64)
    asking = np.asarray(asking, dtype=np.int64).reshape(len(families), -1)
    if (asking < 0).any() or (asking > families[:, None]).any():
        raise ValueError("counts by employer: each must lie between 0 and the employer's families")
    kept = families > 0
    families, asking = families[kept], asking[kept]
    order = np.lexsort((*asking.T[::-1], families))
    return Counts(families[order], asking[order])


def effective_employers(families: Integers) -> float:
    """(sum m)^2 / sum m^2 over the employers' families m; 0 without any (method.md section 4)."""
    squares = int(np.sum(families * families))
    return int(np.sum(families)) ** 2 / squares if squares else 0.0


def degrees_of_freedom(families: Integers) -> float:
    """max(1, K - 1) at the effective number of employers K (method.md section 4)."""
    return max(1.0, effective_employers(families) - 1.0)


def left_out(cell: Counts) -> Floats:
    """Share without the employer minus share with all, K x S: the delete-one jackknife's differences.

    An employer that is the whole cell leaves nothing behind; its row is 0.
    """
    total = int(cell.families.sum())
    rest = total - cell.families
    share = cell.asking.sum(axis=0) / max(total, 1)
    without = (cell.asking.sum(axis=0)[None, :] - cell.asking) / np.maximum(rest, 1)[:, None]
    return np.where(rest[:, None] > 0, without - share[None, :], 0.0)


def on_grid(values: Floats, *, n_terms: int) -> tuple[Floats, float]:
    """Values as whole multiples of a step so small that ``n_terms`` products of two add up exactly.

    Returns the multiples (as float64, so that BLAS may multiply them) and the step. Sums then do not
    depend on the order of the terms or on threads; the relative error is below 2^-(bits of the grid).
    """
    largest = float(np.max(np.abs(values), initial=0.0))
    if largest == 0.0:
        return np.zeros_like(values), 1.0
    bits = (EXACT_BITS - int(np.ceil(np.log2(max(n_terms, 2))))) // 2
    step = float(2.0 ** (np.ceil(np.log2(largest)) - bits))
    return np.rint(values / step), step


def t_quantile(level: float, df: float) -> float:
    """Two-sided Student quantile."""
    return float(student.ppf(0.5 + level / 2, df))
