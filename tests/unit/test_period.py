from datetime import date

import pytest

from flows.period import default_period, parse_day, parse_period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2018-01..2022-12", (date(2018, 1, 1), date(2022, 12, 31))),
        ("2018-01-15..2018-03-14", (date(2018, 1, 15), date(2018, 3, 14))),
        ("2024-02..2024-02", (date(2024, 2, 1), date(2024, 2, 29))),  # a leap year
        ("2023-02..2023-02", (date(2023, 2, 1), date(2023, 2, 28))),
        ("2018-01..2018-03-14", (date(2018, 1, 1), date(2018, 3, 14))),
        (" 2018-01..2018-01 ", (date(2018, 1, 1), date(2018, 1, 31))),
        ("2018-01-15..2018-01-15", (date(2018, 1, 15), date(2018, 1, 15))),
    ],
)
def test_a_period_is_its_first_and_last_day(text: str, period: tuple[date, date]) -> None:
    assert parse_period(text) == period


@pytest.mark.parametrize(
    "text",
    [
        *("", "2018", "2018-01", "2018-1..2018-2", "2018-13..2018-14", "2018-00..2018-01", "a..b"),
        *("2018-02-30..2018-03-01", "2018-01...2018-02", "2018-01..", "..2018-01", "2018-01-..2018-02"),
        "0000-01..0000-02",
    ],
)
def test_what_is_no_period_is_told_the_two_forms(text: str) -> None:
    with pytest.raises(ValueError, match=r"--period .*2018-01\.\.2022-12 or 2018-01-15\.\.2018-03-14"):
        parse_period(text)


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'2022-12\.\.2018-01': it ends before it starts"):
        parse_period("2022-12..2018-01")


def test_a_day_is_a_day() -> None:
    assert parse_day(" 2026-11-22 ") == date(2026, 11, 22)


@pytest.mark.parametrize("text", ["", "2026-11", "22.11.2026", "2026-02-30", "yesterday"])
def test_what_is_no_day_is_told_its_form(text: str) -> None:
    with pytest.raises(ValueError, match=r"--as-of .*: write a day as 2026-11-22"):
        parse_day(text)


@pytest.mark.parametrize(
    ("as_of", "months", "start"),
    [
        (date(2026, 11, 22), 12, date(2025, 11, 23)),
        (date(2022, 12, 31), 12, date(2022, 1, 1)),
        (date(2024, 2, 29), 12, date(2023, 3, 1)),  # 2023 has no 29th of February
        (date(2026, 3, 31), 1, date(2026, 3, 1)),  # nor has February a 31st
        (date(2026, 1, 15), 1, date(2025, 12, 16)),
        (date(2026, 1, 15), 3, date(2025, 10, 16)),
    ],
)
def test_the_default_period_ends_with_as_of(as_of: date, months: int, start: date) -> None:
    assert default_period(as_of, months=months) == (start, as_of)
