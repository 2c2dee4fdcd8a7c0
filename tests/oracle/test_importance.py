"""The importance score against its slow twin, and weights that can't be."""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from transforms.estimate.importance import scores

PART = st.none() | st.sampled_from((0.0, 0.25, 0.5, 1.0))
ROWS = st.lists(st.tuples(PART, PART, PART), max_size=6)
WEIGHTS = st.tuples(*[st.sampled_from((0.0, 0.2, 1.0))] * 3)
Row = tuple[float | None, ...]


def twin(row: Row, weights: tuple[float, ...], draws: int, seed: int) -> tuple[float, float, float] | None:
    pairs = [(part, weight) for part, weight in zip(row, weights, strict=True) if part is not None]
    if len(pairs) < 2 or sum(weight for _, weight in pairs) == 0:
        return None
    score = 100 * sum(p * w for p, w in pairs) / sum(w for _, w in pairs)
    rng = np.random.default_rng(seed)
    drawn = sorted(
        100 * sum(p * w for (p, _), w in zip(pairs, weighting, strict=True))
        for weighting in rng.dirichlet([1.0] * len(pairs), size=draws).tolist()
    )
    ends = []
    for q in (0.05, 0.95):
        place = q * (draws - 1)
        below = math.floor(place)
        ends.append(drawn[below] + (place - below) * (drawn[min(below + 1, draws - 1)] - drawn[below]))
    return score, ends[0], ends[1]


@given(ROWS, WEIGHTS)
@example([], (0.2, 0.2, 1.0))
@example([(0.5, None, None)], (1.0, 1.0, 1.0))  # one part is no score
@example([(0.5, 0.5, 0.5)], (0.2, 1.0, 0.2))  # all equal: no band
@example([(0.5, 1.0, None)], (0.0, 0.0, 1.0))  # what is there weighs nothing
@settings(max_examples=60)
def test_scores_are_those_of_the_twin(rows: list[Row], weights: tuple[float, ...]) -> None:
    parts = np.array([[np.nan if p is None else p for p in row] for row in rows]).reshape(len(rows), 3)
    found = scores(parts, np.array(weights), draws=50, seed=5)
    for position, row in enumerate(rows):
        expected = twin(row, weights, 50, 5)
        got = (found.score[position], found.low[position], found.high[position])
        if expected is None:
            assert all(math.isnan(one) for one in got)
        else:
            assert got == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("weights", [[0.5, -0.1], [0.5, float("nan")]])
def test_weights_that_can_not_be_are_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="importance_score_weights must be finite"):
        scores(np.array([[0.5, 0.5]]), np.array(weights), draws=10, seed=1)
