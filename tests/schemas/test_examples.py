"""Every declared table lets its good row pass and stops every counterexample, by SQL and by pandera."""

from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pytest

from schemas import derive
from schemas.table import Table, declared, table_name
from tests.schemas.examples import EXAMPLES, TABLES, frame, good_row
from tests.schemas.rows import COUNTEREXAMPLES
from warehouse.check import DataFault, split_valid, validate_frame

EACH_TABLE = pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))


def rows_with_a_null(table: type[Table]) -> list[dict[str, Any]]:
    """One row per column: the good row with null there."""
    return [good_row(table, **{spec.name: None}) for spec in derive.column_specs(table)]


def rows_against_each_check(table: type[Table]) -> tuple[list[dict[str, Any]], list[str]]:
    """One row per column check that breaks it, and the names of those checks' rules."""
    checks = [(spec.name, *check) for spec in derive.column_specs(table) for check in spec.checks]
    rows = [good_row(table, **{name: counterexample(check, given)}) for name, check, given in checks]
    return rows, [f"{name}_{check}" for name, check, _ in checks]


def test_every_table_has_examples_and_every_example_a_table() -> None:
    assert sorted(EXAMPLES) == sorted(TABLES)
    assert [name for name, example in EXAMPLES.items() if not example.bad] == []


@EACH_TABLE
def test_a_good_row_passes(table: type[Table]) -> None:
    good = frame(table, [good_row(table)])
    assert split_valid(table, good).broken == ()


@pytest.mark.slow
@EACH_TABLE
def test_a_good_row_passes_pandera(table: type[Table]) -> None:
    validate_frame(table, frame(table, [good_row(table)]))


@EACH_TABLE
def test_a_bad_row_breaks_exactly_its_rules(table: type[Table]) -> None:
    bad = EXAMPLES[table_name(table)].bad
    broken = dict(split_valid(table, frame(table, [good_row(table, **each.changes) for each in bad])).broken)
    for position, each in enumerate(bad):
        # the rows share their key, so all but the first break that as well
        assert set(broken.get(position, ())) - {"primary_key"} == set(each.rules), each.changes


@EACH_TABLE
def test_no_column_takes_a_null_it_does_not_declare(table: type[Table]) -> None:
    specs = derive.column_specs(table)
    broken = dict(split_valid(table, frame(table, rows_with_a_null(table))).broken)
    for position, spec in enumerate(specs):
        assert (f"{spec.name}_not_null" in broken.get(position, ())) == (not spec.nullable), spec.name


@EACH_TABLE
def test_every_column_check_has_a_counterexample(table: type[Table]) -> None:
    rows, wanted = rows_against_each_check(table)
    if rows:
        broken = dict(split_valid(table, frame(table, rows)).broken)
        assert [rule for i, rule in enumerate(wanted) if rule not in broken[i]] == []


@pytest.mark.slow
@EACH_TABLE
def test_pandera_stops_what_one_column_can_tell(table: type[Table]) -> None:
    """All bad rows in one frame (a call takes up to 0.4 s); rules across columns have an SQL form only."""
    pandera_stops(table)


def test_pandera_stops_a_bad_posting() -> None:
    pandera_stops(TABLES["raw_posting"])


def pandera_stops(table: type[Table]) -> None:
    across = declared(table)["rules"]
    bad = EXAMPLES[table_name(table)].bad
    rows, wanted = rows_against_each_check(table)
    wanted += [f"{spec.name}_not_null" for spec in derive.column_specs(table) if not spec.nullable]
    wanted += [rule for each in bad for rule in each.rules if rule not in across and "_finite" not in rule]
    rows += [good_row(table, **each.changes) for each in bad] + rows_with_a_null(table)
    with pytest.raises(DataFault) as raised:
        validate_frame(table, frame(table, rows))
    found = {failure.rule: str(failure) for failure in raised.value.failures}
    assert sorted(set(wanted) - set(found)) == []
    for rule in wanted:
        assert found[rule].startswith(f"{table_name(table)}: rule {rule}: ")
        assert " must not be null" in found[rule] or " must satisfy " in found[rule]


@EACH_TABLE
def test_every_rule_across_columns_has_a_counterexample(table: type[Table]) -> None:
    shown = {rule for bad in EXAMPLES[table_name(table)].bad for rule in bad.rules}
    assert sorted(set(declared(table)["rules"]) - shown) == []


@EACH_TABLE
def test_numbers_are_finite(table: type[Table]) -> None:
    doubles = [spec.name for spec in derive.column_specs(table) if spec.sql_type == "DOUBLE"]
    odd = [(name, float(text)) for name in doubles for text in ("nan", "inf", "-inf")]
    if odd:
        broken = dict(split_valid(table, frame(table, [good_row(table, **{n: v}) for n, v in odd])).broken)
        assert [name for i, (name, _) in enumerate(odd) if f"{name}_finite" not in broken[i]] == []


@EACH_TABLE
def test_of_two_rows_with_one_key_the_second_is_told(table: type[Table]) -> None:
    twice = frame(table, [good_row(table), good_row(table)])
    split = split_valid(table, twice)
    assert split.broken == ((1, ("primary_key",)),)
    assert split.good.equals(twice.slice(0, 1))


def test_a_column_too_many_too_few_or_of_another_type_is_named() -> None:
    table = TABLES["core_period"]
    good = frame(table, [good_row(table)])
    first = good.column_names[0]
    with pytest.raises(DataFault, match="column period_start is missing"):
        validate_frame(table, good.drop_columns([first]))
    with pytest.raises(DataFault, match="column surprise is not declared"):
        validate_frame(table, good.append_column("surprise", good[first]))
    with pytest.raises(DataFault, match="is_default must satisfy dtype"):
        validate_frame(table, good.set_column(2, "is_default", pa.array([1])))
    with pytest.raises(TypeError, match="core_period: column is_default is int64, declared bool"):
        split_valid(table, good.set_column(2, "is_default", pa.array([1])))


@EACH_TABLE
def test_patterns_hold_for_the_whole_value(table: type[Table]) -> None:
    """regexp_matches searches anywhere, so a pattern without anchors would let almost anything pass."""
    matched = [
        (spec.name, parameters["pattern"])
        for spec in derive.column_specs(table)
        for check, parameters in spec.checks
        if check == "str_matches"
    ]
    assert [pattern for _, pattern in matched if not (pattern[0] == "^" and pattern[-1] == "$")] == []
    if matched:
        rows = [good_row(table, **{name: f"{good_row(table)[name]}\n"}) for name, _ in matched]
        broken = dict(split_valid(table, frame(table, rows)).broken)
        assert [n for i, (n, _) in enumerate(matched) if f"{n}_str_matches" not in broken[i]] == []


def counterexample(check: str, parameters: dict[str, Any]) -> Any:
    match check:
        case "greater_than" | "less_than":
            return parameters.get("min_value", parameters.get("max_value"))
        case "greater_than_or_equal_to":
            return parameters["min_value"] - 1
        case "less_than_or_equal_to":
            return parameters["max_value"] + 1
        case _:
            return COUNTEREXAMPLES[check]


def test_example_values_are_dates_and_no_texts() -> None:
    kinds = {"DATE": date, "TIMESTAMP": datetime}
    for table in TABLES.values():
        for spec in derive.column_specs(table):
            value = good_row(table)[spec.name]
            if spec.sql_type in kinds and value is not None:
                assert isinstance(value, kinds[spec.sql_type])
