"""core_family.sql: adverts for the same job are one family (method section 2, exact keys)."""

import pytest

from tests.drawn_tables import DrawnWarehouse

LONG = 300
SHORT = 20


def families(drawn: DrawnWarehouse, drawing: str) -> list[set[str]]:
    """Families of drawn adverts: name, day, and where given until, employer, title, place, text, size."""
    head, *lines = [line for line in drawing.strip().splitlines() if line.strip()]
    columns = [cell.strip() for cell in head.split("|")]
    raw, core = [], []
    for number, line in enumerate(lines, start=1):
        row = dict(zip(columns, (cell.strip() for cell in line.split("|")), strict=True))
        size = int(row.get("size", LONG))
        common = {
            "row_number": number,
            "source_posting_key": row["name"],
            "posting_version": row["name"],
            "title": row.get("title", "dev") or None,
            "place": row.get("place", ""),
            "first_seen_on": row["day"],
            "first_seen_basis": "posted" if row["day"] else "none",
            "last_seen_on": row.get("until", ""),
        }
        raw.append(common | {"text": row.get("text", "we build things") if size else None})
        core.append(
            common
            | {"posting_id": row["name"], "employer_key": row.get("employer", "acme"), "n_characters": size}
        )
    drawn.fill("raw_posting", raw)
    drawn.fill("core_posting", core)
    drawn.build("core_family")
    found: dict[str, set[str]] = {}
    for posting, family in drawn.rows("SELECT posting_id, family_id FROM core_family"):
        found.setdefault(family, set()).add(posting)
    return sorted(found.values(), key=min)


def test_sixty_days_are_the_same_job_sixty_one_a_new_one(drawn: DrawnWarehouse) -> None:
    """2022-01-01 + 60 days = 2022-03-02."""
    found = families(
        drawn,
        """
        name | day        | employer
        a    | 2022-01-01 | acme
        b    | 2022-03-02 | acme
        c    | 2022-01-01 | globex
        d    | 2022-03-03 | globex
        """,
    )
    assert found == [{"a", "b"}, {"c"}, {"d"}]


def test_a_chain_of_reposts_is_one_job_however_long(drawn: DrawnWarehouse) -> None:
    """Each 60 days after the one before, the last 120 after the first."""
    found = families(drawn, "name | day\n a | 2022-01-01\n b | 2022-03-02\n c | 2022-05-01")
    assert found == [{"a", "b", "c"}]


def test_the_gap_counts_from_the_last_day_the_advert_was_open(drawn: DrawnWarehouse) -> None:
    """Open until 2022-06-01, again on 2022-07-31: 60 days later, though 211 after it was first seen."""
    found = families(
        drawn, "name | day | until\n a | 2022-01-01 | 2022-06-01\n b | 2022-02-01 | \n c | 2022-07-31 |"
    )
    assert found == [{"a", "b", "c"}]


def test_a_last_day_before_the_first_does_not_open_a_gap(drawn: DrawnWarehouse) -> None:
    found = families(drawn, "name | day | until\n a | 2022-03-01 | 2021-01-01\n b | 2022-03-05 |")
    assert found == [{"a", "b"}]


def test_undated_adverts_join_the_last_search(drawn: DrawnWarehouse) -> None:
    found = families(drawn, "name | day\n a | 2022-01-01\n b | 2022-08-01\n c |\n d |")
    assert found == [{"a"}, {"b", "c", "d"}]


def test_the_same_text_in_another_city_is_the_same_job(drawn: DrawnWarehouse) -> None:
    found = families(
        drawn,
        """
        name | day        | place  | title     | employer
        a    | 2022-01-01 | Berlin | dev       | acme
        b    | 2022-01-02 | Munich | other dev | acme
        c    | 2022-01-02 | Berlin | dev       | globex
        """,
    )
    assert found == [{"a", "b"}, {"c"}]


@pytest.mark.parametrize(("size", "expected"), [(199, [{"a", "b"}, {"c"}]), (200, [{"a", "b", "c"}])])
def test_a_short_text_needs_the_same_title(
    drawn: DrawnWarehouse, size: int, expected: list[set[str]]
) -> None:
    found = families(
        drawn,
        f"""
        name | day        | title   | text         | size
        a    | 2022-01-01 | Dev     | see our site | {size}
        b    | 2022-01-02 | dev     | See our SITE | {size}
        c    | 2022-01-02 | Painter | see our site | {size}
        """,
    )
    assert found == expected


def test_without_text_employer_title_and_place_must_agree(drawn: DrawnWarehouse) -> None:
    found = families(
        drawn,
        """
        name | day        | employer | title | place  | size
        a    | 2022-01-01 | acme     | dev   | Berlin | 0
        b    | 2022-01-01 | acme     | dev   | Berlin | 0
        c    | 2022-01-01 | acme     | dev   | Munich | 0
        d    | 2022-01-01 |          | dev   | Berlin | 0
        e    | 2022-01-01 |          | dev   | Berlin | 0
        f    | 2022-01-01 | acme     |       | Berlin | 0
        g    | 2022-01-01 | acme     |       | Berlin | 0
        """,
    )
    assert found == [{"a", "b"}, {"c"}, {"d"}, {"e"}, {"f"}, {"g"}]
    assert drawn.rows("SELECT family_method, count(*) FROM core_family GROUP BY ALL") == [
        ("exact_title", 3),
        ("own", 4),
    ]


def test_a_stroke_in_a_title_does_not_glue_it_to_the_place(drawn: DrawnWarehouse) -> None:
    """'dev|remote' in 'x' and 'dev' in 'remote|x' would be the same words joined by strokes."""
    common = {"first_seen_basis": "none"}
    rows = [("a", "dev|remote", "x"), ("b", "dev", "remote|x")]
    for table, extra in (
        ("raw_posting", {}),
        ("core_posting", {"employer_key": "acme", "n_characters": 0}),
    ):
        drawn.fill(
            table,
            [
                common
                | extra
                | {
                    "row_number": i,
                    "source_posting_key": name,
                    "posting_version": name,
                    "title": title,
                    "place": place,
                }
                | ({"posting_id": name} if table == "core_posting" else {})
                for i, (name, title, place) in enumerate(rows, start=1)
            ],
        )
    drawn.build("core_family")
    assert drawn.rows("SELECT count(DISTINCT family_id) FROM core_family") == [(2,)]


def test_shuffled_adverts_make_the_same_families(drawn: DrawnWarehouse) -> None:
    lines = [
        "a | 2022-01-01",
        "b | 2022-01-01",
        "c | 2022-06-01",
        "d | 2022-06-01",
        "e | ",
    ]
    families(drawn, "\n".join(["name | day", *lines]))
    before = drawn.rows("SELECT * FROM core_family")
    families(drawn, "\n".join(["name | day", *reversed(lines)]))
    assert drawn.rows("SELECT * FROM core_family") == before
