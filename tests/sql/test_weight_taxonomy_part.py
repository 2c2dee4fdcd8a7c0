"""weight_taxonomy_part.sql: what each part holds of a skill whose share of the role is published."""

import pytest

from tests.drawn_codes import put_codes
from tests.drawn_market import Advert, Market, crowd
from tests.drawn_tables import DrawnWarehouse

MAPPED = [("dev", "esco", "e:1")]


def test_counts_of_the_three_parts(drawn: DrawnWarehouse) -> None:
    market = Market(
        [
            *crowd("with", 30, skills=("go",)),
            *crowd("without", 30),
            Advert("x0", "other", "acme", ("go",)),
            Advert("x1", "other", "acme", ("go",)),
            Advert("x2", "other", "globex"),
            Advert("x3", "other", "globex", ("go",)),
        ]
    )
    sure = [("esco", "e:1", 0.9)]
    codes = {f"x{i}": sure for i in range(4)} | {f"with {i}": sure for i in range(6)}
    put_codes(drawn, market, codes, MAPPED)
    drawn.build("weight_taxonomy_member", "weight_taxonomy_part")
    found = drawn.rows(
        "SELECT part, n_families, n_with, n_employers_with, n_employers_without, top_employer_families "
        "FROM weight_taxonomy_part WHERE min_confidence = 0.5"
    )
    # Employers 0 to 5 have one family in common each, always with the skill; acme has no family without it.
    assert found == [
        ("code_only", 4, 3, 2, 1, 2),
        ("common", 6, 6, 6, 0, 1),
        ("role_only", 54, 24, 10, 10, 3),
    ]


@pytest.mark.slow
def test_a_skill_whose_share_is_withheld_or_zero_is_not_asked(drawn: DrawnWarehouse) -> None:
    market = Market(
        [*crowd("with", 14, skills=("go",)), *crowd("without", 46, skills=("sql",))], reviewed=("ada",)
    )
    put_codes(drawn, market, {"with 0": [("esco", "e:1", 0.9)]}, MAPPED)
    drawn.build("weight_taxonomy_member", "weight_taxonomy_part")
    assert drawn.rows("SELECT * FROM weight_taxonomy_part") == []


def test_no_code_at_all(drawn: DrawnWarehouse) -> None:
    market = Market([*crowd("with", 30, skills=("go",)), *crowd("without", 30)])
    put_codes(drawn, market, {}, MAPPED)
    drawn.build("weight_taxonomy_member", "weight_taxonomy_part")
    assert drawn.rows("SELECT * FROM weight_taxonomy_part") == []
