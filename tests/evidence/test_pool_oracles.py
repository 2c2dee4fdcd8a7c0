"""Pooling against statsmodels and PyMARE, and against SciPy's optimiser for REML, on drawn and published data."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from tests.evidence.reference_data import BCG, TEACHER_EXPECTANCY
from transforms.evidence.effect import Effect, log_odds_ratio, log_risk_ratio, risk_difference
from transforms.evidence.pool import egger, pool, restricted_log_likelihood

TRIALS = [log_risk_ratio(*table) for table in BCG]
TEACHERS = [Effect(yi, vi) for yi, vi in TEACHER_EXPECTANCY]

drawn = st.lists(
    st.builds(
        Effect, st.floats(-2, 2).map(lambda x: round(x, 3)), st.floats(0.005, 1).map(lambda x: round(x, 3))
    ),
    min_size=3,
    max_size=15,
).filter(lambda effects: len({effect.yi for effect in effects}) > 1)


def columns(effects: list[Effect]) -> tuple[Any, Any]:
    return np.array([effect.yi for effect in effects]), np.array([effect.vi for effect in effects])


@pytest.mark.parametrize("effects", [TRIALS, TEACHERS], ids=["bcg", "teachers"])
def test_published_data_agree_with_statsmodels(effects: list[Effect]) -> None:
    agrees_with_statsmodels(effects)


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(drawn)
def test_drawn_data_agree_with_statsmodels(effects: list[Effect]) -> None:
    agrees_with_statsmodels(effects)


def agrees_with_statsmodels(effects: list[Effect]) -> None:
    """DerSimonian-Laird, its normal interval, and Hartung and Knapp's plain one."""
    from statsmodels.stats.meta_analysis import combine_effects  # here: it takes a second to import

    with np.errstate(invalid="ignore"):  # it takes the root of a negative tau2
        theirs = combine_effects(*columns(effects), method_re="dl", use_t=True)
    plain = pool(effects, tau2_method="dl", test="hartung_knapp_plain")
    assert plain.tau2 == pytest.approx(max(0.0, theirs.tau2), abs=1e-12)
    assert plain.q == pytest.approx(theirs.q, rel=1e-9)
    if theirs.tau2 > 0:  # below 0 statsmodels goes on with the negative value
        assert plain.mu == pytest.approx(theirs.mean_effect_re, rel=1e-9, abs=1e-12)
        assert (plain.ci_low, plain.ci_high) == pytest.approx(theirs.conf_int()[3], rel=1e-7, abs=1e-10)
        normal = pool(effects, tau2_method="dl", test="normal")
        ends = theirs.conf_int(use_t=False)[1]
        assert (normal.ci_low, normal.ci_high) == pytest.approx(ends, rel=1e-7, abs=1e-10)
    kept = pool(effects, tau2_method="dl", test="hartung_knapp")
    assert kept.se >= plain.se and kept.se >= pool(effects, tau2_method="dl", test="normal").se


