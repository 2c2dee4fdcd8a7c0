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


def test_the_slope_is_that_of_the_shown_steps(drawn: DrawnWarehouse) -> None:
    """From 0.2 two steps up to 0.5."""
    estimate(drawn, Market(adverts()), "export_metric_value")
    found = {
        row["metric"]: row
        for row in drawn.read("SELECT * FROM export_metric_value WHERE source_group = 'all' AND geo = 'all'")
    }
    ladder = found["ladder"]
    assert ladder["value"] == pytest.approx((0.5 - 0.2) / 2, abs=1e-6)
    assert ladder["ci_low"] < ladder["value"] < ladder["ci_high"]
    assert (ladder["n_numerator"], ladder["n_denominator"], ladder["unit"]) == (140, 400, "share_change")


def test_the_variance_of_the_slope_is_clustered_by_employer(drawn: DrawnWarehouse) -> None:
    """Sum over employers of their score residuals, squared, over the squared sum of squared scores."""
    found = adverts()
    estimate(drawn, Market(found), only=("weight_ladder",))
    row = drawn.one("weight_ladder", "*")
    scores = {"entry": 0, "senior": 2}
    here = [(a.employer, scores[a.level], int("go" in a.skills)) for a in found if a.level in scores]
    mean = sum(s for _, s, _ in here) / len(here)
    slope, start = 0.15, 0.2
    meat: dict[str, float] = {}
    for employer, score, asks in here:
        meat[employer] = meat.get(employer, 0.0) + (score - mean) * (asks - start - slope * score)
    spread = sum((score - mean) ** 2 for _, score, _ in here)
    n = len(meat)
    expected = n / (n - 1) * sum(u * u for u in meat.values()) / spread**2
    assert row["slope_variance"] == pytest.approx(expected, rel=1e-6)
