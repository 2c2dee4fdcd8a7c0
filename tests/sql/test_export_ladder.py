"""export_ladder.sql and transforms/estimate/weight_ladder.py: steps of a share, and its slope over them."""

import pytest

from tests.drawn_market import Advert, Market, crowd, estimate
from tests.drawn_tables import DrawnWarehouse


def adverts() -> list[Advert]:
    """Entry 40 of 200, senior 100 of 200; of 9 leads and 91 of unknown level 60 ask."""
    return [
        *crowd("ew", 40, employers=35, skills=("go",), level="entry"),
        *crowd("en", 160, employers=40, level="entry"),
        *crowd("sw", 100, employers=30, skills=("go",), level="senior"),
        *crowd("sn", 100, employers=40, level="senior"),
        *crowd("lw", 9, employers=9, skills=("go",), level="lead"),
        *crowd("uw", 51, employers=40, skills=("go",)),
        *crowd("un", 40, employers=40),
    ]


@pytest.mark.slow
def test_steps_carry_share_counts_and_lift_and_a_withheld_step_nothing(drawn: DrawnWarehouse) -> None:
    estimate(drawn, Market(adverts()), "export_ladder")
    rows = drawn.rows(
        "SELECT ladder_level, level_share, level_n, level_n_denominator, level_lift, status FROM export_ladder"
    )
    assert rows == [
        ("entry", 0.2, 40, 200, round(0.2 / 0.4, 6), "ok"),
        ("lead", None, None, None, None, "suppressed"),
        ("senior", 0.5, 100, 200, round(0.5 / 0.4, 6), "ok"),
    ]


def of_stated_level() -> list[Advert]:
    """Entry 40 of 200, senior 100 of 200, lead 60 of 150, and 50 of 90 whose level is not stated."""
    return [
        *crowd("ew", 40, employers=35, skills=("go",), level="entry"),
        *crowd("en", 160, employers=40, level="entry"),
        *crowd("sw", 100, employers=30, skills=("go",), level="senior"),
        *crowd("sn", 100, employers=40, level="senior"),
        *crowd("lw", 60, employers=40, skills=("go",), level="lead"),
        *crowd("ln", 90, employers=40, level="lead"),
        *crowd("uw", 50, employers=40, skills=("go",)),
        *crowd("un", 40, employers=40),
    ]


SCORES = {"entry": 0, "mid": 1, "senior": 2, "lead": 3}


def slope_of(adverts: list[Advert]) -> float | None:
    """Least squares of asking on the step, over the adverts whose level is stated."""
    here = [(SCORES[a.level], int("go" in a.skills)) for a in adverts if a.level in SCORES]
    n, s, ss = len(here), sum(x for x, _ in here), sum(x * x for x, _ in here)
    y, sy = sum(asks for _, asks in here), sum(x * asks for x, asks in here)
    return (n * sy - s * y) / (n * ss - s * s) if n * ss > s * s else None


@pytest.mark.slow
def test_the_slope_is_over_all_families_of_a_stated_level(drawn: DrawnWarehouse) -> None:
    estimate(drawn, Market(of_stated_level()), "export_metric_value")
    found = {
        row["metric"]: row
        for row in drawn.read("SELECT * FROM export_metric_value WHERE source_group = 'all' AND geo = 'all'")
    }
    ladder = found["ladder"]
    assert ladder["value"] == pytest.approx(slope_of(of_stated_level()), abs=1e-6)
    assert ladder["ci_low"] < ladder["value"] < ladder["ci_high"]
    assert (ladder["n_numerator"], ladder["n_denominator"]) == (40 + 100 + 60, 200 + 200 + 150)
    assert ladder["unit"] == "share_change"


def test_the_variance_of_the_slope_leaves_one_employer_out(drawn: DrawnWarehouse) -> None:
    found = of_stated_level()
    estimate(drawn, Market(found), only=("weight_ladder",))
    row = drawn.one("weight_ladder", "*")
    slope = slope_of(found)
    assert slope is not None
    employers = {a.employer for a in found if a.level in SCORES}
    without = [slope_of([a for a in found if a.employer != employer]) for employer in employers]
    squares = sum((other - slope) ** 2 for other in without if other is not None)
    k = len(employers)
    assert row["slope_variance"] == pytest.approx((k - 1) / k * squares, rel=1e-6)


def test_the_slope_is_told_apart_from_nothing_where_one_employer_makes_the_line(
    drawn: DrawnWarehouse,
) -> None:
    """Without the only employer that hires beginners there is no line: its interval says nothing."""
    found = [
        *crowd("sw", 60, employers=20, skills=("go",), level="senior"),
        *crowd("sn", 60, employers=20, level="senior"),
        *crowd("en", 40, employers=1, level="entry"),
    ]
    estimate(drawn, Market(found), only=("weight_ladder",))
    row = drawn.one("weight_ladder", "*")
    assert row["slope_variance"] is None
    assert (row["slope_ci_low"], row["slope_ci_high"]) == (-1, 1)


@pytest.mark.slow
def test_one_level_has_no_slope(drawn: DrawnWarehouse) -> None:
    found = [
        *crowd("with", 60, employers=20, skills=("go",), level="senior"),
        *crowd("without", 60, level="senior"),
    ]
    estimate(drawn, Market(found), "export_metric_value")
    assert drawn.read("SELECT * FROM weight_ladder") == []
    [row] = drawn.read("SELECT * FROM export_metric_value WHERE metric = 'ladder'")
    assert (row["status"], row["reason"], row["value"]) == ("suppressed", "small_cell", None)
