"""Periods whose counts add up to each other are refused: a withheld count could be told from the rest."""

from datetime import date

from flows.estimate import dependent_period

YEAR = (date(2024, 1, 1), date(2024, 12, 31))
FIRST = (date(2024, 1, 1), date(2024, 10, 31))
LAST = (date(2024, 11, 1), date(2024, 12, 31))


def test_a_year_and_both_its_parts_depend_and_any_two_of_them_do_not() -> None:
    assert dependent_period((YEAR, FIRST, LAST)) == LAST
    assert dependent_period((FIRST, LAST, YEAR)) == YEAR
    for pair in ((YEAR, FIRST), (YEAR, LAST), (FIRST, LAST)):
        assert dependent_period(pair) is None


def test_overlapping_and_distant_periods_do_not_depend() -> None:
    assert dependent_period(()) is None
    assert dependent_period((YEAR, (date(2024, 6, 1), date(2025, 5, 31)))) is None
    assert dependent_period((YEAR, (date(2018, 1, 1), date(2022, 12, 31)))) is None


def test_a_circle_of_four_is_found() -> None:
    longer = (date(2024, 1, 1), date(2025, 3, 31))
    later = (date(2024, 11, 1), date(2025, 3, 31))
    assert dependent_period((YEAR, longer, FIRST, later)) == later
