"""Random-effects pooling of effects on one scale, with heterogeneity always beside the pooled number.

DerSimonian & Laird, Control. Clin. Trials 7:177 (1986); restricted maximum likelihood: Viechtbauer,
J. Educ. Behav. Stat. 30:261 (2005); Hartung & Knapp, Stat. Med. 20:3875 (2001) with the variance factor
kept at 1 or above (Roever, Knapp & Friede, BMC Med. Res. Methodol. 15:99, 2015); Higgins & Thompson,
Stat. Med. 21:1539 (2002) for I2; Higgins, Thompson & Spiegelhalter, JRSS A 172:137 (2009) for the
prediction interval; Egger, Davey Smith, Schneider & Minder, BMJ 315:629 (1997).
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from transforms.evidence.distribution import chi2_survival, t_cdf, t_quantile, two_sided_p, z_of_level
from transforms.evidence.effect import Effect

EGGER_K_MIN = 10
"""Below ten studies the test says next to nothing (Sterne et al., BMJ 343:d4002, 2011)."""

TESTS = ("normal", "hartung_knapp", "hartung_knapp_plain")
"""``hartung_knapp`` uses max(1, q); the plain form narrows the interval where studies agree by chance."""


@dataclass(frozen=True)
class Pooled:
    """A pooled effect on the scale of its inputs. ``tau2`` and the prediction interval belong to it."""

    k: int
    mu: float
    se: float
    ci_low: float
    ci_high: float
    p: float
    tau2: float
    i2: float
    h2: float
    q: float
    q_p: float
    prediction_low: float
    prediction_high: float
    tau2_method: str
    test: str
    level: float
    weights: tuple[float, ...]


@dataclass(frozen=True)
class Egger:
    """Egger's test of funnel asymmetry: intercept of effect / se on 1 / se."""

    k: int
    intercept: float
    se: float
    t: float
    df: int
    p: float


def pool(
    effects: Sequence[Effect], *, tau2_method: str = "reml", test: str = "hartung_knapp", level: float = 0.95
) -> Pooled:
    """Pool ``k >= 2`` independent effects. ``tau2_method``: reml, dl or fixed; ``test``: one of TESTS.

    I2 in per cent. Under DerSimonian-Laird and ``fixed`` I2 is (Q - df) / Q, under REML
    tau2 / (tau2 + typical variance). Raises ValueError for k < 2, a variance that is not positive or an
    unknown word.
    """
    _require_poolable(effects, tau2_method, test)
    tau2 = 0.0 if tau2_method == "fixed" else TAU2_METHODS[tau2_method](effects)
    k = len(effects)
    q = _cochran_q(effects)
    mu, variance = _mean(effects, tau2)
    critical, se = z_of_level(level), math.sqrt(variance)
    if test != "normal":
        factor = hartung_knapp_factor(effects, tau2)
        se *= math.sqrt(factor if test == "hartung_knapp_plain" else max(1.0, factor))
        critical = t_quantile(0.5 + level / 2.0, k - 1)
    i2, h2 = _heterogeneity(effects, tau2, q, tau2_method)
    spread = t_quantile(0.5 + level / 2.0, k - 1) * math.sqrt(tau2 + se * se)
    raw = [1.0 / (effect.vi + tau2) for effect in effects]
    return Pooled(
        k=k,
        mu=mu,
        se=se,
        ci_low=mu - critical * se,
        ci_high=mu + critical * se,
        p=_p_value(mu, se, None if test == "normal" else k - 1),
        tau2=tau2,
        i2=i2,
        h2=h2,
        q=q,
        q_p=chi2_survival(q, k - 1),
        prediction_low=mu - spread,
        prediction_high=mu + spread,
        tau2_method=tau2_method,
        test=test,
        level=level,
        weights=tuple(weight / math.fsum(raw) for weight in raw),
    )


def tau2_dersimonian_laird(effects: Sequence[Effect]) -> float:
    """Moment estimate of the variance between studies, not below 0."""
    weights = [1.0 / effect.vi for effect in effects]
    return max(0.0, (_cochran_q(effects) - (len(effects) - 1)) / _scale(weights))


def tau2_reml(effects: Sequence[Effect]) -> float:
    """Restricted maximum likelihood estimate of the variance between studies, not below 0.

    The likelihood may have several peaks, and a search that starts at the moment estimate may climb the
    lower one or fall to 0. So all of them are found, by a scan for falls of the score through 0 and
    bisection, and the highest is taken. Fisher scoring can also swing for ever (four studies at 0 with
    variance 1 and one at 1 with variance 1/8); bisection cannot.
    """
    peaks = [0.0]
    steps = _tau2_steps(effects)
    scores = [reml_score(effects, step) for step in steps]
    for place in range(1, len(steps)):
        if scores[place - 1] > 0 >= scores[place]:
            peaks.append(_score_root(effects, steps[place - 1], steps[place]))
    return max(peaks, key=lambda tau2: (restricted_log_likelihood(effects, tau2), -tau2))


