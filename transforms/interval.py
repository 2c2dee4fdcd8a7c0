"""Intervals of shares whose sampling units are employers (method section 4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, stdtrit

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ShareInterval:
    """Effective number of families behind each share, and the two ends of its interval."""

    n_effective: Array
    low: Array
    high: Array


@dataclass(frozen=True)
class PublicationStandard:
    """When a share is precise enough to be told (method section 4): NCHS, Vital Health Stat 2:175, 2017."""

    n_min: float
    width_max: float
    width_free: float
    relative_width_max: float


def publication_standard(parameters: Mapping[str, Any]) -> PublicationStandard:
    """The standard of config/method.toml's parameters."""
    names = ("n_min", "width_max", "width_free", "relative_width_max")
    return PublicationStandard(*(float(parameters[name]) for name in names))


def precise(
    share: Array, low: Array, high: Array, n_effective: Array, *, standard: PublicationStandard
) -> NDArray[np.bool_]:
    """Whether each share may be told for its precision: the one place of the publication standard.

    ``n_effective`` of at least ``n_min``; an interval narrower than ``width_max`` that is below
    ``width_free`` or below ``relative_width_max`` times the share. A share of 0 has no relative width, so
    its interval must be free.
    """
    width = high - low
    narrow = (width <= standard.width_free) | (width <= standard.relative_width_max * share)
    enough: NDArray[np.bool_] = (n_effective >= standard.n_min) & (width < standard.width_max) & narrow
    return enough


def degrees_of_freedom(effective_employers: Array) -> Array:
    """max(1, K - 1), K = (sum m)^2 / sum m^2 over employers' families m; not rounded to a whole number."""
    return np.maximum(1.0, effective_employers - 1.0)


def korn_graubard(
    n_numerator: Array, n_denominator: Array, variance: Array, effective_employers: Array, *, level: float
) -> ShareInterval:
    """Clopper-Pearson ends at the effective n, adjusted for the degrees of freedom; arrays of one length.

    Korn and Graubard 1998, Survey Methodology 24:193-201. Effective n = p (1 - p) / variance times
    (t_{n-1} / t_df)^2, never above n; where no or all families ask, n = K, the effective employers, since
    no variance can be seen there. A variance that is NaN (one employer) counts as one observation.
    ``n_denominator`` must be positive.
    """
    share = n_numerator / n_denominator
    tail = (1 - level) / 2
    edge = (n_numerator == 0) | (n_numerator == n_denominator)
    seen = np.isfinite(variance)
    simple = np.full_like(share, np.inf)
    np.divide(share * (1 - share), variance, out=simple, where=seen & (variance > 0))
    t_simple = stdtrit(np.maximum(1.0, n_denominator - 1.0), 1 - tail)
    t_design = stdtrit(degrees_of_freedom(effective_employers), 1 - tail)
    clustered = np.minimum(n_denominator, simple * (t_simple / t_design) ** 2)
    # Below one observation the formula would promise more than no data at all.
    clustered = np.maximum(np.where(seen, clustered, 1.0), np.minimum(1.0, n_denominator))
    n_effective = np.where(edge, np.minimum(effective_employers, n_denominator), clustered)
    asked, others = n_effective * share, n_effective * (1 - share)
    none, every = n_numerator == 0, n_numerator == n_denominator
    low = np.where(none, 0.0, betaincinv(np.where(none, 1.0, asked), others + 1, tail))
    high = np.where(every, 1.0, betaincinv(asked + 1, np.where(every, 1.0, others), 1 - tail))
    return ShareInterval(n_effective, low, high)


def half_width(variance: Array, df: Array, *, level: float) -> Array:
    """t_df sqrt(variance) of changes between shares; 2, which says nothing, where the variance is NaN."""
    half = stdtrit(np.maximum(1.0, df), 1 - (1 - level) / 2) * np.sqrt(np.maximum(variance, 0.0))
    return np.where(np.isfinite(half), half, 2.0)


def student(value: Array, variance: Array, df: Array, *, level: float) -> tuple[Array, Array]:
    """Ends value -+ t_df sqrt(variance) of changes between shares, cut at -1 and 1; arrays of one length.

    A variance that is NaN (one employer in a year) says nothing: -1 to 1.
    """
    half = half_width(variance, df, level=level)
    return np.clip(value - half, -1.0, 1.0), np.clip(value + half, -1.0, 1.0)


def next_preferred(half: Array) -> Array:
    """The next larger or equal of 1, 1.26, 1.58, 2 ... 10 times a power of ten: ten numbers to each (Renard, ISO 3).

    So the width of an interval tells little of the counts behind it, and promises no more than was found.
    """
    grid = 10 ** (np.ceil(10 * np.log10(np.where(half > 0, half, 1.0))) / 10)
    return np.where(half > 0, grid, half)
