"""Distributions against printed tables and against identities that hold exactly."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.evidence.distribution import (
    chi2_survival,
    normal_cdf,
    normal_quantile,
    t_cdf,
    t_quantile,
    two_sided_p,
    z_of_level,
)


@pytest.mark.parametrize(
    ("df", "probability", "printed"),
    [
        (1, 0.95, 6.314),
        (1, 0.975, 12.706),
        (2, 0.975, 4.303),
        (3, 0.99, 4.541),
        (5, 0.975, 2.571),
        (10, 0.975, 2.228),
        (12, 0.975, 2.179),
        (18, 0.975, 2.101),
        (30, 0.995, 2.750),
        (120, 0.975, 1.980),
    ],
)
def test_t_quantile_gives_the_printed_table(df: int, probability: float, printed: float) -> None:
    """Fisher & Yates, Statistical Tables (1963), table III."""
    assert round(t_quantile(probability, df), 3) == printed


@pytest.mark.parametrize(
    ("x", "df", "printed"),
    [(3.841, 1, 0.05), (5.991, 2, 0.05), (21.026, 12, 0.05), (26.217, 12, 0.01), (0.352, 3, 0.95)],
)
def test_chi_squared_gives_the_printed_table(x: float, df: int, printed: float) -> None:
    assert chi2_survival(x, df) == pytest.approx(printed, abs=2e-4)


def test_far_tails_keep_their_digits() -> None:
    assert chi2_survival(152.233, 12) == pytest.approx(1.98e-26, rel=0.01)
    assert two_sided_p(10.0) == pytest.approx(1.5239706e-23, rel=1e-6)
    assert normal_cdf(-8.0) == pytest.approx(6.22096057e-16, rel=1e-8)


def test_chi_squared_with_two_degrees_of_freedom_is_exponential() -> None:
    for x in (0.1, 1.0, 5.0, 40.0):
        assert chi2_survival(x, 2) == pytest.approx(math.exp(-x / 2), rel=1e-12)


def test_t_with_one_degree_of_freedom_is_cauchy() -> None:
    for t in (-30.0, -1.0, 0.0, 0.3, 7.0):
        assert t_cdf(t, 1) == pytest.approx(0.5 + math.atan(t) / math.pi, abs=1e-14)


def test_t_tends_to_the_normal() -> None:
    assert t_quantile(0.975, 1e7) == pytest.approx(normal_quantile(0.975), abs=1e-6)
    assert z_of_level(0.95) == pytest.approx(1.959963984540054, abs=1e-14)


@pytest.mark.slow
@given(st.floats(0.001, 0.999), st.floats(1, 200))
def test_quantile_and_distribution_undo_each_other(probability: float, df: float) -> None:
    assert t_cdf(t_quantile(probability, df), df) == pytest.approx(probability, abs=1e-10)
    assert t_quantile(1 - probability, df) == pytest.approx(-t_quantile(probability, df), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("probability", [0.0, 1.0, -0.1])
def test_impossible_probabilities_are_refused(probability: float) -> None:
    with pytest.raises(ValueError, match="probability"):
        normal_quantile(probability)


def test_impossible_arguments_are_refused() -> None:
    with pytest.raises(ValueError, match="degrees of freedom"):
        t_cdf(1.0, 0)
    with pytest.raises(ValueError, match="degrees of freedom"):
        chi2_survival(1.0, -1)
