"""Power, smallest detectable effect, sample size."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.evidence.power import (
    cohen_h,
    minimal_detectable_effect,
    power,
    power_of_two_rates,
    sample_size_per_arm,
)


def test_a_tenth_off_a_base_rate_of_ten_percent_needs_13487_per_arm() -> None:
    assert f"{sample_size_per_arm(0.10, 0.09):,.0f}" == "13,487"


def test_power_at_no_effect_is_the_error_rate() -> None:
    assert power(0.0, 1.0) == pytest.approx(0.05)
    assert power(0.0, 1.0, alpha=0.01) == pytest.approx(0.01)


def test_the_smallest_detectable_effect_is_found_with_its_power() -> None:
    assert minimal_detectable_effect(1.0) == pytest.approx(1.959964 + 0.841621, abs=1e-6)
    assert power(minimal_detectable_effect(0.3), 0.3) == pytest.approx(0.8, abs=1e-4)


@given(st.floats(0.02, 0.98), st.floats(0.02, 0.98))
def test_sample_size_reaches_its_power(p1: float, p2: float) -> None:
    if abs(p1 - p2) < 0.01:
        return
    assert power_of_two_rates(p1, p2, sample_size_per_arm(p1, p2)) == pytest.approx(0.8, abs=1e-4)
    assert sample_size_per_arm(p1, p2) == pytest.approx(sample_size_per_arm(p2, p1))


@given(st.floats(0, 3), st.floats(0.05, 2), st.floats(1.01, 3))
def test_power_grows_with_precision(effect: float, se: float, factor: float) -> None:
    assert power(effect, se) >= power(effect, se * factor) - 1e-12


def test_cohen_h_of_a_half_and_a_quarter() -> None:
    assert cohen_h(0.5, 0.25) == pytest.approx(math.pi / 2 - math.pi / 3)


def test_what_has_no_power_is_refused() -> None:
    with pytest.raises(ValueError, match="standard error"):
        power(1.0, 0.0)
    with pytest.raises(ValueError, match="equal rates"):
        sample_size_per_arm(0.1, 0.1)
    with pytest.raises(ValueError, match="proportion"):
        cohen_h(1.2, 0.1)
