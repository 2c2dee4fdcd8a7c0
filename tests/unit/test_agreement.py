"""Area under the curve: by counting all pairs, with ties, with too few."""

import pytest

from transforms.agreement import auc


def by_pairs(listed: list[float], others: list[float]) -> float:
    wins = sum((a > b) + 0.5 * (a == b) for a in listed for b in others)
    return wins / (len(listed) * len(others))


@pytest.mark.parametrize(
    ("listed", "others"),
    [
        ([0.5, 0.4, 0.3, 0.2, 0.9], [0.1, 0.15, 0.05, 0.0, 0.01]),
        ([0.0, 0.0, 0.3, 0.2, 0.1], [0.0, 0.0, 0.3, 0.0, 0.5, 0.1]),
        ([0.1] * 5, [0.1] * 7),
    ],
)
def test_the_area_is_the_share_of_pairs_in_order(listed: list[float], others: list[float]) -> None:
    found = auc(listed, others, level=0.95)
    assert found.auc == pytest.approx(by_pairs(listed, others), abs=1e-6)
    assert found.auc is not None
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.auc <= found.high <= 1


def test_placements_give_the_variance() -> None:
    """Placements of the listed 1, 1, 1, 1, 0.8 and of the others 1, 1, 1, 1, 0.8: each has variance 0.008."""
    found = auc([5, 6, 7, 8, 3.5], [1, 2, 3, 0, 4], level=0.95)
    assert found.auc == pytest.approx(24 / 25)
    assert found.low == pytest.approx(24 / 25 - 1.959964 * (2 * 0.008 / 5) ** 0.5, abs=1e-5)


def test_four_listed_are_too_few() -> None:
    found = auc([1.0] * 4, [0.0] * 40, level=0.95)
    assert (found.n_listed, found.n_others, found.auc, found.low) == (4, 40, None, None)
