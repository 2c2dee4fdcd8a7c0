"""core_family.sql: adverts for the same job are one family (method section 2)."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.drawn_families import Posting, build_families, families_of
from tests.drawn_tables import DrawnWarehouse

WORDS = [f"word{n}" for n in range(100)]
LONG = " ".join(WORDS)
"""100 words, 98 shingles."""

DAY = date(2022, 1, 1)


def without(*numbers: int) -> str:
    """The text with words taken out; a word inside costs 3 shingles and makes 2 new ones."""
    return " ".join(word for n, word in enumerate(WORDS) if n not in numbers)


def advert(name: str, text: str = LONG, day: date | None = DAY, **values: Any) -> Posting:
    return Posting(**({"name": name, "day": day, "employer": "acme", "title": "Dev", "text": text} | values))


def found(drawn: DrawnWarehouse, *postings: Posting) -> list[set[str]]:
    return sorted(map(set, families_of(build_families(drawn, postings))), key=min)


def families(drawn: DrawnWarehouse, drawing: str) -> list[set[str]]:
    """Families of drawn adverts: name, day, and where given until, employer, title, place."""
    head, *lines = [line for line in drawing.strip().splitlines() if line.strip()]
    columns = [cell.strip() for cell in head.split("|")]
    postings = []
    for line in lines:
        row: dict[str, Any] = dict(zip(columns, (cell.strip() for cell in line.split("|")), strict=True))
        for name in ("day", "until"):
            row[name] = date.fromisoformat(row[name]) if row.get(name) else None
        postings.append(advert(**({"text": "we build things"} | row)))
    return found(drawn, *postings)


def test_sixty_days_are_the_same_job_sixty_one_a_new_one(drawn: DrawnWarehouse) -> None:
    """2022-01-01 + 60 days = 2022-03-02."""
    together = families(
        drawn,
        """
        name | day        | employer
        a    | 2022-01-01 | acme
        b    | 2022-03-02 | acme
        c    | 2022-01-01 | globex
        d    | 2022-03-03 | globex
        """,
    )
    assert together == [{"a", "b"}, {"c"}, {"d"}]


def test_a_chain_of_reposts_is_one_job_however_long(drawn: DrawnWarehouse) -> None:
    """Each 60 days after the one before, the last 120 after the first."""
    together = families(drawn, "name | day\n a | 2022-01-01\n b | 2022-03-02\n c | 2022-05-01")
    assert together == [{"a", "b", "c"}]


def test_the_gap_counts_from_the_last_day_the_advert_was_open(drawn: DrawnWarehouse) -> None:
    """Open until 2022-06-01, again on 2022-07-31: 60 days later, though 211 after it was first seen."""
    together = families(
        drawn, "name | day | until\n a | 2022-01-01 | 2022-06-01\n b | 2022-02-01 | \n c | 2022-07-31 |"
    )
    assert together == [{"a", "b", "c"}]


def test_a_last_day_before_the_first_does_not_open_a_gap(drawn: DrawnWarehouse) -> None:
    together = families(drawn, "name | day | until\n a | 2022-03-01 | 2021-01-01\n b | 2022-03-05 |")
    assert together == [{"a", "b"}]


def test_undated_adverts_join_the_last_search(drawn: DrawnWarehouse) -> None:
    together = families(drawn, "name | day\n a | 2022-01-01\n b | 2022-08-01\n c |\n d |")
    assert together == [{"a"}, {"b", "c", "d"}]


def test_the_same_text_in_another_city_is_the_same_job(drawn: DrawnWarehouse) -> None:
    together = families(
        drawn,
        """
        name | day        | place  | title     | employer
        a    | 2022-01-01 | Berlin | dev       | acme
        b    | 2022-01-02 | Munich | Dev Munich | acme
        c    | 2022-01-02 | Berlin | dev       | globex
        """,
    )
    assert together == [{"a", "b"}, {"c"}]


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


# Texts that differ -------------------------------------------------------------------------------


def test_a_reworded_repost_names_what_it_was_found_the_same_as(drawn: DrawnWarehouse) -> None:
    """Two words out: 98 - 2 * 3 = 92 common of 98 + 2 * 2 = 102 shingles."""
    rows = build_families(drawn, [advert("a"), advert("b", without(20, 50), DAY + timedelta(60))])
    assert [
        (row["posting_id"], row["family_method"], row["family_score"], row["merged_with"]) for row in rows
    ] == [
        ("a", "own", None, None),
        ("b", "near_text", round(92 / 102, 6), "a"),
    ]
    assert rows[0]["family_id"] == rows[1]["family_id"]


def test_a_reworded_repost_after_the_gap_is_a_new_search(drawn: DrawnWarehouse) -> None:
    late = advert("b", without(20, 50), DAY + timedelta(61))
    assert found(drawn, advert("a"), late) == [{"a"}, {"b"}]
    assert found(drawn, advert("a", until=DAY + timedelta(1)), late) == [{"a", "b"}]


@pytest.mark.slow
def test_much_the_same_on_another_day_is_a_repost_and_on_one_day_another_team(drawn: DrawnWarehouse) -> None:
    """Seven words out: (98 - 21) / (98 + 14) = .69, between .60 and .80."""
    text = without(5, 15, 25, 35, 45, 55, 65)
    assert found(drawn, advert("a"), advert("b", text)) == [{"a"}, {"b"}]
    rows = build_families(drawn, [advert("a"), advert("b", text, DAY + timedelta(1))])
    assert (rows[1]["family_method"], rows[1]["family_score"]) == ("same_title", round(77 / 112, 6))
    elsewhere = advert("b", text, DAY + timedelta(1), place="Berlin")
    assert found(drawn, advert("a"), elsewhere) == [{"a"}, {"b"}]


@pytest.mark.slow
def test_titles_must_agree(drawn: DrawnWarehouse) -> None:
    """.90 alike: enough under one title and under one that says less, never against other words or another level."""
    text = without(20, 50)
    for title, together in (
        ("Dev", True),
        ("Dev, Payments", True),
        ("", True),
        ("Tester", False),
        ("Senior Dev", False),
        ("Dev II", False),
    ):
        expected = [{"a", "b"}] if together else [{"a"}, {"b"}]
        assert found(drawn, advert("a"), advert("b", text, title=title)) == expected, title


def test_a_title_that_says_more_needs_more_of_the_text(drawn: DrawnWarehouse) -> None:
    """Three words out: 89 of 104 = .86, above .80 and below .90."""
    text = without(20, 50, 70)
    assert found(drawn, advert("a"), advert("b", text)) == [{"a", "b"}]
    assert found(drawn, advert("a"), advert("b", text, title="Dev, Payments")) == [{"a"}, {"b"}]


def test_boilerplate_has_no_weight(drawn: DrawnWarehouse) -> None:
    """80 of 100 words are the employer's, as its other titles show; own words differ, so the teams do."""
    shared = " ".join(WORDS[:80])
    others = [advert(f"o{n}", f"{shared} x{n} y{n} z{n}", title=f"Job{n}") for n in range(3)]
    one = advert("a", f"{shared} " + " ".join(f"a{n}" for n in range(9)))
    other = advert("b", f"{shared} " + " ".join(f"b{n}" for n in range(9)))
    alone = 78 / (78 + 9 + 9)
    assert alone > 0.8
    assert {"a", "b"} in found(drawn, one, other)
    assert {"a", "b"} not in found(drawn, one, other, *others)


