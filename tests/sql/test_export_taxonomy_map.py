"""export_taxonomy_map.sql: codes of occupations and of exported skills; a code the release lacks says so."""

from tests.drawn_tables import DrawnWarehouse


def test_codes_of_occupations_and_of_exported_skills(drawn: DrawnWarehouse) -> None:
    drawn.draw(
        "core_occupation",
        "occupation_id | occupation | occupation_label | occupation_kind\n dev | dev | Developer | role",
    )
    drawn.draw(
        "core_occupation_mapping",
        """
        occupation_id | scheme   | code       | code_label | relation | found
        dev           | onet-soc | 15-1252.00 | Developers | close    | yes
        dev           | isco     | 2512       |            | broad    | no
        """,
    )
    drawn.draw(
        "export_skill",
        "skill_id | skill | skill_label | skill_scheme | concept_status\n go | go | Go | skillweights | active",
    )
    drawn.draw(
        "core_skill_mapping",
        """
        skill_id | scheme          | code | relation
        go       | onet-technology | Go   | exact
        cobol    | onet-technology | Cobol| exact
        """,
    )
    drawn.build("export_taxonomy_map")
    assert drawn.rows(
        "SELECT concept_kind, concept, scheme, code, status, reason FROM export_taxonomy_map"
    ) == [
        ("occupation", "dev", "isco", "2512", "low_reliability", "taxonomy_unmapped"),
        ("occupation", "dev", "onet-soc", "15-1252.00", "ok", None),
        ("skill", "go", "onet-technology", "Go", "ok", None),
    ]
