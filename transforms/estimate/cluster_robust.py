"""One regression coefficient with a variance that is robust to employers: CR2 and Satterthwaite's df.

Bell and McCaffrey, "Bias Reduction in Standard Errors for Linear Regression with Multi-Stage Samples",
Survey Methodology 28 (2002); Pustejovsky and Tipton, "Small-Sample Methods for Cluster-Robust Variance
Estimation and Hypothesis Testing in Fixed Effects Models", Journal of Business & Economic Statistics 36 (2018).
"""

from dataclasses import dataclass

import numpy as np

from transforms.estimate.employers import Floats, Integers

SINGULAR = 1e-9
"""Below this an eigenvalue of I - H is nought: the employer alone decides some coefficient, and the
generalised inverse of Pustejovsky and Tipton leaves that direction out."""

COLLINEAR = 1e-8
"""Share of a column's sum of squares left after the others, below which nothing identifies its coefficient."""


@dataclass(frozen=True)
class Coefficient:
    """Estimate, CR2 standard error and Satterthwaite degrees of freedom.

    The estimate is ``cross`` / ``squares``: sums over the rows of treatment times response and of treatment
    squared, both freed of the controls. Where no error can be seen, ``se`` and ``df`` are 0.
    """

    value: float
    se: float
    df: float
    cross: float
    squares: float


def orthonormal(columns: Floats) -> Floats:
    """Orthonormal basis of the columns' span (n x rank), empty where there is none."""
    if columns.shape[1] == 0:
        return np.zeros((columns.shape[0], 0))
    left, singular, _ = np.linalg.svd(columns, full_matrices=False)
    return np.asarray(left[:, singular > 1e-9 * max(float(singular.max(initial=0.0)), 1e-300)])


def coefficient(y: Floats, d: Floats, basis: Floats, employers: Integers) -> Coefficient | None:
    """Coefficient of ``d`` in least squares of ``y`` on ``d`` and the span of ``basis`` (orthonormal, n x k).

    None where ``d`` lies in that span; ``d`` as it is counted, not freed of parts of that span, whose rounding would
    be compared with itself.
    """
    rest = d - basis @ (basis.T @ d)
    rest -= basis @ (basis.T @ rest)
    norm2 = float(rest @ rest)
    if norm2 <= COLLINEAR * float(d @ d) or norm2 == 0.0:
        return None
    weights = rest / norm2
    whole = np.column_stack([basis, rest / np.sqrt(norm2)])
    residuals = y - whole @ (whole.T @ y)
    order = np.argsort(employers, kind="stable")
    sizes = np.bincount(employers[order])
    scores, squares, shadows = [], [], []
    for rows in _rows_by_size(sizes[sizes > 0]):
        here = order[rows]
        adjusted = _adjusted(whole[here], weights[here])
        scores.append(np.einsum("gi,gi->g", adjusted, residuals[here]))
        squares.append(np.einsum("gi,gi->g", adjusted, adjusted))
        shadows.append(np.einsum("gik,gi->gk", whole[here], adjusted))
    score, square, shadow = np.concatenate(scores), np.concatenate(squares), np.concatenate(shadows)
    variance = float(score @ score)
    df = _satterthwaite(square, shadow)
    if not variance > 0.0 or df is None:
        variance, df = 0.0, 0.0
    return Coefficient(float(weights @ y), float(np.sqrt(variance)), df, float(rest @ y), norm2)


def _rows_by_size(sizes: Integers) -> list[Integers]:
    """Row numbers of the employers of each size, an array G x size a time, of rows sorted by employer."""
    firsts = np.cumsum(sizes) - sizes
    return [firsts[sizes == size][:, None] + np.arange(size)[None, :] for size in np.unique(sizes)]


def _adjusted(rows: Floats, weights: Floats) -> Floats:
    """(I - H_gg)^(-1/2) w_g for employers of one size: ``rows`` G x s x k of the basis, ``weights`` G x s."""
    size, rank = rows.shape[1:]
    if size <= rank:
        hat = np.einsum("gik,gjk->gij", rows, rows)
        values, vectors = np.linalg.eigh(np.eye(size)[None] - hat)
        root = np.where(values > SINGULAR, 1.0 / np.sqrt(np.maximum(values, SINGULAR)), 0.0)
        inside = np.einsum("gij,gi->gj", vectors, weights)
        return np.asarray(np.einsum("gij,gj->gi", vectors, root * inside))
    # A large employer: the same through the smaller matrix Q'Q, since H has at most ``rank`` directions.
    values, vectors = np.linalg.eigh(np.einsum("gik,gil->gkl", rows, rows))
    left = 1.0 - values
    root = np.where(left > SINGULAR, 1.0 / np.sqrt(np.maximum(left, SINGULAR)), 0.0)
    factor = np.where(values > 1e-12, (root - 1.0) / np.maximum(values, 1e-12), 0.0)
    inside = np.einsum("gkl,gk->gl", vectors, np.einsum("gik,gi->gk", rows, weights))
    return np.asarray(
        weights + np.einsum("gik,gk->gi", rows, np.einsum("gkl,gl->gk", vectors, factor * inside))
    )


def _satterthwaite(square: Floats, shadow: Floats) -> float | None:
    """(tr P)^2 / tr P^2 of P = diag(square) - shadow shadow', under independent errors of equal variance."""
    lengths = np.einsum("gk,gk->g", shadow, shadow)
    trace = float(square.sum() - lengths.sum())
    inner = shadow.T @ shadow
    squared = float(square @ square - 2.0 * (square @ lengths) + np.sum(inner * inner))
    return trace * trace / squared if trace > 0.0 and squared > 0.0 else None
