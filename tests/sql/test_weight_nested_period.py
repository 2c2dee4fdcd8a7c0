"""weight_nested_period.sql: which of two periods gives way where one lies inside the other."""

from datetime import date

from tests.drawn_tables import DrawnWarehouse

YEARS = (date(2018, 1, 1), date(2022, 12, 31))
LAST_YEAR = (date(2022, 1, 1), date(2022, 12, 31))
MIDDLE = (date(2020, 1, 1), date(2020, 12, 31))
OVERLAPPING = (date(2022, 7, 1), date(2023, 6, 30))
APART = (date(2024, 1, 1), date(2024, 12, 31))

Period = tuple[date, date]


def giving_way(drawn: DrawnWarehouse, default: Period, *others: Period) -> set[tuple[Period, Period, Period]]:
    drawn.load(
        "core_period",
        [
            {"period_start": start, "period_end": end, "is_default": (start, end) == default}
            for start, end in (default, *others)
        ],
    )
    drawn.build("weight_nested_period")
    rows = drawn.read("SELECT * FROM weight_nested_period")
    return {
        (
            (row["whole_start"], row["whole_end"]),
            (row["within_start"], row["within_end"]),
            (row["period_start"], row["period_end"]),
        )
        for row in rows
    }


def test_the_longer_period_gives_way(drawn: DrawnWarehouse) -> None:
    found = giving_way(drawn, APART, YEARS, LAST_YEAR, MIDDLE)
    assert found == {(YEARS, LAST_YEAR, YEARS), (YEARS, MIDDLE, YEARS)}


def test_the_default_never_does(drawn: DrawnWarehouse) -> None:
    assert giving_way(drawn, YEARS, LAST_YEAR) == {(YEARS, LAST_YEAR, LAST_YEAR)}
    assert giving_way(drawn, LAST_YEAR, YEARS) == {(YEARS, LAST_YEAR, YEARS)}


def test_periods_that_overlap_or_lie_apart_are_no_parts_of_each_other(drawn: DrawnWarehouse) -> None:
    assert giving_way(drawn, YEARS, OVERLAPPING, APART) == set()


def test_one_period_is_no_part_of_itself(drawn: DrawnWarehouse) -> None:
    assert giving_way(drawn, YEARS) == set()
