"""How often intervals hold the planted truth, over the cells that the publication standard lets out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transforms.interval import degrees_of_freedom, precise, publication_standard
from transforms.planted import Array, Counts, Estimates, PlantedMarket, employer_counts, estimates, wilson

MEAN_MIN = 0.93
WORST_MIN = 0.87
EQUAL_RANGE = (0.93, 0.97)
WIDTH_MAX = 1.3
EQUAL_EXPECTED = 20
"""Bars of method section 6; where employers are equal and n p is at least 20 coverage lies in a range."""


@dataclass(frozen=True)
class CellCoverage:
    """One market at one planted share: published cells, and how many of their intervals hold it.

    ``width`` is the median width over the width that the true variance between seeds would give.
    """

    market: str
    share: float
    n_seeds: int
    n_published: int
    n_holding: int
    n_naive_holding: int
    width: float
    mean_asking: float

    @property
    def coverage(self) -> float:
        """Share of the published intervals that hold the truth; 0 where none is published."""
        return self.n_holding / max(1, self.n_published)


@dataclass(frozen=True)
class MarketCoverage:
    """All published cells of a market together."""

    market: str
    cells: tuple[CellCoverage, ...]

    @property
    def n_published(self) -> int:
        """Published cells over all seeds and planted shares."""
        return sum(cell.n_published for cell in self.cells)

    @property
    def coverage(self) -> float:
        """Share of the published intervals that hold the truth."""
        return sum(cell.n_holding for cell in self.cells) / max(1, self.n_published)

    @property
    def naive_coverage(self) -> float:
        """The same for Wilson intervals of independent adverts, over the same cells."""
        return sum(cell.n_naive_holding for cell in self.cells) / max(1, self.n_published)

    @property
    def width(self) -> float:
        """Median over the published cells of the width, in widths that the true variance would give."""
        widths = np.repeat([cell.width for cell in self.cells], [cell.n_published for cell in self.cells])
        return float(np.median(widths)) if len(widths) else 0.0


def published(
    found: Estimates, families: Counts, asking: Counts, method: Mapping[str, Any]
) -> NDArray[np.bool_]:
    """Which seeds' shares the mask would let out as `ok`; the rule of weight_mask for a cell without a past."""
    x, n = found.n_numerator, found.n_denominator
    counts = (x >= method["k_enter"]) & (n - x >= method["k_enter"])
    employers = ((asking > 0).sum(axis=1) >= method["employer_min"]) & (
        ((families - asking) > 0).sum(axis=1) >= method["employer_min"]
    )
    alone = asking.max(axis=1) <= method["dominance_max"] * x
    narrow = precise(
        found.share, found.low, found.high, found.n_effective, standard=publication_standard(method)
    )
    shown = (x == 0) | (counts & employers & alone)
    reliable = degrees_of_freedom(found.effective_employers) >= method["df_min"]
    large: NDArray[np.bool_] = (n >= method["n_min"]) & reliable & shown & narrow
    return large


def market_coverage(
    market: PlantedMarket, method: Mapping[str, Any], *, n_seeds: int, seed: int
) -> MarketCoverage:
    """Coverage of one market over ``n_seeds`` seeds for each of its planted shares."""
    cells = []
    for share in market.shares:
        families, asking = employer_counts(market, share, n_seeds=n_seeds, seed=seed)
        found = estimates(families, asking, level=method["ci_level"])
        shown = published(found, families, asking, method)
        naive = wilson(found.share, found.n_denominator, level=method["ci_level"])
        true_width = 2 * method["z"] * float(found.share.std())
        cells.append(
            CellCoverage(
                market.name,
                share,
                n_seeds,
                int(shown.sum()),
                _holding(found.low, found.high, share, shown),
                _holding(*naive, share, shown),
                float(np.median((found.high - found.low)[shown]) / true_width) if shown.any() else 0.0,
                float(found.n_numerator.mean()),
            )
        )
    return MarketCoverage(market.name, tuple(cells))


def _holding(low: Array, high: Array, truth: float, shown: NDArray[np.bool_]) -> int:
    return int(((low <= truth) & (truth <= high) & shown).sum())


def broken_bars(markets: list[MarketCoverage], *, equal: frozenset[str]) -> list[str]:
    """One sentence per bar that does not hold, beyond two standard errors of so many simulated cells."""
    faults = []
    mean = float(np.mean([market.coverage for market in markets]))
    if mean < MEAN_MIN - _slack(MEAN_MIN, sum(market.n_published for market in markets)):
        faults.append(f"mean coverage over markets is {mean:.3f}, below {MEAN_MIN}")
    for market in markets:
        if market.coverage < WORST_MIN - _slack(WORST_MIN, market.n_published):
            faults.append(f"{market.market}: coverage is {market.coverage:.3f}, below {WORST_MIN}")
        if market.width > WIDTH_MAX:
            faults.append(
                f"{market.market}: intervals are {market.width:.2f} x the true width, above {WIDTH_MAX}"
            )
        for cell in market.cells:
            low, high = (
                bar + sign * _slack(bar, cell.n_published)
                for bar, sign in zip(EQUAL_RANGE, (-1, 1), strict=True)
            )
            enough = market.market in equal and cell.mean_asking >= EQUAL_EXPECTED
            if enough and not low <= cell.coverage <= high:
                faults.append(f"{market.market}, share {cell.share}: coverage is {cell.coverage:.3f}")
    return faults


def _slack(bar: float, n: int) -> float:
    """Two standard errors of a coverage seen in ``n`` simulated cells: 0.8 points for 2,000 at 97 %."""
    return 2 * float(np.sqrt(bar * (1 - bar) / max(1, n)))
