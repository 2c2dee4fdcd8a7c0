"""weight_concentration.sql: a skill's families in a role among all that ask for it."""

import pytest

from tests.drawn_market import Market, crowd, put
from tests.drawn_tables import DrawnWarehouse

TABLES = ("weight_posting", "weight_occupation", "weight_posting_share", "weight_concentration")


def test_counts_and_variance_over_the_employers_of_the_skill(drawn: DrawnWarehouse) -> None:
    """Twelve of dev at employers 0 to 3, three each; eight of what no role names at employers 0 to 7, one each."""
    market = Market(
        [
            *crowd("d", 12, employers=4, skills=("go",)),
            *crowd("o", 8, employers=8, role="other", skills=("go",)),
            *crowd("n", 30, employers=8),
        ]
    )
    put(drawn, market)
    drawn.build(*TABLES)
    row = drawn.one("weight_concentration", "*")
    assert (row["occupation"], row["skill_id"], row["n_numerator"], row["n_denominator"]) == (
        "dev",
        "go",
        12,
        20,
    )
    assert (row["n_employers"], row["top_employer_families"], row["n_complement_employers"]) == (4, 3, 8)
    squares = 4 * (9 / 16 - 12 / 20) ** 2 + 4 * (12 / 19 - 12 / 20) ** 2
    assert row["jackknife_variance"] == pytest.approx(7 / 8 * squares, rel=1e-9)
