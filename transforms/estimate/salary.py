"""Quantiles of pay with intervals that know of employers.

Woodruff, "Confidence Intervals for Medians and Other Position Measures", Journal of the American
Statistical Association 47 (1952): the interval of the share of adverts that pay no more than the sample
quantile, read back as order statistics. That share is a share like others: jackknife over employers,
Korn-Graubard ends (transforms/interval.py).
"""

from dataclasses import dataclass

import numpy as np

from transforms.estimate.employers import Floats, Integers, effective_employers
from transforms.interval import korn_graubard


@dataclass(frozen=True)
class PayQuantile:
    """Quantile of the pays and its ends, each one of them, and the effective number of adverts.

    ``variance`` is that of the share of adverts that pay no more; None with one employer.
    """

    value: int
    low: int
    high: int
    n_effective: float
    variance: float | None


def pay_quantile(pays: Integers, employers: Integers, *, quantile: float, level: float) -> PayQuantile:
    """The smallest pay that at least ``quantile`` of the adverts don't exceed. Raises ValueError without any."""
    if not len(pays):
        raise ValueError("no pay to take a quantile of")
    order = np.argsort(pays, kind="stable")
    pays, codes = pays[order], np.unique(employers[order], return_inverse=True)[1].reshape(-1)
    n = len(pays)
    value = int(pays[_position(quantile, n)])
    sizes = np.bincount(codes)
    below = np.bincount(codes, pays <= value, minlength=len(sizes)).astype(np.float64)
    variance = _variance(below, sizes.astype(np.float64))
    ends = korn_graubard(
        np.array([quantile * n]),
        np.array([float(n)]),
        np.array([variance]),
        np.array([effective_employers(sizes.astype(np.int64))]),
        level=level,
    )
    low = int(pays[_position(float(ends.low[0]), n)])
    high = int(pays[min(n - 1, int(np.ceil(float(ends.high[0]) * n)))])
    return PayQuantile(
        value,
        min(low, value),
        max(high, value),
        float(ends.n_effective[0]),
        None if np.isnan(variance) else variance,
    )


def _position(share: float, n: int) -> int:
    """Place (from 0) of the smallest of n sorted values that a share of them does not exceed."""
    return min(n - 1, max(0, int(np.ceil(share * n - 1e-9)) - 1))


def _variance(below: Floats, sizes: Floats) -> float:
    """Delete-one-employer jackknife variance of the share below; NaN with one employer."""
    k, n = len(sizes), float(sizes.sum())
    if k < 2:
        return float("nan")
    without = (below.sum() - below) / (n - sizes)
    return float((k - 1) / k * np.sum((without - without.mean()) ** 2))
