"""Families against their plain twin, and what must not change them."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.drawn_families import RULES, Posting, build_families, families_of, pairs_of, posting
from tests.drawn_tables import METHOD, DrawnWarehouse
from tests.oracle import family_twin
from transforms.synthetic_families import FamilyAdvert, family_adverts

pytestmark = pytest.mark.slow

START = date(2022, 1, 1)
OFFSETS = (0, 1, 59, 60, 61, 120, 121, 122, 300)
DAYS = st.sampled_from([None, *(START + timedelta(days) for days in OFFSETS)])
NOISE: list[str] = METHOD["family_title_noise"]
LINES = [
    " ".join(f"{word}{line}" for word in ("we", "build", "and", "sell", "the", "red", "boats", "of"))
    for line in range(12)
]
TEXT = st.one_of(
    st.sampled_from(["", "we build", "We  BUILD!", "we paint", "-- . --"]),
    st.lists(st.sampled_from(LINES), min_size=5, max_size=9).map("\n".join),
    st.integers(0, 11).map(lambda out: "\n".join(line for n, line in enumerate(LINES) if n != out)),
)
POSTING = st.builds(
    Posting,
    name=st.just(""),
    day=DAYS,
    until=DAYS,
    employer=st.sampled_from(["", "acme", "acme", "acme", "globex"]),
    title=st.sampled_from(["", "Dev", "dev (m/f)", "Senior Dev", "Dev, Payments", "qa", "Nurses Berlin"]),
    place=st.sampled_from(["", "Berlin"]),
    text=TEXT,
    roles=st.sampled_from([("other",), ("data-engineer",), ("data-engineer", "sre")]),
)


def named(postings: list[Posting]) -> list[Posting]:
    return [Posting(**(vars(p) | {"name": f"p{number:02}"})) for number, p in enumerate(postings)]


@given(st.lists(POSTING, max_size=14))
@example([])
@example([Posting("")])
@example([Posting("", START, None, "acme", "dev", "", "we build")] * 5)
@settings(max_examples=60)
def test_families_are_those_of_the_twin(drawn: DrawnWarehouse, postings: list[Posting]) -> None:
    postings = named(postings)
    with drawn.forgotten():
        found = families_of(build_families(drawn, postings))
    assert found == by_id(drawn, postings)


def by_id(drawn: DrawnWarehouse, postings: list[Posting]) -> set[frozenset[str]]:
    """Families of the twin, whose ties fall as those of the opaque ids do."""
    names = {drawn.id_of("posting_id", p.name): p.name for p in postings}
    opaque = [Posting(**(vars(p) | {"name": drawn.id_of("posting_id", p.name)})) for p in postings]
    return {
        frozenset(names[name] for name in family) for family in family_twin.families(opaque, RULES, NOISE)
    }


@pytest.mark.parametrize("seed", [11, 12])
def test_generated_adverts_have_the_families_of_the_twin(drawn: DrawnWarehouse, seed: int) -> None:
    """Edits, reposts, cities and twins in real lengths: bands miss no pair that all pairs would find."""
    postings = [posting(advert) for advert in family_adverts(seed, 60)]
    assert families_of(build_families(drawn, postings)) == by_id(drawn, postings)


def truth(adverts: tuple[FamilyAdvert, ...]) -> set[tuple[str, str]]:
    families: dict[str, set[str]] = {}
    for advert in adverts:
        families.setdefault(advert.family, set()).add(advert.name)
    return pairs_of(map(frozenset, families.values()))


def test_generated_families_are_found(drawn: DrawnWarehouse) -> None:
    """The bars: of pairs put together at least .99 are one job, of pairs that are one job at least .95 together."""
    adverts = family_adverts(20260101, 400)
    true = truth(adverts)
    found = pairs_of(families_of(build_families(drawn, map(posting, adverts))))
    assert len(true & found) >= 0.99 * len(found)
    assert len(true & found) >= 0.95 * len(true) > 500


def test_neither_order_nor_strangers_change_a_family(drawn: DrawnWarehouse) -> None:
    postings = [posting(advert) for advert in family_adverts(5, 60)]
    before = build_families(drawn, postings)
    assert build_families(drawn, reversed(postings)) == before
    strangers = [
        Posting(f"stranger {p.name}", p.day, None, f"{p.employer} abroad", p.title, p.place, p.text)
        for p in postings
    ]
    known = {p.name for p in postings}
    after = [row for row in build_families(drawn, [*strangers, *postings]) if row["posting_id"] in known]
    assert after == before
