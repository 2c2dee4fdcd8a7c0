"""core_family_skill.sql: a family asks for a skill once, however often and in however many adverts."""

from tests.drawn_tables import DrawnWarehouse


def test_a_skill_counts_once_a_family(drawn: DrawnWarehouse) -> None:
    drawn.draw(
        "core_posting",
        """
        posting_id | posting_version | first_seen_basis
        a          | v1              | none
        b          | v2              | none
        c          | v2              | none
        """,
    )
    drawn.draw("core_family", "posting_id | family_id\n a | one\n b | one\n c | two")
    drawn.draw(
        "core_mention",
        """
        posting_version | reader_version   | start_offset | end_offset | skill_id | accepted | negated
        v1              | 0000000000000000 | 0            | 2          | go       | yes      | no
        v1              | 0000000000000000 | 5            | 7          | go       | yes      | no
        v2              | 0000000000000000 | 0            | 2          | go       | yes      | no
        v2              | 0000000000000000 | 9            | 12         | sql      | no       | no
        v2              | 0000000000000000 | 20           | 23         | css      | no       | yes
        v2              | 1111111111111111 | 20           | 23         | rust     | yes      | no
        """,
    )
    drawn.build("core_family_skill")
    assert drawn.rows("SELECT family_id, skill_id FROM core_family_skill") == [("one", "go"), ("two", "go")]


def test_the_strongest_request_stands(drawn: DrawnWarehouse) -> None:
    drawn.draw(
        "core_posting", "posting_id | posting_version | first_seen_basis\n a | v1 | none\n b | v2 | none"
    )
    drawn.draw("core_family", "posting_id | family_id\n a | one\n b | one")
    drawn.draw(
        "core_mention",
        """
        posting_version | start_offset | end_offset | skill_id | requirement | accepted
        v1              | 0            | 2          | go       | mentioned   | yes
        v1              | 5            | 7          | go       | preferred   | yes
        v2              | 5            | 7          | go       | required    | yes
        v2              | 9            | 12         | sql      | preferred   | yes
        v2              | 14           | 17         | sql      | mentioned   | yes
        v2              | 19           | 22         | sql      | required    | no
        v2              | 24           | 27         | css      | mentioned   | yes
        """,
    )
    drawn.build("core_family_skill")
    assert drawn.rows("SELECT family_id, skill_id, requirement FROM core_family_skill") == [
        ("one", "css", "mentioned"),
        ("one", "go", "required"),
        ("one", "sql", "preferred"),
    ]


def test_a_role_has_its_own_part_and_what_is_common(drawn: DrawnWarehouse) -> None:
    """The family itself keeps everything, once; an advert for one role gives all it says to that role's part."""
    drawn.draw(
        "core_posting",
        "posting_id | posting_version | first_seen_basis\n two | v1 | none\n single | v2 | none",
    )
    drawn.draw("core_family", "posting_id | family_id\n two | f\n single | f")
    drawn.draw(
        "core_posting_role",
        """
        posting_id | family_id | family_part_id | occupation | separated | headline
        two        | f         | f:dev          | dev        | yes       | yes
        two        | f         | f:ops          | ops        | yes       | yes
        two        | f         | f              | web        | no        | no
        single     | f         | f:dev          | dev        | no        | yes
        """,
    )
    drawn.draw(
        "core_mention",
        """
        posting_version | start_offset | end_offset | skill_id | role_part | accepted
        v1              | 0            | 2          | git      |           | yes
        v1              | 5            | 7          | go       | dev       | yes
        v1              | 9            | 12         | linux    | ops       | yes
        v1              | 14           | 17         | excel    | other     | yes
        v2              | 0            | 3          | sql      |           | yes
        """,
    )
    drawn.build("core_family_skill")
    assert drawn.rows("SELECT family_id, skill_id FROM core_family_skill") == [
        *[("f", skill) for skill in ("excel", "git", "go", "linux", "sql")],
        *[("f:dev", skill) for skill in ("git", "go", "sql")],
        *[("f:ops", skill) for skill in ("git", "linux")],
    ]
