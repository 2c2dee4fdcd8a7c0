"""weight_posting_share.sql: counts of every cell and the variance between employers, before any mask."""

import pytest

from tests.drawn_market import Advert, Market, put
from tests.drawn_tables import DrawnWarehouse, Row

SHARE = ("weight_posting", "weight_occupation", "weight_posting_share")


def share(drawn: DrawnWarehouse, market: Market, skill: str, where: str = "") -> Row:
    put(drawn, market)
    drawn.build(*SHARE)
    cell = where or "occupation = 'dev' AND source_group = 'all' AND geo = 'all'"
    return drawn.one("weight_posting_share", "*", f"skill_id = '{drawn.id_of('skill_id', skill)}' AND {cell}")


def test_counts_behind_a_share(drawn: DrawnWarehouse) -> None:
    """acme 3 with and 1 without, globex 1 with, initech 1 without."""
    adverts = [
        *(Advert(f"a{i}", employer="acme", skills=("go",)) for i in range(3)),
        Advert("a3", employer="acme"),
        Advert("g0", employer="globex", skills=("go",)),
        Advert("i0", employer="initech"),
    ]
    found = share(drawn, Market(adverts), "go")
    assert (found["n_numerator"], found["n_denominator"]) == (3 + 1, 3 + 1 + 1 + 1)
    assert (found["n_employers"], found["n_complement_employers"]) == (2, 2)
    assert found["top_employer_families"] == 3
    assert found["posting_share"] == pytest.approx(4 / 6, abs=1e-6)
    assert found["source_ids"] == ["forum"]


def test_variance_between_three_employers(drawn: DrawnWarehouse) -> None:
    """acme 3 of 4, globex 1 of 1, initech 0 of 1: without each in turn 1/2, 3/5 and 4/5; all 4/6."""
    adverts = [
        *(Advert(f"a{i}", employer="acme", skills=("go",)) for i in range(3)),
        Advert("a3", employer="acme"),
        Advert("g0", employer="globex", skills=("go",)),
        Advert("i0", employer="initech"),
    ]
    found = share(drawn, Market(adverts), "go")
    squares = (1 / 2 - 4 / 6) ** 2 + (3 / 5 - 4 / 6) ** 2 + (4 / 5 - 4 / 6) ** 2
    assert found["jackknife_variance"] == pytest.approx((3 - 1) / 3 * squares, rel=1e-9)


@pytest.mark.slow
def test_employers_who_all_ask_alike_have_no_variance(drawn: DrawnWarehouse) -> None:
    """Three employers with one family of two each; and one employer has no variance at all."""
    adverts = [Advert(f"f{i}", employer=f"e{i // 2}", skills=("go",) if i % 2 else ()) for i in range(6)]
    assert share(drawn, Market(adverts), "go")["jackknife_variance"] == pytest.approx(0, abs=1e-15)
    assert share(drawn, Market(adverts[:2]), "go")["jackknife_variance"] is None


def test_no_family_asks_for_a_reviewed_skill(drawn: DrawnWarehouse) -> None:
    found = share(drawn, Market([Advert(f"f{i}") for i in range(40)], reviewed=("go",)), "go")
    assert (found["n_numerator"], found["n_denominator"], found["posting_share"]) == (0, 40, 0.0)
    assert found["jackknife_variance"] is None, "one employer"
    assert found["n_complement_employers"] == 1


def test_every_family_asks_for_the_skill(drawn: DrawnWarehouse) -> None:
    found = share(drawn, Market([Advert(f"f{i}", skills=("go",)) for i in range(40)]), "go")
    assert found["posting_share"] == 1.0
    assert found["n_complement_employers"] == 0


def test_a_role_without_any_advert_has_a_row_for_a_reviewed_skill_alone(drawn: DrawnWarehouse) -> None:
    market = Market([Advert("f", skills=("go", "sql"))], roles=("dev", "designer"), reviewed=("go",))
    found = share(drawn, market, "go", "occupation = 'designer'")
    assert (found["n_denominator"], found["posting_share"], found["source_ids"]) == (0, None, [])
    assert drawn.rows("SELECT skill_id FROM weight_posting_share WHERE occupation = 'designer'") == [("go",)]


def test_a_skill_nobody_asks_for_and_nobody_reviewed_has_no_row(drawn: DrawnWarehouse) -> None:
    put(drawn, Market([Advert("f", skills=("go",))], more_skills=("cobol",)))
    drawn.build(*SHARE)
    assert drawn.rows("SELECT DISTINCT skill_id FROM weight_posting_share") == [("go",)]


def test_what_no_role_names_counts_in_the_pool_alone(drawn: DrawnWarehouse) -> None:
    market = Market([Advert("f", skills=("go",)), Advert("g", role="other", skills=("go",))])
    assert share(drawn, market, "go", "occupation = 'all'")["n_numerator"] == 2
    assert drawn.rows("SELECT DISTINCT occupation FROM weight_posting_share") == [("all",), ("dev",)]


def test_a_part_without_a_frequent_skill_has_a_row_that_counts_none(drawn: DrawnWarehouse) -> None:
    """A missing row would say that the other part holds the whole total: ten families ask, all in DE."""
    adverts = [Advert(f"f{i}", country="DE", skills=("go",)) for i in range(10)]
    rare = [Advert("g", country="US", skills=("rust",))]
    found = share(drawn, Market(adverts + rare), "go", "geo = 'US'")
    assert (found["n_numerator"], found["n_denominator"]) == (0, 1)
    rows = drawn.rows(
        "SELECT geo FROM weight_posting_share WHERE source_group = 'all' AND occupation = 'dev'"
    )
    assert sorted(rows) == [("DE",), ("US",), ("US",), ("all",), ("all",)], "rust has no row in DE"


def test_unknown_employers_count_as_one(drawn: DrawnWarehouse) -> None:
    adverts = [Advert(f"f{i}", employer="", skills=("go",)) for i in range(5)]
    found = share(drawn, Market(adverts), "go")
    assert (found["n_employers"], found["top_employer_families"]) == (1, 5)
