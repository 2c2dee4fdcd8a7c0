"""Shares corrected for misreading by double sampling, arrays of one length throughout.

The counts of adverts are the large sample; judges see a small one, drawn apart from adverts read as asking and from
adverts read as not asking. Tenenbein 1970, JASA 65:1350-1361: true share = read share x precision + rest x missed.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Proportion:
    """An estimate and the two ends of its interval."""

    value: Array
    low: Array
    high: Array


def clopper_pearson(true: Array, judged: Array, *, level: float) -> Proportion:
    """Clopper and Pearson 1934, Biometrika 26:404-413; ``judged`` must be positive."""
    tail, rest = (1 - level) / 2, judged - true
    none, every = true == 0, rest == 0
    low = np.where(none, 0.0, betaincinv(np.where(none, 1.0, true), rest + 1, tail))
    high = np.where(every, 1.0, betaincinv(true + 1, np.where(every, 1.0, rest), 1 - tail))
    return Proportion(true / judged, low, high)


def correction(precision: Proportion, missed: Proportion, unread_per_read: Array) -> Proportion:
    """True over read in a class: precision + missed x (read as not asking / read as asking).

    Tenenbein's estimator over the class's share read. Ends by the square-and-add rule, which holds
    where a share is 0 as well: Zou and Donner 2008, Statistics in Medicine 27:1693-1702.
    """
    k = unread_per_read
    value = precision.value + k * missed.value
    below = np.hypot(precision.value - precision.low, k * (missed.value - missed.low))
    above = np.hypot(precision.high - precision.value, k * (missed.high - missed.value))
    return Proportion(value, np.maximum(value - below, 0.0), value + above)


def recall(precision: Proportion, missed: Proportion, unread_per_read: Array) -> Proportion:
    """Read and true over true: precision / (precision + missed x unread / read); NaN where nothing is true.

    Ends where both errors stand at their ends together, which is at least as wide as their joint interval.
    """

    def share(p: Array, m: Array) -> Array:
        true = p + unread_per_read * m
        return np.divide(p, true, out=np.full_like(true, np.nan), where=true > 0)

    value = share(precision.value, missed.value)
    low, high = share(precision.low, missed.high), share(precision.high, missed.low)
    return Proportion(value, np.where(np.isnan(low), value, low), np.where(np.isnan(high), value, high))


def corrected(share: Proportion, factor: Proportion, precision: Array, efficiency: Array) -> Proportion:
    """share x factor; ends by square-and-add on logarithms (Zou and Donner 2008), cut at 1.

    The share's distances are multiplied by :func:`hidden`. ``efficiency`` is the share's effective n over
    its n. Factor times share must be above 0 and below the precision, else reading tells no more than
    chance. An end of 0 stays 0.
    """
    value = share.value * factor.value
    wider = hidden(share.value, value, precision, efficiency)
    below = np.hypot(wider * _log_ratio(share.low, share.value), _log_ratio(factor.low, factor.value))
    above = np.hypot(wider * _log_ratio(share.high, share.value), _log_ratio(factor.high, factor.value))
    return Proportion(value, value * np.exp(-below), np.minimum(value * np.exp(above), 1.0))


def hidden(read: Array, true: Array, precision: Array, efficiency: Array) -> Array:
    """How much further true shares scatter around their mean than read ones, relative to it; at least 1.

    With found = P(read | asks) and false = P(read | doesn't), the variance of the share read is
    (found - false)^2 x that of the true share plus the reader's own, (p found (1 - found) +
    (1 - p) false (1 - false)) / n: false reads fall on all employers alike and hide how unlike they are.
    Over independent adverts this gives back Tenenbein's p (1 - p) / n.
    """
    found, false = read * precision / true, read * (1 - precision) / (1 - true)
    own = true * found * (1 - found) + (1 - true) * false * (1 - false)
    seen = np.maximum(0.0, 1 - efficiency * own / (read * (1 - read)))
    return np.sqrt(np.maximum(1.0, seen * (read / true / (found - false)) ** 2))


def _log_ratio(end: Array, value: Array) -> Array:
    ratio = end / value
    return np.abs(np.log(ratio, out=np.full_like(ratio, -np.inf), where=ratio > 0))
