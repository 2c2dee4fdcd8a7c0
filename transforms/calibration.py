"""Confidence that means what it says: a logistic model (Platt 1999), and two measures of how well it fits."""

import math
from collections.abc import Sequence

BINS = 10


def probability(coefficients: Sequence[float], features: Sequence[float]) -> float:
    """Returns 1 / (1 + exp(-(constant + sum of coefficient x feature)))."""
    score = coefficients[0] + math.fsum(b * x for b, x in zip(coefficients[1:], features, strict=True))
    return 1 / (1 + math.exp(-max(-35.0, min(35.0, score))))


def fit_logistic(
    features: Sequence[Sequence[float]], hits: Sequence[bool], *, ridge: float = 1.0, steps: int = 40
) -> tuple[float, ...]:
    """Returns constant and coefficients of highest penalised likelihood, by Newton's method.

    ``ridge`` penalises the squared coefficients, not the constant, so that few observations do not
    give a confidence of 1. Raises ValueError without observations.
    """
    if not features:
        raise ValueError("nothing to fit: no observations")
    rows = [(1.0, *row) for row in features]
    width = len(rows[0])
    beta = [0.0] * width
    for _ in range(steps):
        gradient = [-ridge * b if place else 0.0 for place, b in enumerate(beta)]
        curvature = [[ridge if i == j and i else 0.0 for j in range(width)] for i in range(width)]
        for row, hit in zip(rows, hits, strict=True):
            p = probability(beta, row[1:])
            for i in range(width):
                gradient[i] += (float(hit) - p) * row[i]
                for j in range(width):
                    curvature[i][j] += p * (1 - p) * row[i] * row[j]
        step = _solve(curvature, gradient)
        beta = [b + s for b, s in zip(beta, step, strict=True)]
        if max(map(abs, step)) < 1e-9:
            break
    return tuple(beta)


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gaussian elimination with pivoting; a singular direction gets no step."""
    n = len(right)
    rows = [[*matrix[i], right[i]] for i in range(n)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        if abs(rows[i][i]) < 1e-12:
            rows[i][i] = math.inf
        for k in range(i + 1, n):
            share = rows[k][i] / rows[i][i]
            rows[k] = [a - share * b for a, b in zip(rows[k], rows[i], strict=True)]
    found = [0.0] * n
    for i in reversed(range(n)):
        found[i] = (rows[i][n] - math.fsum(rows[i][k] * found[k] for k in range(i + 1, n))) / rows[i][i]
    return found


def expected_calibration_error(confidences: Sequence[float], hits: Sequence[bool]) -> float:
    """Returns the mean absolute difference of confidence and hit rate over ten equal bins (Naeini et al. 2015)."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, hit in zip(confidences, hits, strict=True):
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, hit))
    gaps = (abs(math.fsum(c for c, _ in found) - sum(h for _, h in found)) for found in bins)
    return math.fsum(gaps) / len(confidences) if confidences else 0.0


def spiegelhalter_z(confidences: Sequence[float], hits: Sequence[bool]) -> float:
    """Returns Spiegelhalter's z (1986): standard normal if the confidences are right, whatever their spread.

    z = sum (x - p)(1 - 2p) / sqrt(sum (1 - 2p)^2 p (1 - p)). 0 where every confidence is 0, 0.5 or 1.
    """
    pairs = list(zip(confidences, hits, strict=True))
    above = math.fsum((hit - p) * (1 - 2 * p) for p, hit in pairs)
    below = math.fsum((1 - 2 * p) ** 2 * p * (1 - p) for p, _ in pairs)
    return above / math.sqrt(below) if below > 0 else 0.0
