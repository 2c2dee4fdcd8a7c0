"""The four counts of replication."""

import math

import pytest

from transforms.evidence.effect import Effect
from transforms.evidence.replication import Evidence, prediction_interval, replication


def of(yi: float, se: float, measure: str = "log_rr") -> Evidence:
    return Evidence((yi > 0) - (yi < 0), Effect(yi, se * se), measure, abs(yi) > 1.959964 * se)


def test_four_counts() -> None:
    original = of(-0.4, 0.1)
    found = replication(
        original,
        [
            of(-0.3, 0.1),  # same sign, significant, inside
            of(-0.1, 0.1),  # same sign, not significant, outside -0.4 +- 0.277
            of(0.5, 0.1),  # opposite and significant
            of(0.1, 0.3),  # opposite, not significant, inside -0.4 +- 0.62
            Evidence(-1),  # a direction alone
            Evidence(0),  # no difference reported: agrees with nothing
        ],
    )
    assert (found.n_samples, found.n_same_sign, found.n_significant) == (6, 3, 1)
    assert (found.n_inside_prediction, found.n_contradicting) == (2, 1)


def test_other_measures_are_not_compared_by_size() -> None:
    assert replication(of(-0.4, 0.1), [of(-0.4, 0.1, "rd")]).n_inside_prediction == 0


def test_no_other_sample_gives_zeros() -> None:
    found = replication(of(0.2, 0.1), [])
    assert (found.n_samples, found.n_same_sign, found.n_contradicting) == (0, 0, 0)


def test_an_original_without_direction_agrees_with_nobody() -> None:
    found = replication(Evidence(0), [of(0.5, 0.1), of(-0.5, 0.1)])
    assert (found.n_same_sign, found.n_contradicting) == (0, 0)


def test_prediction_interval_adds_both_variances() -> None:
    low, high = prediction_interval(Effect(0.5, 0.09), 0.16)
    assert low == pytest.approx(0.5 - 1.959964 * math.sqrt(0.25), abs=1e-6)
    assert high == pytest.approx(0.5 + 1.959964 * math.sqrt(0.25), abs=1e-6)
