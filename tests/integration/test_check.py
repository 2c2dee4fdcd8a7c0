"""Failing rows found in relations and frames, and told in words that fit a log."""

from datetime import date

import pytest

from schemas.table import all_tables
from tests.schemas.examples import frame, good_row
from warehouse.check import DataFault, Failure, failures, require_valid, shorten, split_valid
from warehouse.connection import Warehouse

TABLES = all_tables()
POSTING = TABLES["raw_posting"]
PERIOD = TABLES["core_period"]


def test_good_rows_have_no_failures(warehouse: Warehouse) -> None:
    assert failures(warehouse, "core_period", "core_period") == []
    with warehouse.registered("rows", frame(PERIOD, [good_row(PERIOD)])):
        assert failures(warehouse, "core_period", "rows") == []
        require_valid(warehouse, "core_period", "rows")


def test_every_broken_rule_is_told_with_count_and_rows(warehouse: Warehouse) -> None:
    backwards = [
        good_row(PERIOD, period_start=date(2026, 1, day), period_end=date(2025, 1, 1)) for day in range(1, 8)
    ]
    twice = [good_row(PERIOD), good_row(PERIOD, is_default=None)]
    with warehouse.registered("rows", frame(PERIOD, backwards + twice)):
        found = failures(warehouse, "core_period", "rows")
        with pytest.raises(DataFault) as raised:
            require_valid(warehouse, "core_period", "rows")
    assert [(each.rule, each.n_rows) for each in found] == [
        ("is_default_not_null", 1),
        ("period_is_ordered", 7),
        ("primary_key", 1),
    ]
    ordered = found[1]
    assert ordered.examples == tuple(
        {"period_start": date(2026, 1, day), "period_end": date(2025, 1, 1)} for day in range(1, 6)
    )
    assert raised.value.failures == tuple(found)
    assert "core_period: rule primary_key: more than one row has the same period_start, period_end" in str(
        raised.value
    )


def test_texts_are_shortened_and_only_columns_of_the_rule_shown(warehouse: Warehouse) -> None:
    secret = "Call Jo at the reception, and ask for the third floor. " * 20
    row = good_row(POSTING, text=secret, country=secret)
    with warehouse.registered("rows", frame(POSTING, [row])):
        [failure] = failures(warehouse, "raw_posting", "rows")
    assert failure.rule == "country_str_matches"
    [example] = failure.examples
    assert sorted(example) == ["country", "file", "release", "row_number", "source_id"]
    assert example["country"] == secret[:79] + "…"
    assert max(len(line) for line in str(failure).splitlines()) < 300


def test_shorten() -> None:
    assert shorten("x" * 80) == "x" * 80
    assert shorten("x" * 81) == "x" * 79 + "…"
    assert shorten(["x" * 81] * 9) == ["x" * 79 + "…"] * 5
    assert (shorten(None), shorten(3)) == (None, 3)


def test_a_failure_prints_table_rule_message_count_and_rows() -> None:
    failure = Failure("core_period", "r", "must hold", 7, ({"a": 1}, {"a": 2}))
    assert str(failure) == "core_period: rule r: must hold: 7 rows\n    {'a': 1}\n    {'a': 2}"


def test_split_keeps_order_and_the_first_of_equal_keys() -> None:
    rows = [
        good_row(POSTING, row_number=3, title="first"),
        good_row(POSTING, row_number=0),
        good_row(POSTING, row_number=2),
        good_row(POSTING, row_number=3, title="second"),
        good_row(POSTING, row_number=1, country="xx", pay_min=-1.0),
    ]
    split = split_valid(POSTING, frame(POSTING, rows))
    assert split.good.equals(frame(POSTING, [rows[0], rows[2]]))
    assert split.broken == (
        (1, ("row_number_greater_than_or_equal_to",)),
        (3, ("primary_key",)),
        (4, ("country_str_matches", "pay_min_greater_than_or_equal_to")),
    )


def test_split_of_nothing_and_of_nothing_good() -> None:
    empty = frame(PERIOD, [])
    assert split_valid(PERIOD, empty).good.num_rows == 0
    all_bad = frame(PERIOD, [good_row(PERIOD, is_default=None)])
    assert split_valid(PERIOD, all_bad).good.equals(empty)


@pytest.mark.slow
def test_split_is_the_same_every_time() -> None:
    rows = frame(POSTING, [good_row(POSTING, row_number=n % 50) for n in range(5000)])
    first = split_valid(POSTING, rows)
    assert first.good["row_number"].to_pylist() == list(range(1, 50))
    assert all(split_valid(POSTING, rows) == first for _ in range(3))
