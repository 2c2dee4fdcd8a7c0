"""Ratios of observed to expected counts, shrunken by how much all of them scatter: EBGM, EB05, EB95.

DuMouchel, "Bayesian Data Mining in Large Frequency Tables, with an Application to the FDA Spontaneous
Reporting System", The American Statistician 53 (1999): counts are Poisson with mean ratio x expected, the
ratio's prior is a mixture of two gammas fitted to all cells.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.optimize.elementwise import find_root
from scipy.special import digamma, expit, gammainc, gammaincinv, gammaln

from transforms.estimate.employers import Floats

START = (0.2, 0.1, 2.0, 4.0, 1 / 3)
"""DuMouchel's starting values: shape and rate of the two gammas, weight of the first."""

BINS_PER_E_FOLD = 50
"""Expected counts within 2 % of each other are one cell of the fit: a million cells become thousands."""

LOG_BOUND = 9.0
"""Shapes and rates stay within exp(-9) and exp(9): counts without scatter would send them to infinity."""

POSSIBLE = 1.92
"""Log likelihood that scatter may cost and still be possible: half the 95 % point of chi-squared with one degree."""

APART = 1e-6
"""The ends of a bracket are moved apart by this share: where one gamma is all, its own point is the root."""

SMALLEST = 1e-15


@dataclass(frozen=True)
class Prior:
    """Shape and rate of two gammas and the weight of the first."""

    shape_1: float
    rate_1: float
    shape_2: float
    rate_2: float
    weight_1: float


@dataclass(frozen=True)
class Shrunken:
    """Geometric mean of the ratio's posterior (EBGM) and its 5 % and 95 % points, an array each."""

    ebgm: Floats
    eb05: Floats
    eb95: Floats


def fit_prior(n: Floats, expected: Floats) -> Prior:
    """The prior under which counts ``n`` given ``expected`` (> 0) are likeliest; they need not be whole.

    Raises ValueError for a count below 0, an expected count not above 0, or none at all.
    """
    n, expected = _checked(n, expected)
    if not len(n):
        raise ValueError("no cell to fit a prior to")
    step = np.rint(np.log(expected) * BINS_PER_E_FOLD)
    bins, cells = np.unique(np.column_stack([n, step]), axis=0, return_counts=True)
    counts, means = bins[:, 0], np.exp(bins[:, 1] / BINS_PER_E_FOLD)

    def loss(theta: Floats) -> tuple[float, Floats]:
        value, slope = _log_marginal(counts, means, _prior(theta))
        return -float(cells @ value) / float(cells.sum()), -(slope @ cells) / float(cells.sum())

    start = np.array([*np.log(START[:4]), np.log(START[4] / (1 - START[4]))])
    found = minimize(loss, start, method="L-BFGS-B", jac=True, bounds=[(-LOG_BOUND, LOG_BOUND)] * 5)
    # Six digits: beyond them the optimiser's path shows, not the data.
    return _scattered(_prior(np.round(found.x, 6)), counts, means, cells.astype(np.float64))


def _scattered(likeliest: Prior, counts: Floats, means: Floats, cells: Floats) -> Prior:
    """The prior with as much scatter as the cells leave possible: their likelihood tells it apart from none at all
    only above some size, and a prior without scatter gives every cell the same ratio, sure to a per cent.
    """

    def lost(log_shape: float) -> float:
        prior = _capped(likeliest, float(np.exp(log_shape)))
        return best - float(cells @ _likelihood(counts, means, prior))

    best = float(cells @ _likelihood(counts, means, likeliest))
    high = float(np.log(max(likeliest.shape_1, likeliest.shape_2)))
    low = min(high, 0.0)
    if lost(low) <= POSSIBLE:
        return _capped(likeliest, float(np.exp(low)))
    while high - low > 0.01:
        middle = (low + high) / 2
        low, high = (middle, high) if lost(middle) > POSSIBLE else (low, middle)
    return _capped(likeliest, float(np.exp(round(high, 6))))


def _capped(prior: Prior, shape: float) -> Prior:
    """The same means and weights with shapes of at most ``shape``: a gamma's relative scatter is shape^(-1/2)."""
    first, second = min(prior.shape_1, shape), min(prior.shape_2, shape)
    return Prior(
        first,
        prior.rate_1 * first / prior.shape_1,
        second,
        prior.rate_2 * second / prior.shape_2,
        prior.weight_1,
    )


