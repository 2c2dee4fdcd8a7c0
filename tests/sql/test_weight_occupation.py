"""weight_occupation.sql: the bases of all shares."""

import pytest

from tests.drawn_market import Advert, Market, put
from tests.drawn_tables import DrawnWarehouse, Row


def headline(drawn: DrawnWarehouse, *employers: str) -> Row:
    put(drawn, Market([Advert(f"f{i}", employer=name) for i, name in enumerate(employers)]))
    drawn.build("weight_posting", "weight_occupation")
    return drawn.one(
        "weight_occupation",
        "n_families, n_employers, effective_employers",
        "occupation = 'dev' AND source_group = 'all' AND geo = 'all'",
    )


def test_effective_employers_are_the_square_of_the_sum_over_the_sum_of_squares(drawn: DrawnWarehouse) -> None:
    found = headline(drawn, "acme", "acme", "acme", "globex")
    assert found == {
        "n_families": 3 + 1,
        "n_employers": 2,
        "effective_employers": (3 + 1) ** 2 / (3**2 + 1**2),
    }


def test_all_unknown_employers_are_one(drawn: DrawnWarehouse) -> None:
    found = headline(drawn, "", "", "acme")
    assert found["n_employers"] == 2
    assert found["effective_employers"] == pytest.approx(3**2 / (2**2 + 1**2), abs=1e-6)


def test_equal_employers_are_as_many_as_they_are(drawn: DrawnWarehouse) -> None:
    assert headline(drawn, "a", "b", "c")["effective_employers"] == 3.0


def test_one_family_is_one_employer(drawn: DrawnWarehouse) -> None:
    assert headline(drawn, "a") == {"n_families": 1, "n_employers": 1, "effective_employers": 1.0}


def test_nothing_has_no_base(drawn: DrawnWarehouse) -> None:
    put(drawn, Market([]))
    drawn.build("weight_posting", "weight_occupation")
    assert drawn.rows("SELECT * FROM weight_occupation") == []


def test_sources_of_the_base_are_told(drawn: DrawnWarehouse) -> None:
    groups = (("forum", "software-forum", True), ("board", "job-boards", True))
    put(drawn, Market([Advert("f1"), Advert("f2", source="board")], groups=groups))
    drawn.build("weight_posting", "weight_occupation")
    assert drawn.rows(
        "SELECT source_group, source_ids FROM weight_occupation WHERE occupation = 'dev' AND geo = 'all'"
    ) == [("all", ["board", "forum"]), ("job-boards", ["board"]), ("software-forum", ["forum"])]
