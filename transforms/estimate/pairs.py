"""Skills asked for together within an occupation: lift, its error between employers, and a test of it.

The employer is the sampling unit: what leaving one out changes carries the variance. Under three dominant
employers the plain G2 test calls independent skills a pair in every run.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from transforms.estimate.employers import Floats, Integers, degrees_of_freedom
from transforms.estimate.lasso import Flags

BLOCK_VALUES = 60_000
"""Numbers held at a time: half a megabyte an array, so that a block stays in the processor's cache."""


@dataclass(frozen=True)
class Pairs:
    """S x S arrays over the skills of a cell; the diagonal means nothing.

    ``both`` families with the two, ``expected`` if independent, ``log_lift_se`` (NaN where no family has
    both), ``conditional_variance`` of the share of the row skill's families that ask for the column skill,
    ``p_value`` of independence; ``df`` between employers, one number.
    """

    both: Integers
    expected: Floats
    log_lift_se: Floats
    conditional_variance: Floats
    p_value: Floats
    df: float


def pairs(skills: Flags, employers: Integers) -> Pairs:
    """Counts and tests of all pairs of the columns of ``skills`` (n x S); ``employers`` (n) are any codes.

    Fewer than two employers, or two that agree in all, tell nothing: p is 1.
    """
    order = np.lexsort((*skills.T[::-1], employers))
    skills, codes = skills[order].astype(np.float64), employers[order]
    n, n_skills = skills.shape
    starts = np.flatnonzero(np.diff(codes, prepend=codes[0] - 1)) if n else np.zeros(0, dtype=np.int64)
    sizes = np.diff([*starts, n]).astype(np.int64)
    both = (skills.T @ skills).round()
    with_skill = np.diag(both).copy()
    expected = np.outer(with_skill, with_skill) / max(n, 1)
    df = degrees_of_freedom(sizes)
    sums = _Sums(n_skills)
    if len(sizes) > 1:
        block = max(1, BLOCK_VALUES // max(n_skills * n_skills, 1))
        for first in range(0, len(sizes), block):
            sums.add(skills, starts[first : first + block], sizes[first : first + block], both)
    return Pairs(
        both.astype(np.int64),
        expected,
        np.where(both > 0, np.sqrt(sums.variance(sums.log_lift, sums.log_lift_mean, len(sizes))), np.nan),
        sums.variance(sums.conditional, sums.conditional_mean, len(sizes)),
        _p_values(both / max(n, 1) - expected / max(n, 1), sums, len(sizes), df),
        df,
    )


class _Sums:
    """Sums over employers of what leaving each out changes, its square and its fourth power."""

    def __init__(self, n_skills: int) -> None:
        shape = (n_skills, n_skills)
        self.excess, self.excess_mean, self.excess_fourth = np.zeros(shape), np.zeros(shape), np.zeros(shape)
        self.log_lift, self.log_lift_mean = np.zeros(shape), np.zeros(shape)
        self.conditional, self.conditional_mean = np.zeros(shape), np.zeros(shape)

    def add(self, skills: Floats, starts: Integers, sizes: Integers, both: Floats) -> None:
        """Add a block of employers; ``skills`` are all families, sorted by employer."""
        n, with_skill = len(skills), np.diag(both)
        together = np.stack(
            [skills[a : a + m].T @ skills[a : a + m] for a, m in zip(starts, sizes, strict=True)]
        )
        alone = np.einsum("gss->gs", together)
        rest = (n - sizes)[:, None].astype(np.float64)
        share = with_skill / n
        # Joint share minus product of shares, without the employer minus with all: exact, not linearised.
        left = (with_skill[None, :] - alone) / rest
        change = (both[None] - together) / rest[:, :, None] - left[:, :, None] * left[:, None, :]
        change -= (both / n - np.outer(share, share))[None]
        square = change * change
        self.excess += square.sum(axis=0)
        self.excess_mean += change.sum(axis=0)
        self.excess_fourth += (square * square).sum(axis=0)
        # log n_both + log n - log n_skill - log n_paired to the first order, times n / (n - m) for leverage.
        fraction = alone / np.maximum(with_skill, 1)[None, :]
        lift = together / np.maximum(both, 1)[None] - fraction[:, :, None] - fraction[:, None, :]
        lift = (lift + (sizes / n)[:, None, None]) * (n / rest)[:, :, None]
        self.log_lift += (lift * lift).sum(axis=0)
        self.log_lift_mean += lift.sum(axis=0)
        given = both / np.maximum(with_skill, 1)[:, None]
        remaining = np.maximum(with_skill[None, :] - alone, 1)[:, :, None]
        given_change = (given[None] * alone[:, :, None] - together) / remaining
        self.conditional += (given_change * given_change).sum(axis=0)
        self.conditional_mean += given_change.sum(axis=0)

    def variance(self, squares: Floats, total: Floats, k: int) -> Floats:
        """(K - 1) / K times the sum of squares about the mean; 0 below two employers."""
        if k < 2:
            return np.zeros_like(squares)
        return np.asarray(np.maximum(squares - total * total / k, 0.0) * ((k - 1) / k))


def _p_values(excess: Floats, sums: _Sums, k: int, df: float) -> Floats:
    """Student's test of no excess, at the smaller of two degrees of freedom.

    One is that of the employers' sizes, the other (sum D^2)^2 / sum D^4 of this pair's own contributions:
    when a few employers carry all of a pair's excess, the sizes alone promise too much (in planted markets
    of equal employers without any pair, 6 to 11 % of runs then had a false one at q 5 %; so, 0 to 3 %).
    """
    error = np.sqrt(sums.variance(sums.excess, sums.excess_mean, k))
    # Errors of the order of rounding mean that no employer differs: nothing to test with.
    fit = error > 1e-12
    own = np.where(sums.excess_fourth > 0, sums.excess**2 / np.where(fit, sums.excess_fourth, 1.0), 1.0)
    statistic = np.where(fit, np.abs(excess) / np.where(fit, error, 1.0), 0.0)
    return np.asarray(2.0 * student.sf(statistic, np.maximum(1.0, np.minimum(df, own))))


def benjamini_hochberg(p_values: Floats) -> Floats:
    """q of each p: the smallest false discovery rate at which it is called (Benjamini, Hochberg 1995)."""
    m = len(p_values)
    order = np.argsort(p_values, kind="stable")
    scaled = p_values[order] * m / np.arange(1, m + 1)
    q = np.empty(m)
    q[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return q
