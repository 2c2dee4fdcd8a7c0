"""Planted changes, ladders and concentrations: employers of the sizes of `planted`, with a truth of their own each.

An employer's odds of asking lie at one quantile of Beta distributions whose means are the planted shares: so an
employer that asks often does so in both years and at every level. Employers need not be there in both years.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray
from scipy.special import betaincinv

from transforms.coverage import MEAN_MIN, WIDTH_MAX, WORST_MIN, published
from transforms.interval import half_width, next_preferred, student
from transforms.planted import MARKETS, SIZES, Array, Counts, PlantedMarket, estimates
from transforms.planted_bars import Figure

Method = Mapping[str, Any]
CHANGES = ((0.2, 0.2), (0.3, 0.2), (0.1, 0.15))
"""Planted share now and the year before."""
LADDERS = ((0.2, 0.0), (0.05, 0.05), (0.3, 0.1))
"""Planted share of beginners, and what each step adds."""
LEVEL_MIX = (0.05, 0.12, 0.7, 0.13)
"""Of the adverts that state a level: as of backend developers in the forum and board drops of 2018 to 2022."""
CONCENTRATIONS = (0.1, 0.3, 0.6)
SHARE_OF_POOL = 0.5
STAYING = 0.6
"""Share of the employers that are there in both years."""


@dataclass(frozen=True)
class Told:
    """One estimate a seed with its ends, and whether the mask would let it out as `ok`."""

    value: Array
    low: Array
    high: Array
    shown: NDArray[np.bool_]


def part_figures(method: Method, *, n_seeds: int, seed: int) -> list[Figure]:
    """Coverage and width over each market, and the mean coverage over all, of each of the three."""
    found = []
    for name, measure in (("demand_trend", changes), ("ladder", slopes), ("concentration", concentrations)):
        coverages = []
        for market in MARKETS:
            held, n_shown, widths = 0, 0, []
            for truth, told in measure(market, method, n_seeds=n_seeds, seed=seed):
                held += int(((told.low <= truth) & (truth <= told.high) & told.shown).sum())
                n_shown += int(told.shown.sum())
                width = (told.high - told.low)[told.shown] / (2 * method["z"] * float(told.value.std()))
                widths += width.tolist()
            if not n_shown:
                continue
            coverage, width = held / n_shown, float(np.median(widths))
            coverages.append(coverage)
            low = WORST_MIN - 2 * (WORST_MIN * (1 - WORST_MIN) / n_shown) ** 0.5
            found += [
                Figure(name, market.name, "coverage", coverage, f">= {WORST_MIN}", coverage >= low),
                Figure(
                    name, market.name, "width over the true one", width, f"<= {WIDTH_MAX}", width <= WIDTH_MAX
                ),
            ]
        mean = float(np.mean(coverages))
        found.append(Figure(name, "mean of markets", "coverage", mean, f">= {MEAN_MIN}", mean >= MEAN_MIN))
    return found


def _odds(market: PlantedMarket, quantile: Array, share: float) -> Array:
    """Odds of employers at a quantile of the Beta distribution with this mean and the market's correlation."""
    if market.correlation == 0:
        return np.full_like(quantile, share)
    spread = (1 - market.correlation) / market.correlation
    return np.asarray(betaincinv(share * spread, (1 - share) * spread, quantile))


def _rng(market: PlantedMarket, *parts: int) -> Generator:
    return default_rng([MARKETS.index(market), *parts])


def changes(market: PlantedMarket, method: Method, *, n_seeds: int, seed: int) -> list[tuple[float, Told]]:
    """Planted change and estimates, for each of CHANGES."""
    found = []
    for number, (share, before) in enumerate(CHANGES):
        rng = _rng(market, seed, 1, number)
        shape = (n_seeds, market.employers)
        here = rng.random((2, *shape)) < STAYING
        here[1] |= ~here[0]
        families = SIZES[market.sizes](rng, shape) * here
        quantile = rng.random(shape)
        asking = np.stack(
            [rng.binomial(families[at], _odds(market, quantile, p)) for at, p in enumerate((share, before))]
        )
        found.append((share - before, change_of(families, asking, method)))
    return found