def shrink(n: Floats, expected: Floats, prior: Prior) -> Shrunken:
    """Posterior of the ratio for each cell."""
    n, expected = _checked(n, expected)
    first, second = _log_parts(n, expected, prior)
    weight = expit(first - second)
    mean_log = weight * (digamma(prior.shape_1 + n) - np.log(prior.rate_1 + expected)) + (1 - weight) * (
        digamma(prior.shape_2 + n) - np.log(prior.rate_2 + expected)
    )
    return Shrunken(
        np.asarray(np.exp(mean_log)), _point(n, expected, prior, 0.05), _point(n, expected, prior, 0.95)
    )


def lower_point(n: Floats, expected: Floats, prior: Prior) -> Floats:
    """EB05 of each cell alone: the same as in ``shrink``, at half its cost."""
    n, expected = _checked(n, expected)
    return _point(n, expected, prior, 0.05)


def _point(n: Floats, expected: Floats, prior: Prior, share: float) -> Floats:
    """Where each cell's posterior distribution function reaches ``share``, to 12 digits.

    A mixture's point lies between those of its two gammas: a fifth of the work of halving the whole line.
    """
    first, second = _log_parts(n, expected, prior)
    shapes = (prior.shape_1 + n, prior.shape_2 + n)
    rates = (prior.rate_1 + expected, prior.rate_2 + expected)
    ends = [gammaincinv(shape, share) / rate for shape, rate in zip(shapes, rates, strict=True)]
    found = find_root(
        _above,
        (np.minimum(*ends) * (1 - APART), np.maximum(*ends) * (1 + APART) + SMALLEST),
        args=(share, expit(first - second), *shapes, *rates),
        tolerances={"xatol": SMALLEST, "xrtol": 1e-13, "fatol": 0.0, "frtol": 0.0},
    )
    return np.asarray(found.x)


def _above(
    ratio: Floats,
    share: Floats,
    weight: Floats,
    shape_1: Floats,
    shape_2: Floats,
    rate_1: Floats,
    rate_2: Floats,
) -> Floats:
    """By how much the distribution function of a mixture of two gammas is above ``share`` at ``ratio``."""
    first, second = gammainc(shape_1, rate_1 * ratio), gammainc(shape_2, rate_2 * ratio)
    return np.asarray(weight * first + (1 - weight) * second - share)


def _prior(theta: Floats) -> Prior:
    shape_1, rate_1, shape_2, rate_2 = (float(np.exp(value)) for value in theta[:4])
    return Prior(shape_1, rate_1, shape_2, rate_2, float(expit(theta[4])))


def _likelihood(n: Floats, expected: Floats, prior: Prior) -> Floats:
    return np.asarray(np.logaddexp(*_log_parts(n, expected, prior)))


def _log_marginal(n: Floats, expected: Floats, prior: Prior) -> tuple[Floats, Floats]:
    """Log likelihood of each cell, and its slope (5 x cells) by log shape and log rate of both parts and the logit
    of the weight: taken from differences, it costs six likelihoods a step, so two.
    """
    first, second = _log_parts(n, expected, prior)
    likelihood = np.logaddexp(first, second)
    share = np.exp(first - likelihood)
    slopes = [
        part * slope
        for part, shape, rate in (
            (share, prior.shape_1, prior.rate_1),
            (1 - share, prior.shape_2, prior.rate_2),
        )
        for slope in (
            shape * (digamma(shape + n) - digamma(shape) + np.log(rate) - np.log(rate + expected)),
            shape - rate * (shape + n) / (rate + expected),
        )
    ]
    return np.asarray(likelihood), np.stack([*slopes, share - prior.weight_1])


def _log_parts(n: Floats, expected: Floats, prior: Prior) -> tuple[Floats, Floats]:
    """Log weight times negative-binomial likelihood of each part; n! cancels everywhere and is left out."""

    def part(shape: float, rate: float, weight: float) -> Floats:
        return np.asarray(
            np.log(max(weight, 1e-300))
            + gammaln(shape + n)
            - gammaln(shape)
            + shape * np.log(rate)
            + n * np.log(expected)
            - (shape + n) * np.log(rate + expected)
        )

    return (
        part(prior.shape_1, prior.rate_1, prior.weight_1),
        part(prior.shape_2, prior.rate_2, 1 - prior.weight_1),
    )


def _checked(n: Floats, expected: Floats) -> tuple[Floats, Floats]:
    n, expected = np.asarray(n, dtype=np.float64), np.asarray(expected, dtype=np.float64)
    if n.shape != expected.shape or not (np.isfinite(n).all() and np.isfinite(expected).all()):
        raise ValueError("counts and expected counts must be finite and of one length")
    if (n < 0).any() or (expected <= 0).any():
        raise ValueError("counts must be at least 0 and expected counts above 0")
    return n, expected
