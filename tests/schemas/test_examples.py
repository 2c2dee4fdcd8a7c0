"""Every declared table lets its good row pass and stops every counterexample, by SQL and by pandera."""

from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

import pyarrow as pa
import pytest

from schemas import derive
from schemas.table import Table, declared, table_name
from tests.schemas.examples import EXAMPLES, TABLES, frame, good_row
from tests.schemas.rows import COUNTEREXAMPLES
from warehouse.check import DataFault, Split, split_valid, validate_frame

EACH_TABLE = pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))


class Probe(NamedTuple):
    """A row, the rules it must break, and whether it breaks no others."""

    kind: str
    row: dict[str, Any]
    rules: set[str]
    exactly: bool


@cache
def probes(table: type[Table]) -> list[Probe]:
    """Everything a row of the table may not be: hand-written bad rows, and one row per column and check."""
    found = [
        Probe("bad", good_row(table, **each.changes), set(each.rules), True)
        for each in EXAMPLES[table_name(table)].bad
    ]
    for spec in derive.column_specs(table):
        null = set() if spec.nullable else {f"{spec.name}_not_null"}
        found.append(Probe("null", good_row(table, **{spec.name: None}), null, False))
        for check, parameters in spec.checks:
            wrong = {spec.name: counterexample(check, parameters)}
            found.append(Probe("check", good_row(table, **wrong), {f"{spec.name}_{check}"}, False))
            if check == "str_matches":
                more = {spec.name: f"{good_row(table)[spec.name] or ''}\n"}
                found.append(Probe("line end", good_row(table, **more), {f"{spec.name}_str_matches"}, False))
        if spec.sql_type == "DOUBLE":
            for odd in ("nan", "inf", "-inf"):
                row = good_row(table, **{spec.name: float(odd)})
                found.append(Probe("not finite", row, {f"{spec.name}_finite"}, False))
    return found


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


def test_every_table_has_examples_and_every_example_a_table() -> None:
    assert sorted(EXAMPLES) == sorted(TABLES)
    assert [name for name, example in EXAMPLES.items() if not example.bad] == []


@cache
def verdict(table: type[Table]) -> tuple[pa.Table, Split]:
    """The good row, the same again, then every probe; what is broken (one DuckDB a table: it takes 30 ms to open)."""
    rows = frame(table, [good_row(table), good_row(table), *(probe.row for probe in probes(table))])
    return rows, split_valid(table, rows)


@EACH_TABLE
def test_a_good_row_passes_and_a_second_with_its_key_does_not(table: type[Table]) -> None:
    rows, split = verdict(table)
    assert dict(split.broken).get(0) is None
    assert dict(split.broken)[1] == ("primary_key",)
    assert split.good.slice(0, 1).equals(rows.slice(0, 1))
    assert split.good.num_rows == rows.num_rows - len(split.broken)


@EACH_TABLE
def test_every_bad_row_breaks_its_rules(table: type[Table]) -> None:
    """Null where none may be, every column check, patterns that must hold for the whole value, infinities."""
    broken = dict(verdict(table)[1].broken)
    for position, probe in enumerate(probes(table), start=2):
        # rows with one key break that as well, all but the first
        found = set(broken.get(position, ())) - {"primary_key"}
        assert found == probe.rules if probe.exactly else found >= probe.rules, (probe.kind, probe.row, found)


@pytest.mark.slow
@EACH_TABLE
def test_a_good_row_passes_pandera(table: type[Table]) -> None:
    validate_frame(table, frame(table, [good_row(table)]))


@pytest.mark.slow
@EACH_TABLE
def test_pandera_stops_what_one_column_can_tell(table: type[Table]) -> None:
    """All bad rows in one frame (a call takes up to 0.4 s); rules across columns have an SQL form only."""
    pandera_stops(table)


def test_pandera_stops_a_bad_posting() -> None:
    pandera_stops(TABLES["raw_posting"])


@pytest.mark.parametrize("change", [{"row_number": 0}, {"file": None}, {"source_id": ""}], ids=str)
def test_one_bad_value_among_many_alike_is_seen(change: dict[str, Any]) -> None:
    """Pandera is shown distinct values first: the last of 200 rows is bad, and its fault counts one row."""
    table = TABLES["raw_posting"]
    rows = [good_row(table)] * 199
    validate_frame(table, frame(table, rows))
    with pytest.raises(DataFault) as raised:
        validate_frame(table, frame(table, [*rows, good_row(table, **change)]))
    assert [failure.n_rows for failure in raised.value.failures] == [1]


def pandera_stops(table: type[Table]) -> None:
    across = declared(table)["rules"]
    chosen = [probe for probe in probes(table) if probe.kind in ("bad", "null", "check")]
    wanted = {
        rule for probe in chosen for rule in probe.rules if rule not in across and "_finite" not in rule
    }
    with pytest.raises(DataFault) as raised:
        validate_frame(table, frame(table, [probe.row for probe in chosen]))
    found = {failure.rule: str(failure) for failure in raised.value.failures}
    assert sorted(wanted - set(found)) == []
    for rule in wanted:
        assert found[rule].startswith(f"{table_name(table)}: rule {rule}: ")
        assert " must not be null" in found[rule] or " must satisfy " in found[rule]


@EACH_TABLE
def test_every_rule_across_columns_has_a_counterexample(table: type[Table]) -> None:
    shown = {rule for bad in EXAMPLES[table_name(table)].bad for rule in bad.rules}
    assert sorted(set(declared(table)["rules"]) - shown) == []


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


def test_example_values_are_dates_and_no_texts() -> None:
    kinds = {"DATE": date, "TIMESTAMP": datetime}
    for table in TABLES.values():
        for spec in derive.column_specs(table):
            value = good_row(table)[spec.name]
            if spec.sql_type in kinds and value is not None:
                assert isinstance(value, kinds[spec.sql_type])
