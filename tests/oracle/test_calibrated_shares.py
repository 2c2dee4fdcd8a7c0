"""weight_calibrated_share.sql against counting by hand, on small markets with low thresholds."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.drawn_market import Advert, Market, put
from tests.drawn_tables import DrawnWarehouse
from warehouse.connection import open_warehouse
from warehouse.settings import Settings

LOW = {"k_enter": 1, "k_leave": 1, "employer_min": 1, "dominance_max": 1.0, "n_min": 1, "width_max": 2.0}
LOW |= {"width_free": 2.0, "df_min": 0}
ESTIMATES = (
    "weight_posting",
    "weight_occupation",
    "weight_posting_share",
    "weight_share_interval",
    "weight_mask",
)
UNIT = st.tuples(st.sampled_from("ab"), st.booleans(), st.sampled_from(("x", "y")), st.integers(0, 30))
Unit = tuple[str, bool, str, int]
HEADLINE_STATUS = (
    "SELECT status FROM weight_mask WHERE partner_skill_id = '' AND source_group = 'all' AND geo = 'all' "
    "AND occupation = 'dev'"
)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DrawnWarehouse]:
    with open_warehouse(
        Settings(tmp_path_factory.mktemp("drawn"), threads=1, memory_limit="300MB")
    ) as opened:
        yield DrawnWarehouse(opened)


def twin(units: list[Unit]) -> tuple[float, float] | str:
    """Share and effective n under the weights (tenths), or the reason."""
    if sum(unit[3] for unit in units) == 0:
        return "insufficient_sample"
    if len({unit[2] for unit in units}) == 1:
        return "not_identifiable"
    parts: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        parts[unit[2]].append(unit)
    if any(len({asks for _, asks, _, _ in part}) < 2 for part in parts.values()):
        return "small_cell"
    weights = [unit[3] / 10 for unit in units]
    asking = sum(weight for weight, unit in zip(weights, units, strict=True) if unit[1])
    return asking / sum(weights), sum(weights) ** 2 / sum(weight * weight for weight in weights)


@pytest.mark.slow
@given(st.lists(UNIT, min_size=1, max_size=10))
@example([("a", True, "x", 10)])  # one family
@example([("a", True, "x", 10), ("b", False, "x", 10)])  # one class
@example(
    [("a", True, "x", 10), ("a", False, "x", 10), ("b", True, "y", 10), ("b", False, "y", 10)]
)  # all alike
@example(
    [("a", True, "x", 0), ("a", False, "x", 20), ("b", True, "y", 5), ("b", False, "y", 7)]
)  # a zero weight
@example([("a", True, "x", 10), ("a", False, "x", 10), ("b", True, "y", 10)])  # a class without a rest
@example(
    [("a", True, "x", 0), ("a", False, "x", 0), ("b", True, "y", 0), ("b", False, "y", 0)]
)  # no weight at all
@settings(max_examples=3)
def test_shares_under_weights_are_counted_by_hand(drawn: DrawnWarehouse, units: list[Unit]) -> None:
    compare(drawn, units)


@pytest.mark.slow
@given(st.lists(UNIT, min_size=1, max_size=10))
@settings(max_examples=25)
def test_shares_under_weights_are_counted_by_hand_in_many_markets(
    drawn: DrawnWarehouse, units: list[Unit]
) -> None:
    compare(drawn, units)


def compare(drawn: DrawnWarehouse, units: list[Unit]) -> None:
    adverts = [
        Advert(f"f{i}", employer=e, skills=("go",) if asks else ()) for i, (e, asks, _, _) in enumerate(units)
    ]
    with drawn.forgotten():
        put(drawn, Market(adverts), checked=False)
        drawn.compute(*ESTIMATES, **LOW)
        shown = drawn.rows(HEADLINE_STATUS)
        drawn.load(
            "weight_calibration",
            [
                {
                    "occupation": "dev",
                    "family_id": f"f{i}",
                    "calibration_class": c,
                    "calibrated_weight": w / 10,
                }
                for i, (_, _, c, w) in enumerate(units)
            ],
        )
        drawn.build("weight_calibrated_share", **LOW)
        found = drawn.read("FROM weight_calibrated_share")
    if not any(asks for _, asks, _, _ in units) or ("ok",) not in shown:
        assert found == []
        return
    [row] = found
    expected = twin(units)
    if isinstance(expected, str):
        assert (row["calibrated_share"], row["calibrated_reason"]) == (None, expected)
    else:
        assert (row["calibrated_share"], row["calibrated_n_effective"]) == pytest.approx(expected, abs=1e-6)


def test_the_counting_is_reached(drawn: DrawnWarehouse) -> None:
    """Else the comparison above would compare nothing: under the low thresholds such a share is shown."""
    adverts = [Advert(f"f{i}", employer="ab"[i % 2], skills=("go",) if i < 2 else ()) for i in range(4)]
    with drawn.forgotten():
        put(drawn, Market(adverts), checked=False)
        drawn.compute(*ESTIMATES, **LOW)
        assert drawn.rows(HEADLINE_STATUS) == [("ok",)]
