"""weight_share_part.sql: how the families of a share ask, and at which level."""

import pytest

from tests.drawn_market import Advert, Market, crowd, put
from tests.drawn_tables import DrawnWarehouse, Row

TABLES = ("weight_posting", "weight_occupation", "weight_posting_share", "weight_share_part")


def parts(drawn: DrawnWarehouse, market: Market, skill: str = "go") -> dict[tuple[str, str], Row]:
    put(drawn, market)
    drawn.build(*TABLES)
    rows = drawn.read("SELECT * FROM weight_share_part")
    return {(r["share_metric"], r["level"]): r for r in rows if r["skill_id"] == skill}


def adverts() -> list[Advert]:
    """20 ask for go: 12 required, 5 preferred, 3 mentioned; 20 do not. Ten employers with 4 families each."""
    return [
        *crowd("r", 12, skills=("go!",), level="senior"),
        *crowd("p", 5, skills=("go?",), level="senior"),
        *crowd("m", 3, skills=("go",), level="entry"),
        *crowd("n", 20, level="entry"),
    ]


@pytest.mark.slow
def test_required_preferred_and_mentioned_add_up_to_the_share(drawn: DrawnWarehouse) -> None:
    found = parts(drawn, Market(adverts()))
    counts = {metric: row["n_numerator"] for (metric, level), row in found.items() if level == ""}
    assert counts == {"required_share": 12, "preferred_share": 5, "mentioned_share": 3}
    assert {row["n_denominator"] for (_, level), row in found.items() if level == ""} == {40}


@pytest.mark.slow
def test_levels_have_their_own_bases(drawn: DrawnWarehouse) -> None:
    found = parts(drawn, Market(adverts()))
    steps = {
        level: (r["n_numerator"], r["n_denominator"]) for (m, level), r in found.items() if m == "ladder"
    }
    assert steps == {"senior": (17, 17), "entry": (3, 23)}


@pytest.mark.slow
def test_employers_of_a_part(drawn: DrawnWarehouse) -> None:
    """Required: employers 0 to 9, of whom 0 and 1 twice. Otherwise asking: 0 to 4 preferred, 0 to 2 mentioned."""
    row = parts(drawn, Market(adverts()))["required_share", ""]
    assert (row["n_employers"], row["top_employer_families"], row["n_other_employers"]) == (10, 2, 5)
    assert row["n_complement_employers"] == 10


@pytest.mark.slow
def test_the_variance_leaves_out_each_employer(drawn: DrawnWarehouse) -> None:
    row = parts(drawn, Market(adverts()))["required_share", ""]
    families = [(i % 10, kind) for kind, n in (("r", 12), ("p", 5), ("m", 3), ("n", 20)) for i in range(n)]
    value = 12 / 40
    squares = 0.0
    for left_out in range(10):
        rest = [kind == "r" for employer, kind in families if employer != left_out]
        squares += (sum(rest) / len(rest) - value) ** 2
    assert row["jackknife_variance"] == pytest.approx(9 / 10 * squares, rel=1e-9)


def test_a_part_nobody_asks_in_counts_none(drawn: DrawnWarehouse) -> None:
    found = parts(drawn, Market(crowd("r", 12, skills=("go!",))))
    assert found["preferred_share", ""]["n_numerator"] == 0
    assert found["preferred_share", ""]["n_denominator"] == 12


def test_a_rare_skill_has_no_parts(drawn: DrawnWarehouse) -> None:
    """Nine families are below the leaving count, so nothing of them can be published."""
    assert parts(drawn, Market([*crowd("r", 9, skills=("go!",)), *crowd("n", 40)])) == {}


@pytest.mark.slow
def test_shuffled_adverts_have_the_same_parts(drawn: DrawnWarehouse) -> None:
    assert parts(drawn, Market(adverts())) == parts(drawn, Market(adverts()[::-1]))
