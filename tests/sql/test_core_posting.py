"""core_posting.sql: one row per advert of a source, in its newest version of this night."""

import pytest

from tests.drawn_tables import DrawnWarehouse

READINGS = """
    posting_version | role_slugs        | n_characters | employer_key
    v1              | other             | 10           | acme
    v2              | backend-developer | 20           | acme
"""


def test_the_newest_release_wins_by_rank_not_by_text(drawn: DrawnWarehouse) -> None:
    """As text '9.0' comes after '20.0'."""
    drawn.draw(
        "meta_input",
        """
        release | release_rank | file
        9.0     | 1            | a
        20.0    | 2            | a
        """,
    )
    drawn.draw(
        "raw_posting",
        """
        release | file | source_posting_key | posting_version | title | first_seen_on | first_seen_basis
        9.0     | a    | job-1              | v1              | old   | 2022-01-05    | posted
        20.0    | a    | job-1              | v2              | new   | 2022-02-01    | collected
        """,
    )
    drawn.draw("core_reading", READINGS)
    drawn.build("core_posting")
    assert drawn.rows("SELECT release, title, posting_version, role_slugs FROM core_posting") == [
        ("20.0", "new", "v2", ["backend-developer"])
    ]


def test_first_seen_is_the_earliest_with_its_own_basis_and_last_seen_the_latest(
    drawn: DrawnWarehouse,
) -> None:
    drawn.draw("meta_input", "release | release_rank\n 1 | 1\n 2 | 2\n 3 | 3")
    drawn.draw(
        "raw_posting",
        """
        release | source_posting_key | posting_version | first_seen_on | first_seen_basis | last_seen_on
        1       | job-1              | v1              | 2022-01-05    | posted           | 2022-03-01
        2       | job-1              | v1              | 2022-02-01    | collected        | 2022-02-01
        3       | job-1              | v1              |               | none             |
        """,
    )
    drawn.draw("core_reading", READINGS)
    drawn.build("core_posting")
    found = drawn.one(
        "core_posting",
        "release, first_seen_on::VARCHAR AS first, first_seen_basis, last_seen_on::VARCHAR AS last",
    )
    assert found == {
        "release": "3",
        "first": "2022-01-05",
        "first_seen_basis": "posted",
        "last": "2022-03-01",
    }


def test_a_superseded_posting_does_not_count_a_second_time(drawn: DrawnWarehouse) -> None:
    drawn.draw(
        "meta_input", "source_id | release | release_rank\n forum | 1 | 1\n forum | 2 | 2\n board | 1 | 1"
    )
    drawn.draw(
        "raw_posting",
        """
        source_id | release | row_number | source_posting_key | posting_version | first_seen_basis
        forum     | 1       | 1          | job-1              | v1              | none
        forum     | 1       | 2          | job-2              | v1              | none
        forum     | 2       | 1          | job-1              | v1              | none
        board     | 1       | 1          | job-1              | v1              | none
        """,
    )
    drawn.draw("core_reading", READINGS)
    drawn.build("core_posting")
    assert drawn.rows("SELECT source_id, source_posting_key, release FROM core_posting") == [
        ("board", "job-1", "1"),
        ("forum", "job-1", "2"),
        ("forum", "job-2", "1"),
    ]
    assert drawn.rows("SELECT count(DISTINCT posting_id) FROM core_posting") == [(3,)]


def test_rows_of_files_outside_this_night_do_not_count(drawn: DrawnWarehouse) -> None:
    """The warehouse may still hold rows of a file that was not offered, was refused, or had other bytes."""
    other = "1" * 64
    drawn.draw(
        "meta_input",
        f"""
        source_id | release | file | load_state  | snapshot_sha256
        forum     | 1       | a    | loaded      |
        forum     | 1       | b    | quarantined |
        forum     | 1       | c    | loaded      | {other}
        """,
    )
    drawn.draw(
        "raw_posting",
        """
        release | file | source_posting_key | posting_version | first_seen_basis
        1       | a    | offered            | v1              | none
        1       | b    | quarantined        | v1              | none
        1       | c    | other-bytes        | v1              | none
        7       | a    | not-offered        | v1              | none
        """,
    )
    drawn.draw("core_reading", READINGS)
    drawn.build("core_posting")
    assert drawn.rows("SELECT source_posting_key FROM core_posting") == [("offered",)]


def test_a_reading_of_another_reader_is_not_used(drawn: DrawnWarehouse) -> None:
    drawn.draw("meta_input", "release\n 1")
    drawn.draw("raw_posting", "source_posting_key | posting_version | first_seen_basis\n job-1 | v1 | none")
    drawn.draw(
        "core_reading",
        """
        posting_version | reader_version   | role_slugs
        v1              | 0000000000000000 | other
        v1              | 1111111111111111 | data-engineer
        """,
    )
    drawn.build("core_posting")
    assert drawn.rows("SELECT role_slugs FROM core_posting") == [(["other"],)]


