"""weight_posting.sql: the cells each family counts in, with weight 1."""

from datetime import date

from tests.drawn_market import YEAR, Advert, Market, put
from tests.drawn_tables import DrawnWarehouse

GROUPS = (("forum", "software-forum", True), ("board", "job-boards", True), ("city", "public-sector", False))


def cells(
    drawn: DrawnWarehouse, *adverts: Advert, periods: tuple[tuple[date, date], ...] = (YEAR,)
) -> object:
    put(drawn, Market(adverts, groups=GROUPS, periods=periods))
    drawn.build("weight_posting")
    return drawn.rows("SELECT occupation, source_group, geo, family_id FROM weight_posting")


def test_a_role_counts_in_three_margins_and_in_the_pool(drawn: DrawnWarehouse) -> None:
    assert cells(drawn, Advert("f1", country="DE")) == [
        ("all", "all", "all", "f1"),
        ("dev", "all", "DE", "f1"),
        ("dev", "all", "all", "f1"),
        ("dev", "software-forum", "all", "f1"),
    ]


def test_a_group_that_is_not_comparable_counts_for_itself_alone(drawn: DrawnWarehouse) -> None:
    assert cells(drawn, Advert("f1", source="city", country="US")) == [("dev", "public-sector", "all", "f1")]


def test_an_advert_without_place_counts_in_geography_unknown(drawn: DrawnWarehouse) -> None:
    found = cells(drawn, Advert("f1"))
    assert ("dev", "all", "unknown", "f1") in found  # type: ignore[operator]


def test_an_advert_of_no_role_counts_in_the_pool_alone(drawn: DrawnWarehouse) -> None:
    assert cells(drawn, Advert("f1", role="other", country="DE")) == [("all", "all", "all", "f1")]


def test_families_count_not_adverts(drawn: DrawnWarehouse) -> None:
    """Two adverts of one family, in two countries and two groups: once in `all`, once in each part."""
    found = cells(drawn, Advert("f1", country="DE"), Advert("f1", country="US", source="board"))
    assert found == [
        ("all", "all", "all", "f1"),
        ("dev", "all", "DE", "f1"),
        ("dev", "all", "US", "f1"),
        ("dev", "all", "all", "f1"),
        ("dev", "job-boards", "all", "f1"),
        ("dev", "software-forum", "all", "f1"),
    ]
    assert drawn.rows("SELECT source_ids FROM weight_posting WHERE occupation = 'all'") == [
        (["board", "forum"],)
    ]


def test_both_ends_of_a_period_belong_to_it(drawn: DrawnWarehouse) -> None:
    days = ("2021-12-31", "2022-01-01", "2022-12-31", "2023-01-01")
    cells(drawn, *(Advert(day, day=date.fromisoformat(day)) for day in days))
    assert drawn.rows("SELECT family_id FROM weight_posting WHERE occupation = 'all'") == [
        ("2022-01-01",),
        ("2022-12-31",),
    ]


def test_a_family_counts_in_every_period_that_saw_it(drawn: DrawnWarehouse) -> None:
    january = (date(2022, 1, 1), date(2022, 1, 31))
    cells(drawn, Advert("f1", day=january[0]), Advert("f2"), periods=(YEAR, january))
    assert drawn.rows(
        "SELECT CAST(period_end AS VARCHAR), family_id FROM weight_posting WHERE occupation = 'all'"
    ) == [("2022-01-31", "f1"), ("2022-12-31", "f1"), ("2022-12-31", "f2")]


def test_what_is_kept_out_of_the_headline_counts_nowhere(drawn: DrawnWarehouse) -> None:
    reasons = ("several_roles", "no_text", "language")
    assert cells(drawn, *(Advert(reason, reason=reason) for reason in reasons)) == []


def test_shuffled_adverts_count_the_same(drawn: DrawnWarehouse) -> None:
    adverts = [Advert(f"f{i % 7}", country=(None, "DE", "US")[i % 3]) for i in range(20)]
    assert cells(drawn, *adverts) == cells(drawn, *reversed(adverts))


def test_a_role_counts_its_part_and_the_pool_the_family(drawn: DrawnWarehouse) -> None:
    put(drawn, Market([Advert("f1", role="dev"), Advert("f1", role="ops")], roles=("dev", "ops")))
    drawn.draw(
        "core_posting_role",
        """
        posting_id | family_id | family_part_id | occupation | separated
        posting 0  | f1        | f1:dev         | dev        | yes
        posting 0  | f1        | f1:ops         | ops        | yes
        """,
    )
    drawn.build("weight_posting")
    found = drawn.rows(
        "SELECT occupation, family_id FROM weight_posting WHERE source_group = 'all' AND geo = 'all'"
    )
    assert found == [("all", "f1"), ("dev", "f1:dev"), ("ops", "f1:ops")]
