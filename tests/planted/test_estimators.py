"""Ranks, pairs, clusters, premiums and quartiles find what was planted, in every kind of market."""

import pytest

from flows.configuration import read_configuration
from flows.estimate import renamed_parameters
from tests.oracle import plain
from transforms.planted_bars import (
    Figure,
    adjusted_rand,
    cluster_figures,
    figures,
    pair_figures,
    pay_figures,
    premium_figures,
    rank_figures,
)
from transforms.planted_skills import KINDS

pytestmark = pytest.mark.slow

METHOD = renamed_parameters(read_configuration().method)
DOMINATED = "three employers hold half"


def broken(found: list[Figure]) -> list[Figure]:
    return [figure for figure in found if figure.holds is False]


def value(found: list[Figure], name: str) -> float:
    [figure] = [figure for figure in found if figure.name.startswith(name)]
    return figure.value


@pytest.mark.parametrize("kind", KINDS)
def test_ranks_cover_jointly(kind: str) -> None:
    found = rank_figures(kind, METHOD | {"rank_resamples": 200}, n_seeds=40, seed=1)
    assert broken(found) == []
    assert value(found, "mean width") < 13  # of 14: something is told apart


@pytest.mark.parametrize("kind", KINDS)
def test_no_more_false_pairs_than_said(kind: str) -> None:
    found = pair_figures(kind, METHOD, n_seeds=30, seed=1)
    assert broken(found) == []
    if kind != DOMINATED:
        assert value(found, "power") > 0.8


def test_the_plain_test_of_a_pair_fails_where_three_employers_hold_half() -> None:
    assert value(pair_figures(DOMINATED, METHOD, n_seeds=30, seed=1), "null pairs") > 0.07


@pytest.mark.parametrize("kind", KINDS)
def test_planted_clusters_are_found(kind: str) -> None:
    found = cluster_figures(kind, METHOD | {"cluster_resamples": 20}, n_seeds=4, seed=1)
    assert broken(found) == []
    assert value(found, "runs with a cluster of unrelated") == 0


def test_planted_premiums_are_covered() -> None:
    found = premium_figures("uneven employers", METHOD, n_seeds=10, seed=1)
    assert broken(found) == []
    assert value(found, "premiums told") > 0.9


@pytest.mark.parametrize("kind", KINDS)
def test_quartiles_of_pay_are_covered(kind: str) -> None:
    assert broken(pay_figures(kind, METHOD, n_seeds=40, seed=1)) == []


@pytest.mark.slow
def test_every_bar_holds_in_many_seeds() -> None:
    assert broken(figures(METHOD, n_seeds=300, seed=7)) == []


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [([1, 1, 2, 2], [5, 5, 6, 6], 1.0), ([1, 1, 2, 2], [1, 2, 1, 2], -0.5), ([1, 1], [2, 2], 1.0)],
)
def test_adjusted_rand(a: list[int], b: list[int], expected: float) -> None:
    assert adjusted_rand(a, b) == pytest.approx(expected)
    assert plain.adjusted_rand(a, b) == pytest.approx(expected)
