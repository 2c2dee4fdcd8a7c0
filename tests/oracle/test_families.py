"""core_family.sql against its plain twin."""

from datetime import date, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.drawn_tables import METHOD, DrawnWarehouse
from tests.oracle import twin

START = date(2022, 1, 1)
OFFSETS = (0, 1, 59, 60, 61, 120, 121, 122, 300)
DAYS = st.sampled_from([None, *(START + timedelta(days) for days in OFFSETS)])
POSTING = st.builds(
    twin.Posting,
    name=st.just(""),
    day=DAYS,
    until=DAYS,
    employer=st.sampled_from(["", "acme"]),
    title=st.sampled_from(["", "Dev", "dev ", "qa"]),
    place=st.sampled_from(["", "Berlin"]),
    text=st.sampled_from(["we build", "We  BUILD", "we paint"]),
    size=st.sampled_from([0, 199, 200]),
)


def named(postings: list[twin.Posting]) -> list[twin.Posting]:
    return [twin.Posting(**(vars(p) | {"name": f"p{number}"})) for number, p in enumerate(postings)]


@given(st.lists(POSTING, max_size=25))
@example([])
@example([twin.Posting("")])
@example([twin.Posting("", START, None, "acme", "dev", "", "we build", 200)] * 5)
@settings(max_examples=40)
def test_families_are_those_of_the_twin(drawn: DrawnWarehouse, postings: list[twin.Posting]) -> None:
    postings = named(postings)
    with drawn.forgotten():
        for table in ("raw_posting", "core_posting"):
            drawn.load(table, [row(table, number, posting) for number, posting in enumerate(postings)])
        found: dict[str, set[str]] = {}
        for line in drawn.select("core_family"):
            found.setdefault(line["family_id"], set()).add(line["posting_id"])
    expected = twin.families(
        postings, gap_days=METHOD["family_gap_days"], enough=METHOD["family_text_characters"]
    )
    assert set(map(frozenset, found.values())) == expected


def row(table: str, number: int, posting: twin.Posting) -> dict[str, object]:
    common = {
        "row_number": number + 1,
        "source_posting_key": posting.name,
        "title": posting.title or None,
        "place": posting.place or None,
        "first_seen_on": posting.day,
        "last_seen_on": posting.until,
        "first_seen_basis": "posted",
    }
    if table == "raw_posting":
        return common | {"text": posting.text}
    return common | {
        "posting_id": posting.name,
        "employer_key": posting.employer,
        "n_characters": posting.size,
    }
