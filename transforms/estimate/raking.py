"""Weights that make adverts look like a benchmark: raking, trimming, and what they cost.

Deming and Stephan 1940, Annals of Mathematical Statistics 11:427-444: in turn for each margin, multiply the weights of
each category so that it has its share of the benchmark; again until nothing moves. Then weights are cut to between
1/trim and trim times their mean, so that no advert speaks for a hundred. Kish 1965, Survey Sampling: the design effect
of unequal weights is n sum w^2 / (sum w)^2.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
NO_CATEGORY = -1
TOLERANCE = 1e-9
ROUNDS = 500


@dataclass(frozen=True)
class Raked:
    """Weights of the units, of mean 1 over those that weigh; or none, with the reason."""

    weights: Array | None
    reason: str | None


def rake(base: Array, margins: Sequence[Integers], benchmarks: Sequence[Array], *, trim: float) -> Raked:
    """Rake ``base`` weights to the benchmarks' shares; a unit's category in a margin is an index or NO_CATEGORY.

    What has no category keeps its total. A category nobody is in is left out of its benchmark. Reasons:
    `estimation_failed` for weights that are negative or not finite and where the rounds do not settle,
    `insufficient_sample` for no weight at all, `not_identifiable` where a benchmark is missing, not positive or has
    fewer than two categories that adverts are in.
    """
    if not np.isfinite(base).all() or (base < 0).any():
        return Raked(None, "estimation_failed")
    if base.sum() <= 0:
        return Raked(None, "insufficient_sample")
    wanted = []
    for place, benchmark in zip(margins, benchmarks, strict=True):
        here = _totals(place, base, len(benchmark)) > 0
        if here.sum() < 2 or not (np.isfinite(benchmark[here]) & (benchmark[here] > 0)).all():
            return Raked(None, "not_identifiable")
        wanted.append(np.where(here, benchmark, 0.0))
    if not wanted:
        return Raked(None, "not_identifiable")
    weights = base / base[base > 0].mean()
    for _ in range(ROUNDS):
        moved = 0.0
        for place, target in zip(margins, wanted, strict=True):
            known = place != NO_CATEGORY
            now = _totals(place, weights, len(target))
            factor = np.divide(target / target.sum() * now.sum(), now, out=np.ones_like(now), where=now > 0)
            weights[known] *= factor[place[known]]
            moved = max(moved, float(np.abs(factor[now > 0] - 1).max(initial=0.0)))
        if moved < TOLERANCE:
            return Raked(trimmed(weights, trim=trim), None)
    return Raked(None, "estimation_failed")


def trimmed(weights: Array, *, trim: float) -> Array:
    """Weights cut to [mean / trim, mean x trim] and brought back to a mean of 1; zeros stay zero."""
    some = weights > 0
    mean = weights[some].mean()
    cut = np.where(some, np.clip(weights, mean / trim, mean * trim), 0.0)
    return np.asarray(cut / cut[some].mean())


def kish(weights: Array) -> tuple[float, float]:
    """Design effect n sum w^2 / (sum w)^2 and effective n of the units that weigh; (1, 0) without any."""
    some = weights[weights > 0]
    if not len(some):
        return 1.0, 0.0
    effect = len(some) * float((some**2).sum()) / float(some.sum()) ** 2
    return effect, len(some) / effect


def _totals(place: Integers, weights: Array, n: int) -> Array:
    known = place != NO_CATEGORY
    return np.bincount(place[known], weights=weights[known], minlength=n)[:n].astype(np.float64)
