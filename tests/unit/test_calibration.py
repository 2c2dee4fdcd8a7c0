import math

import pytest

from transforms.calibration import expected_calibration_error, fit_logistic, probability, spiegelhalter_z


def test_probability() -> None:
    assert probability((0.0, 1.0), (0.0,)) == 0.5
    assert probability((1.0, 2.0), (0.5,)) == pytest.approx(1 / (1 + math.exp(-2)))
    assert 0 < probability((0.0, 1e9), (-1.0,)) < 1e-14


def test_fit_without_features_gives_the_hit_rate() -> None:
    (constant,) = fit_logistic([()] * 4, [True, False, False, False])
    assert probability((constant,), ()) == pytest.approx(0.25)


def test_fit_of_one_yes_or_no_feature_gives_both_rates() -> None:
    features = [(0.0,)] * 10 + [(1.0,)] * 10
    hits = [True] * 2 + [False] * 8 + [True] * 6 + [False] * 4
    fitted = fit_logistic(features, hits, ridge=0.0)
    assert probability(fitted, (0.0,)) == pytest.approx(0.2)
    assert probability(fitted, (1.0,)) == pytest.approx(0.6)


def test_a_feature_that_tells_nothing_gets_no_weight() -> None:
    fitted = fit_logistic([(1.0, 0.0)] * 4, [True, False, True, False])
    assert fitted[2] == 0.0


def test_perfect_separation_stays_finite() -> None:
    fitted = fit_logistic([(0.0,), (1.0,)], [False, True])
    assert all(map(math.isfinite, fitted))


def test_nothing_to_fit() -> None:
    with pytest.raises(ValueError, match="no observations"):
        fit_logistic([], [])


def test_expected_calibration_error() -> None:
    # One bin at .25 with hit rate .5, one at .75 with hit rate 1: both off by .25.
    assert expected_calibration_error([0.25, 0.25, 0.75, 0.75], [True, False, True, True]) == pytest.approx(
        0.25
    )
    assert expected_calibration_error([1.0], [True]) == 0.0
    assert expected_calibration_error([], []) == 0.0


def test_spiegelhalter_z() -> None:
    # (1 - .2)(1 - .4) + (0 - .2)(1 - .4) over the root of 2 * .6^2 * .16
    expected = (0.8 * 0.6 - 0.2 * 0.6) / math.sqrt(2 * 0.36 * 0.16)
    assert spiegelhalter_z([0.2, 0.2], [True, False]) == pytest.approx(expected)
    assert spiegelhalter_z([0.5, 1.0], [True, True]) == 0.0
