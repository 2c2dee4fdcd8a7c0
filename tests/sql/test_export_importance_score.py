"""export_importance_score.sql and its estimator: off by default; on, from shown parts alone."""

import pytest

from tests.drawn_market import Market, crowd, estimate
from tests.drawn_tables import DrawnWarehouse, Row

ADVERTS = [
    *crowd("r", 40, skills=("go!",)),
    *crowd("m", 40, skills=("go",)),
    *crowd("o", 80),
    *crowd("few", 3, skills=("rust",)),
]


def scored(drawn: DrawnWarehouse, *, enabled: bool) -> dict[str, Row]:
    estimate(drawn, Market(ADVERTS), "export_metric_value")
    tables = ("weight_importance_score", "export_importance_score")
    drawn.build(*tables, importance_score_enabled=enabled)
    return {row["skill"]: row for row in drawn.read("FROM export_importance_score")}


@pytest.mark.slow
def test_the_score_is_off_by_default(drawn: DrawnWarehouse) -> None:
    assert scored(drawn, enabled=False) == {}


def test_a_score_weighs_the_parts_that_are_shown(drawn: DrawnWarehouse) -> None:
    found = scored(drawn, enabled=True)
    assert set(found) == {"go"}  # three families ask for rust: withheld, and so is its score
    go = found["go"]
    share, required = 80 / 163, 40 / 80
    assert go["score_parts"] == ["posting_share", "required_of_asking"]
    assert go["importance_score"] == pytest.approx(100 * (0.5 * share + 0.25 * required) / 0.75, abs=1e-3)
    assert 100 * share <= go["sensitivity_low"] < go["sensitivity_high"] <= 100 * required
    assert (go["status"], go["reason"]) == ("ok", None)


def test_one_part_alone_is_no_score(drawn: DrawnWarehouse) -> None:
    estimate(drawn, Market(ADVERTS), "export_metric_value")
    drawn.warehouse.run("DELETE FROM export_metric_value WHERE metric = 'required_share'")
    drawn.build("weight_importance_score", "export_importance_score", importance_score_enabled=True)
    [row] = drawn.read("FROM export_importance_score")
    assert (row["importance_score"], row["sensitivity_low"], row["n_score_parts"]) == (None, None, 1)
    assert (row["status"], row["reason"]) == ("missing", "insufficient_sample")
