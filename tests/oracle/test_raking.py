"""Raking against its slow twin, Kish's design effect, and weights and benchmarks that can't be."""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from transforms.estimate.raking import NO_CATEGORY, kish, rake, trimmed

UNIT = st.tuples(st.sampled_from((0.0, 1.0, 2.0)), st.integers(-1, 2), st.integers(-1, 1))
UNITS = st.lists(UNIT, max_size=12)
TARGETS = st.tuples(*[st.integers(1, 9)] * 3), st.tuples(*[st.integers(1, 9)] * 2)
Unit = tuple[float, int, int]


def _category(unit: Unit, margin: int) -> int:
    return (unit[1], unit[2])[margin]


def twin(units: list[Unit], targets: tuple[tuple[int, ...], ...], trim: float) -> list[float] | str:
    """Weights category by category, or the reason why there are none."""
    weights = [unit[0] for unit in units]
    if sum(weights) == 0:
        return "insufficient_sample"
    wanted: list[dict[int, float]] = []
    for margin, target in enumerate(targets):
        there = {_category(unit, margin) for unit in units if unit[0] > 0 and _category(unit, margin) >= 0}
        if len(there) < 2:
            return "not_identifiable"
        wanted.append({category: target[category] / sum(target[c] for c in there) for category in there})
    for _ in range(500):
        largest = 0.0
        for margin, shares in enumerate(wanted):
            now = {
                c: sum(w for w, u in zip(weights, units, strict=True) if _category(u, margin) == c)
                for c in shares
            }
            total = sum(now.values())
            for category, share in shares.items():
                factor = share * total / now[category]
                largest = max(largest, abs(factor - 1))
                weights = [
                    w * factor if _category(u, margin) == category else w
                    for w, u in zip(weights, units, strict=True)
                ]
        if largest < 1e-9:
            some = [w for w in weights if w > 0]
            mean = sum(some) / len(some)
            cut = [min(max(w, mean / trim), mean * trim) if w > 0 else 0.0 for w in weights]
            mean = sum(cut) / len(some)
            return [w / mean for w in cut]
    return "estimation_failed"


@pytest.mark.slow
@given(UNITS, *TARGETS, st.sampled_from((1.5, 5.0)))
@example([], (1, 1, 1), (1, 1), 5.0)
@example([(1.0, 0, 0)], (1, 1, 1), (1, 1), 5.0)  # one unit: nothing to rake
@example([(0.0, 0, 0), (0.0, 1, 1)], (1, 1, 1), (1, 1), 5.0)  # no weight at all
@example([(1.0, 0, 0), (1.0, 1, 1)], (1, 1, 1), (1, 1), 5.0)  # as the benchmark already
@example([(1.0, 0, 0), (1.0, 1, 1)], (1, 1, 1), (1, 9), 5.0)  # margins that contradict each other: no end
@example([(1.0, 0, 0), (1.0, 1, 0), (1.0, 0, 1), (2.0, -1, -1)], (9, 1, 1), (1, 9), 1.5)
@settings(max_examples=60, deadline=None)
def test_raked_weights_are_those_of_the_twin(
    units: list[Unit], first: tuple[int, ...], second: tuple[int, ...], trim: float
) -> None:
    margins = [np.array([_category(unit, m) for unit in units], dtype=np.int64) for m in (0, 1)]
    benchmarks = [np.array(target, dtype=np.float64) for target in (first, second)]
    found = rake(np.array([unit[0] for unit in units], dtype=np.float64), margins, benchmarks, trim=trim)
    expected = twin(units, (first, second), trim)
    if isinstance(expected, str):
        assert (found.weights, found.reason) == (None, expected)
    else:
        assert found.weights is not None
        assert found.weights.tolist() == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_one_margin_gets_its_shares_and_the_unknown_keep_theirs() -> None:
    place = np.array([0] * 30 + [1] * 10 + [NO_CATEGORY] * 5)
    found = rake(np.ones(45), [place], [np.array([100.0, 300.0])], trim=5.0)
    assert found.weights is not None
    totals = [found.weights[place == c].sum() for c in (0, 1, NO_CATEGORY)]
    assert totals == pytest.approx([10, 30, 5])


@pytest.mark.parametrize(
    ("weights", "benchmark", "reason"),
    [
        ([1.0, -1.0], [1.0, 1.0], "estimation_failed"),
        ([1.0, float("nan")], [1.0, 1.0], "estimation_failed"),
        ([1.0, float("inf")], [1.0, 1.0], "estimation_failed"),
        ([0.0, 0.0], [1.0, 1.0], "insufficient_sample"),
        ([1.0, 1.0], [1.0, 0.0], "not_identifiable"),
        ([1.0, 1.0], [1.0, float("nan")], "not_identifiable"),
    ],
)
def test_bad_input_is_a_reason(weights: list[float], benchmark: list[float], reason: str) -> None:
    found = rake(np.array(weights), [np.array([0, 1])], [np.array(benchmark)], trim=5.0)
    assert (found.weights, found.reason) == (None, reason)


@given(st.lists(st.sampled_from((0.0, 0.5, 1.0, 4.0)), max_size=8))
@example([])
@example([1.0])
@example([0.0, 0.0])
@settings(max_examples=40)
def test_kish_is_n_sum_of_squares_over_squared_sum(weights: list[float]) -> None:
    effect, size = kish(np.array(weights))
    some = [w for w in weights if w > 0]
    if not some:
        assert (effect, size) == (1.0, 0.0)
    else:
        assert effect == pytest.approx(len(some) * math.fsum(w * w for w in some) / math.fsum(some) ** 2)
        assert size == pytest.approx(len(some) / effect)


def test_no_weight_beyond_the_cut() -> None:
    cut = trimmed(np.array([0.0, 1.0, 1.0, 1.0, 97.0]), trim=2.0)
    assert cut[0] == 0
    assert cut[1:].mean() == pytest.approx(1)
    assert cut.max() / cut[1:].min() <= 4
