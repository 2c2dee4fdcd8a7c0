"""Effect sizes: reference values, zero cells, conversions, symmetry."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.evidence.reference_data import BCG
from transforms.evidence.effect import (
    Effect,
    log_odds_of_d,
    log_odds_ratio,
    log_of_percent,
    log_risk_ratio,
    odds_ratio_of_risk_ratio,
    percent_of_log,
    risk_difference,
    risk_difference_of_risk_ratio,
    risk_ratio_of_odds_ratio,
    se_of_interval,
    se_of_p,
)

counts = st.tuples(st.integers(0, 400), st.integers(1, 400), st.integers(0, 400), st.integers(1, 400)).filter(
    lambda table: table[0] <= table[1] and table[2] <= table[3]
)


def test_first_bcg_trial_gives_the_reference_values() -> None:
    effect = log_risk_ratio(*BCG[0])
    assert round(effect.yi, 4) == -0.8893
    assert round(effect.vi, 4) == 0.3256


def test_variances_are_the_textbook_sums() -> None:
    assert log_risk_ratio(10, 100, 20, 100).vi == pytest.approx(1 / 10 - 1 / 100 + 1 / 20 - 1 / 100)
    assert log_odds_ratio(10, 100, 20, 100).vi == pytest.approx(1 / 10 + 1 / 90 + 1 / 20 + 1 / 80)
    assert log_odds_ratio(10, 100, 20, 100).yi == pytest.approx(math.log((10 * 80) / (90 * 20)))
    difference = risk_difference(10, 100, 20, 100)
    assert difference.yi == pytest.approx(-0.1)
    assert difference.vi == pytest.approx(0.1 * 0.9 / 100 + 0.2 * 0.8 / 100)


def test_half_is_added_to_all_cells_only_where_one_is_zero() -> None:
    assert log_risk_ratio(0, 10, 5, 10).yi == pytest.approx(math.log((0.5 / 11) / (5.5 / 11)))
    assert log_odds_ratio(10, 10, 5, 10).yi == pytest.approx(math.log((10.5 / 0.5) / (5.5 / 5.5)))
    assert log_risk_ratio(1, 10, 5, 10).yi == pytest.approx(math.log(0.1 / 0.5))


@pytest.mark.parametrize("table", [(11, 10, 1, 10), (-1, 10, 1, 10), (1, 0, 1, 10), (1, 10, 11, 10)])
def test_impossible_counts_are_refused(table: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="not a 2 x 2 table"):
        log_risk_ratio(*table)


@pytest.mark.slow
@given(counts)
def test_swapping_the_arms_turns_the_sign_and_nothing_else(table: tuple[int, int, int, int]) -> None:
    ai, n1i, ci, n2i = table
    for effect_of in (log_risk_ratio, log_odds_ratio, risk_difference):
        one, other = effect_of(ai, n1i, ci, n2i), effect_of(ci, n2i, ai, n1i)
        assert one.yi == pytest.approx(-other.yi, abs=1e-12)
        assert one.vi == pytest.approx(other.vi, rel=1e-12)


@given(counts)
def test_the_odds_ratio_of_the_other_event_is_its_inverse(table: tuple[int, int, int, int]) -> None:
    ai, n1i, ci, n2i = table
    mirrored = log_odds_ratio(n1i - ai, n1i, n2i - ci, n2i)
    assert log_odds_ratio(ai, n1i, ci, n2i).yi == pytest.approx(-mirrored.yi, abs=1e-10)


@given(st.floats(-99, 1000))
def test_percent_and_logarithm_undo_each_other(percent: float) -> None:
    assert percent_of_log(log_of_percent(percent)) == pytest.approx(percent, abs=1e-9)


@given(st.floats(0.05, 20), st.floats(0.01, 0.9))
def test_ratio_of_odds_and_of_rates_undo_each_other(ratio: float, base: float) -> None:
    assume(ratio * base < 0.99)
    odds = odds_ratio_of_risk_ratio(ratio, base)
    assert risk_ratio_of_odds_ratio(odds, base) == pytest.approx(ratio, rel=1e-9)
    assert risk_difference_of_risk_ratio(ratio, base) == pytest.approx(ratio * base - base)


@given(st.floats(-3, 3), st.floats(0.01, 2))
def test_standard_error_comes_back_from_interval_and_p(yi: float, se: float) -> None:
    effect = Effect(yi, se * se)
    assert se_of_interval(*effect.interval()) == pytest.approx(se, rel=1e-9)
    if 0.01 < abs(yi) / se < 30:
        p = math.erfc(abs(yi) / se / math.sqrt(2))
        assert se_of_p(yi, p) == pytest.approx(se, rel=1e-6)


def test_d_becomes_log_odds_by_pi_over_root_three() -> None:
    assert log_odds_of_d(Effect(0.5, 0.04)).yi == pytest.approx(0.5 * 1.8138, abs=1e-4)


def test_what_has_no_conversion_is_refused() -> None:
    with pytest.raises(ValueError, match="no logarithm"):
        log_of_percent(-100)
    with pytest.raises(ValueError, match="low to high"):
        se_of_interval(2.0, 1.0)
    with pytest.raises(ValueError, match="base rate"):
        risk_ratio_of_odds_ratio(2.0, 0.0)
    with pytest.raises(ValueError, match="no standard error"):
        se_of_p(0.0, 0.5)