@pytest.mark.parametrize("effects", [TRIALS, TEACHERS], ids=["bcg", "teachers"])
def test_published_data_agree_with_pymare(effects: list[Effect]) -> None:
    from pymare import Dataset  # here: it imports SymPy, which takes a second
    from pymare.estimators import DerSimonianLaird

    y, v = columns(effects)
    dataset = Dataset(y[:, None], v[:, None], add_intercept=True)
    for correction, test in (("wald", "normal"), ("knapp-hartung-conservative", "hartung_knapp")):
        theirs = DerSimonianLaird(small_sample_correction=correction).fit_dataset(dataset).summary()
        ours = pool(effects, tau2_method="dl", test=test)
        assert ours.tau2 == pytest.approx(theirs.tau2.item(), rel=1e-6)
        fixed = theirs.get_fe_stats()
        for name, value in (("est", ours.mu), ("se", ours.se), ("ci_l", ours.ci_low), ("ci_u", ours.ci_high)):
            assert value == pytest.approx(fixed[name].item(), rel=1e-6), (correction, name)
    heterogeneity = theirs.get_heterogeneity_stats()
    assert ours.q == pytest.approx(heterogeneity["Q"].item(), rel=1e-6)
    assert ours.i2 == pytest.approx(heterogeneity["I^2"].item(), rel=1e-6)


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(drawn)
def test_reml_is_where_an_optimiser_finds_the_top_of_the_likelihood(effects: list[Effect]) -> None:
    ours = pool(effects, tau2_method="reml", test="normal").tau2
    found = optimize.minimize_scalar(
        lambda tau2: -restricted_log_likelihood(effects, tau2),
        bounds=(0.0, 20.0),
        method="bounded",
        options={"xatol": 1e-10},
    )
    assert restricted_log_likelihood(effects, ours) >= -found.fun - 1e-7


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(drawn)
def test_intervals_written_out_with_scipy(effects: list[Effect]) -> None:
    """Hartung-Knapp with max(1, q) and the prediction interval, from their definitions."""
    ours = pool(effects)
    y, v = columns(effects)
    w = 1.0 / (v + ours.tau2)
    mu, k = float(np.average(y, weights=w)), len(effects)
    q = float((w * (y - mu) ** 2).sum()) / (k - 1)
    se = math.sqrt(max(1.0, q) / float(w.sum()))
    t = float(stats.t.ppf(0.975, k - 1))
    assert (ours.ci_low, ours.ci_high) == pytest.approx((mu - t * se, mu + t * se), rel=1e-7, abs=1e-9)
    spread = t * math.sqrt(ours.tau2 + se**2)
    assert ours.prediction_low == pytest.approx(mu - spread, rel=1e-7, abs=1e-9)
    assert ours.p == pytest.approx(2 * float(stats.t.sf(abs(mu / se), k - 1)), rel=1e-6, abs=1e-12)


def test_egger_agrees_with_least_squares() -> None:
    y, v = columns(TRIALS)
    line = stats.linregress(1 / np.sqrt(v), y / np.sqrt(v))
    ours = egger(TRIALS)
    assert ours is not None
    assert (ours.intercept, ours.se) == pytest.approx((line.intercept, line.intercept_stderr), rel=1e-9)


@given(st.integers(1, 99), st.integers(1, 99))
def test_effects_of_counts_agree_with_statsmodels(ai: int, ci: int) -> None:
    from statsmodels.stats.proportion import confint_proportions_2indep

    for ours, compare, method in (
        (log_risk_ratio(ai, 100, ci, 100), "ratio", "log"),
        (log_odds_ratio(ai, 100, ci, 100), "odds-ratio", "logit"),
        (risk_difference(ai, 100, ci, 100), "diff", "wald"),
    ):
        ends = confint_proportions_2indep(ai, 100, ci, 100, compare=compare, method=method)
        if compare != "diff":
            ends = tuple(math.log(end) for end in ends)
        assert ours.interval() == pytest.approx(ends, rel=1e-6, abs=1e-9)


def test_plain_hartung_knapp_narrows_as_far_as_the_page_says() -> None:
    """0.595-0.753 against 0.551-0.813: no data are named with it, so three effects are solved for.

    Both intervals have one centre, log 0.6693. With three studies of equal variance v the kept one has
    half-width t(2) sqrt(v / 3) and the plain one sqrt(q) of that; q = d^2 / v for effects at mu and mu +- d.
    """
    mu = math.log(0.551 * 0.813) / 2
    t = float(stats.t.ppf(0.975, 2))
    v = 3 * (math.log(0.813 / 0.551) / 2 / t) ** 2
    d = math.log(0.753 / 0.595) / math.log(0.813 / 0.551) * math.sqrt(v)
    effects = [Effect(mu - d, v), Effect(mu, v), Effect(mu + d, v)]
    for method in ("reml", "dl"):
        plain = pool(effects, tau2_method=method, test="hartung_knapp_plain")
        kept = pool(effects, tau2_method=method, test="hartung_knapp")
        assert plain.tau2 == 0.0
        assert (round(math.exp(plain.ci_low), 3), round(math.exp(plain.ci_high), 3)) == (0.595, 0.753)
        assert (round(math.exp(kept.ci_low), 3), round(math.exp(kept.ci_high), 3)) == (0.551, 0.813)