def change_of(families: Counts, asking: Counts, method: Method) -> Told:
    """Share now less share before, with the interval of weight_trend; arrays are 2 years x seeds x employers."""
    n, x = families.sum(axis=2, keepdims=True), asking.sum(axis=2, keepdims=True)
    share = x / n
    moved = -(asking - share * families) / (n - families)
    k = (families.sum(axis=0) > 0).sum(axis=1)
    variance = (k - 1) / k * ((moved[0] - moved[1]) ** 2).sum(axis=1)
    own = (moved**2).sum(axis=2)
    df_own = np.maximum(1.0, n[..., 0] ** 2 / (families**2).sum(axis=2) - 1)
    df = own.sum(axis=0) ** 2 / (own**2 / df_own).sum(axis=0)
    value = (share[0] - share[1])[:, 0]
    low, high = student(value, variance, df, level=method["ci_level"])
    large = np.minimum(x, n - x)[..., 0].min(axis=0) >= method["k_enter"]
    employers = np.minimum((asking > 0).sum(axis=2), (families > asking).sum(axis=2)).min(axis=0)
    alone = (asking.max(axis=2) <= method["dominance_max"] * x[..., 0]).all(axis=0)
    shown = (
        large & (employers >= method["employer_min"]) & alone
        & (high - low < method["width_max"]) & (df >= method["df_min"])
    )  # fmt: skip
    return Told(value, low, high, shown)


def slopes(market: PlantedMarket, method: Method, *, n_seeds: int, seed: int) -> list[tuple[float, Told]]:
    """Planted slope and estimates, for each of LADDERS; employers differ in the levels they hire."""
    found = []
    steps = np.arange(len(LEVEL_MIX))
    for number, (start, slope) in enumerate(LADDERS):
        rng = _rng(market, seed, 2, number)
        shape = (n_seeds, market.employers)
        mix = rng.gamma(2 * np.array(LEVEL_MIX), size=(*shape, len(LEVEL_MIX)))
        families = rng.multinomial(SIZES[market.sizes](rng, shape), mix / mix.sum(axis=2, keepdims=True))
        quantile = rng.random(shape)
        odds = np.stack([_odds(market, quantile, start + slope * step) for step in steps], axis=2)
        found.append((slope, slope_of(families, rng.binomial(families, odds), method)))
    return found


def slope_of(families: Counts, asking: Counts, method: Method) -> Told:
    """Slope on the step with the interval of weight_ladder; arrays are seeds x employers x levels."""
    step = np.arange(families.shape[2])
    parts = [families, families * step, families * step**2, asking, asking * step]
    own = [part.sum(axis=2).astype(np.float64) for part in parts]
    whole = [part.sum(axis=1, keepdims=True) for part in own]
    slope, _ = _line(whole)
    without, spread = _line([all_ - one for all_, one in zip(whole, own, strict=True)])
    n_own, y_own = own[0], own[3]
    k = (n_own > 0).sum(axis=1)
    moved = np.where(n_own > 0, without - slope, 0.0)
    variance = np.where((spread > 0).all(axis=1), (k - 1) / k * (moved**2).sum(axis=1), np.nan)
    n, y = whole[0][:, 0], whole[3][:, 0]
    df = np.maximum(1.0, n**2 / (n_own**2).sum(axis=1) - 1)
    half = next_preferred(half_width(variance, df, level=method["ci_level"]))
    low, high = np.maximum(slope[:, 0] - half, -1.0), np.minimum(slope[:, 0] + half, 1.0)
    shown = (
        (np.minimum(y, n - y) >= method["k_enter"]) & (n >= method["n_min"])
        & ((y_own > 0).sum(axis=1) >= method["employer_min"])
        & ((n_own > y_own).sum(axis=1) >= method["employer_min"])
        & (y_own.max(axis=1) <= method["dominance_max"] * y)
        & (high - low < method["width_max"]) & (df >= method["df_min"])
    )  # fmt: skip
    return Told(slope[:, 0], low, high, shown)


def _line(sums: list[Array]) -> tuple[Array, Array]:
    """Slope of n, sum x, sum x^2, sum y, sum xy, and the determinant it is divided by."""
    n, s, ss, y, sy = sums
    spread = n * ss - s * s
    return (n * sy - s * y) / np.where(spread > 0, spread, 1.0), spread


def concentrations(
    market: PlantedMarket, method: Method, *, n_seeds: int, seed: int
) -> list[tuple[float, Told]]:
    """Planted concentration and estimates, for each of CONCENTRATIONS: of the families that ask, those in the role."""
    found = []
    for number, share in enumerate(CONCENTRATIONS):
        rng = _rng(market, seed, 3, number)
        shape = (n_seeds, market.employers)
        asking = rng.binomial(
            SIZES[market.sizes](rng, shape), _odds(market, rng.random(shape), SHARE_OF_POOL)
        )
        in_role = rng.binomial(asking, _odds(market, rng.random(shape), share))
        ends = estimates(asking, in_role, level=method["ci_level"])
        shown = published(ends, asking, in_role, method)
        found.append((share, Told(ends.share, ends.low, ends.high, shown)))
    return found
