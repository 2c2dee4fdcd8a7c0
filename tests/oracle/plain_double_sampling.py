"""Slow twin of transforms.estimate.double_sampling: the binomial summed term by term, one share at a time."""

from collections.abc import Callable
from math import comb, exp, log, sqrt


def _bisect(falls: Callable[[float], float]) -> float:
    low, high = 0.0, 1.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if falls(middle) > 0 else (low, middle)
    return (low + high) / 2


def _at_most(true: int, judged: int, p: float) -> float:
    return sum(comb(judged, k) * p**k * (1 - p) ** (judged - k) for k in range(true + 1))


def clopper_pearson(true: int, judged: int, level: float) -> tuple[float, float, float]:
    """Value and the two p at which the count or fewer, or the count or more, has half the remaining probability."""
    tail = (1 - level) / 2
    low = 0.0 if true == 0 else _bisect(lambda p: tail - (1 - _at_most(true - 1, judged, p)))
    high = 1.0 if true == judged else _bisect(lambda p: _at_most(true, judged, p) - tail)
    return true / judged, low, high


def factor(
    read: tuple[int, int, int], unread: tuple[int, int, int], level: float
) -> tuple[float, float, float]:
    """True over read from (all, judged, true) of both strata: Tenenbein's share divided by the share read."""
    (n_read, read_judged, read_true), (n_unread, unread_judged, unread_true) = read, unread
    p, p_low, p_high = clopper_pearson(read_true, read_judged, level)
    m, m_low, m_high = clopper_pearson(unread_true, unread_judged, level)
    share_read = n_read / (n_read + n_unread)
    true_share = share_read * p + (1 - share_read) * m
    k = n_unread / n_read
    below = sqrt((p - p_low) ** 2 + (k * m - k * m_low) ** 2)
    above = sqrt((p_high - p) ** 2 + (k * m_high - k * m) ** 2)
    value = true_share / share_read
    return value, max(0.0, value - below), value + above


def corrected(
    share: tuple[float, float, float], by: tuple[float, float, float], precision: float, efficiency: float
) -> tuple[float, float, float]:
    """Product with its ends: distances of the logarithms, squared, added, and the root taken.

    Share read = false + (found - false) x true share, so true shares scatter by the variance read, less the
    reader's own, over (found - false)^2; both relative to their means.
    """
    read, value = share[0], share[0] * by[0]
    found, false = read * precision / value, read * (1 - precision) / (1 - value)
    read_variance = read * (1 - read) / efficiency  # of one advert
    own = value * found * (1 - found) + (1 - value) * false * (1 - false)
    true_variance = max(0.0, read_variance - own) / (found - false) ** 2
    wider = sqrt(max(1.0, (true_variance / value**2) / (read_variance / read**2)))
    ends = []
    for side in (1, 2):
        if 0 in (share[side], by[side]):
            ends.append(float("inf"))
        else:
            ends.append(sqrt((wider * log(share[side] / read)) ** 2 + log(by[side] / by[0]) ** 2))
    low = 0.0 if ends[0] == float("inf") else exp(log(value) - ends[0])
    return value, low, exp(min(0.0, log(value) + ends[1]))