def test_an_unknown_employer_is_no_employer(drawn: DrawnWarehouse) -> None:
    one, other = advert("a", employer=""), advert("b", without(20), employer="")
    assert found(drawn, one, other) == [{"a"}, {"b"}]


@pytest.mark.slow
def test_short_texts_need_the_same_title(drawn: DrawnWarehouse) -> None:
    """39 words under one title: (37 - 3) / (37 + 2) = .87; without a title the same words only."""
    text, changed = " ".join(WORDS[:39]), " ".join(WORDS[:20] + WORDS[21:39])
    assert found(drawn, advert("a", text), advert("b", changed)) == [{"a", "b"}]
    assert found(drawn, advert("a", text, title=""), advert("b", changed, title="")) == [{"a"}, {"b"}]
    assert found(drawn, advert("a", text, title="Dev"), advert("b", text, title="Dev, Pay")) == [{"a"}, {"b"}]


def test_undated_adverts_bridge_no_two_searches(drawn: DrawnWarehouse) -> None:
    """The undated one is like both and joins the later."""
    first, later = advert("a"), advert("b", without(20), date(2024, 1, 1))
    assert found(drawn, first, later, advert("c", without(50), None)) == [{"a"}, {"b", "c"}]


@pytest.mark.slow
def test_five_thousand_identical_adverts_are_one_family(drawn: DrawnWarehouse) -> None:
    assert found(drawn, *(advert(f"p{n}") for n in range(5000))) == [{f"p{n}" for n in range(5000)}]


@pytest.mark.slow
def test_a_chain_in_small_batches_is_one_family(drawn: DrawnWarehouse) -> None:
    """Eight months of small changes, and an employer is never cut in two however small the batches are."""
    chain = [advert(f"p{n:02}", without(*range(3, 3 + n)), DAY + timedelta(30 * n)) for n in range(8)]
    others = [advert(f"q{n}", day=DAY, employer=f"e{n}") for n in range(9)] + [
        advert(f"r{n}", without(9), day=DAY, employer=f"e{n}") for n in range(9)
    ]
    for size in (1, 2, 7, 1000):
        rows = build_families(drawn, [*others, *chain], batch_rows=size)
        assert families_of(rows) == {
            frozenset(p.name for p in chain),
            *(frozenset((f"q{n}", f"r{n}")) for n in range(9)),
        }
