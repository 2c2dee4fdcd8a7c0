"""transforms/interval.py: ends worked out by hand, and what no data can say."""

import numpy as np
import pytest
from scipy.stats import beta, t

from transforms.interval import PublicationStandard, degrees_of_freedom, korn_graubard, precise


def ends(x: float, n: float, variance: float, employers: float) -> tuple[float, float, float]:
    found = korn_graubard(*(np.array([float(v)]) for v in (x, n, variance, employers)), level=0.95)
    return float(found.n_effective[0]), float(found.low[0]), float(found.high[0])


def test_a_share_of_half_with_a_design_effect_of_four() -> None:
    """p (1 - p) / variance = 100 of 400 families; 20 effective employers give 19 degrees of freedom."""
    size, low, high = ends(200, 400, 0.25 / 100, 20)
    expected = 100 * (t(399).ppf(0.975) / t(19).ppf(0.975)) ** 2
    assert size == pytest.approx(expected)
    assert low == pytest.approx(beta(expected / 2, expected / 2 + 1).ppf(0.025))
    assert high == pytest.approx(beta(expected / 2 + 1, expected / 2).ppf(0.975))


def test_no_family_asks() -> None:
    """Solves (1 - p)^50 = 0.025: 50 effective employers, not 400 families."""
    assert ends(0, 400, 0.0, 50) == pytest.approx((50, 0, 1 - 0.025 ** (1 / 50)))


def test_every_family_asks() -> None:
    assert ends(400, 400, 0.0, 50) == pytest.approx((50, 0.025 ** (1 / 50), 1))


def test_no_variance_is_worth_no_more_than_all_families() -> None:
    """All employers alike: as good as simple random adverts, never better."""
    size, low, high = ends(20, 80, 0.0, 1e9)
    assert size == 80
    assert (low, high) == pytest.approx((beta(20, 61).ppf(0.025), beta(21, 60).ppf(0.975)))


def test_one_employer_says_next_to_nothing() -> None:
    size, low, high = ends(20, 40, float("nan"), 1)
    assert size == 1
    assert high - low > 0.9


def test_fewer_effective_employers_never_narrow_an_interval() -> None:
    widths = [high - low for _, low, high in (ends(50, 200, 0.001, k) for k in (100, 30, 10, 5, 2, 1))]
    assert widths == sorted(widths)


def test_degrees_of_freedom_are_at_least_one() -> None:
    assert degrees_of_freedom(np.array([0.0, 1.0, 2.5, 40.0])).tolist() == [1.0, 1.0, 1.5, 39.0]


STANDARD = PublicationStandard(n_min=30, width_max=0.3, width_free=0.05, relative_width_max=1.3)


@pytest.mark.parametrize(
    ("share", "low", "high", "n_effective", "wanted"),
    [
        (0.5, 0.4, 0.6, 90, True),
        (0.5, 0.35, 0.65, 90, False),  # .30 is not below .30
        (0.9, 0.7, 0.97, 29.9, False),  # narrow, and on too few families in effect
        (0.9, 0.7, 0.97, 30, True),
        (0.1, 0.04, 0.16, 90, True),  # .12 is less than 1.3 x .1
        (0.09, 0.04, 0.16, 90, False),  # .12 is more than 1.3 x .09
        (0.01, 0.0, 0.05, 90, True),  # .05 is free of the relative bar
        (0.0, 0.0, 0.05, 72, True),
        (0.0, 0.0, 0.051, 71, False),  # nothing is a relative width of nothing
        (float("nan"), 0.0, 0.1, 90, False),
    ],
)
def test_the_publication_standard(
    share: float, low: float, high: float, n_effective: float, wanted: bool
) -> None:
    found = precise(*(np.array([v]) for v in (share, low, high, n_effective)), standard=STANDARD)
    assert found.tolist() == [wanted]