def test_no_rows_make_no_rows(drawn: DrawnWarehouse) -> None:
    drawn.build("core_posting")
    assert drawn.rows("SELECT * FROM core_posting") == []


def facts(drawn: DrawnWarehouse, raw: str, reading: str) -> dict[str, object]:
    """Facts of one advert, of what its source and its text say ("column value, column value")."""

    def row(text: str) -> dict[str, str]:
        cells = (part.strip().split(" ", 1) for part in text.split(",") if part.strip())
        return {cell[0]: cell[1] for cell in cells}

    drawn.draw("meta_input", "release\n 1")
    drawn.fill(
        "raw_posting",
        [{"source_posting_key": "job-1", "posting_version": "v1", "first_seen_basis": "none"} | row(raw)],
    )
    drawn.fill("core_reading", [{"posting_version": "v1"} | row(reading)])
    drawn.build("core_posting")
    return drawn.one(
        "core_posting",
        "seniority, seniority_basis AS basis, pay_min AS low, pay_max AS high, pay_currency AS currency, "
        "pay_period AS period, pay_kind AS kind, workplace, employment_type AS employment",
    )


TEXT_PAY = "pay_min 90000, pay_max 95000, pay_period year, pay_kind text"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("raw", "reading", "wanted"),
    [
        ("pay_min 50, pay_period hour, pay_kind structured, pay_currency GBP", TEXT_PAY + ", pay_currency USD",
         (50.0, None, "GBP", "hour", "structured")),
        ("pay_min 50, pay_period hour, pay_kind predicted, pay_currency GBP", TEXT_PAY + ", pay_currency USD",
         (90000.0, 95000.0, "USD", "year", "text")),
        ("pay_text 90k (est.), pay_kind predicted, pay_currency GBP", "", (None, None, None, None, None)),
        ("pay_text competitive, pay_kind text", TEXT_PAY + ", pay_currency USD",
         (90000.0, 95000.0, "USD", "year", "text")),
        ("country CA", TEXT_PAY + ", pay_sign $", (90000.0, 95000.0, "CAD", "year", "text")),
        ("country SE", TEXT_PAY + ", pay_sign kr", (90000.0, 95000.0, "SEK", "year", "text")),
        ("country MX", TEXT_PAY + ", pay_sign $", (None, None, None, None, None)),
        ("", TEXT_PAY + ", pay_sign $", (None, None, None, None, None)),
    ],
)  # fmt: skip
def test_structured_pay_beats_text_and_predicted_pay_is_none(
    drawn: DrawnWarehouse, raw: str, reading: str, wanted: tuple[object, ...]
) -> None:
    found = facts(drawn, raw, reading)
    assert tuple(found[name] for name in ("low", "high", "currency", "period", "kind")) == wanted


@pytest.mark.slow
@pytest.mark.parametrize(
    ("raw", "reading", "wanted"),
    [
        ("seniority_text Entry level", "seniority senior, seniority_basis title", ("senior", "title")),
        ("seniority_text JUNIOR", "seniority senior, seniority_basis years", ("entry", "source")),
        ("seniority_text Mid-Senior level", "seniority senior, seniority_basis years", ("senior", "years")),
        ("seniority_text Not Applicable", "", ("unknown", "none")),
        ("seniority_text Director", "seniority unknown, seniority_basis several", ("unknown", "several")),
        ("seniority_text Experienced (non-manager)", "", ("mid", "source")),
        ("", "seniority mid, seniority_basis years", ("mid", "years")),
    ],
)
def test_the_title_beats_the_source_and_the_source_beats_years(
    drawn: DrawnWarehouse, raw: str, reading: str, wanted: tuple[str, str]
) -> None:
    found = facts(drawn, raw, reading)
    assert (found["seniority"], found["basis"]) == wanted


@pytest.mark.slow
@pytest.mark.parametrize(
    ("raw", "reading", "wanted"),
    [
        ("place Berlin (remote)", "workplace onsite", ("onsite", "unknown")),
        ("place Berlin (Remote)", "", ("remote", "unknown")),
        ("place Remote or Hybrid", "", ("hybrid", "unknown")),
        ("place Remoteville", "", ("unknown", "unknown")),
        ("employment_type_text FULL_TIME", "employment_type contract", ("unknown", "full_time")),
        ("employment_type_text Volunteer", "employment_type contract", ("unknown", "contract")),
        ("employment_type_text P", "", ("unknown", "part_time")),
    ],
)
def test_workplace_from_the_text_first_and_employment_from_the_source_first(
    drawn: DrawnWarehouse, raw: str, reading: str, wanted: tuple[str, str]
) -> None:
    found = facts(drawn, raw, reading)
    assert (found["workplace"], found["employment"]) == wanted
