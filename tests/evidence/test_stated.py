"""Printed numbers: value, unit, bound and sense."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.evidence.stated import NoNumber, half_of_last_digit, parse_number, parse_stated


@pytest.mark.parametrize(
    ("text", "values", "unit", "bound", "sense"),
    [
        ("26%", (26.0,), "percent", "exact", 0),
        ("26% fewer", (26.0,), "percent", "exact", -1),
        ("22 percent less likely", (22.0,), "percent", "exact", -1),
        ("reduce by 2.1 percentage points", (2.1,), "pp", "exact", -1),
        ("5.9 pp", (5.9,), "pp", "exact", 0),
        ("more than 40 percent more likely", (40.0,), "percent", "at_least", 1),
        ("around 1 percent or more", (1.0,), "percent", "at_least", 0),
        ("less than 5%", (5.0,), "percent", "max", 0),
        ("up to 90%", (90.0,), "percent", "max", 0),
        ("around five percentage points lower", (5.0,), "pp", "about", -1),
        ("nearly 12 percentage points", (12.0,), "pp", "about", 0),
        ("increase by 8 to 15 percentage points", (8.0, 15.0), "pp", "range", 1),
        ("over 3 times more", (3.0,), "fraction", "at_least", 1),
        ("25.1% more quickly", (25.1,), "percent", "exact", 1),
        ("19% longer", (19.0,), "percent", "exact", 1),
        ("-0.8 SD", (0.8,), "sd", "exact", -1),
        ("170 million", (170e6,), None, "exact", 0),
        ("~1.1B", (1.1e9,), None, "about", 0),
        ("$365,000.00", (365000.0,), "usd", "exact", 0),
        ("two", (2.0,), None, "exact", 0),
    ],
)
def test_printed_number(
    text: str, values: tuple[float, ...], unit: str | None, bound: str, sense: int
) -> None:
    printed = parse_stated(text)
    assert list(printed.values) == pytest.approx(list(values))
    assert (printed.unit, printed.bound, printed.sense) == (unit, bound, sense)


def test_faster_is_a_fall_where_the_outcome_is_a_duration() -> None:
    assert parse_stated("55.8% faster", faster_is_less=True).sense == -1
    assert parse_stated("55.8% faster").sense == 1


def test_counts_print_a_ratio() -> None:
    printed = parse_stated("157/2435 vs 235/2435")
    assert list(printed.values) == [pytest.approx(157 / 235)]
    assert printed.counts == (157, 2435, 235, 2435)


@pytest.mark.parametrize("text", ["a fifth fewer", "", "1/0 vs 1/2", "1/2 vs 1/0"])
def test_text_without_a_number_is_refused(text: str) -> None:
    with pytest.raises(NoNumber):
        parse_stated(text)


@pytest.mark.parametrize(
    ("number", "half"), [(0.6681, 0.00005), (40.0, 0.5), (55.8, 0.05), (2.59e-07, 5e-10), (-2.1, 0.05)]
)
def test_half_of_the_last_digit(number: float, half: float) -> None:
    assert half_of_last_digit(number) == pytest.approx(half)


def test_signs_and_widths_of_terms() -> None:
    assert parse_number("-92 million") == (-92e6, 0.5e6)
    assert parse_number("−0.5") == (-0.5, 0.05)


@given(st.integers(1, 10**9), st.sampled_from(["%", " percent", " percentage points", ""]))
def test_thousands_separators_do_not_change_the_value(value: int, unit: str) -> None:
    assert parse_stated(f"{value:,}{unit}").values == (float(value),)
