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