def _tau2_steps(effects: Sequence[Effect]) -> list[float]:
    """0 and steps of a tenth, from far below the smallest variance to where the score can only be negative."""
    estimates = [effect.yi for effect in effects]
    variances = [effect.vi for effect in effects]
    top = max(4.0 * (max(estimates) - min(estimates)) ** 2, max(variances))
    low = 1e-4 * min(variances)
    count = math.ceil(math.log(top / low) / math.log(1.1)) + 1
    return [0.0, *(low * 1.1**power for power in range(count + 1))]


def _score_root(effects: Sequence[Effect], low: float, high: float) -> float:
    """Where the score falls through 0 between ``low``, where it is positive, and ``high``."""
    while high - low > 1e-14 * high:
        middle = 0.5 * (low + high)
        if middle in (low, high):
            break
        low, high = (middle, high) if reml_score(effects, middle) > 0 else (low, middle)
    return 0.5 * (low + high)


def restricted_log_likelihood(effects: Sequence[Effect], tau2: float) -> float:
    """Restricted log likelihood of the variance between studies, up to a constant."""
    weights = [1.0 / (effect.vi + tau2) for effect in effects]
    mu, variance = _mean(effects, tau2)
    misfit = math.fsum(w * (e.yi - mu) ** 2 for w, e in zip(weights, effects, strict=True))
    return -0.5 * (math.fsum(-math.log(w) for w in weights) - math.log(variance) + misfit)


def reml_score(effects: Sequence[Effect], tau2: float) -> float:
    """Twice the slope of ``restricted_log_likelihood`` at ``tau2``; positive below the estimate."""
    weights = [1.0 / (effect.vi + tau2) for effect in effects]
    total = math.fsum(weights)
    squares = math.fsum(w * w for w in weights)
    mu, _ = _mean(effects, tau2)
    misfit = math.fsum((w * (e.yi - mu)) ** 2 for w, e in zip(weights, effects, strict=True))
    return misfit - (total - squares / total)


TAU2_METHODS: dict[str, Callable[[Sequence[Effect]], float]] = {
    "reml": tau2_reml,
    "dl": tau2_dersimonian_laird,
}


def hartung_knapp_factor(effects: Sequence[Effect], tau2: float) -> float:
    """The factor q by which Hartung and Knapp scale the squared standard error."""
    mu, _ = _mean(effects, tau2)
    misfit = math.fsum((effect.yi - mu) ** 2 / (effect.vi + tau2) for effect in effects)
    return misfit / (len(effects) - 1)


def egger(effects: Sequence[Effect]) -> Egger | None:
    """Egger's regression test, or None below EGGER_K_MIN studies."""
    k = len(effects)
    if k < EGGER_K_MIN:
        return None
    x = [1.0 / effect.se for effect in effects]
    y = [effect.yi / effect.se for effect in effects]
    mean_x, mean_y = math.fsum(x) / k, math.fsum(y) / k
    spread = math.fsum((value - mean_x) ** 2 for value in x)
    if spread == 0:
        return None
    slope = math.fsum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)) / spread
    intercept = mean_y - slope * mean_x
    residual = math.fsum((b - intercept - slope * a) ** 2 for a, b in zip(x, y, strict=True)) / (k - 2)
    se = math.sqrt(residual * (1.0 / k + mean_x**2 / spread))
    t = intercept / se
    return Egger(k, intercept, se, t, k - 2, 2.0 * t_cdf(-abs(t), k - 2))


def _p_value(mu: float, se: float, df: int | None) -> float:
    """Two-sided p value; the plain Hartung-Knapp form has no error at all where studies agree exactly."""
    if se == 0:
        return 1.0 if mu == 0 else 0.0
    return two_sided_p(mu / se) if df is None else 2.0 * t_cdf(-abs(mu / se), df)


def _mean(effects: Sequence[Effect], tau2: float) -> tuple[float, float]:
    weights = [1.0 / (effect.vi + tau2) for effect in effects]
    total = math.fsum(weights)
    return math.fsum(w * e.yi for w, e in zip(weights, effects, strict=True)) / total, 1.0 / total


def _cochran_q(effects: Sequence[Effect]) -> float:
    mu, _ = _mean(effects, 0.0)
    return math.fsum((effect.yi - mu) ** 2 / effect.vi for effect in effects)


def _scale(weights: Sequence[float]) -> float:
    return math.fsum(weights) - math.fsum(w * w for w in weights) / math.fsum(weights)


def _heterogeneity(effects: Sequence[Effect], tau2: float, q: float, method: str) -> tuple[float, float]:
    """I2 in per cent and H2."""
    df = len(effects) - 1
    if method == "reml":
        typical = df / _scale([1.0 / effect.vi for effect in effects])
        return 100.0 * tau2 / (tau2 + typical), tau2 / typical + 1.0
    return (max(0.0, 100.0 * (q - df) / q) if q > 0 else 0.0), q / df


def _require_poolable(effects: Sequence[Effect], tau2_method: str, test: str) -> None:
    if len(effects) < 2:
        raise ValueError(f"pooling needs at least two independent effects, got {len(effects)}")
    if tau2_method not in (*TAU2_METHODS, "fixed") or test not in TESTS:
        raise ValueError(f"unknown tau2_method {tau2_method!r} or test {test!r}")
    for effect in effects:
        if not (effect.vi > 0 and math.isfinite(effect.vi) and math.isfinite(effect.yi)):
            raise ValueError(f"an effect needs a finite estimate and a positive variance: {effect}")
