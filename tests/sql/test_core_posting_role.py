"""core_posting_role.sql: which adverts count in the headline, and why the others do not."""

from tests.drawn_tables import DrawnWarehouse


def test_every_advert_says_why_it_does_not_count(drawn: DrawnWarehouse) -> None:
    drawn.draw(
        "core_posting",
        """
        posting_id | role_slugs                 | language | n_characters | first_seen_on | first_seen_basis
        counts     | designer                   | en       | 10           | 2022-01-01    | posted
        none       | other                      | en       | 10           | 2022-01-01    | posted
        several    | backend-developer,designer | en       | 10           | 2022-01-01    | posted
        no-text    | designer                   | none     | 0            | 2022-01-01    | posted
        german     | designer                   | other    | 10           | 2022-01-01    | posted
        too-short  | designer                   | none     | 10           | 2022-01-01    | posted
        undated    | designer                   | en       | 10           |               | none
        """,
    )
    drawn.draw(
        "core_family",
        """
        posting_id | family_id
        counts     | f1
        none       | f2
        several    | f3
        no-text    | f4
        german     | f5
        too-short  | f6
        undated    | f7
        """,
    )
    drawn.build("core_posting_role")
    found = drawn.rows(
        "SELECT posting_id, family_id, occupation, headline, headline_reason FROM core_posting_role"
    )
    assert found == [
        ("counts", "f1", "designer", True, ""),
        ("german", "f5", "designer", False, "language"),
        ("no-text", "f4", "designer", False, "no_text"),
        ("none", "f2", "other", True, ""),
        ("several", "f3", "backend-developer", False, "several_roles"),
        ("several", "f3", "designer", False, "several_roles"),
        ("too-short", "f6", "designer", False, "language"),
        ("undated", "f7", "designer", False, "undated"),
    ]


def test_a_separated_role_counts_with_its_part_of_the_family(drawn: DrawnWarehouse) -> None:
    """Where one advert of a family is separated, every advert of it counts in that part: never twice."""
    drawn.draw(
        "core_posting",
        """
        posting_id | posting_version | role_slugs  | language | n_characters | first_seen_on | first_seen_basis
        split      | v1              | dev,ops,web | en       | 10           | 2022-01-01    | posted
        single     | v2              | dev         | en       | 10           | 2022-02-01    | posted
        undated    | v1              | dev,ops     | en       | 10           |               | none
        alone      | v3              | dev         | en       | 10           | 2022-02-01    | posted
        """,
    )
    drawn.draw("core_family", "posting_id | family_id\n split | f1\n single | f1\n undated | f2\n alone | f3")
    drawn.draw(
        "core_reading_role",
        """
        posting_version | reader_version   | occupation | n_parts | part_end | seniority | seniority_basis
        v1              | 0000000000000000 | dev        | 1       | 9        | unknown   | none
        v1              | 0000000000000000 | ops        | 1       | 9        | unknown   | none
        v1              | 1111111111111111 | web        | 1       | 9        | unknown   | none
        v3              | 0000000000000000 | dev        | 1       | 9        | unknown   | none
        """,
    )
    drawn.build("core_posting_role")
    found = drawn.rows(
        "SELECT posting_id, occupation, family_part_id, separated, headline_reason FROM core_posting_role"
    )
    assert found == [
        ("alone", "dev", "f3:dev", True, ""),
        ("single", "dev", "f1:dev", False, ""),
        ("split", "dev", "f1:dev", True, ""),
        ("split", "ops", "f1:ops", True, ""),
        ("split", "web", "f1", False, "several_roles"),
        ("undated", "dev", "f2", True, "undated"),
        ("undated", "ops", "f2", True, "undated"),
    ]
