"""Slow and obvious twins of transforms/estimate: loops over employers, dense matrices, no shortcuts."""

from math import comb, exp, sqrt
from typing import Any

import numpy as np
from scipy.stats import gamma, nbinom, norm, t

Rows = list[list[int]]


# Ranks -------------------------------------------------------------------------------------------


def shares_without(families: list[int], asking: Rows, gone: int | None) -> list[float]:
    kept = [e for e in range(len(families)) if e != gone]
    n = sum(families[e] for e in kept)
    return [sum(asking[e][s] for e in kept) / n if n else 0.0 for s in range(len(asking[0]))]


def jackknife(values: list[float], whole: float) -> float:
    """(K - 1) / K times the squares of the changes about their mean."""
    changes = [value - whole for value in values]
    mean = sum(changes) / len(changes)
    return (len(values) - 1) / len(values) * sum((change - mean) ** 2 for change in changes)


def rank_intervals(families: list[int], asking: Rows, *, level: float, resamples: int, seed: int) -> Any:
    """Rank and its ends per skill, employers in the order given."""
    n_employers, n_skills = len(families), len(asking[0])
    whole = shares_without(families, asking, None)
    rank = [1 + sum(other > share for other in whole) for share in whole]
    if n_employers < 2 or n_skills < 2:
        return rank, [1] * n_skills, [n_skills] * n_skills
    left = [shares_without(families, asking, e) for e in range(n_employers)]
    error = {
        (i, j): sqrt(jackknife([row[i] - row[j] for row in left], whole[i] - whole[j]))
        for i in range(n_skills)
        for j in range(n_skills)
    }
    signs = np.random.Generator(np.random.PCG64(seed)).integers(0, 2, size=(resamples, n_employers)) * 2 - 1
    largest = []
    for draw in signs.tolist():
        moved = [
            sum(sign * (row[s] - whole[s]) for sign, row in zip(draw, left, strict=True))
            for s in range(n_skills)
        ]
        # The critical value is for contributions whose squares add up to K / (K - 1) of the variance.
        ratios = [abs(moved[i] - moved[j]) / e for (i, j), e in error.items() if i < j and e > 1e-6]
        largest.append(max(ratios, default=0.0))
    largest.sort()
    place = int(np.ceil(level * (resamples - 1) - 1e-9))
    effective = sum(families) ** 2 / sum(m * m for m in families)
    critical = t.isf(max(norm.sf(largest[place]), 1e-300), max(1.0, effective - 1.0))
    above = [
        sum(error[i, j] > 1e-6 and whole[j] - whole[i] > critical * error[i, j] for j in range(n_skills))
        for i in range(n_skills)
    ]
    below = [
        sum(error[i, j] > 1e-6 and whole[i] - whole[j] > critical * error[i, j] for j in range(n_skills))
        for i in range(n_skills)
    ]
    return rank, [1 + a for a in above], [n_skills - b for b in below]


# Pairs -------------------------------------------------------------------------------------------


def pair_test(adverts: list[tuple[str, bool, bool]]) -> dict[str, float]:
    """Log lift's error, variance of the conditional share, and p, for (employer, first?, second?)."""
    n = len(adverts)
    both = sum(a and b for _, a, b in adverts)
    first, second = sum(a for _, a, _ in adverts), sum(b for _, _, b in adverts)
    excess = both / n - first * second / n**2
    employers = sorted({name for name, _, _ in adverts})
    k = len(employers)
    changes, lifts, givens = [], [], []
    for name in employers:
        mine = [(a, b) for employer, a, b in adverts if employer == name]
        m, x, y = len(mine), sum(a for a, _ in mine), sum(b for _, b in mine)
        xy = sum(a and b for a, b in mine)
        weight = 1 / (n - m) if m < n else 0.0
        product = sum((a - first / n) * (b - second / n) for a, b in mine)
        changes.append(weight * (product - m * excess))
        if both:
            lifts.append(weight * n * (xy / both - x / first - y / second + m / n))
        if first and x:
            givens.append((both / first * x - xy) / max(first - x, 1))
    sizes = [sum(e == name for e, _, _ in adverts) for name in employers]
    df = max(1.0, n**2 / sum(m * m for m in sizes) - 1)
    squares = (k - 1) / k * sum(c * c for c in changes)
    floor = first / n * (1 - first / n) * second / n * (1 - second / n) / n
    p = 1.0
    if k > 1 and max(squares, floor) > 0:
        own = squares**2 / sum(c**4 for c in changes) if squares > 1e-24 else df
        p = 2 * t.sf(abs(excess) / sqrt(max(squares, floor)), max(1.0, min(df, own)))
    return {
        "log_lift_se": sqrt((k - 1) / k * sum(v * v for v in lifts)) if k > 1 else 0.0,
        "conditional_variance": (k - 1) / k * sum(g * g for g in givens) if k > 1 else 0.0,
        "p": float(p),
    }


