"""core_family_fact.sql: level and pay of a family are those of its first advert, per year in minor units."""

import pytest

from tests.drawn_tables import DrawnWarehouse

ROLES = "posting_id | family_id | family_part_id | occupation | separated | headline\n"


def test_the_first_advert_speaks_for_the_family(drawn: DrawnWarehouse) -> None:
    drawn.draw(
        "core_posting",
        """
        posting_id | seniority | pay_min | pay_max | pay_currency | pay_period | first_seen_on | first_seen_basis
        later      | lead      | 90000   | 110000  | USD          | year       | 2022-03-01    | posted
        first      | senior    | 50      | 60      | USD          | hour       | 2022-01-01    | posted
        undated    | entry     | 1       | 1       | USD          | year       |               | none
        uncounted  | mid       | 2       | 2       | USD          | year       | 2021-01-01    | posted
        """,
    )
    drawn.draw(
        "core_posting_role",
        ROLES
        + """
        later     | f1 | f1 | dev | no | yes
        first     | f1 | f1 | dev | no | yes
        undated   | f1 | f1 | dev | no | yes
        uncounted | f1 | f1 | dev | no | no
        """,
    )
    drawn.build("core_family_fact")
    found = drawn.rows(
        "SELECT family_id, posting_id, seniority, pay_year_low, pay_year_high, pay_mid_year FROM core_family_fact"
    )
    assert found == [
        ("f1", "first", "senior", 50 * 2080 * 100, 60 * 2080 * 100, 55 * 2080 * 100),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("period", "currency", "factor"),
    [
        ("year", "EUR", 100),
        ("month", "PLN", 12 * 100),
        ("week", "GBP", 52 * 100),
        ("day", "GBP", 260 * 100),
        ("hour", "USD", 2080 * 100),
        ("month", "JPY", 12),
        ("month", "KWD", 12 * 1000),
        ("once", "USD", None),
        ("", "USD", None),
        ("year", "", None),
    ],
)
def test_pay_is_counted_for_a_year(
    drawn: DrawnWarehouse, period: str, currency: str, factor: int | None
) -> None:
    drawn.draw(
        "core_posting",
        "posting_id | pay_min | pay_max | pay_currency | pay_period | pay_kind | first_seen_basis\n"
        f"a | 100.5 | 200.5 | {currency} | {period} | text | none",
    )
    drawn.draw("core_posting_role", ROLES + "a | f | f | dev | no | yes")
    drawn.build("core_family_fact")
    low, high, middle = (factor and round(amount * factor) for amount in (100.5, 200.5, 150.5))
    assert drawn.rows("SELECT pay_year_low, pay_year_high, pay_mid_year FROM core_family_fact") == [
        (low, high, middle)
    ]


def test_one_end_alone_has_no_middle(drawn: DrawnWarehouse) -> None:
    drawn.draw(
        "core_posting",
        "posting_id | pay_max | pay_currency | pay_period | first_seen_basis\na | 90000 | USD | year | none",
    )
    drawn.draw("core_posting_role", ROLES + "a | f | f | dev | no | yes")
    drawn.build("core_family_fact")
    assert drawn.rows("SELECT pay_year_low, pay_year_high, pay_mid_year FROM core_family_fact") == [
        (None, 9000000, None)
    ]


@pytest.mark.parametrize(("kind", "low"), [("text", 7000000), ("structured", 5000000)])
def test_a_part_has_the_level_and_pay_of_its_own_text(drawn: DrawnWarehouse, kind: str, low: int) -> None:
    """Structured pay is the whole advert's."""
    pay = {"pay_currency": "EUR", "pay_period": "year"}
    advert = {"posting_id": "a", "posting_version": "v1", "years_min": 9, "first_seen_basis": "none"}
    drawn.fill("core_posting", [advert | pay | {"pay_min": 50000.0, "pay_max": 50000.0, "pay_kind": kind}])
    drawn.draw(
        "core_posting_role", ROLES + "a | f | f:dev | dev | yes | yes\na | f | f:ops | ops | yes | yes"
    )
    part = {"posting_version": "v1", "n_parts": 1, "part_end": 9, "seniority_basis": "title"}
    own_pay = {"pay_min": 70000.0, "pay_max": 80000.0, "pay_currency": "USD", "pay_kind": "text"}
    drawn.fill(
        "core_reading_role",
        [
            part | pay | own_pay | {"occupation": "dev", "seniority": "senior"},
            part | {"occupation": "ops", "seniority": "entry"},
        ],
    )
    drawn.build("core_family_fact")
    found = drawn.rows("SELECT family_id, seniority, years_min, pay_year_low FROM core_family_fact")
    assert found == [
        ("f", "unknown", 9, 5000000),
        ("f:dev", "senior", None, low),
        ("f:ops", "entry", None, 5000000 if kind == "structured" else None),
    ]


@pytest.mark.parametrize("most", ["9007199254740992", "1e20", "1e300"])
def test_pay_that_no_whole_number_holds_is_no_pay(drawn: DrawnWarehouse, most: str) -> None:
    """Read from a text: as BIGINT it would stop the night, as JSON it would lose digits."""
    drawn.draw(
        "core_posting",
        "posting_id | pay_min | pay_max | pay_currency | pay_period | first_seen_on | first_seen_basis\n"
        f"one | 1 | {most} | JPY | year | 2022-01-01 | posted",
    )
    drawn.draw("core_posting_role", ROLES + "one | f1 | f1 | dev | no | yes")
    drawn.build("core_family_fact")
    assert drawn.rows("SELECT pay_min, pay_year_low, pay_year_high, pay_mid_year FROM core_family_fact") == [
        (1.0, None, None, None)
    ]
