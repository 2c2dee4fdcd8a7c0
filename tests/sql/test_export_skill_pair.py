"""export_skill_pair.sql: pairs the mask lets out, conditional on the first skill."""

from math import exp, log, sqrt

import pytest

from tests.drawn_market import Advert, Market, crowd, estimate
from tests.drawn_tables import METHOD, DrawnWarehouse, Row

Z = METHOD["z"]


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
    z2 = Z * Z / 45
    assert found["share_given_skill_ci_low"] + found["share_given_skill_ci_high"] == pytest.approx(
        2 * (30 / 45 + z2 / 2) / (1 + z2), abs=2e-6
    )


def test_independent_skills_have_lift_1_and_npmi_0(drawn: DrawnWarehouse) -> None:
    """At lift 1 the variance is 1/n_both - 1/n_skill - 1/n_paired + 1/n."""
    found = pair(drawn, 25, 25, 25, 25)
    assert (found["lift"], found["npmi"]) == (1.0, 0.0)
    se = sqrt(1 / 25 - 1 / 50 - 1 / 50 + 1 / 100)
    assert found["lift_ci_high"] == pytest.approx(exp(Z * se), abs=1e-6)
    assert found["lift_ci_low"] == pytest.approx(exp(-Z * se), abs=1e-6)


def test_npmi_is_near_its_bounds_for_skills_that_attract_or_avoid_each_other(drawn: DrawnWarehouse) -> None:
    attract = pair(drawn, 100, 15, 15, 1000)
    assert attract["npmi"] == pytest.approx(log(100 * 1130 / 115**2) / -log(100 / 1130), abs=1e-6)
    assert 0.8 < attract["npmi"] <= 1
    avoid = pair(drawn, 15, 400, 400, 15)
    assert avoid["npmi"] == pytest.approx(log(15 * 830 / 415**2) / -log(15 / 830), abs=1e-6)
    assert -1 <= avoid["npmi"] < -0.5


def test_strongly_attracted_skills_still_have_an_interval(drawn: DrawnWarehouse) -> None:
    """1/n_both - 1/n_skill - 1/n_paired + 1/n is below 0 here: the variance at lift 1 would leave no width."""
    found = pair(drawn, 60, 20, 20, 300)
    lift = 60 * 400 / (80 * 80)
    assert 1 / 60 - 1 / 80 - 1 / 80 + 1 / 400 < 0
    se = sqrt(1 / 60 - 1 / 80 - 1 / 80 + (2 * lift - 1) / 400)
    assert found["lift"] == pytest.approx(lift, abs=1e-6)
    assert found["lift_ci_low"] == pytest.approx(lift * exp(-Z * se), abs=1e-6)
    assert found["lift_ci_high"] == pytest.approx(lift * exp(Z * se), abs=1e-6)


def test_a_withheld_pair_has_no_row(drawn: DrawnWarehouse) -> None:
    estimate(drawn, Market(in_cells(14, 30, 30, 30)), "export_skill_pair")
    assert drawn.select("export_skill_pair") == []
