"""weight_skill_pair.sql: families with both skills, with one, with none; ordered pairs."""

from collections.abc import Sequence

import pytest

from tests.drawn_market import Advert, Market, put
from tests.drawn_tables import DrawnWarehouse

PAIR = (
    "weight_posting",
    "weight_occupation",
    "weight_posting_share",
    "weight_pair_item",
    "weight_pair_count",
    "weight_skill_pair",
)


def table(*parts: tuple[int, str, tuple[str, ...]]) -> list[Advert]:
    """So many families of an employer with these skills."""
    return [
        Advert(f"{part}-{i}", employer=employer, skills=skills)
        for part, (count, employer, skills) in enumerate(parts)
        for i in range(count)
    ]


def pairs(drawn: DrawnWarehouse, adverts: Sequence[Advert], columns: str) -> list[tuple[object, ...]]:
    put(drawn, Market(adverts))
    drawn.build(*PAIR)
    return drawn.rows(
        f"SELECT skill_id, paired_skill_id, {columns} FROM weight_skill_pair WHERE occupation = 'dev'"
    )


def test_the_four_cells_of_a_pair_both_ways(drawn: DrawnWarehouse) -> None:
    adverts = table((12, "a", ("go", "sql")), (3, "a", ("go",)), (4, "a", ("sql",)), (5, "a", ()))
    found = pairs(drawn, adverts, "n_both, n_skill, n_paired, n_families")
    assert found == [
        ("go", "sql", 12, 12 + 3, 12 + 4, 12 + 3 + 4 + 5),
        ("sql", "go", 12, 12 + 4, 12 + 3, 12 + 3 + 4 + 5),
    ]


EMPLOYERS = "n_employers_both, top_employer_families_both, n_employers_skill_only, n_employers_paired_only"
BOTH, GO, SQL, NEITHER = ("go", "sql"), ("go",), ("sql",), ()
UNCOUNTED = [("go", "sql", *[None] * 4), ("sql", "go", *[None] * 4)]
MANY = (*((3, f"x{i}", BOTH) for i in range(4)), (10, "none", NEITHER))
"""Four employers with three families that ask for both; ten families that ask for neither."""


def test_employers_on_each_side_of_a_pair(drawn: DrawnWarehouse) -> None:
    """b always asks for both, c for go alone too, d for sql alone only."""
    adverts = table((6, "b", BOTH), (4, "c", BOTH), (10, "c", GO), (11, "d", SQL), (10, "e", NEITHER))
    assert pairs(drawn, adverts, EMPLOYERS) == [("go", "sql", 2, 6, 1, 1), ("sql", "go", 2, 6, 1, 1)]


def test_employers_are_not_counted_where_one_cell_of_the_four_is_too_small_anyway(
    drawn: DrawnWarehouse,
) -> None:
    """Only 9 families ask for go alone; the mask withholds the pair for that."""
    adverts = table((6, "b", BOTH), (4, "c", BOTH), (9, "c", GO), (11, "d", SQL), (10, "e", NEITHER))
    assert pairs(drawn, adverts, EMPLOYERS) == UNCOUNTED


def test_employers_are_not_counted_where_margins_tell_that_there_are_enough(drawn: DrawnWarehouse) -> None:
    """No employer has more than 3 families with either skill: 12 > 2 * 3 with both, 10 > 2 * 3 with one alone."""
    alone = [(1, f"{skill}{i}", (skill,)) for skill in BOTH for i in range(10)]
    assert pairs(drawn, table(*MANY, *alone), EMPLOYERS) == UNCOUNTED


@pytest.mark.slow
def test_employers_are_counted_where_one_may_hold_half_of_a_side(drawn: DrawnWarehouse) -> None:
    """As before, but one employer has 5 of the families with go alone: 10 is not more than 2 * 5."""
    alone = [
        (5, "one", GO),
        *((1, f"go{i}", GO) for i in range(5)),
        *((1, f"sql{i}", SQL) for i in range(10)),
    ]
    found = pairs(drawn, table(*MANY, *alone), EMPLOYERS)
    assert found == [("go", "sql", 4, 3, 1 + 5, 10), ("sql", "go", 4, 3, 10, 1 + 5)]


@pytest.mark.slow
def test_fewer_than_the_leaving_count_is_not_worth_a_row(drawn: DrawnWarehouse) -> None:
    rare = table((9, "a", ("go", "sql")), (5, "a", ("go",)), (5, "a", ("sql",)))
    assert pairs(drawn, rare, "n_both") == []
    assert len(pairs(drawn, [*rare, Advert("one more", skills=("go", "sql"))], "n_both")) == 2


def test_a_skill_is_no_pair_with_itself(drawn: DrawnWarehouse) -> None:
    assert pairs(drawn, table((20, "a", ("go",))), "n_both") == []


def test_pairs_are_counted_in_the_pool_and_in_the_headline_cell_only(drawn: DrawnWarehouse) -> None:
    adverts = [
        Advert(f"{role}{i}", role=role, country="DE", skills=("go", "sql"))
        for role in ("dev", "other")
        for i in range(10)
    ]
    put(drawn, Market(adverts))
    drawn.build(*PAIR)
    assert drawn.rows(
        "SELECT occupation, n_both FROM weight_skill_pair WHERE skill_id < paired_skill_id"
    ) == [
        ("all", 20),
        ("dev", 10),
    ]
