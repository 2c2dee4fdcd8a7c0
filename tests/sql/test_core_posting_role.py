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
