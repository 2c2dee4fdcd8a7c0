"""Power against a chosen effect, smallest detectable effect, sample size. Never power at the observed effect.

Observed power is a function of the p value and adds nothing (Hoenig & Heisey, Am. Stat. 55:19, 2001);
so the effect is always an argument: the pooled one, or a smallest effect of interest set beforehand.
Two proportions: Cohen, Statistical Power Analysis (1988), chapter 6 (arcsine transformation).
"""

import math

from transforms.evidence.distribution import normal_cdf, normal_quantile


def power(effect: float, se: float, alpha: float = 0.05) -> float:
    """Chance that a two-sided normal test rejects if the truth is ``effect``; ``se`` on its scale."""
    _require_positive(se)
    critical = normal_quantile(1.0 - alpha / 2.0)
    shift = abs(effect) / se
    return normal_cdf(shift - critical) + normal_cdf(-shift - critical)


def minimal_detectable_effect(se: float, alpha: float = 0.05, target: float = 0.8) -> float:
    """Effect, on the scale of ``se``, that would be found with probability ``target``."""
    _require_positive(se)
    return (normal_quantile(1.0 - alpha / 2.0) + normal_quantile(target)) * se


def cohen_h(p1: float, p2: float) -> float:
    """Distance of two proportions on the arcsine scale, 2 asin(sqrt p1) - 2 asin(sqrt p2)."""
    for proportion in (p1, p2):
        if not 0.0 <= proportion <= 1.0:
            raise ValueError(f"a proportion lies between 0 and 1, got {proportion}")
    return 2.0 * math.asin(math.sqrt(p1)) - 2.0 * math.asin(math.sqrt(p2))


def sample_size_per_arm(p1: float, p2: float, alpha: float = 0.05, target: float = 0.8) -> float:
    """Members per arm needed to tell two rates apart; not rounded (a trial needs the next whole number)."""
    distance = cohen_h(p1, p2)
    if distance == 0:
        raise ValueError("no sample tells two equal rates apart")
    wanted = normal_quantile(1.0 - alpha / 2.0) + normal_quantile(target)
    return 2.0 * (wanted / distance) ** 2


def power_of_two_rates(p1: float, p2: float, n_per_arm: float, alpha: float = 0.05) -> float:
    """Power of a two-sided test of two rates with ``n_per_arm`` members each."""
    return power(cohen_h(p1, p2), math.sqrt(2.0 / n_per_arm), alpha)


def _require_positive(se: float) -> None:
    if not se > 0:
        raise ValueError(f"a standard error must be positive, got {se}")
