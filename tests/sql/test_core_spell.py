"""core_spell.sql: word-for-word repeats of one advert are one run (method section 2, exact keys)."""

from datetime import date
from typing import Any

import pytest

from tests.drawn_families import Posting, build_families
from tests.drawn_tables import METHOD, DrawnWarehouse

TEXT = "We build red boats and sell them to people who like to sail."


def runs(drawn: DrawnWarehouse, *postings: Posting) -> list[set[str]]:
    build_families(drawn, postings)
    found: dict[str, set[str]] = {}
    for row in drawn.read("SELECT posting_id, spell_id FROM core_spell"):
        found.setdefault(row["spell_id"], set()).add(row["posting_id"])
    return sorted(found.values(), key=min)


def advert(name: str, day: date | None = date(2022, 1, 1), **values: Any) -> Posting:
    return Posting(**({"name": name, "day": day, "employer": "acme", "title": "Dev", "text": TEXT} | values))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({}, {"text": TEXT.upper().replace(".", " !!")}, True),
        ({}, {"text": TEXT + " Soon."}, False),
        ({"text": "We need C++ and more"}, {"text": "We need C# and more"}, False),
        ({"text": "we’re “in”"}, {"text": "we're 'in'"}, True),
        ({}, {"employer": "globex"}, False),
        ({"title": "Sr Engineers (m/f) #20331"}, {"title": "Engineer - senior, remote"}, True),
        ({"title": "Dev, Lyon", "place": "Lyon"}, {"title": "Dev (Berlin)", "place": "Berlin"}, True),
        ({"title": "Dev 2"}, {"title": "Dev 3"}, False),
        ({"title": "Glass fitter"}, {"title": "Glas fitter"}, False),
        ({"title": "", "roles": ("data-engineer",)}, {"title": "", "roles": ("sre",)}, False),
        ({"title": "", "roles": ("other",)}, {"title": "Remote"}, True),
    ],
)
def test_what_makes_two_adverts_repeats(
    drawn: DrawnWarehouse, one: dict[str, Any], other: dict[str, Any], same: bool
) -> None:
    found = runs(drawn, advert("a", **one), advert("b", **other))
    assert found == ([{"a", "b"}] if same else [{"a"}, {"b"}])


def test_without_text_employer_title_and_place_must_agree(drawn: DrawnWarehouse) -> None:
    nothing: dict[str, Any] = {"text": "", "place": "Berlin"}
    postings = [
        advert("a", **nothing),
        advert("b", **nothing),
        advert("c", text="", place="Munich"),
        advert("d", employer="", **nothing),
        advert("e", employer="", **nothing),
        advert("f", title="", **nothing),
        advert("g", title="", **nothing),
        advert("h", text="-- . --", place="Berlin"),
    ]
    assert runs(drawn, *postings) == [{"a", "b", "h"}, {"c"}, {"d"}, {"e"}, {"f"}, {"g"}]
    methods = drawn.rows("SELECT spell_method, count(*) FROM core_spell GROUP BY ALL")
    assert methods == [("exact_title", 2), ("own", 6)]


def test_a_stroke_in_a_title_does_not_glue_it_to_the_place(drawn: DrawnWarehouse) -> None:
    """'dev|remote' in 'x' and 'dev' in 'remote|x' would be the same words joined by strokes."""
    one, other = (
        advert("a", text="", title="dev|remote", place="x"),
        advert("b", text="", title="dev", place="remote|x"),
    )
    assert runs(drawn, one, other) == [{"a"}, {"b"}]


def test_each_repeat_names_the_one_before_it(drawn: DrawnWarehouse) -> None:
    days = {"a": date(2022, 1, 1), "b": date(2022, 2, 1), "c": date(2022, 3, 1), "d": date(2022, 12, 1)}
    runs(drawn, *(advert(name, day) for name, day in days.items()))
    found = drawn.rows("SELECT posting_id, merged_with, spell_method FROM core_spell")
    assert found == [
        ("a", None, "own"),
        ("b", "a", "exact_text"),
        ("c", "b", "exact_text"),
        ("d", None, "own"),
    ]


def test_another_signature_version_is_not_read(drawn: DrawnWarehouse) -> None:
    runs(drawn, advert("a"))
    assert drawn.select("core_spell", signature_version="older") == []
    assert METHOD["signature_version"]
