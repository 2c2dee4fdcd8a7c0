"""Pooling: published reference values to the printed digits, and properties that hold for any data."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.reference_data import BCG, TEACHER_EXPECTANCY
from transforms.evidence.effect import Effect, log_risk_ratio
from transforms.evidence.pool import (
    TESTS,
    egger,
    hartung_knapp_factor,
    pool,
    reml_score,
    restricted_log_likelihood,
    tau2_dersimonian_laird,
    tau2_reml,
)

TRIALS = [log_risk_ratio(*table) for table in BCG]
TEACHERS = [Effect(yi, vi) for yi, vi in TEACHER_EXPECTANCY]

effects_lists = st.lists(
    st.builds(
        Effect, st.floats(-3, 3).map(lambda x: round(x, 4)), st.floats(0.001, 2).map(lambda x: round(x, 4))
    ),
    min_size=2,
    max_size=12,
).filter(lambda effects: all(effect.vi > 0 for effect in effects))


def test_dersimonian_laird_on_the_bcg_trials() -> None:
    pooled = pool(TRIALS, tau2_method="dl", test="normal")
    assert round(pooled.mu, 4) == -0.7141
    assert (round(pooled.ci_low, 4), round(pooled.ci_high, 4)) == (-1.0644, -0.3638)
    assert round(pooled.tau2, 4) == 0.3088
    assert round(pooled.i2, 4) == 92.1173


def test_reml_on_the_bcg_trials() -> None:
    pooled = pool(TRIALS, tau2_method="reml", test="normal")
    assert round(pooled.tau2, 6) == 0.313243
    assert round(pooled.mu, 6) == -0.714532


def test_hartung_knapp_on_the_teacher_expectancy_studies() -> None:
    pooled = pool(TEACHERS, tau2_method="reml", test="hartung_knapp")
    assert round(pooled.se, 4) == 0.0616
    assert (round(pooled.ci_low, 4), round(pooled.ci_high, 4)) == (-0.0457, 0.2131)


def test_egger_on_the_bcg_trials() -> None:
    """t = -1.4013, df = 11, p = 0.1887 in Viechtbauer, J. Stat. Softw. 36(3), 2010."""
    found = egger(TRIALS)
    assert found is not None
    assert (round(found.t, 4), found.df, round(found.p, 4)) == (-1.4013, 11, 0.1887)


def test_egger_is_silent_below_ten_studies() -> None:
    assert egger(TRIALS[:9]) is None
    assert egger(TRIALS[:10]) is not None


def test_reml_solves_its_likelihood_equation() -> None:
    """The restricted likelihood, written out, is highest at the estimate."""

    def height(tau2: float) -> float:
        weights = [1 / (effect.vi + tau2) for effect in TRIALS]
        mu = sum(w * e.yi for w, e in zip(weights, TRIALS, strict=True)) / sum(weights)
        misfit = sum(w * (e.yi - mu) ** 2 for w, e in zip(weights, TRIALS, strict=True))
        return -0.5 * (sum(-math.log(w) for w in weights) + math.log(sum(weights)) + misfit)

    best = tau2_reml(TRIALS)
    for other in (best * 0.9, best * 0.99, best * 1.01, best * 1.1):
        assert height(other) < height(best)
        assert height(other) == pytest.approx(restricted_log_likelihood(TRIALS, other))


def test_reml_settles_where_plain_scoring_swings_for_ever() -> None:
    effects = [Effect(0.0, 1.0)] * 4 + [Effect(1.0, 0.125)]
    best = tau2_reml(effects)
    for other in (0.0, best * 0.9 + 1e-6, best * 1.1 + 1e-3, 1.0):
        assert restricted_log_likelihood(effects, other) <= restricted_log_likelihood(effects, best) + 1e-12


TWO_PEAKS = (
    [(0.002, 0.0004), (0.01, 0.0001), (-0.299, 0.1521), (0.002, 0.0005), (1.677, 0.0957), (0.338, 2.6384)],
    [(0.0, 0.0002), (0.01, 0.0001), (-0.3, 0.15), (0.0, 0.0005), (1.7, 0.1), (0.3, 2.6)],
)
"""Precise studies that agree beside rough ones that do not: the moment estimate lies in the wrong valley."""


@pytest.mark.parametrize("pairs", TWO_PEAKS)
def test_reml_takes_the_highest_peak_of_its_likelihood(pairs: list[tuple[float, float]]) -> None:
    effects = [Effect(yi, vi) for yi, vi in pairs]
    best = restricted_log_likelihood(effects, tau2_reml(effects))
    for other in (0.0, *(10.0 ** (power / 20) for power in range(-160, 60))):
        assert restricted_log_likelihood(effects, other) <= best + 1e-9
    assert tau2_reml(effects) > 10 * tau2_dersimonian_laird(effects)


@given(effects_lists)
def test_no_variance_is_likelier_than_that_of_reml(effects: list[Effect]) -> None:
    best = restricted_log_likelihood(effects, tau2_reml(effects))
    for other in (0.0, *(10.0 ** (power / 4) for power in range(-24, 12))):
        assert restricted_log_likelihood(effects, other) <= best + 1e-9 * max(1.0, abs(best))


@given(effects_lists, st.floats(0, 3))
def test_the_score_is_the_slope_of_the_likelihood(effects: list[Effect], tau2: float) -> None:
    step = 1e-5
    up, down = (restricted_log_likelihood(effects, tau2 + step * sign + step) for sign in (1, -1))
    assert reml_score(effects, tau2 + step) == pytest.approx((up - down) / step, rel=1e-2, abs=1e-3)


def test_plain_hartung_knapp_narrows_where_studies_agree_by_chance() -> None:
    agreeing = [Effect(math.log(ratio), 0.01) for ratio in (0.66, 0.67, 0.68)]
    factor = hartung_knapp_factor(agreeing, 0.0)
    assert factor < 1
    plain = pool(agreeing, test="hartung_knapp_plain")
    kept = pool(agreeing, test="hartung_knapp")
    normal = pool(agreeing, test="normal")
    assert plain.ci_high - plain.ci_low < normal.ci_high - normal.ci_low < kept.ci_high - kept.ci_low


def test_identical_studies_have_no_heterogeneity() -> None:
    pooled = pool([Effect(0.2, 0.04)] * 3)
    assert (pooled.tau2, pooled.i2) == (0.0, 0.0)
    assert pooled.q == pytest.approx(0.0, abs=1e-20)
    assert pooled.mu == pytest.approx(0.2)


@settings(deadline=None)
@given(effects_lists, st.sampled_from(["reml", "dl", "fixed"]), st.sampled_from(TESTS))
def test_the_pooled_effect_lies_inside_the_range_of_its_inputs(
    effects: list[Effect], method: str, test: str
) -> None:
    pooled = pool(effects, tau2_method=method, test=test)
    values = [effect.yi for effect in effects]
    assert min(values) - 1e-9 <= pooled.mu <= max(values) + 1e-9
    assert pooled.ci_low <= pooled.mu <= pooled.ci_high
    assert pooled.prediction_low <= pooled.ci_low + 1e-9 and pooled.ci_high <= pooled.prediction_high + 1e-9
    assert 0 <= pooled.i2 <= 100 and pooled.tau2 >= 0
    assert math.fsum(pooled.weights) == pytest.approx(1.0)


@given(effects_lists, st.floats(0, 2), st.floats(0.001, 2))
def test_the_plain_standard_error_widens_with_tau2(effects: list[Effect], tau2: float, more: float) -> None:
    assert _plain_se(effects, tau2) < _plain_se(effects, tau2 + more)


@settings(deadline=None)
@given(effects_lists, st.sampled_from([0.01, 100.0, -1.0]), st.sampled_from(["reml", "dl"]))
def test_pooling_does_not_depend_on_the_unit(effects: list[Effect], unit: float, method: str) -> None:
    plain = pool(effects, tau2_method=method)
    scaled = pool([Effect(unit * e.yi, unit**2 * e.vi) for e in effects], tau2_method=method)
    assert scaled.mu == pytest.approx(unit * plain.mu, rel=1e-5, abs=1e-7 * abs(unit))
    assert scaled.se == pytest.approx(abs(unit) * plain.se, rel=1e-5)
    assert scaled.tau2 == pytest.approx(unit**2 * plain.tau2, rel=1e-4, abs=1e-8 * unit**2)
    assert scaled.i2 == pytest.approx(plain.i2, abs=1e-3)


@settings(deadline=None)
@given(effects_lists)
def test_the_order_of_studies_does_not_matter(effects: list[Effect]) -> None:
    forward, backward = pool(effects), pool(effects[::-1])
    assert forward.mu == pytest.approx(backward.mu, abs=1e-9)
    assert forward.ci_high == pytest.approx(backward.ci_high, abs=1e-8)


@pytest.mark.parametrize(
    ("effects", "message"),
    [
        ([Effect(0.1, 0.1)], "at least two"),
        ([], "at least two"),
        ([Effect(0.1, 0.1), Effect(0.1, 0.0)], "positive variance"),
        ([Effect(0.1, 0.1), Effect(math.nan, 0.1)], "finite"),
    ],
)
def test_what_cannot_be_pooled_is_refused(effects: list[Effect], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        pool(effects)


def test_unknown_words_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown"):
        pool(TRIALS, tau2_method="guess")
    with pytest.raises(ValueError, match="unknown"):
        pool(TRIALS, test="guess")


def _plain_se(effects: Sequence[Effect], tau2: float) -> float:
    return 1 / math.sqrt(sum(1 / (effect.vi + tau2) for effect in effects))
