"""Estimator-level labour markets whose truth is known: employers of stated sizes that ask for a skill in clusters.

An employer asks for the skill in a share of its adverts drawn from a Beta distribution with mean p and
intra-employer correlation rho; the number of adverts that ask is binomial. Truth is p, the expected share over
employers like these; sizes are drawn anew for each seed and independent of the asking.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray
from scipy.special import stdtrit

from transforms.interval import korn_graubard

Counts = NDArray[np.int64]
Array = NDArray[np.float64]


@dataclass(frozen=True)
class PlantedMarket:
    """A kind of market: how many employers, how large, how much their adverts resemble each other."""

    name: str
    employers: int
    sizes: str
    correlation: float
    shares: tuple[float, ...] = (0.02, 0.05, 0.1, 0.3, 0.5, 0.8)


MARKETS = (
    PlantedMarket("equal employers, independent adverts", 60, "equal", 0.0),
    PlantedMarket("equal employers", 60, "equal", 0.1),
    PlantedMarket("many equal employers", 200, "equal", 0.1),
    PlantedMarket("small employers", 200, "small", 0.1),
    PlantedMarket("uneven employers", 200, "uneven", 0.1),
    PlantedMarket("uneven employers, alike adverts", 200, "uneven", 0.3),
    PlantedMarket("few uneven employers", 60, "uneven", 0.1),
    PlantedMarket("very uneven employers", 200, "very uneven", 0.1),
    PlantedMarket("three employers hold half", 100, "three hold half", 0.1),
    PlantedMarket("three hold half, alike adverts", 100, "three hold half", 0.3),
)


def _equal(rng: Generator, shape: tuple[int, int]) -> Counts:
    return np.full(shape, 10, dtype=np.int64)


def _small(rng: Generator, shape: tuple[int, int]) -> Counts:
    return rng.geometric(0.6, shape)


def _uneven(rng: Generator, shape: tuple[int, int]) -> Counts:
    return 1 + np.floor(rng.lognormal(1.0, 1.2, shape)).astype(np.int64)


def _very_uneven(rng: Generator, shape: tuple[int, int]) -> Counts:
    return np.minimum(1 + np.floor(rng.pareto(1.3, shape)).astype(np.int64), 2000)


def _three_hold_half(rng: Generator, shape: tuple[int, int]) -> Counts:
    sizes = rng.geometric(0.4, shape)
    sizes[:, :3] = np.maximum(1, sizes[:, 3:].sum(axis=1, keepdims=True) // 3)
    return sizes


SIZES: dict[str, Callable[[Generator, tuple[int, int]], Counts]] = {
    "equal": _equal,
    "small": _small,
    "uneven": _uneven,
    "very uneven": _very_uneven,
    "three hold half": _three_hold_half,
}


def employer_counts(market: PlantedMarket, share: float, *, n_seeds: int, seed: int) -> tuple[Counts, Counts]:
    """Families of each employer and those that ask; two arrays of n_seeds rows and one column an employer."""
    rng = default_rng([seed, MARKETS.index(market) if market in MARKETS else 10**6, round(share * 10**6)])
    shape = (n_seeds, market.employers)
    families = SIZES[market.sizes](rng, shape)
    odds = np.full(shape, share)
    if market.correlation > 0:
        spread = (1 - market.correlation) / market.correlation
        odds = rng.beta(share * spread, (1 - share) * spread, shape)
    return families, rng.binomial(families, odds)


@dataclass(frozen=True)
class Estimates:
    """One estimate a seed: counts, share, the two ends, effective numbers of employers and of families."""

    n_numerator: Array
    n_denominator: Array
    share: Array
    low: Array
    high: Array
    effective_employers: Array
    n_effective: Array


def estimates(families: Counts, asking: Counts, *, level: float) -> Estimates:
    """The share of each seed with the interval that releases carry, from employers' counts."""
    size = families.astype(np.float64)
    n, x = size.sum(axis=1), asking.sum(axis=1).astype(np.float64)
    share = x / n
    n_employers = (families > 0).sum(axis=1)
    pull = (asking - share[:, None] * size) / (n[:, None] - size)
    variance = (n_employers - 1) / n_employers * (pull**2).sum(axis=1)
    effective = n**2 / (size**2).sum(axis=1)
    ends = korn_graubard(x, n, variance, effective, level=level)
    return Estimates(x, n, share, ends.low, ends.high, effective, ends.n_effective)


def wilson(share: Array, n: Array, *, level: float) -> tuple[Array, Array]:
    """Wilson 1927, JASA 22:209-212: the interval for independent adverts, for comparison only."""
    z = float(stdtrit(np.inf, 1 - (1 - level) / 2))
    centre = (share + z * z / 2 / n) / (1 + z * z / n)
    half = z * np.sqrt(share * (1 - share) / n + z * z / 4 / n / n) / (1 + z * z / n)
    return centre - half, centre + half
