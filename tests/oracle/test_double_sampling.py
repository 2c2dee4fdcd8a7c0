"""Correction by double sampling against its slow twin, and the counts no sample may have."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.oracle import plain_double_sampling as plain
from transforms.estimate.double_sampling import Proportion, clopper_pearson, corrected, correction, recall
from transforms.estimate.weight_measurement_error import class_error

STRATUM = st.integers(1, 30).flatmap(
    lambda judged: st.tuples(st.integers(judged, judged + 500), st.just(judged), st.integers(0, judged))
)
SHARE = st.tuples(st.integers(1, 40), st.integers(1, 60)).map(lambda c: (min(c), max(c)))


def one(value: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([float(value)])


def proportion(ends: tuple[float, float, float]) -> Proportion:
    return Proportion(*(one(end) for end in ends))


@pytest.mark.slow
@given(STRATUM, STRATUM, SHARE, st.sampled_from((0.8, 0.95)), st.floats(0.05, 1.0))
@example((1, 1, 1), (1, 1, 0), (1, 1), 0.95, 0.5)  # one advert each
@example((50, 10, 0), (50, 10, 1), (5, 10), 0.95, 0.5)  # no read is right
@example((50, 10, 10), (50, 10, 0), (5, 10), 0.95, 0.5)  # no error seen
@example((50, 10, 5), (50, 10, 5), (10, 10), 0.95, 0.5)  # reads tell nothing
@settings(max_examples=60)
def test_the_correction_is_that_of_the_twin(
    read: tuple[int, int, int],
    unread: tuple[int, int, int],
    counts: tuple[int, int],
    level: float,
    efficiency: float,
) -> None:
    precision = clopper_pearson(one(read[2]), one(read[1]), level=level)
    missed = clopper_pearson(one(unread[2]), one(unread[1]), level=level)
    found = correction(precision, missed, one(unread[0]) / one(read[0]))
    twin = plain.factor(read, unread, level)
    assert [end[0] for end in (found.value, found.low, found.high)] == pytest.approx(twin, abs=1e-9)
    assert found.low[0] <= found.value[0] <= found.high[0]
    share = plain.clopper_pearson(counts[0], counts[1], level)
    if share[0] < 1 and 0 < twin[0] * share[0] < precision.value[0] - 1e-6:
        product = corrected(proportion(share), found, precision.value, one(efficiency))
        expected = plain.corrected(share, twin, read[2] / read[1], efficiency)
        assert [end[0] for end in (product.value, product.low, product.high)] == pytest.approx(
            expected, abs=1e-6
        )


@given(STRATUM, STRATUM)
@example((50, 10, 10), (50, 10, 10))
@settings(max_examples=40)
def test_recall_is_read_and_true_over_true(read: tuple[int, int, int], unread: tuple[int, int, int]) -> None:
    precision = clopper_pearson(one(read[2]), one(read[1]), level=0.95)
    missed = clopper_pearson(one(unread[2]), one(unread[1]), level=0.95)
    found = recall(precision, missed, one(unread[0]) / one(read[0]))
    true_read, true_unread = read[0] * read[2] / read[1], unread[0] * unread[2] / unread[1]
    if true_read + true_unread == 0:
        assert np.isnan(found.value[0])
    else:
        assert found.value[0] == pytest.approx(true_read / (true_read + true_unread))
        assert found.low[0] <= found.value[0] + 1e-12
        assert found.value[0] <= found.high[0] + 1e-12


@given(STRATUM, st.none() | STRATUM)
@settings(max_examples=40)
def test_a_class_has_numbers_or_a_reason_and_never_nan(
    read: tuple[int, int, int], unread: tuple[int, int, int] | None
) -> None:
    sample = dict(zip(("n_read", "n_read_judged", "n_read_true"), read, strict=True))
    missed: tuple[int | None, ...] = unread or (None, None, None)
    counts = dict(zip(("n_unread", "n_unread_judged", "n_unread_true"), missed, strict=True))
    found = class_error({**sample, **counts, "reader_version": "a"}, "a", level=0.95)
    assert all(np.isfinite(value) for value in found.values() if isinstance(value, float))
    assert ("correction" in found) == (found["status"] == "ok") == (found["reason"] is None)
