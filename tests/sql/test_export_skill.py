"""export_skill.sql: every skill that stands in an exported table, and no other."""

from tests.drawn_market import EXPORTS, Market, crowd, estimate
from tests.drawn_tables import DrawnWarehouse


def test_skills_of_exported_rows_alone(drawn: DrawnWarehouse) -> None:
    adverts = [*crowd("dev", 2, skills=("go",)), *crowd("other", 2, role="other", skills=("welding",))]
    estimate(drawn, Market(adverts, reviewed=("sql",), more_skills=("cobol",)), *EXPORTS, "export_skill")
    assert drawn.rows("SELECT skill, skill_scheme, concept_status, replaced_by FROM export_skill") == [
        ("go", "esco", "active", []),
        ("sql", "skillweights", "active", []),
    ]


def test_a_skill_of_the_pool_alone_stands_in_its_pairs(drawn: DrawnWarehouse) -> None:
    adverts = [
        *crowd("both", 60, skills=("lathe", "welding"), role="other"),
        *crowd("only", 60, skills=("lathe",), role="other"),
        *crowd("paired", 60, skills=("welding",), role="other"),
        *crowd("neither", 60, role="other"),
    ]
    estimate(drawn, Market(adverts), *EXPORTS, "export_skill")
    assert drawn.rows("SELECT skill FROM export_skill") == [("lathe",), ("welding",)]
