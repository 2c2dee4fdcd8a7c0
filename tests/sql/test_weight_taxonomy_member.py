"""weight_taxonomy_member.sql: who draws a family in, role or code."""

import pytest

from tests.drawn_codes import put_codes
from tests.drawn_market import Advert, Market
from tests.drawn_tables import DrawnWarehouse

MARKET = Market(
    [
        Advert("both", "dev"),
        Advert("role", "dev"),
        Advert("unsure", "dev"),
        Advert("code", "other"),
        Advert("out", "other"),
        Advert("hidden", "other", reason="no_text"),
        Advert("twice", "other"),
        Advert("twice", "other"),
    ]
)
CODES = {
    "both": [("esco", "e:1", 0.9)],
    "role": [("esco", "e:2", 0.9)],
    "unsure": [("esco", "e:1", 0.6)],
    "code": [("esco", "e:1", 0.8)],
    "out": [("esco", "e:1", 0.49)],
    "hidden": [("esco", "e:1", 0.9)],
    "twice": [("esco", "e:1", 0.9)],
}


def members(drawn: DrawnWarehouse, level: float) -> set[tuple[str, str]]:
    put_codes(drawn, MARKET, CODES, [("dev", "esco", "e:1"), ("dev", "isco", "2512")])
    drawn.build("weight_taxonomy_member")
    rows = drawn.read(f"SELECT * FROM weight_taxonomy_member WHERE min_confidence = {level}")
    assert {(row["occupation"], row["scheme"], row["code"]) for row in rows} == {("dev", "esco", "e:1")}
    return {(row["family_id"], row["part"]) for row in rows}


@pytest.mark.slow
def test_a_family_is_drawn_in_by_role_or_sure_enough_code_once(drawn: DrawnWarehouse) -> None:
    assert members(drawn, 0.5) == {
        ("both", "common"),
        ("unsure", "common"),
        ("role", "role_only"),
        ("code", "code_only"),
        ("twice", "code_only"),
    }


def test_a_higher_bar_takes_families_out_of_the_code_only(drawn: DrawnWarehouse) -> None:
    assert members(drawn, 0.8) == {
        ("both", "common"),
        ("unsure", "role_only"),
        ("role", "role_only"),
        ("code", "code_only"),
        ("twice", "code_only"),
    }


@pytest.mark.slow
def test_the_surest_title_of_a_family_decides(drawn: DrawnWarehouse) -> None:
    market = Market([Advert("f", "other"), Advert("f", "other"), Advert("g", "dev")])
    put_codes(drawn, market, {}, [("dev", "esco", "e:1")])
    drawn.load(
        "core_posting_code",
        [
            {"posting_id": "posting 0", "scheme": "esco", "occupation_code": "e:1", "code_confidence": 0.8},
            {"posting_id": "posting 1", "scheme": "esco", "occupation_code": "e:2", "code_confidence": 0.9},
        ],
    )
    drawn.build("weight_taxonomy_member")
    assert {row[0] for row in drawn.rows("SELECT part FROM weight_taxonomy_member")} == {"role_only"}


def test_a_roles_part_of_an_advert_is_of_the_family_that_holds_the_code(drawn: DrawnWarehouse) -> None:
    put_codes(drawn, MARKET, CODES, [("dev", "esco", "e:1")])
    # The pool counts the advert whole, the role its own part of it.
    id_of = drawn.id_of("family_id", "both")
    drawn.warehouse.run(
        "UPDATE weight_posting SET family_id = family_id || ':dev' WHERE family_id = $id AND occupation = 'dev'",
        {"id": id_of},
    )
    drawn.build("weight_taxonomy_member")
    rows = drawn.warehouse.rows("SELECT family_id, part FROM weight_taxonomy_member")
    assert {row for row in rows if row[0].startswith(id_of)} == {(f"{id_of}:dev", "common")}
