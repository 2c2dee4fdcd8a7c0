"""Replication as a diagnosis of one study by others of the same claim: four counts, none of them a verdict.

Same sign; significant in that direction; inside the original's 95 % prediction interval, which is
original +- 1.96 sqrt(v_original + v_replication) (Patil, Peng & Leek, Perspect. Psychol. Sci. 11:539, 2016);
significant in the opposite direction. Which studies may be compared is decided by the caller: other
samples, no superseded version, no meta-analysis that contains the original.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.evidence.distribution import z_of_level
from transforms.evidence.effect import Effect


@dataclass(frozen=True)
class Evidence:
    """What one sample says: sign (-1, 0, 1), effect with variance and its measure where there is one."""

    sign: int
    effect: Effect | None = None
    measure: str = "none"
    is_significant: bool | None = None


@dataclass(frozen=True)
class Replication:
    """Counts over the other samples of a claim."""

    n_samples: int
    n_same_sign: int
    n_significant: int
    n_inside_prediction: int
    n_contradicting: int


def replication(original: Evidence, others: Sequence[Evidence], level: float = 0.95) -> Replication:
    """The four counts of ``others`` against ``original``. A sign of 0 agrees with nothing."""
    same = [other for other in others if other.sign != 0 and other.sign == original.sign]
    opposite = [other for other in others if other.sign != 0 and other.sign == -original.sign]
    return Replication(
        n_samples=len(others),
        n_same_sign=len(same),
        n_significant=sum(1 for other in same if other.is_significant),
        n_inside_prediction=sum(1 for other in others if _inside(original, other, level)),
        n_contradicting=sum(1 for other in opposite if other.is_significant),
    )


def prediction_interval(original: Effect, replication_vi: float, level: float = 0.95) -> tuple[float, float]:
    """Where a replication with variance ``replication_vi`` would fall if both had one true effect."""
    half = z_of_level(level) * math.sqrt(original.vi + replication_vi)
    return original.yi - half, original.yi + half


def _inside(original: Evidence, other: Evidence, level: float) -> bool:
    if original.effect is None or other.effect is None or original.measure != other.measure:
        return False
    low, high = prediction_interval(original.effect, other.effect.vi, level)
    return low <= other.effect.yi <= high
