"""What a skill's adverts pay more or less within a role: log points, other things equal, observational.

Log midpoint of annual base pay on the skill, additive effects of seniority, region, month, currency and
source, other skills by double selection (Belloni, Chernozhukov and Hansen 2014), CR2 by employer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from transforms.estimate.cluster_robust import COLLINEAR, coefficient, orthonormal
from transforms.estimate.employers import Floats, Integers, t_quantile
from transforms.estimate.lasso import Flags, selected


@dataclass(frozen=True)
class PremiumRule:
    """What a premium needs (method.md section 4); counts of adverts and employers are per arm."""

    level: float
    n_min: int
    arm_min: int
    arm_employers_min: int
    df_min: float


def premium_rule(parameters: Mapping[str, Any]) -> PremiumRule:
    """The rule of config/method.toml's parameters."""
    return PremiumRule(
        level=float(parameters["ci_level"]),
        n_min=int(parameters["premium_n_min"]),
        arm_min=int(parameters["premium_arm_min"]),
        arm_employers_min=int(parameters["premium_arm_employers_min"]),
        df_min=float(parameters["df_min"]),
    )


@dataclass(frozen=True)
class Premium:
    """One skill: support by arm (1 with, 0 without), estimate in log points, or ``reason`` why there is none."""

    n: int
    n_with: int
    employers_with: int
    employers_without: int
    value: float | None = None
    se: float | None = None
    df: float | None = None
    low: float | None = None
    high: float | None = None
    n_selected: int | None = None
    cross: float | None = None
    squares: float | None = None
    reason: str | None = None


def premiums(
    log_pay: Floats,
    skills: Flags,
    employers: Integers,
    controls: Sequence[Integers],
    *,
    targets: Sequence[int],
    rule: PremiumRule,
) -> list[Premium]:
    """Premium of each of the ``targets`` (columns of ``skills``, n x S) in log points.

    ``controls`` are codes of seniority, region and so on, n each. Unshrunken. A target whose arms are too
    small, or whose df is below ``df_min``, has reason ``insufficient_sample``; one that the controls
    determine has ``not_identifiable``; where pay does not scatter, no error can be told: ``estimation_failed``.
    """
    employers = _codes(employers)
    supports = [_support(skills[:, target], employers) for target in targets]
    fit = [position for position, support in enumerate(supports) if _enough(support, rule)]
    found = [
        Premium(*support, reason=None if position in fit else "insufficient_sample")
        for position, support in enumerate(supports)
    ]
    if not fit:
        return found
    base = orthonormal(_dummies(controls, len(log_pay)))
    pay = _without(log_pay, base)
    # A skill hardly any advert has, or lacks, tells nothing about others and only takes freedom away.
    counts = skills.sum(axis=0)
    others = np.flatnonzero(np.minimum(counts, len(skills) - counts) >= MIN_OTHER)
    columns = _without(skills[:, others].astype(np.float64), base)
    # What the controls determine leaves rounding, of which the basis of the others would make a direction.
    left = np.einsum("ij,ij->j", columns, columns) > COLLINEAR * counts[others]
    others, columns = others[left], columns[:, left]
    wanted = [targets[position] for position in fit]
    chosen = _double_selection(pay, columns, others, skills, base, employers, wanted)
    for position, target, kept in zip(fit, wanted, chosen, strict=True):
        treatment = skills[:, target].astype(np.float64)
        basis = np.column_stack([base, orthonormal(columns[:, kept])])
        estimate = coefficient(pay, treatment, basis, employers)
        if estimate is None:
            found[position] = Premium(*supports[position], reason="not_identifiable")
            continue
        if estimate.se < SE_MIN:
            found[position] = Premium(*supports[position], reason="estimation_failed")
            continue
        if estimate.df < rule.df_min:
            found[position] = Premium(*supports[position], df=estimate.df, reason="insufficient_sample")
            continue
        half = t_quantile(rule.level, estimate.df) * estimate.se
        found[position] = Premium(
            *supports[position],
            value=estimate.value,
            se=estimate.se,
            df=estimate.df,
            low=estimate.value - half,
            high=estimate.value + half,
            n_selected=len(kept),
            cross=estimate.cross,
            squares=estimate.squares,
        )
    return found


SE_MIN = 1e-7
"""Log points. Pay is whole cents of some thousand dollars at least: a smaller error is that of the arithmetic."""

MIN_OTHER = 10
"""Adverts with, and without, another skill before it may be a control."""


def _double_selection(
    pay: Floats,
    columns: Floats,
    others: Integers,
    skills: Flags,
    base: Floats,
    employers: Integers,
    targets: Sequence[int],
) -> list[Integers]:
    """Per target the columns that predict pay or the skill itself: the union is controlled for."""
    treatments = _without(skills[:, list(targets)].astype(np.float64), base)
    allowed = others[:, None] != np.asarray(targets)[None, :]
    responses = np.column_stack([np.repeat(pay[:, None], len(targets), axis=1), treatments])
    kept = selected(columns, responses, np.hstack([allowed, allowed]), employers)
    either = kept[:, : len(targets)] | kept[:, len(targets) :]
    return [np.flatnonzero(either[:, position]) for position in range(len(targets))]


def _codes(values: Integers) -> Integers:
    return np.asarray(np.unique(values, return_inverse=True)[1], dtype=np.int64).reshape(-1)


def _support(skill: Flags, employers: Integers) -> tuple[int, int, int, int]:
    return (
        len(skill),
        int(skill.sum()),
        len(np.unique(employers[skill])),
        len(np.unique(employers[~skill])),
    )


def _enough(support: tuple[int, int, int, int], rule: PremiumRule) -> bool:
    n, n_with, employers_with, employers_without = support
    return (
        n >= rule.n_min
        and min(n_with, n - n_with) >= rule.arm_min
        and min(employers_with, employers_without) >= rule.arm_employers_min
    )


def _dummies(controls: Sequence[Integers], n: int) -> Floats:
    columns = [np.ones((n, 1))]
    for control in controls:
        codes = _codes(control)
        columns.append((codes[:, None] == np.arange(codes.max(initial=0) + 1)[None, :]).astype(np.float64))
    return np.hstack(columns)


def _without(values: Floats, base: Floats) -> Floats:
    return np.asarray(values - base @ (base.T @ values))


@dataclass(frozen=True)
class Spread:
    """Weighted mean of a role's premiums and the variance between them that their errors don't explain."""

    mean: float
    tau2: float

    def pulled(self, value: float, se: float) -> float:
        """A premium drawn towards the mean, the more the larger its error: normal-normal empirical Bayes."""
        return self.mean + (value - self.mean) * self.tau2 / (self.tau2 + se**2)


def spread_of(values: Floats, errors: Floats) -> Spread | None:
    """Mean and spread of one role's premiums (Paule and Mandel 1982); None below three: two tell no spread."""
    if len(values) < 3:
        return None
    tau2 = paule_mandel(values, errors)
    weights = 1.0 / (errors**2 + tau2)
    return Spread(float(weights @ values / weights.sum()), tau2)


def paule_mandel(values: Floats, errors: Floats) -> float:
    """Between-skill variance at which the weighted sum of squares equals its df; 0 where it is below at 0."""

    def excess(tau2: float) -> float:
        weights = 1.0 / (errors**2 + tau2)
        mean = weights @ values / weights.sum()
        return float(weights @ (values - mean) ** 2) - (len(values) - 1)

    low, high = 0.0, float(np.var(values) * len(values) + 1e-12)
    if excess(low) <= 0.0:
        return 0.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0.0 else (low, middle)
    return high
