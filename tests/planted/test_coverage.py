"""Intervals hold the planted truth as often as method section 6 asks, and only where they are needed are they wide."""

import numpy as np
import pytest

from flows.configuration import read_configuration
from flows.estimate import renamed_parameters
from flows.simulate import DOMINATED, EQUAL
from transforms.coverage import CellCoverage, MarketCoverage, broken_bars, market_coverage
from transforms.planted import MARKETS, employer_counts

METHOD = renamed_parameters(read_configuration().method)


def covered(n_seeds: int) -> list[MarketCoverage]:
    return [market_coverage(market, METHOD, n_seeds=n_seeds, seed=7) for market in MARKETS]


@pytest.mark.slow
def test_intervals_hold_the_planted_share_often_enough() -> None:
    markets = covered(150)
    assert broken_bars(markets, equal=EQUAL) == []
    assert sum(market.n_published for market in markets) > 5000


@pytest.mark.slow
def test_intervals_hold_the_planted_share_often_enough_in_2000_seeds() -> None:
    assert broken_bars(covered(2000), equal=EQUAL) == []


@pytest.mark.slow
def test_the_naive_interval_fails_where_three_employers_hold_half() -> None:
    for market in covered(150):
        if market.market in DOMINATED:
            assert market.naive_coverage < 0.7
            assert market.coverage > market.naive_coverage + 0.2


def test_a_seed_gives_the_same_market_again_and_another_one_does_not() -> None:
    first = employer_counts(MARKETS[4], 0.3, n_seeds=3, seed=1)
    again = employer_counts(MARKETS[4], 0.3, n_seeds=3, seed=1)
    other = employer_counts(MARKETS[4], 0.3, n_seeds=3, seed=2)
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert not np.array_equal(first[0], other[0])


def test_three_employers_hold_half() -> None:
    market = next(market for market in MARKETS if market.name == "three employers hold half")
    families, _ = employer_counts(market, 0.3, n_seeds=50, seed=1)
    assert np.allclose(families[:, :3].sum(axis=1) / families.sum(axis=1), 0.5, atol=0.01)


def test_a_bar_that_does_not_hold_is_named() -> None:
    cell = CellCoverage("equal employers", 0.3, 2000, 2000, 1700, 1600, 1.4, 180)
    found = broken_bars([MarketCoverage("equal employers", (cell,))], equal=EQUAL)
    assert len(found) == 4
    assert "mean coverage over markets is 0.850, below 0.93" in found[0]
    assert "coverage is 0.850, below 0.87" in found[1]
    assert "1.40 x the true width" in found[2]
    assert "share 0.3" in found[3]
