"""export_skill_pair.sql: pairs the mask lets out, conditional on the first skill."""

from math import exp, log, sqrt

import pytest
from scipy.stats import t

from tests.drawn_market import Advert, Market, crowd, estimate
from tests.drawn_tables import DrawnWarehouse, Row


def in_cells(both: int, only: int, paired: int, neither: int) -> list[Advert]:
    return [
        *crowd("both", both, skills=("go", "sql")),
        *crowd("only", only, skills=("go",)),
        *crowd("paired", paired, skills=("sql",)),
        *crowd("neither", neither),
    ]


def pair(drawn: DrawnWarehouse, *cells: int) -> Row:
    estimate(drawn, Market(in_cells(*cells)), "export_skill_pair")
    rows = {row["skill"]: row for row in drawn.select("export_skill_pair")}
    assert set(rows) == {"go", "sql"}
    for name in ("n_both", "n_expected", "lift", "lift_ci_low", "lift_ci_high", "npmi"):
        assert rows["go"][name] == rows["sql"][name], f"{name} is the same both ways"
    return rows["go"]


def test_counts_and_share_given_the_skill(drawn: DrawnWarehouse) -> None:
    found = pair(drawn, 30, 10 + 5, 20, 40)
    assert (found["n_both"], found["n_skill"], found["n_paired"], found["n_families"]) == (30, 45, 50, 105)
    assert found["n_expected"] == pytest.approx(45 * 50 / 105, abs=1e-6)
    assert found["share_given_skill"] == pytest.approx(30 / 45, abs=1e-6)
    assert found["conditional_on_skill"] is True
    assert found["share_given_skill_ci_low"] < 30 / 45 < found["share_given_skill_ci_high"]


@pytest.mark.slow
def test_independent_skills_have_lift_1_and_npmi_0(drawn: DrawnWarehouse) -> None:
    found = pair(drawn, 25, 25, 25, 25)
    assert (found["lift"], found["npmi"]) == (1.0, 0.0)
    # Equal employers differ in nothing; the interval is still that of 100 adverts: 1/25 - 1/50 - 1/50 + 1/100.
    half = t.ppf(0.975, 100**2 / (5 * 12**2 + 5 * 8**2) - 1) * sqrt(1 / 25 - 1 / 50 - 1 / 50 + 1 / 100)
    assert (found["lift_ci_low"], found["lift_ci_high"]) == pytest.approx((exp(-half), exp(half)), abs=1e-5)
    assert found["q_value"] == found["p_value"] == pytest.approx(1, abs=1e-6)
    assert found["lift_eb05"] <= 1.05


@pytest.mark.slow
def test_a_pair_far_from_chance_is_called(drawn: DrawnWarehouse) -> None:
    found = pair(drawn, 60, 20, 20, 300)
    assert found["lift"] == pytest.approx(60 * 400 / (80 * 80), abs=1e-6)
    # Far below six decimals, and still no 0.
    assert found["p_value"] == found["q_value"] == 0.000001
    assert 1 < found["lift_ci_low"] < found["lift"] < found["lift_ci_high"]


@pytest.mark.slow
def test_npmi_is_near_its_bounds_for_skills_that_attract_or_avoid_each_other(drawn: DrawnWarehouse) -> None:
    attract = pair(drawn, 100, 15, 15, 1000)
    assert attract["npmi"] == pytest.approx(log(100 * 1130 / 115**2) / -log(100 / 1130), abs=1e-6)
    assert 0.8 < attract["npmi"] <= 1
    avoid = pair(drawn, 15, 400, 400, 15)
    assert avoid["npmi"] == pytest.approx(log(15 * 830 / 415**2) / -log(15 / 830), abs=1e-6)
    assert -1 <= avoid["npmi"] < -0.5


@pytest.mark.slow
def test_eight_effective_employers_are_needed_for_a_test(drawn: DrawnWarehouse) -> None:
    """Seven equal employers: an interval, but no p and no q."""
    cells = [
        ("both", 42, ("go", "sql")),
        ("only", 42, ("go",)),
        ("paired", 42, ("sql",)),
        ("neither", 210, ()),
    ]
    market = Market([a for name, n, skills in cells for a in crowd(name, n, employers=7, skills=skills)])
    estimate(drawn, market, "export_skill_pair", df_min=8, width_max=2.0, relative_width_max=100.0)
    for row in drawn.rows("SELECT p_value, q_value FROM weight_pair_test"):
        assert row == (None, None)


def test_a_withheld_pair_has_no_row(drawn: DrawnWarehouse) -> None:
    estimate(drawn, Market(in_cells(14, 30, 30, 30)), "export_skill_pair")
    assert drawn.select("export_skill_pair") == []


@pytest.mark.slow
def test_a_pair_whose_conditional_share_is_too_wide_has_no_row_that_way(drawn: DrawnWarehouse) -> None:
    """Of 30 with go 15 have sql, 0.5 between .31 and .69; of 300 with sql 15 have go, .05 between .03 and .08."""
    estimate(drawn, Market(in_cells(15, 15, 285, 300)), "export_skill_pair")
    assert [row["skill"] for row in drawn.select("export_skill_pair")] == ["sql"]