# Clusters ----------------------------------------------------------------------------------------


def backbone_edge(both: Rows, i: int, j: int, sigma: float) -> float:
    """Coscia and Neffke's score of one edge over its error where it is significant, else 0; a symmetric table."""
    n_i, n_j, n = sum(both[i]), sum(both[j]), sum(map(sum, both))
    n_ij = both[i][j]
    if n <= 1 or not n_ij or n_i >= n or n_j >= n:
        return 0.0
    mean = n_i * n_j / n**2
    variance = n_i * n_j * (n - n_i) * (n - n_j) / (n**4 * (n - 1))
    total = mean * (1 - mean) / variance - 1
    alpha, beta = mean * total, (1 - mean) * total
    p = min(1.0, (n_ij + alpha) / (n + alpha + beta))
    kappa = n / (n_i * n_j)
    d_kappa = 1 / (n_i * n_j) - n * (n_i + n_j) / (n_i * n_j) ** 2
    spread = n * p * (1 - p) * (2 * (kappa + n_ij * d_kappa) / (kappa * n_ij + 1) ** 2) ** 2
    score = (kappa * n_ij - 1) / (kappa * n_ij + 1)
    return score / sqrt(spread) if spread > 0 and score > sigma * sqrt(spread) else 0.0


def adjusted_rand(a: list[int], b: list[int]) -> float:
    """Hubert and Arabie 1985."""
    together = sum(
        comb(sum(x == i and y == j for x, y in zip(a, b, strict=True)), 2) for i in set(a) for j in set(b)
    )
    in_a, in_b = (sum(comb(labels.count(i), 2) for i in set(labels)) for labels in (a, b))
    chance = in_a * in_b / comb(len(a), 2)
    largest = (in_a + in_b) / 2
    return 1.0 if largest == chance else (together - chance) / (largest - chance)


# Premiums ----------------------------------------------------------------------------------------


def brute_cr2(x: Any, y: Any, employers: Any, column: int) -> tuple[float, float, float]:
    """Coefficient, CR2 standard error and Satterthwaite df from n x n matrices."""
    bread = np.linalg.pinv(x.T @ x)
    hat = x @ bread @ x.T
    residual = y - hat @ y
    variance, pieces = 0.0, []
    for name in np.unique(employers):
        mine = employers == name
        values, vectors = np.linalg.eigh(np.eye(mine.sum()) - hat[np.ix_(mine, mine)])
        root = (vectors * np.where(values > 1e-9, 1 / np.sqrt(np.maximum(values, 1e-9)), 0.0)) @ vectors.T
        weights = (bread @ x[mine].T @ root)[column]
        variance += float(weights @ residual[mine]) ** 2
        pieces.append((np.eye(len(y)) - hat)[:, mine] @ weights)
    p = np.array([[a @ b for b in pieces] for a in pieces])
    return float((bread @ x.T @ y)[column]), sqrt(variance), float(np.trace(p) ** 2 / np.trace(p @ p))


# Shrinkage ---------------------------------------------------------------------------------------


def posterior(n: int, expected: float, prior: Any) -> tuple[float, float]:
    """Posterior geometric mean, and the share of the posterior below a ratio of 1, by integration."""
    weights = []
    for shape, rate, weight in (
        (prior.shape_1, prior.rate_1, prior.weight_1),
        (prior.shape_2, prior.rate_2, 1 - prior.weight_1),
    ):
        weights.append(weight * nbinom.pmf(n, shape, rate / (rate + expected)))
    share = weights[0] / sum(weights)
    parts = ((prior.shape_1, prior.rate_1, share), (prior.shape_2, prior.rate_2, 1 - share))

    log_ratio = np.linspace(-40, 12, 400_001)
    ratio = np.exp(log_ratio)
    density = sum(w * gamma.pdf(ratio, a + n, scale=1 / (b + expected)) * ratio for a, b, w in parts)
    mean = float(np.trapezoid(log_ratio * density, log_ratio))
    below = sum(w * gamma.cdf(1.0, a + n, scale=1 / (b + expected)) for a, b, w in parts)
    return exp(mean), below


# Pay ---------------------------------------------------------------------------------------------


def quantile_of(pays: list[int], share: float) -> int:
    """The smallest pay that at least that share of the pays don't exceed."""
    return min(pay for pay in pays if sum(p <= pay for p in pays) >= share * len(pays) - 1e-9)
