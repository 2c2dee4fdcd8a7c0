"""weight_pair_item.sql: numbers for the skills of a cell that enough families ask for."""

from tests.drawn_market import Advert, Market, put
from tests.drawn_tables import DrawnWarehouse

ITEM = ("weight_posting", "weight_occupation", "weight_posting_share", "weight_pair_item")


def adverts(role: str, skill: str, count: int) -> list[Advert]:
    """So many families of the role with the skill, each of an employer of its own."""
    return [Advert(f"{role}-{skill}-{i}", role, f"{skill}-{i}", (skill,)) for i in range(count)]


def test_items_count_on_within_and_over_cells_in_the_order_of_occupation_and_skill(
    drawn: DrawnWarehouse,
) -> None:
    put(
        drawn,
        Market([*adverts("dev", "go", 10), *adverts("dev", "sql", 12), *adverts("designer", "sql", 11)]),
    )
    drawn.build(*ITEM)
    found = drawn.rows(
        "SELECT item, cell, occupation, n_numerator, n_denominator FROM weight_pair_item ORDER BY item"
    )
    names = [row[:3] for row in found]
    assert names == [(1, 1, "all"), (2, 1, "all"), (3, 2, "designer"), (4, 3, "dev"), (5, 3, "dev")]
    assert sorted(row[3] for row in found[:2]) == [10, 12 + 11]
    assert found[2][3:] == (11, 11)
    assert sorted(row[3] for row in found[3:]) == [10, 12]


def test_a_skill_of_nine_families_is_no_item(drawn: DrawnWarehouse) -> None:
    put(drawn, Market([*adverts("dev", "go", 10), *adverts("dev", "sql", 12)]))
    drawn.build(*ITEM)
    found = drawn.rows(
        "SELECT item, cell, occupation, n_numerator, n_denominator FROM weight_pair_item ORDER BY item"
    )
    assert [row[:3] for row in found] == [(1, 1, "all"), (2, 1, "all"), (3, 2, "dev"), (4, 2, "dev")]
    assert sorted(row[3:] for row in found[:2]) == [(10, 10 + 12), (12, 10 + 12)]
    assert [row[3:] for row in found[2:]] == [row[3:] for row in found[:2]]


def test_a_skill_of_nine_families_is_no_item(drawn: DrawnWarehouse) -> None:
    put(drawn, Market([*adverts("dev", "go", 9), *adverts("dev", "sql", 10)]))
    drawn.build(*ITEM)
    assert drawn.rows("SELECT DISTINCT skill_id FROM weight_pair_item") == [("sql",)]
