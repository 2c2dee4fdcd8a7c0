import pytest

from transforms.score_interval import wilson


def test_wilson_against_his_formula() -> None:
    """(x + z2/2) / (n + z2) -+ z sqrt(n p (1 - p) + z2/4) / (n + z2), at 4 of 6 with z2 = 3.8415."""
    low, high = wilson(4, 6)
    middle, half = (4 + 1.92073) / (6 + 3.84146), 1.959964 * (6 * 4 / 6 * 2 / 6 + 0.96037) ** 0.5
    assert low == pytest.approx(middle - half / 9.84146, abs=1e-5)
    assert high == pytest.approx(middle + half / 9.84146, abs=1e-5)


def test_ends() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(0, 10)[0] == 0.0
    assert wilson(10, 10)[1] == 1.0
    assert wilson(0, 10)[1] == pytest.approx(3.841459 / 13.841459, abs=1e-6)
    assert wilson(3, 10)[0] == pytest.approx(1 - wilson(7, 10)[1])
