"""Lasso with the plug-in penalty of Belloni, Chernozhukov and Hansen, for many responses at once.

Belloni, Chernozhukov, Hansen, "Inference on Treatment Effects after Selection among High-Dimensional
Controls", Review of Economic Studies 81 (2014); penalty loadings for clusters: Belloni, Chernozhukov,
Hansen, Kozbur, "Inference in High-Dimensional Panel Models", Journal of Business & Economic Statistics
34 (2016). Coordinate descent as in Friedman, Hastie, Tibshirani, Journal of Statistical Software 33 (2010).
"""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from transforms.estimate.employers import Floats, Integers

Flags = NDArray[np.bool_]

SLACK = 1.1
"""The constant c of the penalty, as Belloni, Chernozhukov and Hansen set it."""

LOADING_ROUNDS = 3
"""Rounds of residuals and loadings; the papers use a small fixed number, after two little moves."""

SWEEPS_MAX = 200
TOLERANCE = 1e-9


def plug_in_penalty(n: int, p: int) -> float:
    """c sqrt(n) Phi^-1(1 - gamma / 2p) with gamma = 0.1 / log n: half of the papers' lambda."""
    gamma = 0.1 / np.log(max(n, 3))
    return float(SLACK * np.sqrt(n) * norm.isf(gamma / (2 * max(p, 1))))


def selected(x: Floats, responses: Floats, allowed: Flags, employers: Integers) -> Flags:
    """Which columns of ``x`` (n x p) the lasso keeps for each of T ``responses`` (n x T): p x T.

    ``allowed`` (p x T) says which columns may be used for a response. Columns and responses are
    already free of the unpenalised controls; ``employers`` (n) are codes 0..K-1.
    """
    n, p = x.shape
    gram, cross = x.T @ x, x.T @ responses
    penalty = plug_in_penalty(n, p)
    residuals = responses
    kept = np.zeros((p, responses.shape[1]), dtype=np.bool_)
    for _ in range(LOADING_ROUNDS):
        loadings = _loadings(x, residuals, employers)
        chosen = coordinate_descent(gram, cross, penalty * loadings, allowed) != 0
        if np.array_equal(chosen, kept):
            break
        kept = chosen
        residuals = responses - x @ _refitted(gram, cross, kept)
    return kept


def _loadings(x: Floats, residuals: Floats, employers: Integers) -> Floats:
    """Root of the mean over postings of squared employer sums of x times residual, p x T."""
    n = len(x)
    order = np.argsort(employers, kind="stable")
    starts = np.flatnonzero(np.diff(employers[order], prepend=-1))
    x, residuals = x[order], residuals[order]
    total = np.zeros((x.shape[1], residuals.shape[1]))
    for first, last in zip(starts, [*starts[1:], n], strict=True):
        total += (x[first:last].T @ residuals[first:last]) ** 2
    return np.asarray(np.sqrt(total / n))


def coordinate_descent(gram: Floats, cross: Floats, penalties: Floats, allowed: Flags) -> Floats:
    """Coefficients (p x T) that minimise b'Gb / 2 - b'c + sum of penalty |b| for each response."""
    p, n_responses = cross.shape
    coefficients = np.zeros((p, n_responses))
    gradient = cross.copy()
    scale = np.diag(gram)
    usable = allowed & (scale > 0)[:, None]
    for _ in range(SWEEPS_MAX):
        moved = 0.0
        for j in np.flatnonzero(usable.any(axis=1)):
            free = gradient[j] + scale[j] * coefficients[j]
            pulled = np.sign(free) * np.maximum(np.abs(free) - penalties[j], 0.0) / scale[j]
            step = np.where(usable[j], pulled - coefficients[j], 0.0)
            if step.any():
                coefficients[j] += step
                gradient -= gram[:, j, None] * step
                moved = max(moved, float(np.max(np.abs(step)) * np.sqrt(scale[j])))
        if moved <= TOLERANCE * np.sqrt(max(float(np.max(scale, initial=0.0)), 1.0)):
            break
    return coefficients


def _refitted(gram: Floats, cross: Floats, kept: Flags) -> Floats:
    """Least squares on the kept columns alone (post-lasso), p x T."""
    found = np.zeros(cross.shape)
    for response in range(cross.shape[1]):
        columns = np.flatnonzero(kept[:, response])
        if len(columns):
            block = gram[np.ix_(columns, columns)]
            found[columns, response] = np.linalg.lstsq(block, cross[columns, response], rcond=None)[0]
    return found
